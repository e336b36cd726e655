/** iCalendar (RFC 5545): press conferences as readers' calendars take them. Pure. */
import { icalFile, text, timezone, utc } from '../../src/lib/ical-lines.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import type { Held } from '../../templates/page/calendar.tsx'
import { isShown, languagePath, pickPart } from '../../templates/page/pick.ts'
import { frameOf, named, type Site, shownTitle, siteName } from '../../templates/page/site.ts'
import { type Lang, t } from '../../templates/words/index.ts'

export { CALENDAR_TYPE, fold } from '../../src/lib/ical-lines.ts'

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
  return icalFile(lines)
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
