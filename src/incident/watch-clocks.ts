/** Watches clocks: reckons working days, tells the person on duty before and at the deadline, then the one behind them. */
import { type ClockRule, clockRules } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { HOUR, MINUTE, plus } from '../lib/clock.ts'
import { CalendarMissing, type WorkingDays } from '../lib/working-days.ts'
import { onDuty } from '../staff/on-duty.ts'
import { handAlarm, raiseAlarm } from '../store/alarm.ts'
import { calendarOf } from './calendar.ts'
import {
  type ClockRow,
  clearClockAlarms,
  clockById,
  clocksToLookAt,
  lookAgain,
  moveClock,
  pausedClocks,
  stateOf,
  waitingClockAlarms,
} from './clock-store.ts'
import { dueAfter, NEAR, ruleOfVersion, tellings } from './clocks.ts'
import { lengthOf, letGoOn } from './start-clock.ts'

/** Not taken in hand for so long, an alarm goes to the one behind. */
export const BACKUP_AFTER = 10 * MINUTE
/** A year whose working days nobody has given is looked for again so often. */
const CALENDAR_AGAIN = 10 * MINUTE
const FAR = 365 * 24 * HOUR

export async function watchClocks(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const [rows, still] = await Promise.all([clocksToLookAt(db, ctx.clock.now()), pausedClocks(db)])
  if (rows.length || still.length) {
    const { days } = await calendarOf(ctx.config.dataDir)
    for (const row of still) await goOn(ctx, row, days)
    for (const row of rows) await look(ctx, row, days)
  }
  await callBackups(ctx)
}

/** A deadline that needs a year nobody has given stays open, with an alarm in place of a guess. */
async function needsYear(ctx: Ctx, err: unknown): Promise<void> {
  if (!(err instanceof CalendarMissing)) throw err
  await raiseAlarm(ctx.store.db, ctx.clock, 'calendar-missing', `calendar:${err.year}`)
}

const goOn = (ctx: Ctx, row: ClockRow, days: WorkingDays): Promise<void> =>
  ctx.store
    .tx(async (trx) => {
      const c = await clockById(trx, row.id)
      if (c) await letGoOn(trx, ctx, c, days)
    })
    .catch((err) => needsYear(ctx, err))

async function look(ctx: Ctx, row: ClockRow, days: WorkingDays): Promise<void> {
  if (row.due_at) return tell(ctx, row)
  const span = lengthOf(row, ctx)
  const now = ctx.clock.now()
  try {
    const due = span ? dueAfter(span, row.started_at, days, ctx.config.site.offset) : null
    if (!due) return void (await lookAgain(ctx.store.db, row.id, plus(now, FAR), row.told))
    const c = await ctx.store.tx(async (trx) => {
      const fresh = await clockById(trx, row.id)
      if (!fresh || fresh.due_at || fresh.met_at || fresh.ended_at || fresh.paused_at) return null
      return moveClock(trx, fresh, { kind: 'moved', at: now, started: fresh.started_at, due })
    })
    if (c) await tell(ctx, c)
  } catch (err) {
    await needsYear(ctx, err)
    await lookAgain(ctx.store.db, row.id, plus(now, CALENDAR_AGAIN), row.told)
  }
}

type Told = Pick<ClockRule, 'tellAt' | 'role' | 'ladder'>

/** At each moment the rule names once, only for the latest that is past; one alarm at a time for each clock. */
const tell = (ctx: Ctx, row: ClockRow): Promise<void> =>
  ctx.store.tx(async (trx) => {
    const now = ctx.clock.now()
    const c = await clockById(trx, row.id)
    if (!c?.due_at || c.met_at || c.ended_at || c.breached_at || c.paused_at) return
    const rule: Told = ruleOfVersion(clockRules, c.rule, c.rule_version) ?? { tellAt: [], role: 'signer' }
    const { past, next } = tellings(rule, stateOf(c), now)
    const late = c.due_at < now
    if (past > c.told || late) {
      if (late) await runOut(ctx, trx, c, now)
      const subject = `clock:${c.id}`
      const duty = await onDuty(trx, c.agency_id, rule.role, now)
      const cause = late ? 'clock-breached' : (rule.tellAt[past - 1] ?? 0) >= NEAR ? 'clock-due-soon' : 'clock-half'
      await clearClockAlarms(trx, c.id, now, cause)
      if (late) await raiseAlarm(trx, ctx.clock, 'clock-breached', subject)
      else if (cause === 'clock-due-soon') await raiseAlarm(trx, ctx.clock, 'clock-due-soon', subject)
      else await raiseAlarm(trx, ctx.clock, 'clock-half', subject)
      if (duty.first && !rule.ladder) await handAlarm(trx, cause, subject, duty.first.id, false)
    }
    await lookAgain(trx, c.id, next ?? plus(c.due_at, 1), past)
  })

async function runOut(ctx: Ctx, trx: Parameters<typeof moveClock>[0], c: ClockRow, now: string): Promise<void> {
  await moveClock(trx, c, { kind: 'breached', at: now })
  await append(trx, ctx, {
    actor: 'system',
    act: 'clock.breach',
    subject: c.subject,
    fact: { rule: c.rule, version: c.rule_version, due: c.due_at ?? '' },
  })
}

/** What nobody took in hand for ten minutes waits for the one behind; where nobody was on duty, for whoever is now. */
async function callBackups(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  for (const alarm of await waitingClockAlarms(ctx.store.db, plus(now, -BACKUP_AFTER))) {
    const c = await clockById(ctx.store.db, alarm.subject.slice('clock:'.length))
    if (!c) continue
    const rule = ruleOfVersion(clockRules, c.rule, c.rule_version)
    if (rule?.ladder) continue
    const role = rule?.role ?? 'signer'
    const { first, backup } = await onDuty(ctx.store.db, c.agency_id, role, now)
    const next = backup ?? first
    if (next && next.id !== alarm.owner) await handAlarm(ctx.store.db, alarm.cause, alarm.subject, next.id, true)
  }
}
