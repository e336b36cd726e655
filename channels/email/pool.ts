/** Sessions kept open between windows, at most so many at once; one is kept free for flash. */
import { SMTP_LIMITS, type SmtpLimits, SmtpSession } from './smtp.ts'

/** A session nobody used for this long is closed by us, before the relay does it in the middle of a mail. */
const IDLE_MS = 20_000

export type PoolOptions = { url: string; connections: number; helo: string; limits?: SmtpLimits; ticks: () => number }

export class SmtpPool {
  private idle: { session: SmtpSession; since: number }[] = []
  private inUse = 0
  private waiting: { flash: boolean; go: () => void }[] = []
  private readonly sweeper: NodeJS.Timeout

  constructor(private readonly options: PoolOptions) {
    this.sweeper = setInterval(() => this.sweep(), IDLE_MS / 2)
    this.sweeper.unref()
  }

  /** How many mails one window may have on the wire at once. */
  get width(): number {
    return this.options.connections
  }

  /** A place among the connections; waits its turn, flash first. Resolves false when the wait was cancelled. */
  acquire(flash: boolean): { got: Promise<boolean>; cancel: () => void } {
    if (this.inUse < this.room(flash)) {
      this.inUse++
      return { got: Promise.resolve(true), cancel: () => {} }
    }
    const { promise: got, resolve } = Promise.withResolvers<boolean>()
    const place = { flash, go: () => resolve(true) }
    this.waiting.push(place)
    const cancel = (): void => {
      this.waiting = this.waiting.filter((w) => w !== place)
      resolve(false)
    }
    return { got, cancel }
  }

  /** Routine leaves one connection to flash wherever there is more than one. */
  private room(flash: boolean): number {
    const { connections } = this.options
    return flash || connections === 1 ? connections : connections - 1
  }

  /** A session kept from before, or undefined. It may have died unseen: whoever takes it must be ready to open a new one. */
  kept(): SmtpSession | undefined {
    this.sweep()
    return this.idle.pop()?.session
  }

  open(): Promise<SmtpSession> {
    return SmtpSession.open(this.options.url, this.options.helo, this.options.limits ?? SMTP_LIMITS)
  }

  /** Gives the place back, and the session with it when it is still good. */
  release(session: SmtpSession | undefined): void {
    if (session && !session.broken) this.idle.push({ session, since: this.options.ticks() })
    this.inUse--
    const next = this.waiting.find((w) => w.flash) ?? this.waiting[0]
    if (!next || this.inUse >= this.room(next.flash)) return
    this.waiting = this.waiting.filter((w) => w !== next)
    this.inUse++
    next.go()
  }

  private sweep(): void {
    const now = this.options.ticks()
    this.idle = this.idle.filter(({ session, since }) => {
      if (session.broken) return false
      if (now - since < IDLE_MS) return true
      session.quit()
      return false
    })
  }

  close(): void {
    clearInterval(this.sweeper)
    for (const { session } of this.idle.splice(0)) session.quit()
  }
}
