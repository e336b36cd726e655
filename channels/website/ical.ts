/** iCalendar (RFC 5545): press conferences as readers' calendars take them. Pure. */
import type { Edition, Language } from '../../src/publication/edition.ts'
import type { Held } from '../../templates/page/calendar.tsx'
import { isShown, languagePath, pickPart } from '../../templates/page/pick.ts'
import { frameOf, named, type Site, shownTitle, siteName } from '../../templates/page/site.ts'
import { type Lang, t } from '../../templates/words/index.ts'

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8'
const MOST_OCTETS = 75

/** A whole calendar. Without an event it holds its time zone: a calendar object must hold something (§3.6). */
export function icalendar(site: Site, lang: Lang, held: Held[]): string {
  const name = `${siteName(site, lang)} · ${t(lang, 'calendar.title')}`
  const inside = held.flatMap((h) => event(site, lang, h))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Ortoo//Press conferences//${lang === 'en' ? 'EN' : 'ZH'}`,
    'CALSCALE:GREGORIAN',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...(inside.length ? inside : timezone(site.offset)),
    'END:VCALENDAR',
  ]
  return `${lines.map(fold).join('\r\n')}\r\n`
}

/** UID names the release through every edition; SEQUENCE is the edition; times are UTC, so no zone has to be known. */
function event(site: Site, lang: Lang, { edition, conference }: Held): string[] {
  const shown = isShown(edition)
  const off = conference.cancelled || !shown
  const wanted: Language = lang === 'en' ? 'en' : 'zh-CN'
  return [
    'BEGIN:VEVENT',
    `UID:${edition.releaseNumber}@${new URL(site.publicUrl).hostname}`,
    `DTSTAMP:${utc(edition.publishedAt)}`,
    `CREATED:${utc(edition.firstPublishedAt)}`,
    `LAST-MODIFIED:${utc(edition.publishedAt)}`,
    `SEQUENCE:${edition.number}`,
    `STATUS:${off ? 'CANCELLED' : 'CONFIRMED'}`,
    `DTSTART:${utc(conference.startsAt)}`,
    ...(conference.endsAt ? [`DTEND:${utc(conference.endsAt)}`] : []),
    ...(shown ? said(site, edition, wanted, conference.place) : unsaid(site, lang, edition)),
    'TRANSP:OPAQUE',
    'CLASS:PUBLIC',
    'END:VEVENT',
  ]
}

function said(site: Site, edition: Edition, wanted: Language, place: string | undefined): string[] {
  if (!isShown(edition)) return []
  const { language, part } = pickPart(edition.content, wanted)
  const lang = frameOf(language)
  const by = named(edition.agency.name, lang)
  return [
    `SUMMARY;LANGUAGE=${language}:${text(shownTitle(site, lang, part.title))}`,
    ...(place ? [`LOCATION:${text(place)}`] : []),
    `DESCRIPTION;LANGUAGE=${language}:${text([part.summary, by, edition.releaseNumber].filter(Boolean).join('\n'))}`,
    `URL:${site.publicUrl}${languagePath(edition, language)}`,
  ]
}

/** Of a withdrawn release: its number and that it is off. */
const unsaid = (site: Site, lang: Lang, edition: Edition): string[] => [
  `SUMMARY:${text(`${edition.releaseNumber} · ${t(lang, 'public.gone.withdrawal')}`)}`,
  `URL:${site.publicUrl}${edition.address}`,
]

/** 20261124T080000Z (§3.3.5 form 2). */
const utc = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** TEXT (§3.3.11): backslash, semicolon and comma escaped, line ends as \n, no other control. */
const text = (value: string): string =>
  value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, (c) => `\\${c}`)
    .replaceAll('\n', '\\n')

/** Content lines of at most 75 octets (§3.1), parted between characters, never inside one. */
export function fold(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const c of line) {
    const size = Buffer.byteLength(c)
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece)
      piece = ' '
      octets = 1
    }
    piece += c
    octets += size
  }
  return [...pieces, piece].join('\r\n')
}

const timezone = (offset: string): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:UTC${offset}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  `TZOFFSETFROM:${offset.replace(':', '')}`,
  `TZOFFSETTO:${offset.replace(':', '')}`,
  'END:STANDARD',
  'END:VTIMEZONE',
]
