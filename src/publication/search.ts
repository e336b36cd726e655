/** What of a public edition can be found: written in the transaction that publishes it, and gone in the one that takes it away. */
import type { Kysely } from 'kysely'
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { partFields } from '../desk/fields.ts'
import { tokens } from '../lib/cjk.ts'
import type { Tables } from '../store/tables.ts'
import { documentKey } from './document-key.ts'
import type { EditionType, Named, WarningLevel } from './edition.ts'
import { type Faces, listsFor } from './face.ts'
import { type Dialect, dropDoc, type Indexed, putDoc } from './search-store.ts'
import { type EditionRow, firstSequenceOf } from './store.ts'

type Db = Kysely<Tables>

/** Raised when what is written below changes: the index is then made anew. */
export const SEARCH_VERSION = 1

/** Beside the title of a hit. */
export type Card = {
  number: string
  kind: string
  agency: { slug: string; name: Named }
  areas: Named[]
  topics: Named[]
  level?: WarningLevel
  documentNumber?: string
  edition: number
  type: EditionType
  publishedAt: string
}
/** A language of a hit: text as a person reads it, cut at SHOWN characters. */
export type FoundPart = { language: Language; title: string; summary: string; text: string }

/** Characters of a language kept for excerpts; a hit further down is found all the same. */
const SHOWN = 10_000
/** A run of letters longer than this is no word. */
const LONGEST = 64
/** Bytes of words in one release, well below what a tsvector may hold (1 MB). */
const MOST_BYTES = 600_000

/** After `row` was frozen: the release is found by the text of this edition, or not at all. Exercises never are. */
export async function indexEdition(
  trx: Db,
  dialect: Dialect,
  row: EditionRow,
  content: Content | null,
  faces: Partial<Faces>,
): Promise<void> {
  const shown = content !== null && row.type !== 'withdrawal' && row.type !== 'takedown' && row.mode === 'live'
  if (!shown) return dropDoc(trx, dialect, row.release_id)
  const lists = await listsFor(trx, row.mode, faces as Faces, languagesOf(content))
  const doc = {
    id: await firstSequenceOf(trx, row.release_id),
    release_id: row.release_id,
    published_at: row.first_published_at,
    card: JSON.stringify(cardOf(row, content, faces as Faces)),
    parts: JSON.stringify(languagesOf(content).map((l) => partOf(l, content.parts[l] as Part))),
  }
  await putDoc(trx, dialect, doc, wordsOf(content, faces as Faces, lists))
}

/** Every word of a release out of the index. */
export const forgetSearch = dropDoc

function cardOf(row: EditionRow, { core }: Content, faces: Faces): Card {
  return {
    number: faces.number,
    kind: faces.kind,
    agency: { slug: faces.agency.slug, name: faces.agency.name },
    areas: faces.areas.map((a) => a.name),
    topics: faces.topics.map((t) => t.name),
    ...(core.warningLevel ? { level: core.warningLevel } : {}),
    ...(core.documentNumber ? { documentNumber: core.documentNumber } : {}),
    edition: row.number,
    type: row.type as EditionType,
    publishedAt: row.published_at,
  }
}

/** Said of a release, not by it. */
const NOT_TEXT = ['title', 'summary', 'changeNote', 'withdrawalReason']

function partOf(language: Language, part: Part): FoundPart {
  const text = partFields(language, part)
    .filter((f) => !NOT_TEXT.includes(f.name))
    .map((f) => f.text)
    .join('\n')
  return { language, title: part.title, summary: part.summary ?? '', text: text.slice(0, SHOWN).toWellFormed() }
}

/** The words of every language together: whoever searches in one finds the release that has it. */
function wordsOf(content: Content, faces: Faces, lists: string[]): Indexed {
  const fields = languagesOf(content).flatMap((l) => partFields(l, content.parts[l] as Part))
  const { documentNumber, indexNumber } = content.core
  const names = [...faces.areas, ...faces.topics, faces.agency].flatMap(({ name }) => [name.zh, name.en])
  const title = distinct(
    fields.filter((f) => f.name === 'title').map((f) => f.text),
    MOST_BYTES / 4,
  )
  const numbers = [documentNumber ?? '', indexNumber ?? '', faces.number]
  const texts = [...fields.map((f) => f.text), ...content.attachments.map((a) => a.title)]
  const words = distinct([...numbers, ...names, ...texts], MOST_BYTES)
  const exact = [faces.number, ...(documentNumber ? [documentKey(documentNumber)] : [])].map(numberFacet)
  return { words, title, facets: [...lists.map((l) => facetOf(l.slice(l.indexOf(':') + 1))), ...exact] }
}

/** A list key, or a number that is searched exactly, as a token of the index. */
export const facetOf = (list: string): string => `/${list.toLowerCase().replace(/[^\p{L}\p{N}/_.-]/gu, '_')}`
export const numberFacet = (number: string): string => facetOf(`number/${number}`)

/** A word as the index and a question both know it. */
export const cut = (word: string): string => (word.length > LONGEST ? word.slice(0, LONGEST).toWellFormed() : word)

/** Each word once, as many as there is room for, in bytes. */
function distinct(texts: string[], room: number): string[] {
  const found = new Set<string>()
  let left = room
  for (const text of texts)
    for (const word of tokens(text)) {
      const known = cut(word)
      if (found.has(known)) continue
      left -= Buffer.byteLength(known) + 8
      if (left < 0) return [...found]
      found.add(known)
    }
  return [...found]
}
