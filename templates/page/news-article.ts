/** A release page as data for machines: schema.org NewsArticle, and what else the release is. */
import { withOffset } from '../../src/lib/clock.ts'
import { t } from '../words/index.ts'
import type { RelatedLink } from './article.tsx'
import { changeWordOf } from './change-word.ts'
import {
  agency,
  breadcrumbs,
  conferenceEvent,
  places,
  publisher,
  shareImage,
  specialAnnouncement,
} from './linked-data.ts'
import type { PartProps } from './release-head.tsx'
import { pathTo } from './site.ts'

type ArticleProps = PartProps & { related: RelatedLink[] }

/** Everything a release page says to machines, the article first. `title` and `path` as they stand on the page. */
export function releaseData(props: ArticleProps, title: string, path: string): object[] {
  const { site, lang, edition } = props
  const list = { name: t(lang, `public.kind.${edition.kind}`), path: pathTo(site, lang, `/kinds/${edition.kind}/`) }
  return [
    newsArticle(props, title, path),
    specialAnnouncement(props, title, path),
    conferenceEvent(props, title, path),
    breadcrumbs(site, lang, [list, { name: title, path }]),
  ].filter((data) => data !== undefined)
}

/** Says only what the page shows: a document in official form shows no summary. */
function newsArticle(props: ArticleProps, title: string, path: string): object {
  const { site, edition, language, lang, part } = props
  const { core } = edition.content
  const official = (core.documentNumber !== undefined || part.addressees !== undefined) && language !== 'mn-Mong-CN'
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
    ...(part.summary && !official ? { description: part.summary } : {}),
    articleSection: t(lang, `public.kind.${edition.kind}`),
    image: [shareImage(site)],
    author: agency(site, edition, lang),
    publisher: publisher(site, lang),
    mainEntityOfPage: site.publicUrl + path,
    ...correction(props),
    ...basis(props),
    ...places('contentLocation', edition, lang),
    ...(core.expiresAt ? { expires: withOffset(core.expiresAt, site.offset) } : {}),
  }
}

/** What the latest edition put right; an added language puts nothing right. */
function correction({ site, edition, part }: ArticleProps) {
  const puts = ['correction', 'false-alarm', 'erratum'].includes(changeWordOf(edition))
  if (!puts || !part.changeNote?.trim()) return {}
  const at = withOffset(edition.publishedAt, site.offset)
  return { correction: { '@type': 'CorrectionComment', text: part.changeNote, datePublished: at } }
}

const BASES = ['public.related.interprets', 'public.related.follows']

/** The policy an interpretation explains, the release another follows. */
function basis({ site, related }: ArticleProps) {
  const links = related.filter((link) => BASES.includes(link.word)).map((link) => site.publicUrl + link.href)
  return links.length > 0 ? { isBasedOn: links } : {}
}
