/** Every feed and CAP file that changes when one edition is published. The number of releases has no say in the cost. */
import type { Catalogue, ChannelConfig, SiteFile } from '../../src/delivery/channel.ts'
import type { Edition, Language, ListKey, Mode } from '../../src/publication/edition.ts'
import { catalogueSeenAt, seenAt } from '../../templates/page/display.ts'
import { FEED_TYPES, type FeedFormat, feedPath } from './addresses.ts'
import { atom } from './atom.ts'
import { capFiles, capIndexFiles } from './cap-files.ts'
import { rememberedCatalogue } from './catalogue.ts'
import { disclosureFiles } from './disclosure.ts'
import { type Entry, entryOf } from './entry.ts'
import { archiveFeed, archivesTouched, BEGINNING, currentFeed, type Feed, type Run } from './feed.ts'
import { feedHeaders } from './headers.ts'
import { jsonFeed } from './json-feed.ts'
import { ninjsFiles, ninjsLists } from './ninjs-files.ts'
import { rss } from './rss.ts'

export type Prepared = { mode: Mode; sequence: number; files: SiteFile[] }

export const WRITERS: Record<FeedFormat, (feed: Feed) => string> = { atom, rss, json: jsonFeed }
const LANGUAGES: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
export const FORMATS: FeedFormat[] = ['atom', 'rss', 'json']

/** Seen as of the catalogue's instant: that of the publication, or a later one when something ends by the clock alone. */
export async function render(config: ChannelConfig, whole: Catalogue, published: Edition): Promise<Prepared> {
  const asOf = whole.asOf ?? published.publishedAt
  const keepTitle = config.site.gov?.endedTitle === 'keep'
  const edition = seenAt(published, asOf, keepTitle)
  const catalogue = rememberedCatalogue(catalogueSeenAt(whole, asOf, keepTitle))
  const { mode } = edition
  const run: Run = { config, catalogue, mode, edition, asOf, entry: remembered(config) }
  const files: SiteFile[] = await silentFeeds(run)
  for (const [list, slot] of await listsOf(run.catalogue, edition)) {
    files.push(...write(run, list, await currentFeed(run, list)))
    for (const number of await archivesTouched(run, list, slot))
      files.push(...write(run, list, await archiveFeed(run, list, number)))
  }
  files.push(...(await capFiles({ ...run, edition })), ...(await ninjsFiles({ ...run, edition })))
  files.push(...(await disclosureFiles({ ...run, edition })))
  return { mode, sequence: edition.sequence, files: mode === 'live' ? files : files.map(unlisted) }
}

/** What the site's feeds answer with before anything is published: the site already names them. */
export async function firstFeeds(config: ChannelConfig): Promise<SiteFile[]> {
  const run: Run = { config, catalogue: NOTHING, mode: 'live', asOf: BEGINNING, entry: remembered(config) }
  const everything = write(run, 'all', await currentFeed(run, 'all'))
  return [...(await silentFeeds(run)), ...everything, ...(await capIndexFiles(run)), ...(await ninjsLists(run))]
}

const NOTHING: Catalogue = {
  lists: async () => [],
  size: async () => 0,
  slots: async () => [],
  recent: async () => [],
  editions: async () => [],
  latest: async () => null,
  file: () => Promise.reject(new Error('nothing is published')),
}

/** Feeds of languages that no release has spoken yet: they are named on the site, so they are there, and empty. */
async function silentFeeds(run: Run): Promise<SiteFile[]> {
  const files: SiteFile[] = []
  for (const language of LANGUAGES) {
    const list: ListKey = `language/${language}`
    if ((await run.catalogue.size(list)) === 0) files.push(...write(run, list, await currentFeed(run, list)))
  }
  return files
}

/** Exercises and tests tell robots so in the header, as their pages do. */
const unlisted = (file: SiteFile): SiteFile => ({
  ...file,
  headers: { ...file.headers, 'x-robots-tag': 'noindex, nofollow' },
})

/** Also the lists only an earlier edition stood in: its text may still be there. Months have no feed: nobody waits for a past one. */
async function listsOf(catalogue: Catalogue, edition: Edition): Promise<Map<ListKey, number>> {
  const past = await catalogue.editions(edition.releaseId)
  const lists = new Map<ListKey, number>()
  for (const e of [...past, edition])
    for (const { list, slot } of await catalogue.lists(e)) if (!list.startsWith('month/')) lists.set(list, slot)
  return lists
}

const write = ({ config, mode }: Run, list: ListKey, feed: Feed): SiteFile[] =>
  FORMATS.map((format) => ({
    path: feedPath(mode, list, format, feed.page),
    type: FEED_TYPES[format],
    body: WRITERS[format](feed),
    headers: feedHeaders(config, feed.address(format), feed.page === 'current'),
  }))

/** The same release stands in many lists; its entry is made once per publication and language. */
export function remembered(config: ChannelConfig): Run['entry'] {
  const made = new Map<string, Entry>()
  return (edition: Edition, wanted?: Language) => {
    const key = `${edition.id} ${wanted ?? ''}`
    const entry = made.get(key) ?? entryOf(config, edition, wanted)
    made.set(key, entry)
    return entry
  }
}
