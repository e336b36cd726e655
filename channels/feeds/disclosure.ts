/** 政府信息公开目录: each release as a portal above wants to know it (条例 2019 art. 12: 索引, 名称, 内容概述, 生成日期), before any format. */

import type { SiteFile } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { linkOnly } from '../../templates/page/display.ts'
import { isShown } from '../../templates/page/pick.ts'
import { dayOf, rootOf } from '../../templates/page/site.ts'
import { type Validity, validityOf } from '../../templates/page/validity.ts'
import { disclosureAtom } from './disclosure-atom.ts'
import { disclosureCsv } from './disclosure-csv.ts'
import { disclosureJson } from './disclosure-json.ts'
import { SCHEMA } from './disclosure-schema.ts'
import type { Entry } from './entry.ts'
import { BLOCK, CURRENT, type Page, type Run } from './feed.ts'
import { nameIn } from './wording.ts'

type Published = Run & { edition: Edition }

/** What is said of one release. After a withdrawal, a takedown or the end of a display: number, state, time and address. */
export type Item = {
  id: string
  release: string
  state: 'public' | 'withdrawn' | 'taken-down' | 'display-ended'
  url: string
  updated: string
  shown?: {
    index?: string
    title: string
    summary: string
    language: string
    /** 生成日期 YYYY-MM-DD: 成文日期, else the day it was first published. */
    formed: string
    document?: string
    agency: { slug: string; name: string }
    topics: { slug: string; name: string }[]
    kind: string
    published: string
    edition: number
    /** Of documents only. */
    validity?: { state: Validity['state']; since?: string; by?: string }
    translations: { language: string; url: string }[]
  }
}

/** One document of the catalogue: the newest, or twenty slots that never move. */
export type Disclosure = {
  page: Page
  title: string
  publisher: string
  updated: string
  home: string
  address(ending: string, page?: Page): string
  previous?: number
  next?: number
  items: Item[]
}

export const disclosurePath = (ending: string, page: Page = 'current'): string =>
  `/catalogue/${page === 'current' ? 'index' : `archive-${page}`}.${ending}`

/** Kinds that can be amended or repealed; only of these is it asked who names them. */
const DOCUMENTS = ['policy', 'notice', 'response']

const WRITERS: [ending: string, type: string, write: (d: Disclosure) => string][] = [
  ['json', 'application/json; charset=utf-8', disclosureJson],
  ['atom', 'application/atom+xml; charset=utf-8', disclosureAtom],
  ['csv', 'text/csv; charset=utf-8; header=present', disclosureCsv],
]

/** The newest entries, the page that holds the release's slot, those of documents it amends or repeals, and the schema. Live only. */
export async function disclosureFiles(run: Published): Promise<SiteFile[]> {
  if (run.edition.mode !== 'live') return []
  const size = await run.catalogue.size('all')
  const pages = new Set<number>()
  for (const edition of await concerned(run)) {
    const slot = (await run.catalogue.lists(edition)).find((l) => l.list === 'all')?.slot
    if (!slot) continue
    pages.add(Math.ceil(slot / BLOCK))
    // The page before a new one now has a newer neighbour.
    if (slot === size && slot > BLOCK && slot % BLOCK === 1) pages.add(Math.ceil(slot / BLOCK) - 1)
  }
  const documents = [await currentPage(run, size)]
  for (const number of [...pages].sort((a, b) => a - b)) documents.push(await archivePage(run, size, number))
  return [
    ...documents.flatMap((document) =>
      WRITERS.map(([ending, type, write]) =>
        file(disclosurePath(ending, document.page), type, write(document), ending),
      ),
    ),
    file('/catalogue/schema.json', 'application/schema+json; charset=utf-8', SCHEMA, 'json'),
  ]
}

/** Portals read it from their own pages; a table is saved under a name. */
const file = (path: string, type: string, body: string, ending: string): SiteFile => ({
  path,
  type,
  body,
  headers: {
    'access-control-allow-origin': '*',
    ...(ending === 'csv'
      ? { 'content-disposition': `attachment; filename="${path.replace(/^\/catalogue\//, 'catalogue-')}"` }
      : {}),
  },
})

/** This release, and those whose validity it has changed or no longer changes. */
async function concerned({ catalogue, edition }: Published): Promise<Edition[]> {
  const all = [...(await catalogue.editions(edition.releaseId)), edition]
  const ids = new Set(
    all
      .flatMap((e) => e.content?.core.relatesTo ?? [])
      .filter((r) => r.as === 'amends' || r.as === 'repeals')
      .map((r) => r.releaseId),
  )
  const others = await Promise.all([...ids].map((id) => catalogue.latest(id)))
  return [edition, ...others.filter((e): e is Edition => e !== null && e.mode === edition.mode)]
}

async function currentPage(run: Published, size: number): Promise<Disclosure> {
  const last = Math.ceil(size / BLOCK)
  return {
    ...(await frame(run, 'current', await run.catalogue.recent('all', CURRENT))),
    ...(last ? { previous: last } : {}),
  }
}

async function archivePage(run: Published, size: number, number: number): Promise<Disclosure> {
  const slots = await run.catalogue.slots('all', (number - 1) * BLOCK + 1, Math.min(size, number * BLOCK))
  return {
    ...(await frame(run, number, slots.toReversed())),
    ...(number > 1 ? { previous: number - 1 } : {}),
    ...(number < Math.ceil(size / BLOCK) ? { next: number + 1 } : {}),
  }
}

async function frame(run: Published, page: Page, editions: Edition[]): Promise<Disclosure> {
  const { config, edition } = run
  const own = editions.filter((e) => e.mode === edition.mode)
  const items = await Promise.all(own.map((e) => itemOf(run, e)))
  const mark = config.site.mark && `（${config.site.mark}）`
  return {
    page,
    title: `${config.site.nameZh}${mark} · 政府信息公开目录`,
    publisher: config.site.gov?.sponsor?.zh ?? config.site.nameZh,
    updated:
      items
        .map((i) => i.updated)
        .sort()
        .at(-1) ?? edition.publishedAt,
    home: `${config.publicUrl}${rootOf(edition.mode)}/catalogue/`,
    address: (ending, at = page) => config.publicUrl + disclosurePath(ending, at),
    items,
  }
}

const STATES = { public: 'public', withdrawn: 'withdrawn', takedown: 'taken-down', unspoken: 'taken-down' } as const

async function itemOf(run: Published, edition: Edition): Promise<Item> {
  const entry = run.entry(edition)
  const bare = { id: entry.id, release: edition.releaseNumber, url: entry.url, updated: entry.updated }
  if (entry.state !== 'public' || !isShown(edition))
    return { ...bare, state: edition.ended ? 'display-ended' : STATES[entry.state] }
  const { core } = edition.content
  const relating = DOCUMENTS.includes(edition.kind) ? ((await run.catalogue.relating?.(edition.releaseId)) ?? []) : []
  const day = (iso: string) => dayOf(iso, run.config.site.offset)
  const held = validityOf(edition, relating, day)
  return {
    ...bare,
    state: 'public',
    shown: {
      ...(core.indexNumber ? { index: core.indexNumber } : {}),
      title: entry.title,
      summary: linkOnly(edition) ? '' : entry.summary,
      language: entry.language,
      formed: core.formedOn ?? day(edition.firstPublishedAt),
      ...(core.documentNumber ? { document: core.documentNumber } : {}),
      agency: { slug: edition.agency.slug, name: nameIn(edition.agency.name, 'zh-CN') },
      topics: edition.topics.map((x) => ({ slug: x.slug, name: nameIn(x.name, 'zh-CN') })),
      kind: edition.kind,
      published: entry.published,
      edition: edition.number,
      ...(DOCUMENTS.includes(edition.kind) ? { validity: validityShown(run, held) } : {}),
      translations: translations(entry),
    },
  }
}

const validityShown = ({ config }: Run, { state, since, by }: Validity) => ({
  state,
  ...(since ? { since } : {}),
  ...(by ? { by: config.publicUrl + by.address } : {}),
})

const translations = (entry: Entry) => entry.alternates.map(({ language, url }) => ({ language, url }))
