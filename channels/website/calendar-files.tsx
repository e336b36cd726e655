/** The files of the calendar: its page and its iCalendar in both languages, and the entry of one press conference. */
import type { Catalogue, SiteFile } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { CalendarPage, type Held } from '../../templates/page/calendar.tsx'
import { conferencePath } from '../../templates/page/conference.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import { isShown } from '../../templates/page/pick.ts'
import { pathTo, type Site } from '../../templates/page/site.ts'
import { FileTombstone } from '../../templates/page/tombstone.tsx'
import { CALENDAR_TYPE, icalendar } from './ical.ts'
import { htmlFile } from './site.ts'

const LIST = 'kind/press-conference'
/** The newest that are in the calendar; older ones stand in the list of the kind. */
const WINDOW = 40

/** Press conferences there are, however many releases stand between them. */
export async function heldIn(catalogue: Catalogue): Promise<Held[]> {
  const size = await catalogue.size(LIST)
  if (size === 0) return []
  const editions = await catalogue.slots(LIST, Math.max(1, size - WINDOW + 1), size)
  const found = await Promise.all(editions.map((edition) => heldBy(edition, catalogue)))
  return found.filter((held) => held !== null)
}

/**
 * Of a withdrawal the time alone is kept, taken from the edition before it, so that it leaves readers' calendars; after a
 * takedown nothing is.
 */
export async function heldBy(edition: Edition, catalogue: Pick<Catalogue, 'editions'>): Promise<Held | null> {
  if (isShown(edition)) {
    const { conference } = edition.content.core
    return conference ? { edition, conference } : null
  }
  if (edition.type !== 'withdrawal') return null
  const before = (await catalogue.editions(edition.releaseId)).findLast((e) => isShown(e) && e.content.core.conference)
  const conference = before?.content?.core.conference
  if (!conference) return null
  const { startsAt, endsAt } = conference
  return { edition, conference: { startsAt, ...(endsAt ? { endsAt } : {}) } }
}

/** @param asOf UTC ISO: what is to come and what has been, as seen from then */
export const calendarFiles = (site: Site, held: Held[], asOf: string): SiteFile[] =>
  (['zh', 'en'] as const).flatMap((lang) => [
    htmlFile(
      site,
      pathTo(site, lang, '/calendar/'),
      documentOf(<CalendarPage site={site} lang={lang} held={held} asOf={asOf} />),
    ),
    calendarFile(site, pathTo(site, lang, '/calendar.ics'), icalendar(site, lang, held)),
  ])

const calendarFile = (site: Site, path: string, body: string): SiteFile => ({
  path,
  type: CALENDAR_TYPE,
  body,
  headers: {
    'access-control-allow-origin': '*',
    ...(site.mode === 'live' ? {} : { 'x-robots-tag': 'noindex, nofollow' }),
  },
})

/** The release's own entry, in its first language; a tombstone where an earlier edition had one and this one may not. */
export function conferenceFile(site: Site, edition: Edition, own: Held | null, editions: Edition[]): SiteFile[] {
  const path = conferencePath(edition)
  if (own) {
    const zh = !isShown(edition) || edition.content.parts['zh-CN'] !== undefined
    return [calendarFile(site, path, icalendar(site, zh ? 'zh' : 'en', [own]))]
  }
  const had = edition.kind === 'press-conference' && edition.number > 1
  const known = editions.some((e) => e.number < edition.number && e.content?.core.conference)
  // A purged edition no longer says whether it had one.
  if (!known && !(had && !isShown(edition))) return []
  return [htmlFile(site, path, documentOf(<FileTombstone site={site} edition={edition} path={path} lang="zh" />), 410)]
}
