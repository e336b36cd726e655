/** Officials by a dated list: a name with a title that is not in force, a name one character off, names out of their order. Pure. */
import { readCsv } from '../lib/csv.ts'
import { type Issue, issue } from '../lib/errors.ts'

/** Days are local, YYYY-MM-DD; `until` is the last day of the title, null while it lasts. The order of the list is that of rank. */
export type Official = { name: string; title: string; from: string; until: string | null }
export type OfficialHit = {
  rule: 'official-not-in-force' | 'official-misspelt' | 'official-order'
  start: number
  end: number
  /** What would be right. */
  suggestion: string
}

const MOST = 2000
const LONGEST = { name: 40, title: 60 }
const NAME = /^\p{Script=Han}[\p{Script=Han}·]{1,19}$|^[\p{L}\p{M} .'’·-]{2,40}$/u
const isDay = (s: string) => /^\d{4}-\d\d-\d\d$/.test(s) && new Date(`${s}T00:00:00Z`).toJSON()?.startsWith(s) === true

/**
 * 姓名,职务,任职日期,离任日期. A first row that begins with 姓名 is a heading; rows beginning with # are passed over.
 * Issues name the row as people count the rows that are not empty, from 1 (`row.3`).
 */
export function parseOfficials(csv: string): { officials: Official[]; issues: Issue[] } {
  const officials: Official[] = []
  const issues: Issue[] = []
  for (const [i, cells] of readCsv(csv).entries()) {
    const row = i + 1
    const [name = '', title = '', from = '', until = ''] = cells.map((c) => c.trim())
    if ((row === 1 && name === '姓名') || name.startsWith('#')) continue
    const code = faultOf(cells.length, { name, title, from, until: until || null })
    if (code) issues.push(issue(`row.${row}`, code, { row }))
    else officials.push({ name, title, from, until: until || null })
  }
  if (officials.length > MOST) issues.push(issue('row', 'official-too-many', { max: MOST }))
  return { officials, issues }
}

function faultOf(cells: number, o: Official): string | null {
  if (cells < 3 || cells > 4) return 'official-columns'
  if (!NAME.test(o.name) || o.name.length > LONGEST.name) return 'official-name'
  if (o.title === '' || o.title.length > LONGEST.title) return 'official-title'
  if (!isDay(o.from) || (o.until !== null && !isDay(o.until))) return 'official-day'
  return o.until !== null && o.until < o.from ? 'official-days' : null
}

const inForce = (o: Official, day: string) => o.from <= day && (o.until === null || day <= o.until)

/** What is wrong with the officials named in a text, on a local day; in the order of the text. */
export function officialHits(text: string, list: readonly Official[], day: string): OfficialHit[] {
  if (list.length === 0) return []
  const named = namedIn(text, list)
  return [
    ...named.flatMap((n) => titleHit(n, list, day)),
    ...strangersIn(text, list, day, named),
    ...orderHits(text, named, list, day),
  ].sort((a, b) => a.start - b.start)
}

/** A listed name with the title beside it, where there is one. */
type Named = { name: string; title: string | null; start: number; end: number; nameStart: number; nameEnd: number }

function namedIn(text: string, list: readonly Official[]): Named[] {
  const names = [...new Set(list.map((o) => o.name))].sort((a, b) => b.length - a.length)
  const titles = titlesOf(list)
  const found: Named[] = []
  for (const name of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const end = at + name.length
      if (found.some((f) => at < f.nameEnd && end > f.nameStart)) continue
      const before = titles.find((t) => text.endsWith(t, at))
      const after = before ? undefined : titles.find((t) => text.startsWith(t, end))
      found.push({
        name,
        title: before ?? after ?? null,
        start: before ? at - before.length : at,
        end: after ? end + after.length : end,
        nameStart: at,
        nameEnd: end,
      })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Longest first, so that 副盟长 is not read as 盟长. */
const titlesOf = (list: readonly Official[]): string[] =>
  [...new Set(list.map((o) => o.title))].sort((a, b) => b.length - a.length)

function titleHit(n: Named, list: readonly Official[], day: string): OfficialHit[] {
  if (!n.title) return []
  const bears = list.some((o) => o.name === n.name && o.title === n.title && inForce(o, day))
  if (bears) return []
  return [
    { rule: 'official-not-in-force', start: n.start, end: n.end, suggestion: rightFor(n.name, n.title, list, day) },
  ]
}

/** Whoever has the title today, and what the person named is today. */
function rightFor(name: string, title: string, list: readonly Official[], day: string): string {
  const bearers = list.filter((o) => o.title === title && inForce(o, day)).map((o) => o.title + o.name)
  const own = list.filter((o) => o.name === name && inForce(o, day)).map((o) => o.title + o.name)
  return [...new Set([...bearers, ...own])].slice(0, 3).join('、')
}

/** After a title that somebody bears today, a name that is theirs but for one character. */
function strangersIn(text: string, list: readonly Official[], day: string, named: Named[]): OfficialHit[] {
  const titles = titlesOf(list)
  return titles.flatMap((title) => {
    const longerOnes = titles.filter((t) => t.length > title.length && t.endsWith(title))
    const bearers = list.filter((o) => o.title === title && inForce(o, day))
    const found: OfficialHit[] = []
    for (let at = text.indexOf(title); at >= 0; at = text.indexOf(title, at + title.length)) {
      // Part of a longer title, or beside a name that is known: nothing to see.
      if (named.some((n) => at < n.end && at + title.length > n.start)) continue
      const longer = longerOnes.some((t) => text.endsWith(t, at + title.length))
      const near = longer ? undefined : bearers.find((o) => oneOff(text, at, title, o, bearers.length))
      if (!near) continue
      const before = isOneOff(text.slice(at + title.length, at + title.length + near.name.length), near.name)
      const start = before ? at : at - near.name.length
      found.push({
        rule: 'official-misspelt',
        start,
        end: start + title.length + near.name.length,
        suggestion: before ? near.title + near.name : near.name + near.title,
      })
    }
    return found
  })
}

/** Two characters with one of them wrong are another person as often as a slip: only where the title has one bearer. */
function oneOff(text: string, at: number, title: string, o: Official, bearers: number): boolean {
  if ([...o.name].length < 3 && bearers > 1) return false
  const end = at + title.length
  return (
    isOneOff(text.slice(end, end + o.name.length), o.name) ||
    isOneOff(text.slice(Math.max(0, at - o.name.length), at), o.name)
  )
}

function isOneOff(piece: string, name: string): boolean {
  const [a, b] = [[...piece], [...name]]
  if (a.length !== b.length || !a.every((c) => /\p{L}|·/u.test(c))) return false
  return a.filter((c, i) => c !== b[i]).length === 1
}

/** Between names of one list there is a comma or an 和, and perhaps a title. */
const SEPARATOR = /^[、，,和及与\s]{1,3}$/u

function orderHits(text: string, named: Named[], list: readonly Official[], day: string): OfficialHit[] {
  const rankOf = (name: string) => list.findIndex((o) => o.name === name && inForce(o, day))
  const ranked = named.filter((n) => rankOf(n.name) >= 0)
  const runs: Named[][] = []
  for (const n of ranked) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && SEPARATOR.test(text.slice(last.end, n.start))) run.push(n)
    else runs.push([n])
  }
  return runs.flatMap((run) => {
    const right = [...run].sort((a, b) => rankOf(a.name) - rankOf(b.name))
    if (right.every((n, i) => n === run[i])) return []
    const [first, last] = [run[0] as Named, run.at(-1) as Named]
    const suggestion = right.map((n) => n.name).join('、')
    return [{ rule: 'official-order' as const, start: first.start, end: last.end, suggestion }]
  })
}
