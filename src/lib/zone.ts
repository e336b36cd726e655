/** Time zones as people give them: an offset (+08:00) or an IANA name (Asia/Urumqi). Pure but for the platform's table of zones. */
import { DAY, HOUR, MINUTE } from './clock.ts'

const OFFSET = /^([+-])(0\d|1[0-4]):([0-5]\d)$/

export function isZone(zone: string): boolean {
  if (OFFSET.test(zone)) return true
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+){1,2}$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Names are good in any capitals, so there is no end of them; each format takes thirty kilobytes. */
const MOST_FORMATS = 1_000
const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    const whole = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const
    format = new Intl.DateTimeFormat('en-US', { ...whole, timeZone: zone, hourCycle: 'h23' })
    if (formats.size >= MOST_FORMATS) formats.clear()
    formats.set(zone, format)
  }
  return format
}

/** Milliseconds the wall clock of a zone is ahead of UTC at an instant. */
export function aheadOfUtc(zone: string, ms: number): number {
  const m = OFFSET.exec(zone)
  if (m) return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * HOUR + Number(m[3]) * MINUTE)
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map((p) => [p.type, Number(p.value)]),
  )
  const wall = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  )
  return wall - Math.floor(ms / 1000) * 1000
}

/** The instant at which the wall clock of the zone shows `wall` (as if it were UTC); in a gap of summer time, the instant after it. */
function instantOf(zone: string, wall: number): number {
  const guess = wall - aheadOfUtc(zone, wall)
  return wall - aheadOfUtc(zone, guess)
}

/**
 * The last time, not after `now`, that the zone's wall clock showed `hour`, on that day of the week where one is given
 * (1 Monday … 7 Sunday). `date` is the local date, YYYY-MM-DD.
 */
export function lastTime(now: number, zone: string, hour: number, weekday?: number): { at: number; date: string } {
  const local = now + aheadOfUtc(zone, now)
  for (let back = 0, day = Math.floor(local / DAY) * DAY; back <= 8; back++, day -= DAY) {
    const isDay = weekday === undefined || (new Date(day).getUTCDay() || 7) === weekday
    const at = instantOf(zone, day + hour * HOUR)
    if (isDay && at <= now) return { at, date: new Date(day).toISOString().slice(0, 10) }
  }
  throw new Error(`no such hour in ${zone}`)
}
