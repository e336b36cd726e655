/** Starts clocks under the rule of their day, holds those another clock stops, and lets them go on. Inside the caller's transaction. */
import type { Kysely } from 'kysely'
import { type ClockRule, clockRules, type Happening } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { newId } from '../lib/id.ts'
import { CalendarMissing, type WorkingDays } from '../lib/working-days.ts'
import type { Tables } from '../store/tables.ts'
import { type ClockRow, clockOf, clocksOf, insertClock, isLiveSubject, moveClock, type Word } from './clock-store.ts'
import { dueAfter, dueAfterPause, ruleInForce, ruleOfVersion, type Span, spanOf, startedBy } from './clocks.ts'

type Trx = Kysely<Tables>
type House = Pick<Ctx, 'clock' | 'config'>
export type ToStart = {
  rule: string
  subject: string
  /** From when it runs. */
  from: string
  /** The deadline where the thing itself gives it. */
  due?: string
  /** Working days, where the agency sets them. */
  own?: number
  agencyId?: string
  word?: Word
}

/**
 * Starts a clock; one that runs already is left, one that was ended runs again. No duty runs for an exercise or a test, whoever asks
 * for it: the board and its history are of what is real. A deadline in working days is reckoned by the
 * watch, which reads the calendar: nothing but SQL is awaited in here.
 */
export async function startClock(
  trx: Trx,
  ctx: House,
  s: ToStart,
  rules: readonly ClockRule[] = clockRules,
): Promise<void> {
  const rule = ruleInForce(rules, s.rule, s.from, ctx.config.site.offset)
  const span = rule ? spanOf(rule, { ...ctx.config.gov, ...(s.own === undefined ? {} : { own: s.own }) }) : null
  if (!rule || (!span && !s.due)) return
  if (!rule.inExercises && !(await isLiveSubject(trx, s.subject))) return
  const due = s.due ?? (span && 'hours' in span ? dueAfter(span, s.from, NO_DAYS, ctx.config.site.offset) : null)
  const now = ctx.clock.now()
  const word = { ...s.word, now }
  const row = {
    id: newId(ctx.clock.ms()),
    subject: s.subject,
    rule: s.rule,
    rule_version: versionOf(rule, span),
    started_at: s.from,
    due_at: due,
    ...(s.agencyId ? { agency_id: s.agencyId } : {}),
  }
  if (!(await insertClock(trx, row, word))) {
    const there = await clockOf(trx, s.subject, s.rule)
    if (there?.ended_at) await moveClock(trx, there, { kind: 'started', at: now, started: s.from, due }, word)
  }
  await holdOthers(trx, s.subject, now)
}

/** Starts whatever a happening starts; for an incident as its grade and class say. */
export async function startFor(
  trx: Trx,
  ctx: House,
  what: Happening,
  s: Omit<ToStart, 'rule'>,
  grade: string | null = null,
  of: string | null = null,
): Promise<void> {
  for (const rule of startedBy(clockRules, what, grade, of)) await startClock(trx, ctx, { ...s, rule })
}

/** What the operator set is part of the version: a changed setting is another rule. */
const versionOf = (rule: ClockRule, span: Span | null): string =>
  'setting' in rule.length && span ? `${rule.version}=${'hours' in span ? span.hours : span.workingDays}` : rule.version

const NO_DAYS: WorkingDays = {
  years: [],
  isWorking: () => false,
  isHoliday: () => false,
  after: () => {
    throw new CalendarMissing(0)
  },
}

const running = (c: ClockRow): boolean => !c.met_at && !c.ended_at
const blockersOf = (c: ClockRow, all: ClockRow[]): ClockRow[] => {
  const stops = ruleOfVersion(clockRules, c.rule, c.rule_version)?.pausedBy ?? []
  return all.filter((other) => stops.includes(other.rule))
}

/** Stops the clocks of a subject that may not run while another of its clocks does. */
async function holdOthers(trx: Trx, subject: string, at: string): Promise<void> {
  const all = await clocksOf(trx, [subject])
  for (const c of all.filter((one) => running(one) && !one.paused_at))
    if (blockersOf(c, all).some(running)) await moveClock(trx, c, { kind: 'paused', at })
}

/** Lets a clock go on that nothing stops any more, from the moment the last one that did ended. @throws CalendarMissing */
export async function letGoOn(trx: Trx, ctx: House, c: ClockRow, days: WorkingDays): Promise<void> {
  if (!c.paused_at || !running(c)) return
  const blockers = blockersOf(c, await clocksOf(trx, [c.subject]))
  if (blockers.some(running)) return
  const at =
    blockers
      .map((b) => b.met_at ?? b.ended_at ?? '')
      .sort()
      .at(-1) || ctx.clock.now()
  const span = lengthOf(c, ctx)
  const state = c.due_at ? { due: c.due_at, paused: c.paused_at } : null
  const due = span && state ? dueAfterPause(span, state, at, days, ctx.config.site.offset) : null
  await moveClock(trx, c, { kind: 'resumed', at, due })
}

/** How long a running clock is: by the version it was started under, with the setting of that day. */
export function lengthOf(c: Pick<ClockRow, 'rule' | 'rule_version'>, ctx: House): Span | null {
  const rule = ruleOfVersion(clockRules, c.rule, c.rule_version)
  if (!rule) return null
  const kept = /=(\d+)$/.exec(c.rule_version)?.[1]
  if (kept && 'setting' in rule.length)
    return rule.length.unit === 'hours' ? { hours: Number(kept) } : { workingDays: Number(kept) }
  return spanOf(rule, ctx.config.gov)
}

/** Ends what is no longer asked of a subject. */
export async function endClocks(trx: Trx, subject: string, at: string, rules?: string[], word?: Word): Promise<void> {
  for (const c of await clocksOf(trx, [subject]))
    if (running(c) && (!rules || rules.includes(c.rule))) await moveClock(trx, c, { kind: 'ended', at }, word)
}
