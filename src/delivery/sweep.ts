/** Finds work that a crash left: windows whose lease died, clocks that ran out, answers nobody gave. */
import type { Ctx } from '../context.ts'
import { breachClock, overdueClocks } from '../incident/store.ts'
import { append } from '../ledger/append.ts'
import { unconfirmedDecisions } from '../review/store.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { adoptDispatches } from './run-store.ts'
import { deadLeases, moveRows } from './store.ts'

const BATCH = 10_000

/** Opens runs for new dispatches. @returns how many editions were adopted */
export const adopt = (ctx: Ctx): Promise<number> => ctx.store.tx((trx) => adoptDispatches(trx, ctx.clock.now()))

/** Rows handed to the wire by a worker that is gone: nobody knows what became of them. */
export async function sweepLeases(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  let moved = 0
  for (const { dispatch_id } of await deadLeases(ctx.store.db, now)) {
    moved += await ctx.store.tx((trx) => moveRows(trx, dispatch_id, 'sending', 'unknown', BATCH, now, { before: now }))
  }
  return moved
}

/** Marks clocks that ran out, each with an alarm, and telephone sign-offs nobody confirmed. */
export async function sweepClocks(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  for (const clock of await overdueClocks(ctx.store.db, now)) {
    await ctx.store.tx(async (trx) => {
      await breachClock(trx, clock.id, now)
      await raiseAlarm(trx, ctx.clock, 'clock-breached', clock.subject)
      await append(trx, ctx, {
        actor: 'system',
        act: 'clock.breach',
        subject: clock.subject,
        fact: { rule: clock.rule, version: clock.rule_version, due: clock.due_at },
      })
    })
  }
  for (const decision of await unconfirmedDecisions(ctx.store.db, now)) {
    await raiseAlarm(ctx.store.db, ctx.clock, 'phone-sign-off-unconfirmed', `release:${decision.release_id}`)
  }
}
