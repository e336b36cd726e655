/** A week of the roster: its days, and where nobody is on. Pure. */
import { DAY, plus, withOffset } from '../lib/clock.ts'

export type Span = { from: string; to: string }
export type Turn = { role: string; backup: number; starts_at: string; ends_at: string }

/** The Monday of a local day's week, as a local day. */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`)
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7
  return new Date(at - sinceMonday * DAY).toISOString().slice(0, 10)
}

export const localDay = (iso: string, offset: string): string => withOffset(iso, offset).slice(0, 10)
export const shiftDay = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** The first instant of a local day, UTC ISO. */
export const dayStart = (day: string, offset: string): string => new Date(`${day}T00:00:00${offset}`).toISOString()

/** Seven days from a local Monday: the day, and its first and last instant. */
export const weekDays = (monday: string, offset: string): (Span & { day: string })[] =>
  Array.from({ length: 7 }, (_, i) => {
    const day = shiftDay(monday, i)
    const from = dayStart(day, offset)
    return { day, from, to: plus(from, DAY) }
  })

/** Stretches of a span that none of these covers, in order. */
export function gapsIn(span: Span, covered: Span[]): Span[] {
  const sorted = covered
    .filter((c) => c.to > span.from && c.from < span.to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const found: Span[] = []
  let at = span.from
  for (const c of sorted) {
    if (c.from > at) found.push({ from: at, to: c.from })
    if (c.to > at) at = c.to
  }
  if (at < span.to) found.push({ from: at, to: span.to })
  return found
}

/** Stretches in which nobody holds the role. */
export const gapsOf = (turns: Turn[], role: string, span: Span): Span[] =>
  gapsIn(
    span,
    turns.filter((t) => t.role === role).map((t) => ({ from: t.starts_at, to: t.ends_at })),
  )
