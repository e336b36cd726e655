/** Posts signed JSON to receivers: all that goes over the wire here. */
import type { ChannelDeps, Outcome, Target, Told } from '../../src/delivery/channel.ts'
import { MINUTE } from '../../src/lib/clock.ts'
import type { Lanes } from '../../src/lib/lanes.ts'
import { failureOutcome, outcomeOf } from './outcome.ts'
import { signature } from './signature.ts'

export type Prepared = { event: string; bytes: () => Promise<Uint8Array> }
export type Post = { deps: ChannelDeps; timeoutMs: number; lanes: Lanes }
type Receiver = Pick<Target, 'address' | 'signing' | 'deliveryId' | 'attempt'>

const STOPPED: Outcome = { state: 'again', why: 'stopped before it began', after: 0 }
const NO_SECRET: Outcome = { state: 'again', why: 'the secret could not be opened', after: MINUTE, ours: true }

/** One outcome per target, in order, told as soon as it is known. */
export async function postAll(
  post: Post,
  prepared: Prepared,
  targets: Target[],
  signal: AbortSignal,
  told: Told = () => {},
): Promise<Outcome[]> {
  return Promise.all(
    targets.map(async (target, at) => {
      const outcome = await post.lanes.run(URL.parse(target.address)?.host ?? '', async () =>
        signal.aborted ? STOPPED : postOne(post, prepared, target),
      )
      told(at, outcome)
      return outcome
    }),
  )
}

/** The delivery's number is the same in every attempt; the time that is signed is that of this one. */
export async function postOne({ deps, timeoutMs }: Post, prepared: Prepared, to: Receiver): Promise<Outcome> {
  const now = deps.now()
  const secrets = secretsOf(deps, to, now)
  // Unsigned, a receiver would have to take it for a forgery.
  if (secrets.length === 0) return NO_SECRET
  try {
    const body = await prepared.bytes()
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'ortoo-webhook',
      'x-ortoo-event': prepared.event,
      'x-ortoo-delivery': String(to.deliveryId),
      'x-ortoo-attempt': String(to.attempt),
      'x-ortoo-signature': signature(secrets, now, body),
    }
    const answer = await deps.outsider(to.address, { method: 'POST', headers, body, timeoutMs, maxBytes: 1024 })
    return outcomeOf(answer, to.attempt, deps.now())
  } catch (err) {
    return failureOutcome(err, to.attempt)
  }
}

function secretsOf(deps: ChannelDeps, { signing }: Receiver, now: string): string[] {
  const valid = (signing?.secrets ?? []).filter((s) => !s.until || s.until > now)
  try {
    return valid.map((s) => deps.unlock(s.locked))
  } catch (err) {
    deps.log.error({ err, outlet: 'webhook' }, 'the secret of a receiver could not be opened')
    return []
  }
}
