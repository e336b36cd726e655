/** Pages that stand before anything is published, and those about the site that every edition refreshes. */
import type { ChannelConfig, Directory, SiteFile } from '../../src/delivery/channel.ts'
import type { Kind, Mode } from '../../src/publication/edition.ts'
import { AboutPage } from '../../templates/page/about.tsx'
import { INDEXES, IndexPage } from '../../templates/page/archive.tsx'
import { areaLines } from '../../templates/page/area-branches.ts'
import { AREAS_JSON } from '../../templates/page/area-tree.tsx'
import { siteOf } from '../../templates/page/assets.ts'
import { contactUri } from '../../templates/page/frame.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import { pathTo, rootOf, type Site } from '../../templates/page/site.ts'
import { FeedsPage, NotFoundPage } from '../../templates/page/statics.tsx'
import { SubscribePage } from '../../templates/page/subscribe.tsx'
import { VerifyPage } from '../../templates/page/verify.tsx'
import { calendarFiles } from './calendar-files.tsx'
import { catalogueFiles, NO_CATALOGUE } from './catalogue-files.tsx'
import { gazetteIndex } from './gazette-files.tsx'
import { homeFiles, listFiles } from './list-files.tsx'
import { NEWS_PATH, newsSitemap } from './news-sitemap.ts'
import { opmlFile } from './opml.ts'
import { assetFiles, htmlFile } from './site.ts'
import { pagesSitemap, sitemapIndex } from './sitemap.ts'

const KINDS: readonly Kind[] = [
  'incident-notice',
  'incident-update',
  'incident-final',
  'warning',
  'response',
  'all-clear',
  'policy',
  'interpretation',
  'press-conference',
  'clarification',
  'notice',
]

/**
 * Everything an empty site answers with. The service commits it with sequence 0 at first start, so that any edition
 * replaces what it replaces.
 * @param now UTC ISO; only the year of security.txt depends on it.
 */
export function staticFiles(config: ChannelConfig, directory: Directory, now: string, mode: Mode = 'live'): SiteFile[] {
  const site = siteOf(config, mode)
  const empty = { size: 0, newest: [], pages: [] }
  const names = { faces: new Map(), incidents: new Map() }
  return [
    ...aboutFiles(config, directory, now, mode),
    ...homeFiles(site, [], []),
    ...calendarFiles(site, [], now),
    ...listFiles(site, { list: 'all', ...empty }, names),
    ...KINDS.flatMap((kind) => listFiles(site, { list: `kind/${kind}`, ...empty }, names)),
    ...catalogueFiles(site, NO_CATALOGUE),
    ...(mode === 'live' ? [sitemapIndex(site, 0), gazetteIndex(site, []), ...newsSitemap(site, [], now)] : []),
  ]
}

/** About, feeds, subscribe, not found, assets, and the files robots and researchers look for. */
export function aboutFiles(config: ChannelConfig, directory: Directory, now: string, mode: Mode): SiteFile[] {
  const site = siteOf(config, mode)
  const pages = (['zh', 'en'] as const).flatMap((lang) => [
    htmlFile(site, pathTo(site, lang, '/about/'), documentOf(<AboutPage site={site} lang={lang} />)),
    htmlFile(
      site,
      pathTo(site, lang, '/feeds/'),
      documentOf(<FeedsPage site={site} lang={lang} choices={directory} />),
    ),
    ...INDEXES.map((index) =>
      htmlFile(
        site,
        pathTo(site, lang, `/${index}/`),
        documentOf(<IndexPage site={site} lang={lang} choices={directory} index={index} />),
      ),
    ),
    ...(mode === 'live'
      ? [
          htmlFile(site, pathTo(site, lang, '/verify/'), documentOf(<VerifyPage site={site} lang={lang} />)),
          htmlFile(
            site,
            pathTo(site, lang, '/subscribe/'),
            documentOf(<SubscribePage site={site} lang={lang} choices={directory} />),
          ),
        ]
      : []),
  ])
  const notFound = htmlFile(site, `${rootOf(mode)}/404.html`, documentOf(<NotFoundPage site={site} />))
  return [
    ...assetFiles(site),
    ...pages,
    ...(['zh', 'en'] as const).map((lang) => opmlFile(site, lang, directory)),
    notFound,
    ...(mode === 'live' ? [...wellKnown(site, now), pagesSitemap(site), areasFile(directory)] : []),
  ]
}

/** Every place there is, for the page readers pick theirs on: fetched when they look for one. */
const areasFile = (directory: Directory): SiteFile => ({
  path: AREAS_JSON,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(areaLines(directory.areas)),
})

const text = (path: string, lines: string[]): SiteFile => ({
  path,
  type: 'text/plain; charset=utf-8',
  body: `${lines.join('\n')}\n`,
})

function wellKnown(site: Site, now: string): SiteFile[] {
  const robots = text('/robots.txt', [
    'User-agent: *',
    'Allow: /',
    '',
    `Sitemap: ${site.publicUrl}/sitemap.xml`,
    `Sitemap: ${site.publicUrl}${NEWS_PATH}`,
  ])
  const uri = site.contact ? contactUri(site.contact) : undefined
  if (!uri) return [robots]
  return [
    robots,
    text('/.well-known/security.txt', [
      `Contact: ${uri}`,
      `Expires: ${securityExpiry(now)}`,
      'Preferred-Languages: zh, en',
      `Canonical: ${site.publicUrl}/.well-known/security.txt`,
    ]),
  ]
}

/** The first of the month ten to eleven months ahead: under a year (RFC 9116 §2.5.5), and the same file all month. */
function securityExpiry(now: string): string {
  const date = new Date(now)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 11, 1)).toISOString().replace('.000Z', 'Z')
}
