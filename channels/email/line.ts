/** The sessions with the relay and the mails that wait for them: flash first, with one connection that routine never takes. */
import type { ChannelDeps } from '../../src/delivery/channel.ts'
import { type Handed, type Mail, SMTP_LIMITS, type SmtpLimits, SmtpSession } from './smtp.ts'

/** A session nobody used for this long is closed by us, before the relay does it in the middle of a mail. */
const IDLE_MS = 20_000

export type LineOptions = {
  url: string
  connections: number
  helo: string
  limits?: SmtpLimits
  ticks: () => number
  log: ChannelDeps['log']
}

/** One mail on its way. Exactly one of `handed`, `unsent` and `unwritable` is called, once. */
export type Job = {
  flash: boolean
  /** Written when its turn comes, so that what waits costs no bytes. */
  mail(): Mail
  handed(handed: Handed): void
  /** No session could be had: nothing left us. */
  unsent(why: string): void
  /** It cannot be made into a mail: nothing left us, and trying again would not help. */
  unwritable(why: string): void
  /** A second try after a kept session proved dead is no repeat, a third would be stubbornness. */
  retried?: boolean
  written?: Mail
}

export class MailLine {
  readonly #options: LineOptions
  readonly #flash = new Queue()
  readonly #routine = new Queue()
  #idle: { session: SmtpSession; since: number }[] = []
  #lanes = 0
  #onRoutine = 0
  readonly #sweeper: NodeJS.Timeout

  constructor(options: LineOptions) {
    this.#options = options
    this.#sweeper = setInterval(() => this.#sweep(), IDLE_MS / 2)
    this.#sweeper.unref()
  }

  /** Puts mails in the line and sets as many sessions to work as there are mails for. */
  put(jobs: Job[]): void {
    for (const job of jobs) (job.flash ? this.#flash : this.#routine).push(job)
    this.#start()
  }

  #start(): void {
    while (this.#lanes < this.#options.connections) {
      const job = this.#take(undefined)
      if (!job) return
      this.#lanes++
      void this.#lane(job)
    }
  }

  /** Takes out what has not begun. */
  withdraw(which: (job: Job) => boolean): Job[] {
    return [...this.#flash.remove(which), ...this.#routine.remove(which)]
  }

  /** Routine leaves one connection to flash wherever there is more than one. */
  #room(): number {
    return Math.max(1, this.#options.connections - 1)
  }

  /** The next mail for whoever has just been busy with `before`; its place among the routine connections goes with it. */
  #take(before: Job | undefined): Job | undefined {
    const holds = before !== undefined && !before.flash
    const next = this.#flash.shift() ?? (holds || this.#onRoutine < this.#room() ? this.#routine.shift() : undefined)
    const needs = next !== undefined && !next.flash
    this.#onRoutine += Number(needs) - Number(holds)
    return next
  }

  /** One session at work until nothing waits. */
  async #lane(first: Job): Promise<void> {
    let session = this.#kept()
    let job: Job | undefined = first
    while (job) {
      if (!session || session.broken) {
        session = await this.#open(job)
        if (!session) return
      }
      job = await this.#hand(session, job)
    }
    this.#lanes--
    if (session && !session.broken) this.#idle.push({ session, since: this.#options.ticks() })
    // Somebody may have been put in the line between the last look and now.
    this.#start()
  }

  /** Hands over one mail and returns the one that comes after it, begun already where the relay lets us. */
  async #hand(session: SmtpSession, job: Job): Promise<Job | undefined> {
    let next: Job | undefined
    let asked = false
    if (!written(job)) return this.#take(job)
    const handed = await session.hand(job.written as Mail, () => {
      asked = true
      for (next = this.#take(job); next && !written(next); ) next = this.#take(next)
      return next?.written
    })
    job.written = undefined
    if (handed.state === 'broken' && !handed.sent && !job.retried) {
      // Most likely a kept session the relay had closed: nothing left us, so one more try is no repeat.
      job.retried = true
      if (!asked) return job
      ;(job.flash ? this.#flash : this.#routine).unshift(job)
    } else job.handed(handed)
    return asked ? (next ?? this.#take(undefined)) : this.#take(job)
  }

  /** A session, or nothing: then the mail waits for those that others have, and where there are none everyone is told. */
  async #open(job: Job): Promise<SmtpSession | undefined> {
    const { url, helo, limits, log } = this.#options
    try {
      return await SmtpSession.open(url, helo, limits ?? SMTP_LIMITS)
    } catch (error) {
      const why = (error as Error).message
      log.warn({ outlet: 'email', why }, 'no session with the mail relay')
      this.#lanes--
      if (!job.flash) this.#onRoutine--
      if (this.#lanes > 0) (job.flash ? this.#flash : this.#routine).unshift(job)
      else for (const left of [job, ...this.withdraw(() => true)]) left.unsent(why)
      return undefined
    }
  }

  /** A session from before. It may have died unseen. */
  #kept(): SmtpSession | undefined {
    this.#sweep()
    return this.#idle.pop()?.session
  }

  #sweep(): void {
    const now = this.#options.ticks()
    this.#idle = this.#idle.filter(({ session, since }) => {
      if (session.broken) return false
      if (now - since < IDLE_MS) return true
      session.quit()
      return false
    })
  }

  close(): void {
    clearInterval(this.#sweeper)
    for (const { session } of this.#idle.splice(0)) session.quit()
  }
}

/** Writes the mail where that has not been done. One that cannot be written is told so, and keeps nobody behind it. */
function written(job: Job): boolean {
  try {
    job.written ??= job.mail()
    return true
  } catch (err) {
    job.unwritable((err as Error).message)
    return false
  }
}

/** First in, first out, without moving what waits each time one leaves. */
class Queue {
  #jobs: Job[] = []
  #head = 0

  push(job: Job): void {
    this.#jobs.push(job)
  }

  unshift(job: Job): void {
    this.#jobs.splice(0, this.#head, job)
    this.#head = 0
  }

  shift(): Job | undefined {
    const job = this.#jobs[this.#head]
    if (!job) return undefined
    this.#head++
    if (this.#head === this.#jobs.length || this.#head > 512) {
      this.#jobs.splice(0, this.#head)
      this.#head = 0
    }
    return job
  }

  remove(which: (job: Job) => boolean): Job[] {
    const waiting = this.#jobs.slice(this.#head)
    this.#jobs = waiting.filter((job) => !which(job))
    this.#head = 0
    return waiting.filter(which)
  }
}
