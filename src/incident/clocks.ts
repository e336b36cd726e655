/** The clock: its rule by date, its moves, when it is due, how it stands. Pure; rows and events are in clock-store.ts. */
import type { ClockRule, Happening } from '../../templates/clocks/rule.ts'
import { HOUR, plus, withOffset } from '../lib/clock.ts'
import type { WorkingDays } from '../lib/working-days.ts'

/** `due` is null while the working days of its year are not known. */
export type ClockEvent =
  | { kind: 'started'; at: string; started: string; due: string | null }
  | { kind: 'moved'; at: string; started: string; due: string | null }
  | { kind: 'resumed'; at: string; due: string | null }
  | { kind: 'paused' | 'met' | 'breached' | 'ended'; at: string }

export type ClockState = {
  started: string
  due: string | null
  paused: string | null
  met: string | null
  breached: string | null
  /** No longer asked for: neither met nor late. */
  ended: string | null
}

/** 正常 / 临近 / 已完成 / 超时 (WORDS.md), and what is none of them. */
export const STANDINGS = ['breached', 'due-soon', 'on-time', 'paused', 'unknown', 'met', 'ended'] as const
export type ClockStanding = (typeof STANDINGS)[number]

/** From this share of its time on a clock is near. */
export const NEAR = 0.8

export class BadMove extends Error {}

/** Where a clock stands after one more event. @throws BadMove for what cannot follow */
export function move(state: ClockState | null, event: ClockEvent): ClockState {
  if (event.kind === 'started') {
    if (state && !state.ended) throw new BadMove('a clock that runs is not started again')
    return { started: event.started, due: event.due, paused: null, met: null, breached: null, ended: null }
  }
  if (!state) throw new BadMove(`${event.kind} before it was started`)
  if (state.ended) throw new BadMove(`${event.kind} after its end`)
  switch (event.kind) {
    case 'moved':
      return { ...state, started: event.started, due: event.due, breached: lateAt(event.due, state.met) }
    case 'paused':
      if (state.paused || state.met) throw new BadMove('it does not run')
      return { ...state, paused: event.at }
    case 'resumed':
      if (!state.paused) throw new BadMove('it does not stand still')
      return { ...state, paused: null, due: event.due }
    case 'met':
      if (state.met) throw new BadMove('it is met already')
      return {
        ...state,
        met: event.at,
        paused: null,
        breached: lateAt(state.due, event.at) && (state.breached ?? state.due),
      }
    case 'breached':
      // Also of what was met: the record of when it was done was put right, and it was late.
      if (state.breached || state.paused) throw new BadMove('it cannot run out now')
      return { ...state, breached: event.at }
    case 'ended':
      if (state.met) throw new BadMove('it is met already')
      return { ...state, ended: event.at }
    default:
      return event satisfies never
  }
}

/** Met after its deadline is late all the same; done in time and written down afterwards was in time, whatever the clock said. */
const lateAt = (due: string | null, met: string | null): string | null => (due && met && met > due ? due : null)

/** @throws BadMove */
export function replay(events: readonly ClockEvent[]): ClockState {
  const state = events.reduce<ClockState | null>(move, null)
  if (!state) throw new BadMove('a clock begins by being started')
  return state
}

export function standingAt(state: ClockState, now: string): ClockStanding {
  if (state.ended) return 'ended'
  if (state.met) return state.breached ? 'breached' : 'met'
  if (state.breached) return 'breached'
  if (state.paused) return 'paused'
  if (!state.due) return 'unknown'
  if (state.due < now) return 'breached'
  return now >= shareOf(state.started, state.due, NEAR) ? 'due-soon' : 'on-time'
}

/** The moment at which a share of the time is gone. */
export const shareOf = (started: string, due: string, share: number): string =>
  plus(started, (Date.parse(due) - Date.parse(started)) * share)

/** How many of the moments at which somebody is told are past, and the next one; null when none is left. */
export function tellings(
  rule: Pick<ClockRule, 'tellAt'>,
  state: Pick<ClockState, 'started' | 'due'>,
  now: string,
): { past: number; next: string | null } {
  const { started, due } = state
  if (!due) return { past: 0, next: null }
  const moments = [...rule.tellAt.map((share) => shareOf(started, due, share)), due]
  const past = moments.filter((m, i) => (i === moments.length - 1 ? m < now : m <= now)).length
  return { past, next: moments[past] ?? null }
}

/** The version of a rule in force on the local day of a moment; a newer one changes nothing that was started before it. */
export function ruleInForce(
  rules: readonly ClockRule[],
  id: string,
  at: string,
  offset: string,
): ClockRule | undefined {
  const day = withOffset(at, offset).slice(0, 10)
  return rules
    .filter((r) => r.id === id && r.from <= day && (r.until === undefined || day <= r.until))
    .sort((a, b) => (a.from < b.from ? 1 : -1))[0]
}

/** The rule a running clock was started under. */
export const ruleOfVersion = (rules: readonly ClockRule[], id: string, version: string): ClockRule | undefined =>
  rules.find((r) => r.id === id && (r.version === version || version.startsWith(`${r.version}=`))) ??
  rules.find((r) => r.id === id)

/** Ids of rules that something starts; for an incident those of its grade and its class. */
export const startedBy = (
  rules: readonly ClockRule[],
  what: Happening,
  grade: string | null = null,
  of: string | null = null,
): string[] => [
  ...new Set(
    rules
      .filter((r) => r.starts.includes(what))
      .filter((r) => !r.grades || (grade !== null && r.grades.includes(grade)))
      .filter((r) => !r.classes || (of !== null && r.classes.includes(of)))
      .map((r) => r.id),
  ),
]

/** Its time runs from when the incident became known, however it was started. */
export const countsFromKnown = (rule: ClockRule): boolean =>
  rule.starts.includes('incident-known') || rule.fromKnown === true

export type Settings = { mongolianHours: number; faultDays: number; own?: number }
export type Span = { hours: number } | { workingDays: number }

/** How long, with what the operator set; null for a clock that is not kept here, or whose moment the thing itself gives. */
export function spanOf(rule: ClockRule, settings: Settings): Span | null {
  const { length } = rule
  if ('hours' in length || 'workingDays' in length) return length
  if ('given' in length) return null
  const n = settings[length.setting] ?? 0
  return n === 0 ? null : length.unit === 'hours' ? { hours: n } : { workingDays: n }
}

/** @throws CalendarMissing past the years that are known: a working day is never guessed */
export const dueAfter = (span: Span, from: string, days: WorkingDays, offset: string): string =>
  'hours' in span ? plus(from, span.hours * HOUR) : days.after(from, span.workingDays, offset)

/**
 * The deadline after standing still: hours move by as long as it stood; of working days as many are left as were left when it
 * stopped, that day itself counted as gone. @throws CalendarMissing
 */
export function dueAfterPause(
  span: Span,
  state: { due: string; paused: string },
  at: string,
  days: WorkingDays,
  offset: string,
): string {
  if ('hours' in span) return plus(state.due, Date.parse(at) - Date.parse(state.paused))
  if (state.due < state.paused) return state.due
  let left = 0
  while (days.after(state.paused, left + 1, offset) <= state.due) left++
  return days.after(at, left, offset)
}
