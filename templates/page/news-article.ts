/** schema.org NewsArticle as data for machines. */
import { withOffset } from '../../src/lib/clock.ts'
import type { PartProps } from './release-head.tsx'
import { named, pathTo, siteName } from './site.ts'

/** Says only what the page shows; `title` and `path` as they stand there. */
export function newsArticle({ site, edition, language, lang, part }: PartProps, title: string, path: string): object {
  const agency = { '@type': 'GovernmentOrganization', name: named(edition.agency.name, lang) }
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': site.publicUrl + path,
    headline: title,
    identifier: edition.releaseNumber,
    version: edition.number,
    datePublished: withOffset(edition.firstPublishedAt, site.offset),
    dateModified: withOffset(edition.publishedAt, site.offset),
    inLanguage: language,
    ...(part.summary ? { description: part.summary } : {}),
    image: [site.publicUrl + site.icon],
    author: { ...agency, url: site.publicUrl + pathTo(site, lang, `/agencies/${edition.agency.slug}/`) },
    publisher: { '@type': 'Organization', name: siteName(site, lang), url: `${site.publicUrl}/` },
    mainEntityOfPage: site.publicUrl + path,
    ...(edition.areas.length
      ? { contentLocation: edition.areas.map((a) => ({ '@type': 'Place', name: named(a.name, lang) })) }
      : {}),
    ...(edition.content.core.expiresAt ? { expires: withOffset(edition.content.core.expiresAt, site.offset) } : {}),
  }
}
