/** Finds work that a crash left: windows whose lease died, clocks that ran out, answers nobody gave. */
import type { Ctx } from '../context.ts'
import { watchClocks } from '../incident/watch-clocks.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { jumpWatch } from '../lib/jump.ts'
import { callNext } from '../review/call-next.ts'
import { unconfirmedDecisions } from '../review/store.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { askAgain } from './manual-record.ts'
import { lookAtReposts } from './repost-alarm.ts'
import { adoptDispatches, clockSetBack } from './run-store.ts'
import { deadLeases, moveRows } from './store.ts'

const BATCH = 10_000

/** Opens runs for new dispatches, and looks at what else a new edition asks of people. @returns how many editions were adopted */
export const adopt = (ctx: Ctx): Promise<number> =>
  ctx.store.tx((trx) =>
    adoptDispatches(trx, ctx.clock.now(), async (edition) => {
      await askAgain(trx, ctx, edition)
      await lookAtReposts(trx, ctx, edition)
    }),
  )

/** Rows handed to the wire by a worker that is gone: nobody knows what became of them. */
export async function sweepLeases(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const dead = { before: now, beyond: impossible(ctx) }
  let moved = 0
  for (const { dispatch_id } of await deadLeases(ctx.store.db, dead.before, dead.beyond))
    moved += await ctx.store.tx((trx) => moveRows(trx, dispatch_id, 'sending', 'unknown', BATCH, now, { dead }))
  return moved
}

/** No lease of ours ends later than this: one that does was written before the clock was set back. */
export const impossible = (ctx: Ctx): string => plus(ctx.clock.now(), 2 * ctx.config.leaseMs)

/**
 * Sweeps leases as long as the clock goes evenly. When it was moved, living workers first get the time to lengthen theirs, or
 * a clock set forward would call everything on the wire lost; set back, open runs are looked at again at once.
 */
export function leaseSweep(ctx: Ctx): () => Promise<number> {
  const moved = jumpWatch(ctx.clock, Math.min(2 * SECOND, ctx.config.leaseMs / 4))
  let patientUntil = Number.NEGATIVE_INFINITY
  return async () => {
    const by = moved()
    if (by !== 0) {
      ctx.log.warn({ ms: by }, 'the clock was set')
      patientUntil = ctx.clock.ticks() + ctx.config.leaseMs
      if (by < 0) await clockSetBack(ctx.store.db, ctx.clock.now())
      return 1
    }
    return ctx.clock.ticks() < patientUntil ? 0 : sweepLeases(ctx)
  }
}

/** Clocks with their alarms, and telephone sign-offs nobody confirmed. */
export async function sweepClocks(ctx: Ctx): Promise<void> {
  await watchClocks(ctx)
  await callNext(ctx)
  for (const decision of await unconfirmedDecisions(ctx.store.db, ctx.clock.now())) {
    await raiseAlarm(ctx.store.db, ctx.clock, 'phone-sign-off-unconfirmed', `release:${decision.release_id}`)
  }
}
