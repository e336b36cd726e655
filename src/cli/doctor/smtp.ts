/** Talks to the mail relay as far as its greeting and STARTTLS, and sends nothing. */
import { createConnection, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { type Finding, fail, type Look, note, ok, reason, skew } from './finding.ts'

const PATIENCE_MS = 5000
/** A relay that dates its greeting does so to the second. */
const GREETING_SLACK_MS = 60_000

export const smtp: Look = {
  name: 'smtp',
  async run(config, clock) {
    if (!config.smtp) return [note('doctor.smtp-none')]
    const url = new URL(config.smtp.url)
    const secure = url.protocol === 'smtps:'
    const at = { host: url.hostname, port: Number(url.port) || (secure ? 465 : 25) }
    const where = `${at.host}:${at.port}`
    try {
      const socket = secure
        ? tlsConnect({ ...at, servername: at.host })
        : createConnection({ ...at, timeout: PATIENCE_MS })
      return await talk(socket, where, at.host, secure, clock.ms())
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

type Relay = { next(): Promise<string>; whole(): Promise<string[]>; close(): void }

/** The relay's lines one by one; rejects when it says nothing for too long or hangs up. */
function lines(socket: Socket): Relay {
  const ready: string[] = []
  let rest = ''
  let over: Error | null = null
  let wake = () => {}
  const end = (err: Error) => {
    over ??= err
    wake()
  }
  const take = (chunk: Buffer) => {
    const pieces = (rest + chunk.toString('latin1')).split('\r\n')
    rest = pieces.pop() ?? ''
    ready.push(...pieces)
    wake()
  }
  socket.on('data', take)
  socket.on('error', end)
  socket.once('close', () => end(new Error('hung up')))
  socket.setTimeout(PATIENCE_MS, () => end(new Error('ETIMEDOUT')))
  const next = async (): Promise<string> => {
    while (ready.length === 0) {
      if (over) throw over
      await new Promise<void>((woken) => {
        wake = woken
      })
    }
    return ready.shift() as string
  }
  return {
    next,
    async whole() {
      const all: string[] = []
      for (let line = await next(); ; line = await next()) {
        all.push(line)
        if (/^\d{3} /.test(line)) return all
      }
    },
    close: () => void socket.removeListener('data', take),
  }
}
