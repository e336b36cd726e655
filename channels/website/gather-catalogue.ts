/** What the pages of the 政府信息公开目录 need: newest entries, touched pages, and who amends or repeals each document. */
import type { Catalogue } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { PER_PAGE } from '../../templates/page/list.tsx'
import type { Listing } from './gather.ts'

export type CataloguePages = {
  size: number
  newest: Edition[]
  pages: { number: number; editions: Edition[] }[]
  /** Releases that name a document, by its release id. */
  relating: Map<string, Edition[]>
}

/** Kinds that can be amended or repealed. */
const DOCUMENTS = ['policy', 'notice', 'response']

/** `ended`: documents whose validity this edition changes, which stand on pages of their own. */
export async function gatherCatalogue(
  catalogue: Catalogue,
  listing: Listing | undefined,
  ended: Edition[],
): Promise<CataloguePages | null> {
  if (!listing) return null
  const { size, newest } = listing
  const pages = new Map(listing.pages.map((page) => [page.number, page]))
  for (const edition of ended) {
    const slot = (await catalogue.lists(edition)).find((l) => l.list === 'all')?.slot
    const number = slot && Math.ceil(slot / PER_PAGE)
    if (!number || pages.has(number)) continue
    const editions = await catalogue.slots('all', (number - 1) * PER_PAGE + 1, Math.min(size, number * PER_PAGE))
    pages.set(number, { number, editions })
  }
  const all = [newest, ...[...pages.values()].map((p) => p.editions)].flat()
  const documents = new Map(all.filter((e) => DOCUMENTS.includes(e.kind)).map((e) => [e.releaseId, e]))
  const relating = new Map<string, Edition[]>()
  for (const id of documents.keys()) relating.set(id, (await catalogue.relating?.(id)) ?? [])
  return { size, newest, pages: [...pages.values()], relating }
}
