/** How often somebody may try: counted in memory, with a wait that grows. */
import type { Clock } from '../../lib/clock.ts'
import { MINUTE, SECOND } from '../../lib/clock.ts'
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'

type Tally = { tries: number; since: number; until: number; rounds: number }
export type Limit = { max: number; windowMs: number; longestMs: number }

/** Five tries a minute; then a minute's wait, doubled each round up to a quarter of an hour. */
export const SIGN_IN: Limit = { max: 5, windowMs: MINUTE, longestMs: 15 * MINUTE }
/** One address of the network trying many names. */
export const SIGN_IN_ANYBODY: Limit = { max: 30, windowMs: MINUTE, longestMs: 15 * MINUTE }

const MOST = 20_000

export class Throttle {
  readonly #tallies = new Map<string, Tally>()
  readonly #clock: Pick<Clock, 'ms'>
  constructor(clock: Pick<Clock, 'ms'>) {
    this.#clock = clock
  }

  /** Counts one try. @throws BadRequest 429 with Retry-After in seconds when there were too many. */
  assertMayTry(key: string, limit: Limit): void {
    const now = this.#clock.ms()
    const tally = this.#tallies.get(key) ?? { tries: 0, since: now, until: 0, rounds: 0 }
    if (now < tally.until) throw tooMany(tally.until - now)
    if (now - tally.since >= limit.windowMs && now - tally.until >= limit.longestMs) tally.rounds = 0
    if (now - tally.since >= limit.windowMs) Object.assign(tally, { tries: 0, since: now })
    tally.tries++
    if (tally.tries > limit.max) {
      const wait = Math.min(limit.longestMs, limit.windowMs * 2 ** tally.rounds)
      Object.assign(tally, { tries: 0, since: now + wait, until: now + wait, rounds: tally.rounds + 1 })
    }
    this.#keep(key, tally)
    if (now < tally.until) throw tooMany(tally.until - now)
  }

  /** It went well: nothing is held against the key. */
  forget(key: string): void {
    this.#tallies.delete(key)
  }

  #keep(key: string, tally: Tally): void {
    this.#tallies.delete(key)
    this.#tallies.set(key, tally)
    const oldest = this.#tallies.keys().next().value
    if (this.#tallies.size > MOST && oldest !== undefined) this.#tallies.delete(oldest)
  }
}

const tooMany = (ms: number) =>
  new BadRequest(
    429,
    'too-many-tries',
    { seconds: Math.ceil(ms / SECOND) },
    { 'retry-after': String(Math.ceil(ms / SECOND)) },
  )

/**
 * Where the request came from. Behind a proxy on this machine it is what that proxy added last to X-Forwarded-For; from
 * anywhere else the header is not believed. What the edge signed goes before both.
 */
export function addressOf(c: Req): string {
  if (c.var.client) return c.var.client
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
  const address = socket?.remoteAddress ?? ''
  const local = address === '' || /^(?:::1|::ffff:127\.|127\.)/.test(address)
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return (local && forwarded) || address || 'local'
}

/** Who is counted: whoever has one IPv6 address has 2^64 of them (RFC 6177), so it is their network. */
export const networkOf = (c: Req): string => networkIn(addressOf(c))

/** The first 64 bits of an IPv6 address, however it is shortened (RFC 4291 §2.2); any other address whole. */
export function networkIn(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [before = '', after] = address.split('%', 1)[0]?.split('::') ?? []
  const head = before === '' ? [] : before.split(':')
  const tail = after ? after.split(':') : []
  const gap = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length)
  const groups = [...head, ...Array.from({ length: gap }, () => '0'), ...tail]
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}
