/** A mail relay as fast as Node can be one: takes pipelined SMTP, answers in order, keeps its own log of who got what. Its own process. */
import { createServer, type Socket } from 'node:net'

/** Settings by argument: port, milliseconds before each answer to a last dot. */
const [port = '0', delayMs = '0'] = process.argv.slice(2)
const DELAY = Number(delayMs)

/** Times each address was taken, over all connections: the oracle of every run. */
const taken = new Map<string, number>()
/** Milliseconds since the epoch of the first and the last mail taken, and how many. */
const seen = { first: 0, last: 0, mails: 0, bytes: 0, sample: '' }
/** Arrival of each of the first mails to addresses that begin with a prefix: what a latency is read from. */
const watched = { prefix: '', times: [] as number[] }

class Session {
  private rest: Buffer | undefined
  private inBody = false
  private to = ''
  private waiting = false
  private readonly held: Buffer[] = []
  private size = 0
  private body: Buffer[] = []

  private readonly socket: Socket

  constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('error', () => {})
    socket.write('220 sink ESMTP\r\n')
  }

  private read(chunk: Buffer): void {
    if (this.waiting) {
      this.held.push(chunk)
      return
    }
    let bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk
    this.rest = undefined
    let answers = ''
    for (;;) {
      if (this.inBody) {
        const end = bytes.indexOf('\r\n.\r\n')
        if (end < 0) {
          // The end mark may be cut anywhere, so its last four bytes are kept.
          const keep = Math.max(0, bytes.length - 4)
          this.size += keep
          if (!seen.sample) this.body.push(bytes.subarray(0, keep))
          this.rest = bytes.subarray(keep)
          break
        }
        if (!seen.sample) seen.sample = Buffer.concat([...this.body, bytes.subarray(0, end + 2)]).toString('latin1')
        this.size += end + 5
        bytes = bytes.subarray(end + 5)
        this.inBody = false
        this.body = []
        note(this.to, this.size)
        this.size = 0
        if (DELAY > 0) {
          this.pause(bytes, answers)
          return
        }
        answers += `250 2.0.0 Ok: queued as ${seen.mails}\r\n`
        continue
      }
      const line = bytes.indexOf(10)
      if (line < 0) {
        this.rest = bytes.length ? bytes : undefined
        break
      }
      answers += this.command(bytes.toString('latin1', 0, line - 1))
      bytes = bytes.subarray(line + 1)
    }
    if (answers) this.socket.write(answers)
  }

  /** The answer takes its time; what was sent ahead is read after it. */
  private pause(left: Buffer, answers: string): void {
    if (answers) this.socket.write(answers)
    this.waiting = true
    if (left.length) this.held.push(left)
    const number = seen.mails
    setTimeout(() => {
      this.waiting = false
      this.socket.write(`250 2.0.0 Ok: queued as ${number}\r\n`)
      const held = Buffer.concat(this.held.splice(0))
      if (held.length) this.read(held)
    }, DELAY)
  }

  private command(line: string): string {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return '250-sink\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n'
      case 'MAIL':
        return '250 2.1.0 Ok\r\n'
      case 'RCPT':
        this.to = line.slice(line.indexOf('<') + 1, line.indexOf('>'))
        return '250 2.1.5 Ok\r\n'
      case 'DATA':
        this.inBody = true
        return '354 End data with <CR><LF>.<CR><LF>\r\n'
      case 'QUIT':
        this.socket.end('221 2.0.0 Bye\r\n')
        return ''
      default:
        return '250 2.0.0 Ok\r\n'
    }
  }
}

function note(to: string, size: number): void {
  const at = Date.now()
  taken.set(to, (taken.get(to) ?? 0) + 1)
  if (!seen.mails) seen.first = at
  seen.last = at
  seen.mails++
  seen.bytes += size
  if (watched.prefix && to.startsWith(watched.prefix)) watched.times.push(at)
}

const server = createServer((socket) => new Session(socket))
server.listen(Number(port), '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }))

type Question = { ask: 'stats' | 'clear' | 'watch' | 'repeats'; prefix?: string }
process.on('message', ({ ask, prefix }: Question) => {
  if (ask === 'clear') {
    taken.clear()
    watched.times = []
    Object.assign(seen, { first: 0, last: 0, mails: 0, bytes: 0, sample: '' })
  }
  if (ask === 'watch') Object.assign(watched, { prefix: prefix ?? '', times: [] })
  const repeats = seen.mails - taken.size
  const times = ask === 'repeats' || ask === 'clear' ? [] : watched.times.slice(0, 1000)
  process.send?.({ ...seen, people: taken.size, repeats, times })
})
process.on('disconnect', () => process.exit(0))
