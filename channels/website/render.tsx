/** Edition and catalogue data → every file of the site that changes with it. Pure: the same input gives the same bytes. */

import type { Catalogue, ChannelConfig, SiteFile } from '../../src/delivery/channel.ts'
import { DAY } from '../../src/lib/clock.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { catalogueSeenAt, seenAt } from '../../templates/page/display.ts'
import { isOver } from '../../templates/page/expiry.ts'
import { isShown, type Shown } from '../../templates/page/pick.ts'
import { rootOf, type Site } from '../../templates/page/site.ts'
import { calendarFiles, conferenceFile } from './calendar-files.tsx'
import { catalogueFiles } from './catalogue-files.tsx'
import { type Gathered, gather } from './gather.ts'
import { issueFile } from './gazette-files.tsx'
import { incidentFiles } from './incident-files.tsx'
import { homeFiles, listFiles } from './list-files.tsx'
import { newsSitemap } from './news-sitemap.ts'
import { releaseFiles, releasePages } from './release-files.tsx'
import { sitemapFiles } from './sitemap.ts'
import { aboutFiles } from './static-files.tsx'

/**
 * Every file that changes with one edition, as a reader may see it at an instant: that of its publication, or a later one when
 * something ends by the clock alone.
 */
export async function siteFilesAt(config: ChannelConfig, edition: Edition, catalogue: Catalogue): Promise<SiteFile[]> {
  const asOf = catalogue.asOf ?? edition.publishedAt
  const keepTitle = config.site.gov?.endedTitle === 'keep'
  const seen = seenAt(edition, asOf, keepTitle)
  return renderSite(config, seen, await gather(seen, catalogueSeenAt(catalogue, asOf, keepTitle)))
}

export function renderSite(config: ChannelConfig, edition: Edition, data: Gathered): SiteFile[] {
  const site = siteOf(config, edition.mode, data.asOf)
  const files = [
    ...releaseFiles(site, edition, data),
    ...data.back.flatMap((b) => releasePages(site, b.edition as Shown, b.related)),
    ...data.listings.flatMap((listing) =>
      listing.incident ? incidentFiles(site, listing, listing.incident) : listFiles(site, listing, data.names),
    ),
    ...data.gazette.map((issue) => issueFile(site, issue)),
    ...conferenceFile(site, edition, data.own, data.editions),
    ...(calendarStands(edition, data) ? calendarFiles(site, data.held, data.asOf) : []),
    ...homeFiles(site, running(data), data.recent),
    ...aboutFiles(config, data.directory, data.asOf, edition.mode),
    ...(data.disclosed ? catalogueFiles(site, data.disclosed) : []),
    ...(data.sitemap ? sitemapFiles(site, data.sitemap) : []),
    ...newsSitemap(site, data.news, data.asOf),
  ]
  return ownRootOnly(site, files)
}

/** Exercises have no first pages, so theirs is written with each; else an empty calendar stays as it stands. */
const calendarStands = (edition: Edition, { held }: Gathered): boolean =>
  held.length > 0 || edition.kind === 'press-conference' || edition.mode !== 'live'

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
 * day. Measured as of the edition's or the turn's time, so that a rebuild gives the same page.
 */
export function running(data: Pick<Gathered, 'running' | 'recent' | 'asOf'>): Shown[] {
  const now = data.asOf
  const incidents = data.running.filter(isShown).filter((e) => e.kind !== 'incident-final')
  const flash = data.recent
    .filter(isShown)
    .filter((e) => !e.incident && e.lane === 'flash')
    .filter((e) => !isOver(e.content.core, now))
    .filter((e) => Date.parse(now) - Date.parse(e.publishedAt) < DAY)
  return [...incidents, ...flash].sort((a, b) => b.sequence - a.sequence).slice(0, MOST_RUNNING)
}
