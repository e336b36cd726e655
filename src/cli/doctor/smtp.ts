/** Talks to the mail relay as far as its greeting and STARTTLS, and sends nothing. */
import type { Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { callRelay, lines, PATIENCE_MS, type Relay, relayAt } from '../../lib/smtp-lines.ts'
import { type Finding, fail, type Look, note, ok, reason, skew } from './finding.ts'

/** A relay that dates its greeting does so to the second. */
const GREETING_SLACK_MS = 60_000

export const smtp: Look = {
  name: 'smtp',
  async run(config, clock) {
    if (!config.smtp) return [note('doctor.smtp-none')]
    const { host, port, secure } = relayAt(config.smtp.url)
    const where = `${host}:${port}`
    try {
      return await talk(callRelay(config.smtp.url), where, host, secure, clock.ms())
    } catch (err) {
      return [fail('doctor.smtp-unreachable', { where, why: reason(err) })]
    }
  },
}

async function talk(socket: Socket, where: string, host: string, secure: boolean, now: number): Promise<Finding[]> {
  const relay = lines(socket)
  try {
    const greeting = await relay.next()
    if (!greeting.startsWith('220')) return [fail('doctor.smtp-greeting', { where, greeting: greeting.slice(0, 80) })]
    socket.write('EHLO ortoo.invalid\r\n')
    const offers = await relay.whole()
    const found = [ok('doctor.smtp', { where }), ...greetingClock(greeting, now)]
    if (secure) return [...found, ok('doctor.smtp-tls', { where })]
    if (offers.some((line) => /STARTTLS/i.test(line))) return [...found, await upgrade(socket, relay, where, host)]
    return [...found, isLocal(host) ? note('doctor.smtp-plain-local', { where }) : fail('doctor.smtp-plain', { where })]
  } finally {
    socket.destroy()
  }
}

async function upgrade(socket: Socket, relay: Relay, where: string, host: string): Promise<Finding> {
  socket.write('STARTTLS\r\n')
  if (!(await relay.next()).startsWith('220')) return fail('doctor.smtp-starttls', { where, why: 'STARTTLS' })
  relay.close()
  return new Promise((done) => {
    const secured = tlsConnect({ socket, servername: host })
    secured.setTimeout(PATIENCE_MS, () => done(fail('doctor.smtp-starttls', { where, why: 'ETIMEDOUT' })))
    secured.once('secureConnect', () => done(ok('doctor.smtp-tls', { where })))
    secured.once('error', (err) => done(fail('doctor.smtp-starttls', { where, why: reason(err) })))
  })
}

/** Some relays put their time into the greeting: `220 relay ESMTP; Mon, 23 Nov 2026 06:00:00 +0800`. */
function greetingClock(greeting: string, now: number): Finding[] {
  const said = /;\s*(\w{3}, \d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4})/.exec(greeting)?.[1]
  return said ? [skew('smtp', Date.parse(said), now, GREETING_SLACK_MS)] : []
}

const isLocal = (host: string) => /^(localhost|127\.|\[?::1)/.test(host)
