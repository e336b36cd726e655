/** The periods of digests: every day and every week, by each subscriber's own clock. */
import type { Ctx } from '../context.ts'
import { lastTime } from '../lib/zone.ts'
import { markOf, type Period, zonesOf } from './digest-plan-store.ts'

export const DIGESTS = ['daily', 'weekly'] as const

/** The last period that has ended, for one frequency in one time zone ('' is the site's). */
export function periodAt(
  ctx: Pick<Ctx, 'config' | 'clock'>,
  frequency: (typeof DIGESTS)[number],
  zone: string,
): Period {
  const { dailyHour, weeklyHour, weeklyDay } = ctx.config.digest
  const own = zone || ctx.config.site.offset
  const { at, date } =
    frequency === 'daily'
      ? lastTime(ctx.clock.ms(), own, dailyHour)
      : lastTime(ctx.clock.ms(), own, weeklyHour, weeklyDay)
  return { frequency, zone, period: `${frequency}:${date}`, dueAt: new Date(at).toISOString() }
}

/** Periods whose digests have not all been planned. */
export async function duePeriods(ctx: Ctx): Promise<Period[]> {
  const due: Period[] = []
  for (const frequency of DIGESTS) {
    for (const zone of await zonesOf(ctx.store.db, frequency)) {
      const period = periodAt(ctx, frequency, zone)
      if ((await markOf(ctx.store.db, frequency, zone)) !== period.period) due.push(period)
    }
  }
  return due
}
