/** Places as somebody types them: a name in either language or a code, one a line. */
import { type Issue, issue } from '../lib/errors.ts'

type Area = { code: string; name: { zh: string; en: string }; parent?: string | null }

/** Further lines are passed over: the field is for a handful. */
const MOST_LINES = 50

/** @returns the codes of those that are one place and no other, and what is wrong with the rest, as issues of `places` */
export function placesNamed(areas: Area[], text: string): { codes: string[]; issues: Issue[] } {
  const lines = text
    .split(/[\n,，、;；]+/)
    .map((line) => line.trim())
    .filter(Boolean)
  const found = [...new Set(lines)]
    .slice(0, MOST_LINES)
    .map((line) => ({ line, hits: areas.filter((a) => is(a, line)) }))
  return {
    codes: found.flatMap(({ hits }) => (hits.length === 1 ? hits.map((a) => a.code) : [])),
    issues: found.flatMap(({ line, hits }) => {
      if (hits.length === 1) return []
      if (hits.length === 0) return [issue('places', 'unknown-place', { name: line.slice(0, 80) })]
      const places = hits.slice(0, 5).map((a) => `${a.code} ${above(areas, a)}`)
      return [issue('places', 'several-places', { n: hits.length, name: line, places: places.join('; ') })]
    }),
  }
}

const is = (a: Area, line: string): boolean =>
  a.code === line || a.name.zh === line || (a.name.en !== '' && a.name.en.toLowerCase() === line.toLowerCase())
const above = (areas: Area[], a: Area): string => areas.find((p) => p.code === a.parent)?.name.zh ?? ''
