/** 日程: the days ahead, two weeks at a time, with holidays and the weekends that are worked instead. */
import { t } from '../../../templates/words/index.ts'
import { calendarOf } from '../../incident/calendar.ts'
import { DAY, wallMinute } from '../../lib/clock.ts'
import { CalendarMissing, type WorkingDays } from '../../lib/working-days.ts'
import { type Coming, comingUp } from '../../publication/forward.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { CalendarDeskPage, type ComingDay, type DayKind } from '../views/calendar-desk.tsx'
import { frameOf, page, screen } from './desk-frame.ts'

const DAYS = 14

export function mountCalendarDesk(app: App): void {
  screen(app, { method: 'get', path: '/desk/calendar', act: 'release.list' }, show)
}

async function show(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { offset } = ctx.config.site
  const today = wallMinute(ctx.clock.now(), offset).slice(0, 10)
  const first = dayIn(c.req.query('from')) ?? today
  const days = Array.from({ length: DAYS }, (_, i) => dayAfter(first, i))
  const from = beginning(first, offset)
  const to = beginning(dayAfter(first, DAYS), offset)
  const [{ coming, late }, { days: working }] = await Promise.all([
    comingUp(ctx, actorIn(c), from, to),
    calendarOf(ctx.config.dataDir),
  ])
  const of = (day: string): Coming[] => coming.filter((one) => wallMinute(one.at, offset).slice(0, 10) === day)
  const rows: ComingDay[] = days.map((day) => ({
    day,
    kind: kindOf(day, working),
    today: day === today,
    coming: of(day),
  }))
  const unknown = days.some((day) => kindOf(day, working) === 'unknown')
  const props = {
    days: rows,
    late: first === today ? late : [],
    earlier: first > today ? dayAfter(first, -DAYS) : null,
    later: dayAfter(first, DAYS),
    ...(unknown ? { unknown: t(c.var.lang, 'desk.calendar.unknown') } : {}),
  }
  return page(c, <CalendarDeskPage f={await frameOf(c)} {...props} />)
}

/** A day of a calendar, and not the 31st of February. */
function dayIn(asked: string | undefined): string | null {
  if (!asked || !/^20\d{2}-\d{2}-\d{2}$/.test(asked)) return null
  const at = Date.parse(`${asked}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== asked ? null : asked
}
const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10)
const beginning = (day: string, offset: string): string => new Date(`${day}T00:00:00${offset}`).toISOString()

function kindOf(day: string, working: WorkingDays): DayKind {
  const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  try {
    if (working.isWorking(day)) return weekend ? 'made-up' : 'plain'
    return working.isHoliday(day) ? 'holiday' : 'weekend'
  } catch (err) {
    if (err instanceof CalendarMissing) return weekend ? 'weekend' : 'unknown'
    throw err
  }
}
