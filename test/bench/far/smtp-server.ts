/** The relay of P1: the `smtp-server` package, whose own log says who got what. Its own process. */
import { SMTPServer } from 'smtp-server'

const taken = new Map<string, number>()
const seen = { first: 0, last: 0, mails: 0, bytes: 0, sample: '' }
let sampled = false

const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  authOptional: true,
  disableReverseLookup: true,
  logger: false,
  size: 50 * 1024 * 1024,
  onData(stream, session, done) {
    const sample: Buffer[] = []
    const keep = !sampled
    sampled = true
    stream.on('data', (chunk: Buffer) => {
      seen.bytes += chunk.length
      if (keep) sample.push(chunk)
    })
    stream.on('end', () => {
      const at = Date.now()
      if (keep) seen.sample = Buffer.concat(sample).toString('latin1')
      if (!seen.mails) seen.first = at
      seen.last = at
      seen.mails++
      for (const { address } of session.envelope.rcptTo) taken.set(address, (taken.get(address) ?? 0) + 1)
      done(null, `2.0.0 Ok: queued as S${seen.mails}`)
    })
  },
})
server.on('error', () => {})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.server.address() as { port: number }).port }))

process.on('message', ({ ask }: { ask: 'stats' | 'clear' }) => {
  if (ask === 'clear') {
    taken.clear()
    sampled = false
    Object.assign(seen, { first: 0, last: 0, mails: 0, bytes: 0, sample: '' })
  }
  const { user, system } = process.cpuUsage()
  process.send?.({
    ...seen,
    cpuMs: Math.round((user + system) / 1000),
    people: taken.size,
    repeats: seen.mails - taken.size,
  })
})
process.on('disconnect', () => process.exit(0))
