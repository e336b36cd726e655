/** Tends faults by the clock: reckons due days once the calendar is there, and lets go of addresses. */
import type { Ctx } from '../context.ts'
import { calendarOf } from '../incident/calendar.ts'
import { insertClock } from '../incident/clock-store.ts'
import { DAY, plus } from '../lib/clock.ts'
import { CalendarMissing } from '../lib/working-days.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { dropFaultContacts, faultsWithoutDue, setFaultDue } from './fault-store.ts'
import { clockFor } from './report-fault.ts'

export async function tendFaults(ctx: Ctx): Promise<void> {
  await dropFaultContacts(ctx.store.db, plus(ctx.clock.now(), -ctx.config.gov.faultKeepDays * DAY))
  const waiting = await faultsWithoutDue(ctx.store.db)
  const { days } = await calendarOf(ctx.config.dataDir)
  for (const fault of waiting) {
    try {
      const due = days.after(fault.at, ctx.config.gov.faultDays, ctx.config.site.offset)
      await ctx.store.tx(async (trx) => {
        await setFaultDue(trx, fault.id, due)
        await insertClock(trx, clockFor(fault, due, ctx))
      })
    } catch (err) {
      if (!(err instanceof CalendarMissing)) throw err
      await raiseAlarm(ctx.store.db, ctx.clock, 'calendar-missing', `calendar:${err.year}`)
    }
  }
  for (const year of days.years) await clearAlarm(ctx.store.db, ctx.clock, 'calendar-missing', `calendar:${year}`)
}
