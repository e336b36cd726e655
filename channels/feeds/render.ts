/** Every feed and CAP file that changes when one edition is published. The number of releases has no say in the cost. */
import type { Catalogue, ChannelConfig, SiteFile } from '../../src/delivery/channel.ts'
import type { Edition, Language, ListKey, Mode } from '../../src/publication/edition.ts'
import { catalogueSeenAt, seenAt } from '../../templates/page/display.ts'
import { FEED_TYPES, type FeedFormat, feedPath, type Scope } from './addresses.ts'
import { atom } from './atom.ts'
import { capFiles } from './cap-files.ts'
import { rememberedCatalogue } from './catalogue.ts'
import { disclosureFiles } from './disclosure.ts'
import { type Entry, entryOf } from './entry.ts'
import { archiveFeed, archivesTouched, currentFeed, type Feed, languageFeed, type Run } from './feed.ts'
import { jsonFeed } from './json-feed.ts'
import { rss } from './rss.ts'

export type Prepared = { mode: Mode; sequence: number; files: SiteFile[] }

const WRITERS: Record<FeedFormat, (feed: Feed) => string> = { atom, rss, json: jsonFeed }
/** RSS has no archives: RFC 5005 has one in Atom, JSON Feed pages by next_url. */
const ARCHIVE_FORMATS: FeedFormat[] = ['atom', 'json']
const FORMATS: FeedFormat[] = ['atom', 'rss', 'json']

/** Seen as of the catalogue's instant: that of the publication, or a later one when something ends by the clock alone. */
export async function render(config: ChannelConfig, whole: Catalogue, published: Edition): Promise<Prepared> {
  const asOf = whole.asOf ?? published.publishedAt
  const keepTitle = config.site.gov?.endedTitle === 'keep'
  const edition = seenAt(published, asOf, keepTitle)
  const catalogue = rememberedCatalogue(catalogueSeenAt(whole, asOf, keepTitle))
  const run: Run = { config, catalogue, edition, asOf, entry: remembered(config) }
  const files: SiteFile[] = []
  for (const [list, slot] of await listsOf(run.catalogue, edition)) {
    files.push(...write(run, list, await currentFeed(run, list), FORMATS))
    for (const number of await archivesTouched(run, list, slot))
      files.push(...write(run, list, await archiveFeed(run, list, number), ARCHIVE_FORMATS))
  }
  files.push(...write(run, 'en/all', await languageFeed(run, 'en/all', 'en'), FORMATS))
  files.push(...write(run, 'mn/all', await languageFeed(run, 'mn/all', 'mn-Mong-CN'), FORMATS))
  files.push(...(await capFiles(run)))
  files.push(...(await disclosureFiles(run)))
  return {
    mode: edition.mode,
    sequence: edition.sequence,
    files: edition.mode === 'live' ? files : files.map(unlisted),
  }
}

/** Exercises and tests tell robots so in the header, as their pages do. */
const unlisted = (file: SiteFile): SiteFile => ({ ...file, headers: { 'x-robots-tag': 'noindex, nofollow' } })

/** Also the lists only an earlier edition stood in: its text may still be there. Months have no feed: nobody waits for a past one. */
async function listsOf(catalogue: Catalogue, edition: Edition): Promise<Map<ListKey, number>> {
  const past = await catalogue.editions(edition.releaseId)
  const lists = new Map<ListKey, number>()
  for (const e of [...past, edition])
    for (const { list, slot } of await catalogue.lists(e)) if (!list.startsWith('month/')) lists.set(list, slot)
  return lists
}

const write = ({ edition }: Run, scope: Scope, feed: Feed, formats: FeedFormat[]): SiteFile[] =>
  formats.map((format) => ({
    path: feedPath(edition.mode, scope, format, feed.page),
    type: FEED_TYPES[format],
    body: WRITERS[format](feed),
  }))

/** The same release stands in many lists; its entry is made once per publication and language. */
function remembered(config: ChannelConfig): Run['entry'] {
  const made = new Map<string, Entry>()
  return (edition: Edition, wanted?: Language) => {
    const key = `${edition.id} ${wanted ?? ''}`
    const entry = made.get(key) ?? entryOf(config, edition, wanted)
    made.set(key, entry)
    return entry
  }
}
