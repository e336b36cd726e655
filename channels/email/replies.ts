/** Reads the replies of an SMTP server off a socket, one by one, each with a deadline (RFC 5321 §4.2). */
import type { Socket } from 'node:net'

export type Reply = {
  code: number
  /** Enhanced status code such as 5.1.1 (RFC 3463), or ''. */
  status: string
  lines: string[]
  /** Last line with its code, for records; at most 200 letters. */
  text: string
}

/** A session that could not be opened or went away. `lasting`: the server said so with a 5xx. */
export class SmtpFailure extends Error {
  readonly lasting: boolean
  readonly reply: Reply | undefined

  constructor(message: string, lasting: boolean, reply?: Reply) {
    super(message)
    this.name = 'SmtpFailure'
    this.lasting = lasting
    this.reply = reply
  }
}

/** A line or reply longer than this comes from no mail server. */
const MOST_BYTES = 64 * 1024

type Waiter = { resolve: (reply: Reply) => void; reject: (error: Error) => void; timer: NodeJS.Timeout }

export class Replies {
  private rest = ''
  private lines: string[] = []
  private ready: Reply[] = []
  private waiter: Waiter | undefined
  private failure: SmtpFailure | undefined
  private readonly onData = (chunk: Buffer): void => this.read(chunk)
  private readonly onEnd = (): void => this.fail('the server closed the connection')
  private readonly onError = (error: NodeJS.ErrnoException): void => this.fail(error.code ?? error.message)

  private readonly socket: Socket

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', this.onData).on('close', this.onEnd).on('end', this.onEnd).on('error', this.onError)
  }

  get ended(): boolean {
    return this.failure !== undefined
  }

  /** The next reply, or SmtpFailure when the connection ends, talks nonsense or stays silent for `timeoutMs`. */
  next(timeoutMs: number): Promise<Reply> {
    const reply = this.ready.shift()
    if (reply) return Promise.resolve(reply)
    if (this.failure) return Promise.reject(this.failure)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(`no answer within ${timeoutMs} ms`), timeoutMs)
      this.waiter = { resolve, reject, timer }
    })
  }

  /** Hands the socket over to TLS. Bytes already read in the clear are refused: they may be an intruder's (CVE-2011-0411). */
  release(): Socket {
    if (this.rest || this.lines.length || this.ready.length) throw new SmtpFailure('the server spoke before TLS', false)
    this.socket.off('data', this.onData).off('close', this.onEnd).off('end', this.onEnd).off('error', this.onError)
    return this.socket
  }

  private read(chunk: Buffer): void {
    const lines = (this.rest + chunk.toString('latin1')).split('\n')
    this.rest = lines.pop() as string
    for (const line of lines) this.line(line.replace(/\r$/, ''))
    if (this.rest.length > MOST_BYTES || this.lines.length > 1000) this.fail('the server talks without end')
  }

  private line(line: string): void {
    const parts = /^(\d{3})(?:([ -])(.*))?$/.exec(line)
    if (!parts) {
      this.fail('the server does not speak SMTP')
      return
    }
    this.lines.push(parts[3] ?? '')
    if (parts[2] === '-') return
    const last = Buffer.from(line, 'latin1').toString('utf8')
    this.settle({
      code: Number(parts[1]),
      status: /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(parts[3] ?? '')?.[1] ?? '',
      lines: this.lines.splice(0),
      text: last.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 200),
    })
  }

  private settle(reply: Reply): void {
    const waiter = this.waiter
    if (!waiter) {
      this.ready.push(reply)
      return
    }
    this.waiter = undefined
    clearTimeout(waiter.timer)
    waiter.resolve(reply)
  }

  private fail(why: string): void {
    this.failure ??= new SmtpFailure(why, false)
    const waiter = this.waiter
    if (!waiter) return
    this.waiter = undefined
    clearTimeout(waiter.timer)
    waiter.reject(this.failure)
  }
}
