/** Days of the sample press conference, by the clock of the place. */
import { DAY, HOUR, plus } from '../lib/clock.ts'

/** From ten to eleven in the morning by the clock of the place, in three days. */
export const morning = (now: string) => {
  const startsAt = `${plus(now, 8 * HOUR + 3 * DAY).slice(0, 10)}T02:00:00.000Z`
  return { startsAt, endsAt: plus(startsAt, HOUR) }
}

/** As it is said aloud: 11月27日. */
export const monthDay = (now: string, days: number) => {
  const [, month, day] = plus(now, 8 * HOUR + days * DAY)
    .slice(0, 10)
    .split('-')
    .map(Number)
  return `${month}月${day}日`
}
