/** One SMTP session (RFC 5321): TLS, log-in, and mail after mail, pipelined where the server offers it (RFC 2920). */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Replies, type Reply, SmtpFailure } from './replies.ts'

/** Milliseconds. `reply` covers greeting and commands; `final` the answer to the last dot. */
export type SmtpLimits = { connect: number; reply: number; final: number }
export const SMTP_LIMITS: SmtpLimits = { connect: 10_000, reply: 20_000, final: 40_000 }

export type Envelope = { from: string; to: string }
/** `bytes`: ready for the wire, dots doubled where a line begins with one, ended by CRLF. */
export type Mail = Envelope & { bytes: Buffer }

/** What was refused: our sender, this recipient, or the mail after its last dot. */
export type Refusal = { at: 'sender' | 'recipient' | 'mail'; reply: Reply }

/** How far a mail got. `refused`: the server said no to it; the session goes on. */
export type Handed =
  | { state: 'taken'; reply: Reply }
  | ({ state: 'refused' } & Refusal)
  /** The session ended. `sent`: the last dot had left, so the mail may have been taken. */
  | { state: 'broken'; sent: boolean; why: string }

export class SmtpSession {
  private readonly extensions = new Set<string>()
  private mechanisms: string[] = []
  /** The mail whose envelope has been written ahead, in the same packet as the body before it. */
  private begun: Mail | undefined
  private socket: Socket
  private replies: Replies
  private readonly limits: SmtpLimits
  broken = false

  private constructor(socket: Socket, replies: Replies, limits: SmtpLimits) {
    this.socket = socket
    this.replies = replies
    this.limits = limits
  }

  /**
   * Opens smtp://user:password@host:587 or smtps://…:465. STARTTLS is used wherever it is offered, and insisted on with
   * ?tls=required. A password is never sent in the clear, except to this machine. Throws SmtpFailure.
   */
  static async open(address: string, helo: string, limits: SmtpLimits = SMTP_LIMITS): Promise<SmtpSession> {
    const url = new URL(address)
    const secure = url.protocol === 'smtps:'
    const socket = await dial(url, secure, limits.connect)
    const session = new SmtpSession(socket, new Replies(socket), limits)
    try {
      await session.greet(url, helo, secure)
    } catch (error) {
      session.end()
      throw error
    }
    return session
  }

  private async greet(url: URL, helo: string, secure: boolean): Promise<void> {
    expect(await this.replies.next(this.limits.reply), 220)
    await this.hello(helo)
    let encrypted = secure
    if (!secure && this.extensions.has('STARTTLS')) {
      expect(await this.command('STARTTLS'), 220)
      this.socket = await upgrade(this.replies.release(), bareHost(url), this.limits.connect)
      this.replies = new Replies(this.socket)
      encrypted = true
      await this.hello(helo)
    }
    if (!encrypted && url.searchParams.get('tls') === 'required')
      throw new SmtpFailure('the server offers no TLS', false)
    if (url.username) await this.logIn(url, encrypted)
  }

  private async hello(helo: string): Promise<void> {
    const reply = expect(await this.command(`EHLO ${helo}`), 250)
    this.extensions.clear()
    for (const line of reply.lines.slice(1)) {
      const [word = '', ...rest] = line.trim().toUpperCase().split(/[ =]/)
      this.extensions.add(word)
      if (word === 'AUTH') this.mechanisms = rest
    }
  }

  private async logIn(url: URL, encrypted: boolean): Promise<void> {
    if (!encrypted && !isThisMachine(url.hostname)) throw new SmtpFailure('no TLS, so the password was not sent', false)
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    if (this.mechanisms.includes('PLAIN') || !this.mechanisms.includes('LOGIN')) {
      expect(await this.command(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`), 235)
      return
    }
    expect(await this.command('AUTH LOGIN'), 334)
    expect(await this.command(base64(user)), 334)
    expect(await this.command(base64(password)), 235)
  }

  private command(line: string): Promise<Reply> {
    this.socket.write(`${line}\r\n`)
    return this.replies.next(this.limits.reply)
  }

  /**
   * Hands over one mail. `following` is asked for the next one when this one's body goes out, so that both travel in one
   * write; it must be what the next call is given. Never throws.
   */
  async hand(mail: Mail, following: () => Mail | undefined = () => undefined): Promise<Handed> {
    let sent = false
    try {
      const refusal = await this.envelope(mail)
      if (refusal) return this.settle({ state: 'refused', ...refusal })
      if (this.replies.ended) throw new SmtpFailure('the server closed the connection', false)
      const next = this.pipelines ? following() : undefined
      this.begun = next
      this.socket.cork()
      this.socket.write(mail.bytes)
      this.socket.write(next ? `.\r\n${envelopeLines(next)}` : '.\r\n')
      this.socket.uncork()
      sent = true
      const reply = await this.replies.next(this.limits.final)
      return this.settle(reply.code < 300 ? { state: 'taken', reply } : { state: 'refused', at: 'mail', reply })
    } catch (error) {
      this.end()
      return { state: 'broken', sent, why: (error as Error).message }
    }
  }

  /** 421 at any point means the server is about to hang up (RFC 5321 §3.8). */
  private settle(handed: Extract<Handed, { reply: Reply }>): Handed {
    if (handed.reply.code === 421) this.end()
    return handed
  }

  private get pipelines(): boolean {
    return this.extensions.has('PIPELINING')
  }

  /** MAIL, RCPT, DATA; undefined when the server waits for the mail, else its refusal, with the session fit for the next. */
  private async envelope(mail: Mail): Promise<Refusal | undefined> {
    const ahead = this.begun === mail
    this.begun = undefined
    const lines = envelopeLines(mail).trimEnd().split('\r\n')
    if (this.pipelines && !ahead) this.socket.write(envelopeLines(mail))
    let refusal: Refusal | undefined
    for (const [i, line] of lines.entries()) {
      const reply = await this.stepReply(line, refusal)
      if (!reply) return refusal
      // A server that takes DATA although it refused the recipient is given an empty mail to refuse (RFC 2920 §3.1).
      if (refusal && reply.code === 354) await this.tidy('.')
      if (reply.code >= 400) refusal ??= { at: i === 0 ? 'sender' : 'recipient', reply }
      if (reply.code === 421) return refusal
      if (refusal && !this.pipelines) break
    }
    if (refusal) await this.tidy('RSET')
    return refusal
  }

  /** The next reply of an envelope; undefined when the server hung up after it had refused already: the refusal stands. */
  private async stepReply(line: string, refusal: Refusal | undefined): Promise<Reply | undefined> {
    const reply = this.pipelines ? this.replies.next(this.limits.reply) : this.command(line)
    if (!refusal) return reply
    return reply.catch(() => {
      this.end()
      return undefined
    })
  }

  /** A command whose failure ends the session but changes nothing about the mail before it. */
  private async tidy(line: string): Promise<void> {
    await this.command(line).catch(() => this.end())
  }

  /** Says goodbye without waiting for the answer. */
  quit(): void {
    if (!this.broken) this.socket.write('QUIT\r\n')
    this.end()
  }

  private end(): void {
    this.broken = true
    this.socket.end()
    this.socket.destroySoon()
  }
}

const envelopeLines = ({ from, to }: Envelope): string => `MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`

function expect(reply: Reply, code: number): Reply {
  if (reply.code === code) return reply
  throw new SmtpFailure(reply.text, reply.code >= 500, reply)
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.')

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

function dial(url: URL, secure: boolean, timeoutMs: number): Promise<Socket> {
  const host = bareHost(url)
  const port = Number(url.port) || (secure ? 465 : 587)
  const socket = secure ? connectTls({ port, ...named(host) }) : connectTcp({ host, port, noDelay: true })
  return opened(socket, secure ? 'secureConnect' : 'connect', timeoutMs)
}

const upgrade = (socket: Socket, host: string, timeoutMs: number): Promise<Socket> =>
  opened(connectTls({ socket, ...named(host) }), 'secureConnect', timeoutMs)

/** The certificate must be for this name; an address cannot be asked for by SNI (RFC 6066 §3). */
const named = (host: string) => (isIP(host) ? { host } : { host, servername: host })

function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(new SmtpFailure(why, false))
    }
    const onError = (error: NodeJS.ErrnoException): void => fail(error.code ?? error.message)
    const timer = setTimeout(() => fail(`no connection within ${timeoutMs} ms`), timeoutMs)
    socket.once('error', onError)
    socket.once(event, () => {
      clearTimeout(timer)
      socket.off('error', onError)
      resolve(socket)
    })
  })
}
