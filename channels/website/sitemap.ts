/** Sitemaps: numbered by slots of the list of everything, so that a change rewrites one and the index only grows. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { withOffset } from '../../src/lib/clock.ts'
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { bothLanguages } from '../../templates/page/layout.tsx'
import { isShown, languagePath, languagesIn } from '../../templates/page/pick.ts'
import type { Site } from '../../templates/page/site.ts'
import type { Gathered } from './gather.ts'

const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' }
const WITH_LANGUAGES = { ...NAMESPACE, 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' }
const PAGES = ['/', '/all/', '/calendar/', '/archive/', '/catalogue/', '/about/', '/verify/', '/feeds/', '/subscribe/']

const xmlFile = (path: string, root: Xml): SiteFile => ({
  path,
  type: 'application/xml; charset=utf-8',
  body: xmlDocument(root),
})

/** Each language of a page names every language of it, itself too; the first is for everybody else. */
function alternates(site: Site, all: { tag: string; path: string }[]): Xml[] {
  if (all.length < 2) return []
  const link = (hreflang: string, path: string) =>
    el('xhtml:link', { rel: 'alternate', hreflang, href: site.publicUrl + path })
  return [...all.map(({ tag, path }) => link(tag, path)), link('x-default', all[0]?.path as string)]
}

/** The numbered sitemap that changed and, when it is a new one, the index. Exercises and tests have none. */
export function sitemapFiles(site: Site, part: NonNullable<Gathered['sitemap']>): SiteFile[] {
  if (site.mode !== 'live') return []
  const urls = part.editions.filter(isShown).flatMap((e) =>
    languagesIn(e.content).map((l) =>
      el(
        'url',
        {},
        el('loc', {}, site.publicUrl + languagePath(e, l)),
        el('lastmod', {}, withOffset(e.publishedAt, site.offset)),
        alternates(
          site,
          languagesIn(e.content).map((tag) => ({ tag, path: languagePath(e, tag) })),
        ),
      ),
    ),
  )
  // The schema wants at least one address, also where every release of the hundred is gone.
  const some = urls.length ? urls : [el('url', {}, el('loc', {}, `${site.publicUrl}/all/`))]
  const numbered = xmlFile(`/sitemaps/${part.number}.xml`, el('urlset', WITH_LANGUAGES, some))
  return part.opens ? [numbered, sitemapIndex(site, part.number)] : [numbered]
}

/** Index of the sitemap of pages and `numbered` sitemaps of releases (sitemaps.org: at most 50,000). */
export function sitemapIndex(site: Site, numbered: number): SiteFile {
  const names = ['pages', ...Array.from({ length: numbered }, (_, i) => String(i + 1))]
  const maps = names.map((name) => el('sitemap', {}, el('loc', {}, `${site.publicUrl}/sitemaps/${name}.xml`)))
  return xmlFile('/sitemap.xml', el('sitemapindex', NAMESPACE, maps))
}

export function pagesSitemap(site: Site): SiteFile {
  const urls = PAGES.flatMap((path) => {
    const both = bothLanguages(site, path)
    return both.map((own) => el('url', {}, el('loc', {}, site.publicUrl + own.path), alternates(site, both)))
  })
  return xmlFile('/sitemaps/pages.xml', el('urlset', WITH_LANGUAGES, urls))
}
