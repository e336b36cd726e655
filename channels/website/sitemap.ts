/** Sitemaps: numbered by slots of the list of everything, so that a change rewrites one and the index only grows. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { withOffset } from '../../src/lib/clock.ts'
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { isShown, languagePath, languagesIn } from '../../templates/page/pick.ts'
import { pathTo, type Site } from '../../templates/page/site.ts'
import type { Gathered } from './gather.ts'

const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' }
const PAGES = ['/', '/all/', '/calendar/', '/archive/', '/catalogue/', '/about/', '/verify/', '/feeds/', '/subscribe/']

const xmlFile = (path: string, root: Xml): SiteFile => ({
  path,
  type: 'application/xml; charset=utf-8',
  body: xmlDocument(root),
})

/** The numbered sitemap that changed and, when it is a new one, the index. Exercises and tests have none. */
export function sitemapFiles(site: Site, part: NonNullable<Gathered['sitemap']>): SiteFile[] {
  if (site.mode !== 'live') return []
  const urls = part.editions
    .filter(isShown)
    .flatMap((e) =>
      languagesIn(e.content).map((l) =>
        el(
          'url',
          {},
          el('loc', {}, site.publicUrl + languagePath(e, l)),
          el('lastmod', {}, withOffset(e.publishedAt, site.offset)),
        ),
      ),
    )
  // The schema wants at least one address, also where every release of the hundred is gone.
  const some = urls.length ? urls : [el('url', {}, el('loc', {}, `${site.publicUrl}/all/`))]
  const numbered = xmlFile(`/sitemaps/${part.number}.xml`, el('urlset', NAMESPACE, some))
  return part.opens ? [numbered, sitemapIndex(site, part.number)] : [numbered]
}

/** Index of the sitemap of pages and `numbered` sitemaps of releases (sitemaps.org: at most 50,000). */
export function sitemapIndex(site: Site, numbered: number): SiteFile {
  const names = ['pages', ...Array.from({ length: numbered }, (_, i) => String(i + 1))]
  const maps = names.map((name) => el('sitemap', {}, el('loc', {}, `${site.publicUrl}/sitemaps/${name}.xml`)))
  return xmlFile('/sitemap.xml', el('sitemapindex', NAMESPACE, maps))
}

export function pagesSitemap(site: Site): SiteFile {
  const urls = PAGES.flatMap((path) =>
    (['zh', 'en'] as const).map((lang) => el('url', {}, el('loc', {}, site.publicUrl + pathTo(site, lang, path)))),
  )
  return xmlFile('/sitemaps/pages.xml', el('urlset', NAMESPACE, urls))
}
