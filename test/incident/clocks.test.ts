/** Clocks by themselves: whatever happens in whatever order, deadlines over holidays and worked weekends, rules that change. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  BadMove,
  type ClockEvent,
  type ClockState,
  dueAfter,
  dueAfterPause,
  move,
  replay,
  ruleInForce,
  shareOf,
  standingAt,
  startedBy,
  tellings,
} from '../../src/incident/clocks.ts'
import { latestOf, suggestGrade, tollOf } from '../../src/incident/suggest-grade.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { CalendarMissing, workingDays } from '../../src/lib/working-days.ts'
import { cn2026 } from '../../templates/calendar/cn-2026.ts'
import { clockRules } from '../../templates/clocks/index.ts'
import { hasWords } from '../../templates/words/index.ts'

const T0 = '2026-11-23T06:00:00.000Z'
const DAYS = workingDays([cn2026])
const CN = '+08:00'
const twenty = { workingDays: 20 }
const day = (iso: string) => plus(iso, 8 * HOUR).slice(0, 10)

const anEvent = fc.record({
  kind: fc.constantFrom('started', 'moved', 'paused', 'resumed', 'met', 'breached', 'ended'),
  wait: fc.integer({ min: 0, max: 30 * HOUR }),
  length: fc.option(fc.integer({ min: 1, max: 60 * HOUR }), { nil: null }),
})

test('no order of events leaves a clock both running and over, and its events alone give how it stands', () => {
  fc.assert(
    fc.property(fc.array(anEvent, { minLength: 1, maxLength: 30 }), (asked) => {
      let now = T0
      let state: ClockState | null = null
      const taken: ClockEvent[] = []
      for (const { kind, wait, length } of asked) {
        now = plus(now, wait)
        const due = length === null ? null : plus(now, length)
        const event = { kind, at: now, started: now, due } as ClockEvent
        try {
          const before: ClockState | null = state
          state = move(state, event)
          taken.push(event)
          if (before?.met) expect(state.met).toBe(before.met)
        } catch (err) {
          expect(err).toBeInstanceOf(BadMove)
        }
        if (!state) continue
        expect(state.paused && (state.met || state.ended === null ? state.met : null)).toBeFalsy()
        const standing = standingAt(state, now)
        if (standing === 'met') expect(!state.due || (state.met as string) <= state.due).toBe(true)
        if (state.met && state.due && state.met > state.due && !state.ended) expect(standing).toBe('breached')
        expect(replay(taken)).toEqual(state)
      }
    }),
    { numRuns: 500 },
  )
})

test('told in order, never twice for the same moment, and last when the time is over', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 * HOUR }),
      fc.array(fc.double({ min: 0, max: 1.5, noNaN: true })),
      (ms, at) => {
        const state = { started: T0, due: plus(T0, ms) }
        let told = 0
        for (const share of [...at].sort((a, b) => a - b)) {
          const now = shareOf(state.started, state.due, share)
          const { past, next } = tellings({ tellAt: [0.5, 0.8] }, state, now)
          expect(past).toBeGreaterThanOrEqual(told)
          expect(past === 3).toBe(now > state.due)
          expect(next === null).toBe(past === 3)
          if (next) expect(next >= now).toBe(true)
          told = past
        }
      },
    ),
  )
})

test('twenty working days run over New Year, Spring Festival and the weekends that are worked for them', () => {
  // Formed on Monday 5 January: a plain month.
  expect(day(dueAfter(twenty, '2026-01-05T02:00:00.000Z', DAYS, CN))).toBe('2026-02-02')
  // Formed before New Year's three days: Sunday 4 January is worked and counts.
  expect(day(dueAfter({ workingDays: 1 }, '2026-01-01T02:00:00.000Z', DAYS, CN))).toBe('2026-01-04')
  // Over Spring Festival (15 to 23 February); Saturdays 14 and 28 February are worked.
  expect(day(dueAfter(twenty, '2026-02-02T02:00:00.000Z', DAYS, CN))).toBe('2026-03-06')
  // Over Mid-Autumn and National Day; Saturday 10 October is worked.
  expect(day(dueAfter({ workingDays: 10 }, '2026-09-21T02:00:00.000Z', DAYS, CN))).toBe('2026-10-12')
  // The last moment of that local day, by Beijing time.
  expect(dueAfter({ workingDays: 1 }, '2026-11-20T10:00:00.000Z', DAYS, CN)).toBe('2026-11-23T15:59:59.999Z')
})

test('a deadline beyond the years that are known is not guessed', () => {
  expect(() => dueAfter(twenty, '2026-12-10T02:00:00.000Z', DAYS, CN)).toThrow(CalendarMissing)
  expect(dueAfter({ hours: 24 }, '2026-12-31T12:00:00.000Z', DAYS, CN)).toBe('2027-01-01T12:00:00.000Z')
})

test('what stood still has as many working days left as it had, and as many hours', () => {
  const started = '2026-01-28T02:00:00.000Z'
  const due = dueAfter(twenty, started, DAYS, CN)
  // Stopped on the fifth working day, going on after the festival: fifteen are left.
  const state = { due, paused: '2026-02-04T02:00:00.000Z' }
  const again = '2026-02-24T02:00:00.000Z'
  expect(dueAfterPause(twenty, state, again, DAYS, CN)).toBe(DAYS.after(again, 15, CN))
  const hours = { due: plus(T0, 5 * HOUR), paused: plus(T0, HOUR) }
  expect(dueAfterPause({ hours: 5 }, hours, plus(T0, 3 * HOUR), DAYS, CN)).toBe(plus(T0, 7 * HOUR))
})

test('a new version of a rule holds for clocks started from its day on, and no other', () => {
  const rules = [
    ...clockRules.map((r) => (r.id === 'first-information' ? { ...r, until: '2026-11-30' } : r)),
    ...clockRules
      .filter((r) => r.id === 'first-information')
      .map((r) => ({ ...r, version: '新规', from: '2026-12-01', length: { hours: 3 } as const })),
  ]
  const at = (iso: string) => ruleInForce(rules, 'first-information', iso, CN)?.version
  expect(at('2026-11-30T15:59:59.000Z')).toBe('国办发〔2016〕80号')
  expect(at('2026-11-30T16:00:00.000Z')).toBe('新规')
  expect(at('2010-01-01T00:00:00.000Z')).toBeUndefined()
})

test('a major incident starts two clocks, a large one none, and a doubt about secrecy stops publication', () => {
  expect(startedBy(clockRules, 'incident-known', 'major')).toEqual(['first-information', 'press-conference'])
  expect(startedBy(clockRules, 'incident-known', 'large')).toEqual([])
  expect(startedBy(clockRules, 'incident-known', null)).toEqual([])
  expect(clockRules.find((r) => r.id === 'proactive-publication')?.pausedBy).toContain('referral')
})

test('every rule says where it comes from in both languages, and has a name and a step', () => {
  for (const r of clockRules) {
    expect(r.source.map((s) => s.trim().length > 5)).toEqual([true, true])
    expect([`desk.clock.${r.id}`, `desk.clock.step.${r.id}`].filter((k) => !hasWords(k))).toEqual([])
    expect([...r.tellAt].sort((a, b) => a - b)).toEqual([...r.tellAt])
  }
})

test('the grade is suggested at the thresholds, by the worst of the three', () => {
  const of = (deaths: number, injured: number, lossWan: number) => suggestGrade({ deaths, injured, lossWan })
  expect([of(0, 0, 0), of(1, 0, 0), of(2, 9, 999.99)]).toEqual([null, 'ordinary', 'ordinary'])
  expect([of(3, 0, 0), of(0, 10, 0), of(0, 0, 1000)]).toEqual(['large', 'large', 'large'])
  expect([of(10, 0, 0), of(0, 50, 0), of(0, 0, 5000), of(29, 99, 9999)]).toEqual(Array(4).fill('major'))
  expect([of(30, 0, 0), of(0, 100, 0), of(0, 0, 10_000)]).toEqual(Array(3).fill('extraordinary'))
})

test('the figure that stands is the one true latest, not the one written last', () => {
  const row = (value: string, as_of: string) => ({ what: 'deaths', value, as_of })
  const rows = [row('3', '2026-01-01T01'), row('12', '2026-01-01T05')]
  expect(latestOf(rows).get('deaths')?.value).toBe('12')
  expect(tollOf(rows).deaths).toBe(12)
})
