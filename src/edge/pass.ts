/** What is no public file goes on to the origin, with the visitor's address signed; and whether the origin is there. */
import type { Clock } from '../lib/clock.ts'
import { MINUTE, SECOND } from '../lib/clock.ts'
import { passLines, SIGNED, signatureOf } from '../lib/edge-sign.ts'
import { pageOf } from './pages.ts'
import type { Settings } from './settings.ts'

const PATIENCE = 10 * SECOND
/** How often, while the site is asked, the origin is asked whether it is there: when it was, and when it was not. */
const EVERY = { up: 30 * SECOND, down: 5 * SECOND }
/** One call that failed may be chance. */
const ENOUGH = 2

/** What describes one connection, or is the edge's to say (RFC 9110 §7.6.1). */
const NOT_PASSED = new Set(
  'connection keep-alive proxy-connection te trailer transfer-encoding upgrade host x-forwarded-for x-forwarded-host x-forwarded-proto x-real-ip forwarded'.split(
    ' ',
  ),
)

export class Origin {
  readonly #settings: Settings
  readonly #clock: Pick<Clock, 'ms'>
  #failures = 0
  #askedAt = Number.NEGATIVE_INFINITY

  constructor(settings: Settings, clock: Pick<Clock, 'ms'>) {
    this.#settings = settings
    this.#clock = clock
  }

  get isThere(): boolean {
    return this.#settings.origin !== null
  }

  /** Known to be gone: every one of the last calls failed. */
  get isDown(): boolean {
    return this.isThere && this.#failures >= ENOUGH
  }

  /** Asks beside an answer whether the origin is there, when that was not known for a while. */
  look(beside: (work: Promise<unknown>) => void): void {
    const { origin } = this.#settings
    const now = this.#clock.ms()
    if (!origin || now - this.#askedAt < (this.#failures ? EVERY.down : EVERY.up)) return
    this.#askedAt = now
    beside(
      fetch(`${origin}/healthz`, { redirect: 'manual', signal: AbortSignal.timeout(3 * SECOND) }).then(
        async (answer) => {
          await answer.body?.cancel()
          this.#note(!isAbsent(answer.status))
        },
        () => this.#note(false),
      ),
    )
  }

  /** The origin's own answer, or null where there is none to be had. */
  async ask(request: Request, client: string, patience = PATIENCE): Promise<Response | null> {
    const { origin } = this.#settings
    if (!origin) return null
    const url = new URL(request.url)
    const path = url.pathname + url.search
    const giveUp = new AbortController()
    const timer = setTimeout(() => giveUp.abort(), patience)
    try {
      const headers = await this.#headers(request, path, client)
      const body = request.method === 'GET' || request.method === 'HEAD' ? null : request.body
      const answer = await fetch(`${origin}${path}`, {
        method: request.method,
        headers,
        body,
        redirect: 'manual',
        signal: giveUp.signal,
      })
      this.#askedAt = this.#clock.ms()
      this.#note(!isAbsent(answer.status))
      return isAbsent(answer.status) ? null : answer
    } catch {
      this.#note(false)
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  /** Hands the request on; where nobody answers, a page that says what still works. */
  async pass(request: Request, client: string): Promise<Response> {
    return (await this.ask(request, client)) ?? pageOf(request, 503, { 'retry-after': '60' })
  }

  async #headers(request: Request, path: string, client: string): Promise<Headers> {
    const headers = new Headers()
    for (const [name, value] of request.headers)
      if (!NOT_PASSED.has(name) && !name.startsWith('x-ortoo-') && !name.startsWith('cf-')) headers.append(name, value)
    const { secret } = this.#settings
    if (!secret || !client) return headers
    const at = String(this.#clock.ms())
    headers.set(SIGNED.at, at)
    headers.set(SIGNED.client, client)
    headers.set(SIGNED.signature, await signatureOf(secret, passLines({ method: request.method, path, at, client })))
    return headers
  }

  #note(isThere: boolean): void {
    this.#failures = isThere ? 0 : this.#failures + 1
  }

  /** How long a silent origin is left alone when it would only be asked for a file. */
  get isLeftAlone(): boolean {
    return this.#failures > 0 && this.#clock.ms() - this.#askedAt < MINUTE / 6
  }
}

/** The proxy before it, or the network, answered in its place. */
const isAbsent = (status: number): boolean => [502, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530].includes(status)
