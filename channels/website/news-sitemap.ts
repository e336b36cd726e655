/** The sitemap of news: what was first published within two days (Google News sitemap 0.9), never more than a thousand addresses. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { DAY, withOffset } from '../../src/lib/clock.ts'
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { isShown, languagePath, languagesIn, type Shown } from '../../templates/page/pick.ts'
import { frameOf, type Site, siteName } from '../../templates/page/site.ts'

export const NEWS_PATH = '/sitemaps/news.xml'
export const NEWS_AGE = 2 * DAY
const MOST = 1000
const NAMESPACES = {
  xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
}
/** ISO 639 codes; Chinese is the one that is told apart by its script. */
const CODES: Record<Language, string> = { 'zh-CN': 'zh-cn', 'mn-Mong-CN': 'mn', en: 'en' }

/**
 * @param editions the newest releases, at least all of the last two days; what is older is left out here
 * @param asOf UTC ISO from which the two days count back
 */
export function newsSitemap(site: Site, editions: Edition[], asOf: string): SiteFile[] {
  if (site.mode !== 'live') return []
  const urls = editions
    .filter(isShown)
    .filter((e) => Date.parse(asOf) - Date.parse(e.firstPublishedAt) < NEWS_AGE)
    .flatMap((e) => languagesIn(e.content).map((language) => news(site, e, language)))
    .slice(0, MOST)
  // The schema wants at least one address, also in a week without news.
  const some = urls.length ? urls : [el('url', {}, el('loc', {}, `${site.publicUrl}/`))]
  return [
    { path: NEWS_PATH, type: 'application/xml; charset=utf-8', body: xmlDocument(el('urlset', NAMESPACES, some)) },
  ]
}

const news = (site: Site, edition: Shown, language: Language): Xml =>
  el(
    'url',
    {},
    el('loc', {}, site.publicUrl + languagePath(edition, language)),
    el('lastmod', {}, withOffset(edition.publishedAt, site.offset)),
    el(
      'news:news',
      {},
      el(
        'news:publication',
        {},
        el('news:name', {}, siteName(site, frameOf(language))),
        el('news:language', {}, CODES[language]),
      ),
      el('news:publication_date', {}, withOffset(edition.firstPublishedAt, site.offset)),
      el('news:title', {}, edition.content.parts[language]?.title ?? ''),
    ),
  )
