/** Says in time that a night to come has no signer: an office that keeps a roster is told by an alarm. */
import type { Ctx } from '../context.ts'
import { DAY, plus } from '../lib/clock.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { gapsOf } from './roster-week.ts'
import { allAgencies, dutiesBetween } from './store.ts'

/** So far ahead a gap is said. */
export const AHEAD = 3 * DAY
/** An office whose last duty is older keeps no roster, and is asked for none. */
const KEPT = 7 * DAY
const ROLE = 'signer'

export async function watchRoster(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  for (const agency of await allAgencies(db)) {
    const subject = `agency:${agency.id}`
    const duties = await dutiesBetween(db, [agency.id], plus(now, -KEPT), plus(now, AHEAD))
    const kept = duties.some((d) => d.role === ROLE)
    const open = kept && gapsOf(duties, ROLE, { from: now, to: plus(now, AHEAD) }).length > 0
    if (open) await raiseAlarm(db, ctx.clock, 'roster-gap', subject)
    else await clearAlarm(db, ctx.clock, 'roster-gap', subject)
  }
}
