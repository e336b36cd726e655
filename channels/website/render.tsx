/** Edition and catalogue data → every file of the site that changes with it. Pure: the same input gives the same bytes. */

import type { ChannelConfig, SiteFile } from '../../src/delivery/channel.ts'
import { DAY } from '../../src/lib/clock.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { isShown, type Shown } from '../../templates/page/pick.ts'
import { rootOf, type Site } from '../../templates/page/site.ts'
import type { Gathered } from './gather.ts'
import { homeFiles, listFiles } from './list-files.tsx'
import { newsSitemap } from './news-sitemap.ts'
import { releaseFiles, releasePages } from './release-files.tsx'
import { sitemapFiles } from './sitemap.ts'
import { aboutFiles } from './static-files.tsx'

export function renderSite(config: ChannelConfig, edition: Edition, data: Gathered): SiteFile[] {
  const site = siteOf(config, edition.mode)
  const files = [
    ...releaseFiles(site, edition, data),
    ...data.back.flatMap((b) => releasePages(site, b.edition as Shown, b.related)),
    ...data.listings.flatMap((listing) => listFiles(site, listing, data.names)),
    ...homeFiles(site, running(edition, data), data.recent),
    ...aboutFiles(config, data.directory, edition.publishedAt, edition.mode),
    ...(data.sitemap ? sitemapFiles(site, data.sitemap) : []),
    ...newsSitemap(site, data.news, edition.publishedAt),
  ]
  return ownRootOnly(site, files)
}

/** Exercises and live never share an address, whatever an address says. */
function ownRootOnly(site: Site, files: SiteFile[]): SiteFile[] {
  const root = rootOf(site.mode)
  for (const { path } of files) {
    const own = root === '' ? !/^\/(exercise|test)\//.test(path) : path.startsWith(`${root}/`)
    if (!own) throw new Error(`${path} does not belong under the root of ${site.mode}`)
  }
  return files
}

const MOST_RUNNING = 5

/**
 * What stands on top: the latest of each open incident, and flash releases outside incidents that have not expired, for a
 * day. Measured from the edition's own time, so that a rebuild gives the same page.
 */
export function running(edition: Edition, data: Pick<Gathered, 'running' | 'recent'>): Shown[] {
  const now = edition.publishedAt
  const incidents = data.running.filter(isShown).filter((e) => e.kind !== 'incident-final')
  const flash = data.recent
    .filter(isShown)
    .filter((e) => !e.incident && e.lane === 'flash')
    .filter((e) => !e.content.core.expiresAt || e.content.core.expiresAt > now)
    .filter((e) => Date.parse(now) - Date.parse(e.publishedAt) < DAY)
  return [...incidents, ...flash].sort((a, b) => b.sequence - a.sequence).slice(0, MOST_RUNNING)
}
