/** The roster as a table for spreadsheets and as a calendar. Pure. */
import { withOffset } from '../lib/clock.ts'
import { bareCell, readCsv } from '../lib/csv.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { icalFile, text, timezone, utc } from '../lib/ical-lines.ts'
import { ROLES, type Role } from './member.ts'

export const ROSTER_COLUMNS = ['email', 'name', 'role', 'backup', 'from', 'to'] as const
/** Words of a spreadsheet → our own; both languages are read, whichever the desk speaks. */
export type CsvWords = { roles: ReadonlyMap<string, Role>; backup: readonly string[]; main: readonly string[] }

/** A line as it was read: who is left to be found by address or name. */
export type CsvDuty = {
  line: number
  who: string
  role: Role
  backup: boolean
  startsAt: string
  endsAt: string
}

const WALL = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})(?::00)?$/

/** 2026-11-23 20:00, in the site's time; undefined where it is none. */
export function wallTime(text: string, offset: string): string | undefined {
  const m = WALL.exec(text.trim())
  if (!m) return undefined
  const [y, mo, d, h, mi] = m.slice(1).map((x) => x.padStart(2, '0'))
  const at = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:00${offset}`)
  if (Number.isNaN(at)) return undefined
  const iso = new Date(at).toISOString()
  // 31 November is no day, whatever a parser makes of it.
  return withOffset(iso, offset).startsWith(`${y}-${mo}-${d}`) ? iso : undefined
}

/** Lines of email, name, role, backup, from, to. A heading is passed over; issues name lines as a spreadsheet counts them. */
export function readRoster(csv: string, offset: string, words: CsvWords): { duties: CsvDuty[]; issues: Issue[] } {
  const duties: CsvDuty[] = []
  const issues: Issue[] = []
  for (const [i, cells] of readCsv(csv).entries()) {
    const line = i + 1
    const [email = '', name = '', role = '', backup = '', from = '', to = ''] = cells.map(bareCell)
    if (line === 1 && /^(邮箱|email)$/i.test(email)) continue
    const bad = (code: string, params: Record<string, string> = {}) =>
      issues.push(issue(`line.${line}`, code, { line, ...params }))
    if (cells.length < ROSTER_COLUMNS.length) {
      bad('roster-columns')
      continue
    }
    const found = words.roles.get(role) ?? ROLES.find((r) => r === role.toLowerCase())
    const standsBy = words.backup.includes(backup) ? true : words.main.includes(backup) ? false : undefined
    const [startsAt, endsAt] = [wallTime(from, offset), wallTime(to, offset)]
    if (!email && !name) bad('roster-nobody')
    if (!found) bad('roster-role', { text: role })
    if (standsBy === undefined) bad('roster-backup', { text: backup })
    if (!startsAt) bad('roster-time', { text: from })
    if (!endsAt) bad('roster-time', { text: to })
    if ((email || name) && found && standsBy !== undefined && startsAt && endsAt)
      duties.push({ line, who: email || name, role: found, backup: standsBy, startsAt, endsAt })
  }
  return { duties, issues }
}

export type CalendarDuty = { id: string; summary: string; phone: string; starts_at: string; ends_at: string }

/** Duties as a calendar takes them; times are UTC, so no zone has to be known. */
export function rosterCalendar(
  name: string,
  host: string,
  offset: string,
  now: string,
  duties: CalendarDuty[],
): string {
  const events = duties.flatMap((d) => [
    'BEGIN:VEVENT',
    `UID:duty-${d.id}@${host}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(d.starts_at)}`,
    `DTEND:${utc(d.ends_at)}`,
    `SUMMARY:${text(d.summary)}`,
    ...(d.phone ? [`DESCRIPTION:${text(d.phone)}`] : []),
    'CLASS:CONFIDENTIAL',
    'END:VEVENT',
  ])
  return icalFile([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ortoo//Duty roster//ZH',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${text(name)}`,
    ...(events.length ? events : timezone(offset)),
    'END:VCALENDAR',
  ])
}
