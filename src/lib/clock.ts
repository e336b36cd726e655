/** The only source of time. Everything else is handed a Clock. */
export type Clock = {
  /** UTC now, ISO 8601 with milliseconds: 2026-11-23T06:12:03.214Z */
  now(): string
  /** Milliseconds since the epoch. */
  ms(): number
  /** Milliseconds that only go forward; for durations, never for display. */
  ticks(): number
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  ms: () => Date.now(),
  ticks: () => performance.now(),
}

/** A clock for tests: stands still until moved. */
export function fixedClock(
  start = '2026-11-23T06:00:00.000Z',
): Clock & { advance(ms: number): void; set(iso: string): void } {
  let at = Date.parse(start)
  return {
    now: () => new Date(at).toISOString(),
    ms: () => at,
    ticks: () => at,
    advance: (ms) => {
      at += ms
    },
    set: (iso) => {
      at = Date.parse(iso)
    },
  }
}

/** ISO time moved by some milliseconds. */
export const plus = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const OFFSET = /^([+-])(\d{2}):(\d{2})$/

/** Local wall time with its offset, no fractions: 2026-11-23T14:12:03+08:00 (RFC 3339; CAP 1.2 §3.3.2 forbids `Z`). */
export function withOffset(iso: string, offset = '+08:00'): string {
  const m = OFFSET.exec(offset)
  if (!m) throw new Error(`offset must look like +08:00, not ${offset}`)
  const minutes = (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]))
  return new Date(Date.parse(iso) + minutes * MINUTE).toISOString().slice(0, 19) + (minutes === 0 ? '-00:00' : offset)
}

/** YYYY-MM-DD HH:MM in the given offset, as government sites print times (国办发〔2017〕47号 annex). */
export const wallMinute = (iso: string, offset = '+08:00'): string =>
  withOffset(iso, offset).slice(0, 16).replace('T', ' ')
