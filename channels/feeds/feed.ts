/** One feed document before any format is chosen: which releases stand in it and where its neighbours are. */
import type { Catalogue, ChannelConfig } from '../../src/delivery/channel.ts'
import type { Edition, Language, ListKey, Mode, Named } from '../../src/publication/edition.ts'
import { OWN_NAME, rootOf } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'
import { type FeedFormat, feedAddress, feedId, feedName, languageOf } from './addresses.ts'
import type { Entry } from './entry.ts'
import { fitted } from './room.ts'
import { nameIn, prefixed, wordsFor } from './wording.ts'

/** Releases in the current feed, by latest change. */
export const CURRENT = 30
/** Slots in one archive document. Never change: slots 1–20 are archive 1 for ever. */
export const BLOCK = 20

/** `updated` of a feed nothing has been in yet: a time that never moves. The day our names begin (RFC 4151). */
export const BEGINNING = '2026-01-01T00:00:00.000Z'

export type Page = number | 'current'

export type Feed = {
  id: string
  title: string
  language: Language
  updated: string
  author: string
  home: string
  /** Absolute address of this document, or of another page of the same list, in a format. */
  address(format: FeedFormat, page?: Page): string
  page: Page
  previous?: number
  next?: number
  /** WebSub hub that tells of changes; only the current feed can be followed. */
  hub?: string
  /** Newest first; those past the room of one document shortened. */
  entries: Entry[]
}

/** What every document of one publication shares. `catalogue` remembers what it was asked. */
export type Run = {
  config: ChannelConfig
  catalogue: Catalogue
  mode: Mode
  /** What was published; undefined while nothing has been. */
  edition?: Edition
  /** UTC ISO: what has ended by then is over. The time of publication, or of the turn that has it rendered again. */
  asOf: string
  entry(edition: Edition, wanted?: Language): Entry
}

const closedBlocks = (size: number) => Math.floor(size / BLOCK)

/**
 * The current feed of a list: the latest changes, and every release whose block is still open, so that current feed and
 * archives together hold every release (RFC 5005 §4). Never more than CURRENT + BLOCK - 1 entries.
 */
export async function currentFeed(run: Run, list: ListKey): Promise<Feed> {
  const size = await run.catalogue.size(list)
  const closed = closedBlocks(size)
  const recent = await run.catalogue.recent(list, CURRENT)
  const open = size > closed * BLOCK ? await run.catalogue.slots(list, closed * BLOCK + 1, size) : []
  const previous = closed > 0 ? { previous: closed } : {}
  return { ...frame(run, list, 'current', newestFirst(run, [...recent, ...open])), ...previous }
}

/** Numbers of the archive documents that change when a slot's release does: its own, and the one before a block just closed. */
export async function archivesTouched(run: Run, list: ListKey, slot: number): Promise<number[]> {
  const size = await run.catalogue.size(list)
  const block = Math.ceil(slot / BLOCK)
  if (block > closedBlocks(size)) return []
  const justClosed = slot === size && block > 1
  return justClosed ? [block - 1, block] : [block]
}

/** An archive document: twenty slots that never move. */
export async function archiveFeed(run: Run, list: ListKey, number: number): Promise<Feed> {
  const closed = closedBlocks(await run.catalogue.size(list))
  const editions = await run.catalogue.slots(list, (number - 1) * BLOCK + 1, number * BLOCK)
  return {
    ...frame(run, list, number, newestFirst(run, editions)),
    ...(number > 1 ? { previous: number - 1 } : {}),
    ...(number < closed ? { next: number + 1 } : {}),
  }
}

/** Live, exercise and test never share a document, whatever the catalogue answers. */
function newestFirst(run: Run, editions: Edition[]): Edition[] {
  const once = new Map<string, Edition>()
  for (const e of editions) if (e.mode === run.mode) once.set(e.releaseId, e)
  return [...once.values()].sort((a, b) => b.sequence - a.sequence)
}

/** A list of one language shows that language only; any other shows each release in its first. */
function frame(run: Run, list: ListKey, page: Page, editions: Edition[]): Feed {
  const { config, mode } = run
  const wanted = languageOf(list)
  const language = wanted ?? 'zh-CN'
  const site = nameIn({ zh: config.site.nameZh, en: config.site.nameEn }, language)
  const mark = config.site.mark && `（${config.site.mark}）`
  const title = `${site}${mark} · ${listName(list, [...(run.edition ? [run.edition] : []), ...editions], language)}`
  return {
    id: feedId(config, mode, feedName(list)),
    title: prefixed(mode, language, title),
    language,
    updated:
      editions
        .map((e) => e.publishedAt)
        .sort()
        .at(-1) ?? BEGINNING,
    author: site,
    home: `${config.publicUrl}${rootOf(mode)}/`,
    address: (format, at = page) => feedAddress(config, mode, list, format, at),
    page,
    ...(page === 'current' && config.hubUrl ? { hub: config.hubUrl } : {}),
    entries: fitted(editions.map((e) => run.entry(e, wanted))),
  }
}

/** The list's name as a reader knows it; its key where no edition in it carries the name. */
function listName(list: ListKey, editions: Edition[], language: Language): string {
  const words = wordsFor(language)
  if (list === 'all') return t(words, 'feeds.list.all')
  if (languageOf(list)) return languageName(language)
  const [what, key] = [list.slice(0, list.indexOf('/')), list.slice(list.indexOf('/') + 1)]
  if (what === 'kind') return t(words, 'feeds.list.kind', { name: t(words, `feeds.kind.${key}`) })
  const name = editions.map((e) => namedIn(e, what, key)).find((n) => n !== undefined)
  return t(words, `feeds.list.${what}`, { name: name ? nameIn(name, language) : key })
}

/** All releases · English. In Mongolian the name of the language stands alone. */
const languageName = (language: Language): string =>
  language === 'mn-Mong-CN' ? OWN_NAME[language] : `${t(wordsFor(language), 'feeds.list.all')} · ${OWN_NAME[language]}`

function namedIn(edition: Edition, what: string, key: string): Named | undefined {
  if (what === 'topic') return edition.topics.find((x) => x.slug === key)?.name
  if (what === 'area') return edition.areas.find((x) => x.code === key)?.name
  if (what === 'agency' && [edition.agency.slug, edition.agency.id].includes(key)) return edition.agency.name
  const { incident } = edition
  if (what === 'incident' && incident && [incident.number, incident.id].includes(key)) return incident.title
  return undefined
}
