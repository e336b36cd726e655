/** schema.org for machines: who speaks, where a page stands, the site's search, announcements and press conferences. Says only what pages show. */
import { withOffset } from '../../src/lib/clock.ts'
import { type Lang, t } from '../words/index.ts'
import type { Shown } from './pick.ts'
import type { PartProps } from './release-head.tsx'
import { named, pathTo, type Site, siteName } from './site.ts'

const CONTEXT = { '@context': 'https://schema.org' }

/** The seal, as publishers and authors must have a logo. */
const logo = (site: Site) => ({ '@type': 'ImageObject', url: site.publicUrl + site.icon, width: 256, height: 256 })

/** What stands for a page that has no picture of its own. */
export const shareImage = (site: Site) => ({
  '@type': 'ImageObject',
  url: site.publicUrl + site.share,
  width: 1200,
  height: 630,
})

export const agency = (site: Site, edition: Shown, lang: Lang) => ({
  '@type': 'GovernmentOrganization',
  name: named(edition.agency.name, lang),
  url: site.publicUrl + pathTo(site, lang, `/agencies/${edition.agency.slug}/`),
  logo: logo(site),
})

export const publisher = (site: Site, lang: Lang) => ({
  '@type': 'Organization',
  name: siteName(site, lang),
  url: `${site.publicUrl}/`,
  logo: logo(site),
})

/** Home, then each step by name and path; the last one is the page itself. */
export const breadcrumbs = (site: Site, lang: Lang, steps: { name: string; path: string }[]): object => ({
  ...CONTEXT,
  '@type': 'BreadcrumbList',
  itemListElement: [{ name: siteName(site, lang), path: pathTo(site, lang, '/') }, ...steps].map((step, i) => ({
    '@type': 'ListItem',
    position: i + 1,
    name: step.name,
    item: site.publicUrl + step.path,
  })),
})

/** The site with its search; an exercise has none that outsiders should be led to. */
export const webSite = (site: Site, lang: Lang): object => ({
  ...CONTEXT,
  '@type': 'WebSite',
  '@id': `${site.publicUrl}/#site`,
  name: siteName(site, lang),
  url: site.publicUrl + pathTo(site, lang, '/'),
  inLanguage: lang === 'en' ? 'en' : 'zh-CN',
  publisher: publisher(site, lang),
  ...(site.mode === 'live'
    ? {
        potentialAction: {
          '@type': 'SearchAction',
          target: {
            '@type': 'EntryPoint',
            urlTemplate: `${site.publicUrl}${pathTo(site, lang, '/search')}?q={search_term_string}`,
          },
          'query-input': 'required name=search_term_string',
        },
      }
    : {}),
})

const EMERGENCIES = ['incident-notice', 'incident-update', 'incident-final', 'warning', 'response']

/** An emergency as schema.org's SpecialAnnouncement: what to do first, then what happened. Undefined for any other kind. */
export function specialAnnouncement({ site, edition, language, lang, part }: PartProps, title: string, path: string) {
  if (!EMERGENCIES.includes(edition.kind)) return undefined
  const { expiresAt } = edition.content.core
  const text = [part.blocks.advice, part.summary, part.blocks.facts].filter((x) => x?.trim()).join('\n\n')
  return {
    ...CONTEXT,
    '@type': 'SpecialAnnouncement',
    '@id': `${site.publicUrl}${path}#announcement`,
    name: title,
    text: text || title,
    datePosted: withOffset(edition.publishedAt, site.offset),
    ...(expiresAt ? { expires: withOffset(expiresAt, site.offset) } : {}),
    category: t(lang, `public.kind.${edition.kind}`),
    inLanguage: language,
    url: site.publicUrl + path,
    publisher: agency(site, edition, lang),
    ...places('spatialCoverage', edition, lang),
  }
}

export const places = (property: string, edition: Shown, lang: Lang) =>
  edition.areas.length
    ? { [property]: edition.areas.map((a) => ({ '@type': 'AdministrativeArea', name: named(a.name, lang) })) }
    : {}

/** A press conference that has a time, as an Event; undefined for any other release. */
export function conferenceEvent({ site, edition, language, lang }: PartProps, title: string, path: string) {
  const { conference } = edition.content.core
  if (!conference) return undefined
  return {
    ...CONTEXT,
    '@type': 'Event',
    '@id': `${site.publicUrl}${path}#event`,
    name: title,
    startDate: withOffset(conference.startsAt, site.offset),
    ...(conference.endsAt ? { endDate: withOffset(conference.endsAt, site.offset) } : {}),
    eventStatus: `https://schema.org/${conference.cancelled ? 'EventCancelled' : 'EventScheduled'}`,
    ...(conference.place ? { location: { '@type': 'Place', name: conference.place, address: conference.place } } : {}),
    image: [site.publicUrl + site.share],
    inLanguage: language,
    url: site.publicUrl + path,
    organizer: agency(site, edition, lang),
  }
}
