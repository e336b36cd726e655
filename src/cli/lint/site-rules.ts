/** Rules about pages together: links that lead nowhere, titles given twice, columns that are empty or stale (国办秘函〔2019〕19号). Pure. */
import { DAY } from '../../lib/clock.ts'
import { firstName, placeOf } from '../../lib/outside-paths.ts'
import { type Finding, found } from './findings.ts'
import type { PageFacts } from './page-facts.ts'
import { isArticle } from './page-rules.ts'

export type SiteRules = {
  /** Local day, YYYY-MM-DD. */
  today: string
  /** Days after which news, and notices and documents, are stale (V2: two weeks, six months). */
  newsDays: number
  documentDays: number
  publicUrl: string
  /** Whether a path is answered that is no file: the form for faults, subscriptions. */
  answered(path: string): boolean
}

/** Scripts the web layer serves beside the files. */
const SCRIPTS = /^\/assets\/(?:subscribe|push)[\w.-]*\.js$/

/** What is no file and is answered all the same. */
export function answered(path: string): boolean {
  const place = placeOf(path)
  if (!place) return false
  return firstName(path) === '/assets' ? SCRIPTS.test(path) : !place.ending || path.endsWith(place.ending)
}

/** So many of either and the whole site fails. */
const KNOCK_OUT = 5

export function siteFindings(pages: readonly PageFacts[], files: ReadonlySet<string>, rules: SiteRules): Finding[] {
  return [...pages.flatMap((page) => deadLinks(page, files, rules)), ...sameTitles(pages), ...columns(pages, rules)]
}

/** Paths of this site a page leads to, without query and fragment, as a person reads them. */
export function ownPaths(page: PageFacts, publicUrl: string): string[] {
  const base = new URL(page.path, publicUrl)
  return [...new Set([...page.links, ...page.assets])].flatMap((href) => {
    const url = URL.parse(href, base)
    if (!url || url.origin !== new URL(publicUrl).origin || !/^https?:$/.test(url.protocol)) return []
    try {
      return [decodeURIComponent(url.pathname)]
    } catch {
      return [url.pathname]
    }
  })
}

const deadLinks = (page: PageFacts, files: ReadonlySet<string>, rules: SiteRules): Finding[] =>
  ownPaths(page, rules.publicUrl)
    .filter((path) => !files.has(path) && !rules.answered(path))
    .map((to) => found(page.path, 'error', 'dead-link', { to }))

/** Tombstones may be called alike, and the two sides of a language switch may share a name nobody translated. */
function sameTitles(pages: readonly PageFacts[]): Finding[] {
  const shown = pages.filter((p) => p.status === 200 && p.path !== '/404.html')
  const byTitle = Map.groupBy(shown, (p) => `${p.lang}\n${p.title.trim()}`)
  return [...byTitle.values()]
    .filter((same) => same.length > 1)
    .flatMap(([first, ...rest]) =>
      rest.map((page) => found(page.path, 'warning', 'title-repeated', { other: first?.path ?? '' })),
    )
}

/** Current pages of lists, in Chinese: what an inspector counts as a column. */
const COLUMN = /^\/(all|kinds\/[^/]+|topics\/[^/]+|areas\/[^/]+|agencies\/[^/]+)\/$/
const DOCUMENTS = /^\/kinds\/(policy|interpretation|notice|response)\/$/

function columns(pages: readonly PageFacts[], rules: SiteRules): Finding[] {
  const lists = pages.filter((p) => p.status === 200 && !isArticle(p) && COLUMN.test(p.path))
  const empty = lists.filter((p) => !p.links.some((href) => /\/releases\/\d/.test(href)))
  const stale = lists.filter((p) => !empty.includes(p)).flatMap((p) => staleness(p, rules))
  const home = pages.filter((p) => p.path === '/' && p.status === 200).flatMap((p) => staleness(p, rules, 'home-stale'))
  return [
    ...empty.map((p) => found(p.path, 'warning', 'column-empty')),
    ...stale,
    ...home,
    ...(empty.length >= KNOCK_OUT ? [found('/', 'error', 'columns-empty', { n: empty.length, most: KNOCK_OUT })] : []),
    ...(stale.length >= KNOCK_OUT ? [found('/', 'error', 'columns-stale', { n: stale.length, most: KNOCK_OUT })] : []),
  ]
}

function staleness(page: PageFacts, rules: SiteRules, code = 'column-stale'): Finding[] {
  const days = [...page.main.matchAll(/(\d{4})[-年](\d{1,2})[-月](\d{1,2})/g)].map(
    (m) => `${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}`,
  )
  const newest = days
    .filter((d) => d <= rules.today)
    .sort()
    .at(-1)
  if (!newest) return []
  const most = DOCUMENTS.test(page.path) ? rules.documentDays : rules.newsDays
  const age = Math.round((Date.parse(rules.today) - Date.parse(newest)) / DAY)
  const level = code === 'home-stale' ? 'error' : 'warning'
  return age > most ? [found(page.path, level, code, { age, most })] : []
}
