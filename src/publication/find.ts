/** Finds public releases by words, numbers and filters. What it answers is live as one asks. */
import type { Kysely } from 'kysely'
import type { Language } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import type { Tables } from '../store/tables.ts'
import { type Asked, dayBounds, isBlank, MOST_HITS, PER_PAGE } from './asked.ts'
import { excerptOf, type Finder, finderOf, marked, type Piece, placeOf } from './excerpt.ts'
import type { Card, FoundPart } from './search.ts'
import {
  type Dialect,
  firstIdFrom,
  hitIds,
  lastIdBefore,
  liveDocs,
  type SearchDoc,
  type Wanted,
} from './search-store.ts'

type Db = Kysely<Tables>
type Store = { db: Db; dialect: Dialect }

export type Hit = Card & {
  address: string
  firstPublishedAt: string
  languages: Language[]
  /** The language the hit is shown in: the reader's, where the words stand in it. */
  language: Language
  title: Piece[]
  excerpt: Piece[]
}
export type Found = {
  hits: Hit[]
  /** How many there are; MOST_HITS stands for that many or more. */
  total: number
  pages: number
  /** A number was asked for, and this is what bears it. */
  exact: boolean
}

const NOTHING: Found = { hits: [], total: 0, pages: 0, exact: false }

export async function find(store: Store, asked: Asked, reader: { language: Language; offset: string }): Promise<Found> {
  const { db } = store
  const bounds = await boundsOf(db, asked, reader.offset)
  if (isBlank(asked) || !bounds || (asked.q !== '' && asked.words.length === 0 && !asked.number)) return NOTHING
  const wanted: Wanted = { words: asked.words, place: 'anywhere', facets: asked.facets, ...bounds }
  const exact = asked.number ? await byNumber(store, wanted, asked.number) : []
  const ids = exact.length ? exact : await hitsOf(store, wanted, asked)
  const page = ids.slice((asked.page - 1) * PER_PAGE, asked.page * PER_PAGE)
  const finder = finderOf(asked.q)
  const hits = (await liveDocs(db, page)).map((doc) => hitOf(doc, finder, reader.language))
  return { hits, total: ids.length, pages: Math.ceil(ids.length / PER_PAGE), exact: exact.length > 0 }
}

const byNumber = ({ db, dialect }: Store, wanted: Wanted, number: string): Promise<number[]> =>
  hitIds(db, dialect, { ...wanted, words: [], facets: [...wanted.facets, number] }, PER_PAGE)

/**
 * Hits in order, MOST_HITS of them at most. Best first: those with every word in their title, then the rest, each newest
 * first; an order that needs no look at every hit, as a reckoning of weights would.
 */
async function hitsOf({ db, dialect }: Store, wanted: Wanted, asked: Asked): Promise<number[]> {
  const newest = await hitIds(db, dialect, wanted, MOST_HITS)
  if (asked.order === 'newest' || asked.words.length === 0 || newest.length === 0) return newest
  const titles = await hitIds(db, dialect, { ...wanted, place: 'title' }, MOST_HITS)
  return [...new Set([...titles, ...newest])].slice(0, MOST_HITS)
}

/** Ids of the days asked for; null where nothing was published in them. */
async function boundsOf(db: Db, asked: Asked, offset: string): Promise<{ from: number; to: number } | null> {
  const from = asked.from ? await firstIdFrom(db, dayBounds(asked.from, offset).begins) : 0
  const to = asked.to ? await lastIdBefore(db, dayBounds(asked.to, offset).ends) : Number.MAX_SAFE_INTEGER
  return from === null || to === null || from > to ? null : { from: Number(from), to: Number(to) }
}

/** Characters of an excerpt: Latin words are longer. */
const WIDTH: Record<Language, number> = { 'zh-CN': 110, 'mn-Mong-CN': 110, en: 210 }

function hitOf(doc: SearchDoc, finder: Finder | null, wanted: Language): Hit {
  const card = JSON.parse(doc.card) as Card
  const parts = JSON.parse(doc.parts) as FoundPart[]
  const part = partToShow(parts, finder, wanted)
  const holds = (text: string) => finder !== null && placeOf(text, finder) >= 0
  const text = part.summary && (!holds(part.text) || holds(part.summary)) ? part.summary : part.text
  return {
    ...card,
    address: releaseAddress(card.number, 'live'),
    firstPublishedAt: doc.published_at,
    languages: parts.map((p) => p.language),
    language: part.language,
    title: marked(part.title, finder),
    excerpt: excerptOf(text, finder, WIDTH[part.language]),
  }
}

const EMPTY: FoundPart = { language: 'zh-CN', title: '', summary: '', text: '' }

function partToShow(parts: FoundPart[], finder: Finder | null, wanted: Language): FoundPart {
  const order = [...parts.filter((p) => p.language === wanted), ...parts.filter((p) => p.language !== wanted)]
  const found = finder && order.find((p) => [p.title, p.summary, p.text].some((text) => placeOf(text, finder) >= 0))
  return found ?? order[0] ?? EMPTY
}
