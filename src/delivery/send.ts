/** Sends one window of a run: rows written `sending` first, then the wire, then the outcomes in one statement. */
import type { Ctx } from '../context.ts'
import { type ReleaseRow, releaseById } from '../desk/store.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import { catalogueAt } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import { raiseAlarm } from '../store/alarm.ts'
import type { Channel, Outcome } from './channel.ts'
import { type RunRow, replaced, runById } from './run-store.ts'
import { type Claimed, claimWindow, type DeliveryState, type Result, settleWindow } from './store.ts'

export const MAX_WINDOW = 200
const MIN_WINDOW = 10
const MAX_ATTEMPTS = { flash: 8, routine: 12 }

/** What a worker remembers of a run between windows: prepared variants and the rate of the last second. */
export type Memory = { prepared: Map<string, unknown>; rate: number }
export const newMemory = (): Memory => ({ prepared: new Map(), rate: 0 })

/** Why a run must not go on, or null. Looked at before every window: authority is re-checked at the moment of sending. */
export function mustStop(
  edition: Edition,
  release: ReleaseRow,
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

/** @returns how many were sent; 0 when nothing is due; 'stop' when the edition must not go on */
export async function sendWindow(
  ctx: Ctx,
  run: RunRow,
  edition: Edition,
  channel: Channel,
  memory: Memory,
  signal: AbortSignal,
): Promise<number | 'stop'> {
  const lease = newId(ctx.clock.ms())
  const size = channel.audience === 'everyone' ? 1 : Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, Math.ceil(memory.rate)))
  const now = ctx.clock.now()
  const claimed = await ctx.store.tx(async (trx) => {
    const [fresh, release, isReplaced] = await Promise.all([
      runById(trx, run.dispatch_id),
      releaseById(trx, run.release_id),
      replaced(trx, run),
    ])
    if (fresh?.state !== 'sending' || !release || mustStop(edition, release, isReplaced, channel.audience))
      return 'stop' as const
    return claimWindow(trx, ctx.store.dialect, run.dispatch_id, size, lease, now, plus(now, ctx.config.leaseMs))
  })
  if (claimed === 'stop' || claimed.length === 0) return claimed === 'stop' ? 'stop' : 0
  const began = ctx.clock.ticks()
  const outcomes = await handOver(ctx, edition, channel, memory, claimed, signal)
  memory.rate = (claimed.length * SECOND) / Math.max(1, ctx.clock.ticks() - began)
  const results = claimed.map((target, i) => resultOf(run, target, outcomes[i] as Outcome, ctx.clock.now()))
  await ctx.store.tx(async (trx) => {
    await settleWindow(trx, ctx.store.dialect, run.dispatch_id, lease, results, ctx.clock.now())
    if (results.some((r) => r.state === 'failed' && r.outcome.state === 'again'))
      await raiseAlarm(trx, ctx.clock, 'attempts-exhausted', `dispatch:${run.dispatch_id}`)
    // The site tries for ever, and what is behind it waits: not in silence. Verified, this clears itself.
    if (claimed.some((t, i) => t.subscriberId === 0 && t.attempt >= 3 && results[i]?.state === 'deferred'))
      await raiseAlarm(trx, ctx.clock, 'not-verified', `edition:${edition.id}`)
  })
  return claimed.length
}

/** One send per variant; a channel that throws leaves its targets to be tried again, never its siblings unsent. */
async function handOver(
  ctx: Ctx,
  edition: Edition,
  channel: Channel,
  memory: Memory,
  claimed: Claimed[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  // Who has left since the plan was made gets nothing more.
  const outcomes = claimed.map((t): Outcome | undefined => (t.left ? { state: 'suppressed', why: t.left } : undefined))
  const variants = channel.variants(edition)
  const variantFor = (language: string) => (variants.includes(language) ? language : (variants[0] as string))
  const active = claimed.filter((t) => !t.left)
  for (const variant of new Set(active.map((t) => variantFor(t.language)))) {
    const at = claimed.flatMap((t, i) => (!t.left && variantFor(t.language) === variant ? [i] : []))
    const got = await attempt(
      ctx,
      edition,
      channel,
      memory,
      variant,
      at.map((i) => claimed[i] as Claimed),
      signal,
    )
    for (const [k, i] of at.entries()) outcomes[i] = got[k] ?? { state: 'unknown', why: 'the outlet gave no outcome' }
  }
  return outcomes as Outcome[]
}

async function attempt(
  ctx: Ctx,
  edition: Edition,
  channel: Channel,
  memory: Memory,
  variant: string,
  targets: Claimed[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  try {
    if (!memory.prepared.has(variant)) {
      const catalogue = catalogueAt(ctx.store.db, ctx.blobs, edition.sequence, edition.mode)
      memory.prepared.set(variant, await channel.prepare(edition, variant, catalogue))
    }
  } catch (err) {
    ctx.log.error({ err, outlet: channel.name, edition: edition.id }, 'rendering failed')
    return targets.map(() => ({ state: 'again', why: 'rendering failed', after: 5 * SECOND }))
  }
  try {
    return await channel.send(memory.prepared.get(variant), targets, signal)
  } catch (err) {
    ctx.log.error({ err, outlet: channel.name, edition: edition.id }, 'outlet failed')
    const everyone = channel.audience === 'everyone'
    return targets.map(() =>
      everyone
        ? { state: 'again', why: 'outlet failed', after: 2 * SECOND }
        : { state: 'unknown', why: 'outlet failed' },
    )
  }
}

function resultOf(run: RunRow, target: Claimed, outcome: Outcome, now: string): Result {
  const done = (state: DeliveryState): Result => ({ deliveryId: target.deliveryId, outcome, nextAt: null, state })
  switch (outcome.state) {
    case 'accepted':
    case 'gone':
    case 'suppressed':
    case 'unknown':
      return done(outcome.state)
    case 'never':
      return done('failed')
    case 'again':
      if (target.attempt >= MAX_ATTEMPTS[run.lane as 'flash' | 'routine'] && target.subscriberId !== 0)
        return done('failed')
      return { ...done('deferred'), nextAt: plus(now, backOff(target.attempt, outcome.after)) }
    default:
      return outcome satisfies never
  }
}

/** Doubling from the far end's own wish, up to 15 minutes, with a quarter of jitter so that retries do not march in step. */
function backOff(attempt: number, after: number): number {
  const base = Math.min(15 * 60 * SECOND, Math.max(after, SECOND * 2 ** Math.min(attempt, 9)))
  return Math.round(base * (0.875 + Math.random() * 0.25))
}
