/** A press conference as a schema.org Event, for the JSON-LD of its release; null where the release announces none. */
import { withOffset } from '../../src/lib/clock.ts'
import type { Language } from '../../src/publication/edition.ts'
import { languagePath, type Shown } from './pick.ts'
import { frameOf, named, type Site, shownTitle } from './site.ts'

/** https://schema.org/Event: name, startDate and location are what search engines ask for. */
export function eventJson(site: Site, edition: Shown, language: Language): object | null {
  const { conference } = edition.content.core
  const part = edition.content.parts[language]
  if (!conference || !part) return null
  const lang = frameOf(language)
  const at = (iso: string) => withOffset(iso, site.offset)
  const organizer = named(edition.agency.name, lang)
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': `${site.publicUrl}${edition.address}#event`,
    name: shownTitle(site, lang, part.title),
    startDate: at(conference.startsAt),
    ...(conference.endsAt ? { endDate: at(conference.endsAt) } : {}),
    eventStatus: `https://schema.org/${conference.cancelled ? 'EventCancelled' : 'EventScheduled'}`,
    ...(conference.place ? { location: { '@type': 'Place', name: conference.place, address: conference.place } } : {}),
    ...(part.summary ? { description: part.summary } : {}),
    inLanguage: language,
    organizer: { '@type': 'GovernmentOrganization', name: organizer },
    url: site.publicUrl + languagePath(edition, language),
  }
}
