/** What a reader asks of the search, read from an address: words, filters, order, page. Nothing typed can make it fail. */
import { query, runsOf } from '../lib/cjk.ts'
import { DAY } from '../lib/clock.ts'
import { documentKey, isDocumentNumber, releaseNumberIn } from './document-key.ts'
import { cut, facetOf, numberFacet } from './search.ts'

/** Hits on a page, and pages one can turn to: nobody reads the thousandth hit, and each page costs what it skips. */
export const PER_PAGE = 20
export const MOST_HITS = 1_000
const MOST_LETTERS = 200
const MOST_WORDS = 12
/** A run of Chinese longer than this is held by every second pair of its characters: all are asked for, at half the cost. */
const LONG_RUN = 6

export const FILTERS = ['kind', 'agency', 'area', 'topic'] as const
export type Filter = (typeof FILTERS)[number]
export type Order = 'best' | 'newest'

export type Asked = {
  q: string
  filters: Partial<Record<Filter, string>>
  /** Local days, YYYY-MM-DD, inclusive. */
  from: string
  to: string
  order: Order
  page: number
  words: string[]
  facets: string[]
  /** The number that was typed and nothing else, as a facet. */
  number: string | null
}

/** Codes with words under `problem.`: what is wrong with the question. */
export type Fault = 'search-too-long' | 'search-day' | 'search-order' | 'search-page'

export function readAsked(sent: Record<string, string | undefined>): Asked | Fault {
  const q = (sent['q'] ?? '').toWellFormed().trim()
  const [from, to] = [(sent['from'] ?? '').trim(), (sent['to'] ?? '').trim()]
  const page = sent['page'] ? Number(sent['page']) : 1
  const filters = filtersIn(sent)
  if (q.length > MOST_LETTERS || Object.values(filters).some((value) => value.length > MOST_LETTERS))
    return 'search-too-long'
  if (![from, to].every((day) => day === '' || isDay(day))) return 'search-day'
  if (!['', 'best', 'newest'].includes(sent['order'] ?? '')) return 'search-order'
  if (!Number.isInteger(page) || page < 1 || page > MOST_HITS / PER_PAGE) return 'search-page'
  return {
    ...{ q, filters, from, to, page },
    order: sent['order'] === 'newest' ? 'newest' : 'best',
    words: wordsIn(q),
    facets: ['/all', ...FILTERS.flatMap((name) => (filters[name] ? [facetOf(`${name}/${filters[name]}`)] : []))],
    number: numberIn(q),
  }
}

function wordsIn(q: string): string[] {
  const words = runsOf(q).flatMap((run) => {
    const pairs = query(run)
    const long = [...run].length > LONG_RUN && pairs.length > 1
    return long ? pairs.filter((_, i) => i % 2 === 0 || i === pairs.length - 1) : pairs
  })
  return [...new Set(words.map(cut))].slice(0, MOST_WORDS)
}

function filtersIn(sent: Record<string, string | undefined>): Asked['filters'] {
  const given = FILTERS.map((name) => [name, (sent[name] ?? '').toWellFormed().trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

function numberIn(q: string): string | null {
  const release = releaseNumberIn(q)
  if (release) return numberFacet(release)
  return isDocumentNumber(q) ? numberFacet(documentKey(q)) : null
}

const isDay = (text: string): boolean =>
  /^[12]\d{3}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true

/** Whether anything was asked for at all. */
export const isBlank = (asked: Asked): boolean =>
  asked.q === '' && Object.keys(asked.filters).length === 0 && asked.from === '' && asked.to === ''

/** A local day as the instants it begins and ends. */
export function dayBounds(day: string, offset: string): { begins: string; ends: string } {
  const begins = Date.parse(`${day}T00:00:00${offset}`)
  return { begins: new Date(begins).toISOString(), ends: new Date(begins + DAY).toISOString() }
}
