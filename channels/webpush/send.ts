/** Hands sealed messages to the push services: all that goes over the wire here. */
import type { ChannelDeps, Outcome, Target, Told } from '../../src/delivery/channel.ts'
import { MINUTE, SECOND } from '../../src/lib/clock.ts'
import type { Lanes } from './lanes.ts'
import { failureOutcome, isOurFault, outcomeOf } from './outcome.ts'
import type { Sealer } from './sealer.ts'

export type PushMessage = {
  bytes: Uint8Array
  flash: boolean
  urgency: string
  topic: string
  ttlMs: number
  expiresAt?: string
}

export type PushTarget = Pick<Target, 'address' | 'keys' | 'attempt'>

/** What all calls of one channel share. */
export type Post = {
  deps: ChannelDeps
  authorization: (origin: string) => Promise<string>
  sealer: Sealer
  lanes: Lanes
  timeoutMs: number
}

type Letter = { at: number; target: PushTarget; origin: string }
type Headers = Record<string, string>

/** One outcome per target, in order, told as soon as it is known; what a stop found not yet begun is for later. */
export async function sendAll(
  post: Post,
  message: PushMessage,
  targets: PushTarget[],
  signal: AbortSignal,
  told: Told = () => {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = targets.map(() => STOPPED)
  const settle = (at: number, outcome: Outcome): void => {
    outcomes[at] = outcome
    told(at, outcome)
  }
  const letters: Letter[] = []
  for (const [at, target] of targets.entries()) {
    const origin = target.keys && URL.parse(target.address)?.origin
    if (origin && origin !== 'null') letters.push({ at, target, origin })
    else settle(at, { state: 'never', why: 'no usable subscription' })
  }
  const headers = headersByOrigin(post, message)
  const keys = letters.map(({ target }) => target.keys as NonNullable<Target['keys']>)
  const sending: Promise<void>[] = []
  await post.sealer.seal(message.bytes, keys, message.flash, (from, { bytes, bad }) => {
    const each = bytes.length / bad.length
    for (const [i, why] of bad.entries()) {
      const { at, target, origin } = letters[from + i] as Letter
      if (why !== undefined) {
        settle(at, { state: 'never', why })
        continue
      }
      const body = bytes.subarray(i * each, (i + 1) * each)
      const go = async () => {
        if (!signal.aborted) settle(at, await handOver(post, target, headers(origin), body))
      }
      sending.push(post.lanes.run(origin, message.flash, go))
    }
  })
  await Promise.all(sending)
  tellOurFaults(post, letters, outcomes)
  return outcomes
}

const STOPPED: Outcome = { state: 'again', why: 'stopped before it began', after: 0 }

/** The same for every message of the batch to one service: made once. Null where no token could be signed. */
function headersByOrigin(
  { deps, authorization }: Post,
  message: PushMessage,
): (origin: string) => Promise<Headers | null> {
  const made = new Map<string, Promise<Headers | null>>()
  const make = async (origin: string): Promise<Headers | null> => {
    try {
      return {
        authorization: await authorization(origin),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(ttlSeconds(message, deps.now())),
        urgency: message.urgency,
        topic: message.topic,
      }
    } catch (err) {
      deps.log.error({ err, outlet: 'webpush', service: new URL(origin).host }, 'no VAPID token could be signed')
      return null
    }
  }
  return (origin) => {
    const known = made.get(origin) ?? make(origin)
    made.set(origin, known)
    return known
  }
}

async function handOver(
  { deps, timeoutMs }: Post,
  { address, attempt }: PushTarget,
  made: Promise<Headers | null>,
  body: Uint8Array,
): Promise<Outcome> {
  const headers = await made
  if (!headers) return { state: 'again', why: 'no VAPID token', after: MINUTE }
  try {
    const answer = await deps.outsider(address, { method: 'POST', headers, body, timeoutMs, maxBytes: 4096 })
    return outcomeOf(answer, attempt, deps.now())
  } catch (error) {
    return failureOutcome(error, attempt)
  }
}

/** 401 and 403 are about our key: said once per service and batch, for whoever reads the log must act. */
function tellOurFaults({ deps }: Post, letters: Letter[], outcomes: Outcome[]): void {
  const told = new Set<string>()
  for (const { at, origin } of letters) {
    const outcome = outcomes[at] as Outcome
    if (!isOurFault(outcome) || told.has(origin)) continue
    told.add(origin)
    deps.log.error({ outlet: 'webpush', service: new URL(origin).host, why: outcome.why }, 'VAPID key refused')
  }
}

/** Never longer than the release is valid; 0 means now or not at all (RFC 8030 §5.2). */
function ttlSeconds({ ttlMs, expiresAt }: PushMessage, now: string): number {
  const left = expiresAt ? Date.parse(expiresAt) - Date.parse(now) : ttlMs
  return Math.max(0, Math.floor(Math.min(ttlMs, left) / SECOND))
}
