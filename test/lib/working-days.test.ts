/** Working days of China: make-up weekends are worked, holidays are not, and nothing is reckoned past what is known. */
import { expect, test } from 'vitest'
import { CalendarMissing, workingDays, yearOfDays } from '../../src/lib/working-days.ts'
import { cn2026 } from '../../templates/calendar/cn-2026.ts'

const days = workingDays([cn2026])
const due = (from: string, n: number) => days.after(from, n, '+08:00')
/** The end of a local day in UTC. */
const endOf = (day: string) => new Date(Date.parse(`${day}T23:59:59.999+08:00`)).toISOString()

test('the calendar that comes with the service is whole', () => {
  expect(yearOfDays.safeParse(cn2026).success).toBe(true)
  // 365 days less 104 weekend days and the weekdays of the holidays, and the worked weekends: as the arrangement adds up.
  const all = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10))
  expect(all.filter(days.isWorking)).toHaveLength(248)
})

test('somebody who writes on a Tuesday has an answer by the end of Friday', () => {
  expect(due('2026-11-24T09:00:00Z', 3)).toBe(endOf('2026-11-27'))
})

test('one who writes at half past midnight in Hohhot wrote on that day, whatever the day in Greenwich', () => {
  expect(due('2026-11-23T16:30:00Z', 3)).toBe(endOf('2026-11-27'))
  expect(due('2026-11-23T15:30:00Z', 3)).toBe(endOf('2026-11-26'))
})

test('the National Day week is passed over, and the Saturday that is worked after it counts', () => {
  expect(due('2026-09-30T02:00:00Z', 3)).toBe(endOf('2026-10-10'))
  expect(days.isWorking('2026-10-10')).toBe(true)
  expect(days.isWorking('2026-10-01')).toBe(false)
})

test('what would be due in a year nobody has arranged yet has no due day, and the error says which file is missing', () => {
  expect(due('2026-12-28T02:00:00Z', 3)).toBe(endOf('2026-12-31'))
  expect(() => due('2026-12-29T02:00:00Z', 3)).toThrow(CalendarMissing)
  expect(() => due('2026-12-29T02:00:00Z', 3)).toThrow(/2027\.json/)
})

test('a year with a day outside it, or a weekday called a make-up weekend, is refused', () => {
  expect(yearOfDays.safeParse({ ...cn2026, off: [['2025-12-31', '2026-01-03']] }).success).toBe(false)
  expect(yearOfDays.safeParse({ ...cn2026, worked: ['2026-11-24'] }).success).toBe(false)
})
