/** Chinese working days: weekends are off, holidays too, and some weekends are worked instead. Never reckoned past what is known. */
import { z } from 'zod'
import { DAY } from './clock.ts'

const day = z.iso.date()

/** One year as the State Council arranged it. A file `calendar/2027.json` in the data folder has this shape. */
export const yearOfDays = z
  .strictObject({
    year: z.number().int().min(2000).max(2999),
    /** The notice it was taken from. */
    source: z.string().trim().min(1).max(200),
    /** First and last day of each holiday. */
    off: z
      .array(z.tuple([day, day]))
      .min(1)
      .max(30),
    /** Weekend days that are worked. */
    worked: z.array(day).max(60),
  })
  .refine(
    (y) => [...y.off.flat(), ...y.worked].every((d) => d.startsWith(`${y.year}-`)),
    'every day must lie in its year',
  )
  .refine((y) => y.off.every(([from, to]) => from <= to), 'a holiday must not end before it begins')
  .refine((y) => y.worked.every((d) => isWeekend(d)), 'a day that is worked instead must be a Saturday or Sunday')
export type YearOfDays = z.output<typeof yearOfDays>

/** The arrangement of a year nobody has given: it is announced about two months before, and may not be guessed. */
export class CalendarMissing extends Error {
  constructor(readonly year: number) {
    super(`the working days of ${year} are not known: put ${year}.json into the folder calendar of the data folder`)
  }
}

export type WorkingDays = {
  years: number[]
  /** @throws CalendarMissing */
  isWorking(day: string): boolean
  /** Inside a holiday, a weekend in it too. @throws CalendarMissing */
  isHoliday(day: string): boolean
  /**
   * The last instant (UTC ISO) of the n-th working day after the local day of `from`; the day something comes in does not count.
   * @throws CalendarMissing
   */
  after(from: string, n: number, offset: string): string
}

const isWeekend = (d: string): boolean => [0, 6].includes(new Date(`${d}T00:00:00Z`).getUTCDay())
const nextDay = (d: string): string => new Date(Date.parse(`${d}T00:00:00Z`) + DAY).toISOString().slice(0, 10)
const localDay = (iso: string, offset: string): string =>
  new Date(Date.parse(iso) + aheadOf(offset)).toISOString().slice(0, 10)
/** +08:00 → milliseconds */
const aheadOf = (offset: string): number =>
  Date.parse('2000-01-01T00:00:00Z') - Date.parse(`2000-01-01T00:00:00${offset}`)

/** Later entries of a year replace earlier ones: an arrangement is sometimes changed after it was announced. */
export function workingDays(known: readonly YearOfDays[]): WorkingDays {
  const years = new Map(known.map((y) => [y.year, y]))
  const yearOf = (d: string): YearOfDays => {
    const year = years.get(Number(d.slice(0, 4)))
    if (!year) throw new CalendarMissing(Number(d.slice(0, 4)))
    return year
  }
  const isHoliday = (d: string): boolean => yearOf(d).off.some(([from, to]) => from <= d && d <= to)
  const isWorking = (d: string): boolean => yearOf(d).worked.includes(d) || (!isWeekend(d) && !isHoliday(d))
  return {
    years: [...years.keys()].sort(),
    isWorking,
    isHoliday,
    after(from, n, offset) {
      let at = localDay(from, offset)
      for (let left = n; left > 0; ) {
        at = nextDay(at)
        if (isWorking(at)) left--
      }
      return new Date(Date.parse(`${nextDay(at)}T00:00:00${offset}`) - 1).toISOString()
    },
  }
}
