/** What is decided about each recipient: whether they may still be sent to, how they are handed over, what an outcome means. */
import type { Ctx } from '../context.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { HOUR, MINUTE, plus, SECOND } from '../lib/clock.ts'
import { catalogueAt } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import type { Channel, Outcome } from './channel.ts'
import { Rate } from './rate.ts'
import type { RunRow } from './run-store.ts'
import type { Claimed, DeliveryState, Result } from './store.ts'

const MAX_ATTEMPTS = { flash: 8, routine: 12 }

/** What a worker remembers of a run while it carries it: prepared variants, and how many outcomes each moment brought. */
export type Memory = {
  prepared: Map<string, unknown>
  rate: Rate
  /** How many subscribers the next range of the plan looks at. */
  stride?: number
  /** The window at work while the plan is still being made. */
  sending?: Promise<void> | undefined
  /** Since when (ticks) the outlet has taken nothing; undefined while it does. */
  silent?: number | undefined
  /** An alarm about the outlet stands; undefined: one of another run may. */
  alarmed?: boolean
  /** When (ticks) those who watch were last told. */
  told?: number
}
export const newMemory = (): Memory => ({ prepared: new Map(), rate: new Rate() })

/** What the worker that carries a run lets it do. */
export type Worker = {
  /** Takes the run for steps that one worker alone may make; false while another has it. Rows are for whoever takes them. */
  lead(): Promise<boolean>
  /** Waits until rows may be taken: flash goes before routine. With rows on the wire it answers at once. */
  mayClaim(busy: boolean): Promise<boolean>
  /** Something could not be written: whoever must know is told, and it is tried again. */
  failed(): Promise<void>
}

/** What one run is sent with. */
export type SendLeg = {
  ctx: Ctx
  run: RunRow
  edition: Edition
  channel: Channel
  memory: Memory
  signal: AbortSignal
  worker: Worker
}

/** Why a run must not go on, or null. Looked at before every window: authority is re-checked at the moment of sending. */
export function mustStop(
  edition: Edition,
  release: Pick<ReleaseRow, 'state' | 'face' | 'editions' | 'edition_type'>,
  isReplaced: boolean,
  audience: Channel['audience'] = 'subscribers',
): 'superseded' | null {
  if (edition.type === 'takedown') return null
  if (['quarantined', 'purged', 'taken-down'].includes(release.state) || release.face === 'taken-down')
    return 'superseded'
  // Approving a correction or withdrawal is enough: who has not been told must not get the wrong text meanwhile. Begun is not.
  // The page keeps what is public until the new text is.
  const approved =
    audience === 'subscribers' &&
    release.editions >= edition.number &&
    ['correction', 'withdrawal'].includes(release.edition_type) &&
    ['approved', 'scheduled', 'held'].includes(release.state)
  return isReplaced || approved ? 'superseded' : null
}

/**
 * Hands targets over, one send per variant. Each outcome is told as soon as it is known; a channel that throws leaves its
 * targets unknown, never its siblings unsent.
 */
export async function handOver(leg: SendLeg, claimed: Claimed[], told: (target: Claimed, outcome: Outcome) => void) {
  const { channel, edition } = leg
  // Who has left since the plan was made gets nothing more.
  for (const target of claimed) if (target.left) told(target, { state: 'suppressed', why: target.left })
  const active = claimed.filter((t) => !t.left)
  const variants = channel.variants(edition)
  const variantFor = (language: string) => (variants.includes(language) ? language : (variants[0] as string))
  const groups = Map.groupBy(active, (t) => variantFor(t.language))
  await Promise.all([...groups].map(([variant, targets]) => attempt(leg, variant, targets, told)))
}

async function attempt(
  { ctx, edition, channel, memory, signal }: SendLeg,
  variant: string,
  targets: Claimed[],
  told: (target: Claimed, outcome: Outcome) => void,
): Promise<void> {
  const open = new Set(targets)
  const tell = (target: Claimed, outcome: Outcome) => {
    if (open.delete(target)) told(target, outcome)
  }
  const rest = (outcome: Outcome) => {
    for (const target of [...open]) tell(target, outcome)
  }
  try {
    await prepared(ctx, edition, channel, memory, variant)
  } catch (err) {
    ctx.log.error({ err, outlet: channel.name, edition: edition.id }, 'rendering failed')
    return rest({ state: 'again', why: 'rendering failed', after: 5 * SECOND })
  }
  try {
    const outcomes = await channel.send(memory.prepared.get(variant), targets, signal, (at, outcome) =>
      tell(targets[at] as Claimed, outcome),
    )
    for (const [i, target] of targets.entries())
      tell(target, outcomes[i] ?? { state: 'unknown', why: 'the outlet gave no outcome' })
  } catch (err) {
    ctx.log.error({ err, outlet: channel.name, edition: edition.id }, 'outlet failed')
    const everyone = channel.audience === 'everyone'
    rest(
      everyone
        ? { state: 'again', why: 'outlet failed', after: 2 * SECOND }
        : { state: 'unknown', why: 'outlet failed' },
    )
  }
}

/** Renders every variant while a run still waits, so that the first word does not wait for it. What fails is met again at sending. */
export async function prepareAhead({ ctx, edition, channel, memory }: SendLeg): Promise<void> {
  for (const variant of channel.variants(edition))
    await prepared(ctx, edition, channel, memory, variant).catch((err) =>
      ctx.log.warn({ err, outlet: channel.name, edition: edition.id }, 'not rendered ahead'),
    )
}

/** Rendered once per variant, also when two windows ask at the same time. */
async function prepared(ctx: Ctx, edition: Edition, channel: Channel, memory: Memory, variant: string): Promise<void> {
  if (memory.prepared.has(variant)) return
  const catalogue = catalogueAt(ctx.store.db, ctx.blobs, edition.sequence, edition.mode, edition.publishedAt)
  const made = await channel.prepare(edition, variant, catalogue)
  memory.prepared.set(variant, made)
}

type NotYet = 'planned' | 'sending' | 'superseded' | 'in-digest'

/** What an outcome makes of a row. `exhausted`: it has been tried often enough. */
export function stateAfter(outcome: Outcome, exhausted: boolean): Exclude<DeliveryState, NotYet> {
  switch (outcome.state) {
    case 'accepted':
    case 'gone':
    case 'suppressed':
    case 'unknown':
      return outcome.state
    case 'never':
      return 'failed'
    case 'again':
      return exhausted ? 'failed' : 'deferred'
    default:
      return outcome satisfies never
  }
}

export function resultOf(run: RunRow, target: Claimed, outcome: Outcome, now: string): Result {
  // While the far end refuses us nobody is given up: that is ours to mend, and an alarm says so. The site is tried for ever.
  const mayEnd = target.subscriberId !== 0 && !(outcome.state === 'again' && outcome.ours)
  const state = stateAfter(outcome, mayEnd && target.attempt >= MAX_ATTEMPTS[run.lane as 'flash' | 'routine'])
  const wait = outcome.state === 'again' && state === 'deferred' ? backOff(target.attempt, outcome.after) : null
  const nextAt = wait === null ? null : plus(now, wait)
  return {
    deliveryId: target.deliveryId,
    subscriberId: target.subscriberId,
    attempt: target.attempt,
    outcome,
    nextAt,
    state,
  }
}

/** No far end is waited for longer than this. */
const MOST_WAIT = 6 * HOUR

/**
 * As long as the far end asked for, and never sooner than a wait that doubles with each attempt up to a quarter of an hour; with
 * a quarter of jitter on top, so that retries do not march in step and none comes early.
 */
function backOff(attempt: number, after: number): number {
  const own = Math.min(15 * MINUTE, SECOND * 2 ** Math.min(attempt, 10))
  const base = Math.min(MOST_WAIT, Math.max(after, own))
  return Math.round(base * (1 + Math.random() * 0.25))
}
