/** Asks the catalogue, once, for everything the pages of one edition need. The number of questions and answers does not grow with the archive. */
import type { Catalogue, Directory, IncidentNow } from '../../src/delivery/channel.ts'
import type { Attachment, Edition, ListKey } from '../../src/publication/edition.ts'
import type { Held } from '../../templates/page/calendar.tsx'
import { PER_PAGE } from '../../templates/page/list.tsx'
import { isReport, isShown, type Shown } from '../../templates/page/pick.ts'
import { heldBy, heldIn } from './calendar-files.tsx'
import { type CataloguePages, gatherCatalogue } from './gather-catalogue.ts'
import { type IssueData, issuesTouched } from './gazette-files.tsx'
import { type Names, namesOf } from './names.ts'
import { NEWS_AGE } from './news-sitemap.ts'

/** Releases per numbered sitemap. */
export const PER_SITEMAP = 100
const RECENT = 20

export type Listing = {
  list: ListKey
  size: number
  /** Newest PER_PAGE slots, oldest first. */
  newest: Edition[]
  /** Archive pages to write, each with its slots, oldest first. */
  pages: { number: number; editions: Edition[] }[]
  /** Of an incident's list: how it stands. */
  incident?: IncidentNow
}

export type Gathered = {
  /** UTC ISO: the pages are true as of then. */
  asOf: string
  /** All editions of the release, oldest first, this one last. */
  editions: Edition[]
  listings: Listing[]
  recent: Edition[]
  directory: Directory
  /** What stands on top of the home page: of each open incident the newest report. */
  running: Edition[]
  names: Names
  /** Releases this one relates to, and those that relate to it. */
  related: { edition: Edition; word: string }[]
  /** Pages of releases this one now relates to: they gain a link back. */
  back: { edition: Edition; related: { edition: Edition; word: string }[] }[]
  /** Pages of the catalogue that change; null outside the list of all. */
  disclosed: CataloguePages | null
  /** Issues of the gazette that hold the release. */
  gazette: IssueData[]
  /** The numbered sitemap that holds the release; null outside the list of all. */
  sitemap: { number: number; editions: Edition[]; opens: boolean } | null
  /** Press conferences in the calendar, and the release's own entry. */
  held: Held[]
  own: Held | null
  /** Releases that may still be news: the newest, newest first, back to the first that is too old. */
  news: Edition[]
  /** Bytes of the attachments shown, by SHA-256. */
  files: Map<string, Uint8Array>
  /** Files that the source of a repost offers at the same addresses. */
  source: Attachment[]
}

/**
 * Archive pages a change to `slot` rewrites: the one that holds it. The first slot of a new page also rewrites the page
 * before it, once, which now has a newer neighbour to point to.
 */
export function pagesTouched(slot: number, size: number, perPage = PER_PAGE): number[] {
  const page = Math.ceil(slot / perPage)
  const opens = slot === size && page > 1 && slot === (page - 1) * perPage + 1
  return opens ? [page - 1, page] : [page]
}

export async function gather(edition: Edition, catalogue: Catalogue): Promise<Gathered> {
  const editions = await editionsOf(edition, catalogue)
  // A language has a feed and no pages of its own: every list page is there in both frames.
  const lists = (await catalogue.lists(edition)).filter(({ list }) => !list.startsWith('language/'))
  const listings = await Promise.all(lists.map(({ list, slot }) => listing(catalogue, list, slot, editions)))
  const recent = await catalogue.recent('all', RECENT)
  const back = await linksBack(edition, catalogue)
  const directory = catalogue.directory ? await catalogue.directory() : fromRecent(recent)
  return {
    asOf: catalogue.asOf ?? edition.publishedAt,
    editions,
    listings,
    recent,
    directory,
    running: await reports(catalogue, directory.running),
    names: namesOf(editions, directory),
    related: await relatedTo(edition, catalogue),
    back,
    disclosed: await gatherCatalogue(
      catalogue,
      listings.find((l) => l.list === 'all'),
      back.map((b) => b.edition),
    ),
    gazette: await issuesTouched(edition, catalogue),
    sitemap: await sitemapPart(catalogue, lists.find((l) => l.list === 'all')?.slot),
    held: await heldIn(catalogue),
    own: await heldBy(edition, catalogue),
    news: await newsOf(catalogue, catalogue.asOf ?? edition.publishedAt),
    files: await attachmentBytes(edition, catalogue),
    source: await offeredBySource(editions, catalogue),
  }
}

/** A few at a time, and a hundred at most: a publication costs the same in a flood of them. */
const NEWS_STEP = 20
const NEWS_STEPS = 5

async function newsOf(catalogue: Catalogue, asOf: string): Promise<Edition[]> {
  const found: Edition[] = []
  let to = await catalogue.size('all')
  for (let step = 0; step < NEWS_STEPS && to > 0; step++, to -= NEWS_STEP) {
    const some = await catalogue.slots('all', Math.max(1, to - NEWS_STEP + 1), to)
    found.push(...some.toReversed())
    const oldest = some[0]
    if (!oldest || Date.parse(asOf) - Date.parse(oldest.firstPublishedAt) > NEWS_AGE) break
  }
  return found
}

async function editionsOf(edition: Edition, catalogue: Catalogue): Promise<Edition[]> {
  const known = await catalogue.editions(edition.releaseId)
  return [...known.filter((e) => e.number < edition.number), edition]
}

async function listing(catalogue: Catalogue, list: ListKey, slot: number, own: Edition[]): Promise<Listing> {
  const size = await catalogue.size(list)
  const pages = pagesTouched(slot, size).map(async (number) => ({
    number,
    editions: await catalogue.slots(list, (number - 1) * PER_PAGE + 1, Math.min(size, number * PER_PAGE)),
  }))
  const newest = await catalogue.slots(list, Math.max(1, size - PER_PAGE + 1), size)
  const incident = list.startsWith('incident/') ? await incidentIn(catalogue, list, [...own, ...newest]) : null
  return { list, size, newest, pages: await Promise.all(pages), ...(incident ? { incident } : {}) }
}

/** As the catalogue knows it, else as the last of these editions said when it was published. */
async function incidentIn(catalogue: Catalogue, list: ListKey, editions: Edition[]): Promise<IncidentNow | null> {
  const number = list.slice('incident/'.length)
  const known = await catalogue.incident?.(number)
  if (known) return known
  const said = editions.findLast((e) => e.incident?.number === number)
  return said?.incident ? { ...said.incident, areas: said.areas, closedAt: null } : null
}

async function sitemapPart(catalogue: Catalogue, slot: number | undefined): Promise<Gathered['sitemap']> {
  if (slot === undefined) return null
  const size = await catalogue.size('all')
  const number = Math.ceil(slot / PER_SITEMAP)
  const from = (number - 1) * PER_SITEMAP + 1
  const editions = await catalogue.slots('all', from, Math.min(size, number * PER_SITEMAP))
  return { number, editions, opens: slot === size && slot === from }
}

/** An exercise and the real thing never link to each other. */
const isKin = (edition: Edition, other: Edition): other is Shown => isShown(other) && other.mode === edition.mode

export async function relatedTo(edition: Edition, catalogue: Catalogue): Promise<Gathered['related']> {
  if (!isShown(edition)) return []
  const found: Gathered['related'] = []
  for (const link of edition.content.core.relatesTo ?? []) {
    const other = await catalogue.latest(link.releaseId)
    if (other && isKin(edition, other)) found.push({ edition: other, word: `public.related.${link.as}` })
  }
  for (const other of (await catalogue.relating?.(edition.releaseId)) ?? []) {
    if (!isKin(edition, other)) continue
    const link = other.content.core.relatesTo?.find((l) => l.releaseId === edition.releaseId)
    if (link) found.push({ edition: other, word: `public.related.by.${link.as}` })
  }
  return found
}

/**
 * A policy gets its link to the interpretation when that is published, and loses it when that is withdrawn; and the interpretation
 * must not go on naming a policy that is gone, or naming it as it was.
 */
async function linksBack(edition: Edition, catalogue: Catalogue): Promise<Gathered['back']> {
  if (!catalogue.relating) return []
  const named = (await catalogue.editions(edition.releaseId)).flatMap((e) => e.content?.core.relatesTo ?? [])
  const ids = new Set([...named, ...(edition.content?.core.relatesTo ?? [])].map((l) => l.releaseId))
  if (edition.number > 1)
    for (const other of await catalogue.relating(edition.releaseId, MOST_NAMING)) ids.add(other.releaseId)
  ids.delete(edition.releaseId)
  const back: Gathered['back'] = []
  for (const id of ids) {
    const other = await catalogue.latest(id)
    if (other && isKin(edition, other)) back.push({ edition: other, related: await relatedTo(other, catalogue) })
  }
  return back
}

/** Releases that name one: all of them lose its title when it goes. */
const MOST_NAMING = 500

async function attachmentBytes(edition: Edition, catalogue: Catalogue): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>()
  if (!isShown(edition)) return bytes
  for (const { sha256 } of edition.content.attachments) bytes.set(sha256, await catalogue.file(sha256))
  return bytes
}

async function offeredBySource(editions: Edition[], catalogue: Catalogue): Promise<Attachment[]> {
  const ids = new Set(editions.flatMap((e) => e.content?.core.repostOf?.releaseId ?? []))
  const sources = await Promise.all([...ids].map((id) => catalogue.latest(id)))
  return sources.flatMap((source) => (source && isShown(source) ? source.content.attachments : []))
}

const MOST_RUNNING = 5
const LOOK_BACK = 10

/** A press conference or a clarification does not push the situation off the home page: the newest report stays on top. */
async function reports(catalogue: Catalogue, running: Edition[]): Promise<Edition[]> {
  const found = running.slice(0, MOST_RUNNING).map(async (edition) => {
    if (!edition.incident) return edition
    const list: ListKey = `incident/${edition.incident.number}`
    const size = await catalogue.size(list)
    const newest = (await catalogue.slots(list, Math.max(1, size - LOOK_BACK + 1), size)).filter(
      (e) => e.incident?.id === edition.incident?.id,
    )
    return newest.findLast(isReport) ?? newest.findLast(isShown) ?? edition
  })
  return Promise.all(found)
}

/** A directory made of what was published lately, where the catalogue cannot give a whole one. */
function fromRecent(recent: Edition[]): Directory {
  const shown = recent.filter(isShown)
  const unique = <T>(faces: T[], key: (face: T) => string) =>
    [...new Map(faces.map((f) => [key(f), { ...f, releases: 1 }])).values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const running = new Map<string, Edition>()
  for (const e of shown)
    if (e.incident && !e.incident.closed && !running.has(e.incident.id)) running.set(e.incident.id, e)
  return {
    topics: unique(
      shown.flatMap((e) => e.topics),
      (f) => f.slug,
    ),
    areas: unique(
      shown.flatMap((e) => e.areas),
      (f) => f.code,
    ),
    agencies: unique(
      shown.map((e) => e.agency),
      (f) => f.slug,
    ),
    running: [...running.values()],
  }
}
