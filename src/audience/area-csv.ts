/** Areas from a spreadsheet: code, names in three languages, the area they lie in; and what a list of them would change. Pure. */
import { areaCovers, areaStem, isAreaCode } from '../lib/area-code.ts'
import { bareCell, readCsv } from '../lib/csv.ts'
import { type Issue, issue } from '../lib/errors.ts'
import type { Area } from './topics-areas.ts'

type Known = { code: string; name_zh: string; name_en: string; name_mn: string; parent: string | null }
export type AreaPlan = {
  added: Area[]
  changed: { before: Known; after: Area }[]
  same: number
  /** Names that more than one area would have, each with the area it lies in. */
  twins: { name: string; places: { code: string; within: string }[] }[]
}

const LONGEST = 80
const HEADING = /^(代码|区划代码|code)$/i

/**
 * Lines of code, Chinese, English, Mongolian, parent. The last three may be empty: an area without a parent lies in the smallest
 * known one whose code its own continues. Issues name lines as a spreadsheet counts them (`line.3`).
 */
export function readAreaCsv(csv: string, known: readonly Known[]): { areas: Area[]; issues: Issue[] } {
  const rows = readCsv(csv).map((cells, i) => ({ line: i + 1, cells: cells.map(bareCell) }))
  const body = rows.filter((r) => !(r.line === 1 && HEADING.test(r.cells[0] ?? '')))
  const codes = new Set([...known.map((k) => k.code), ...body.map((r) => r.cells[0] ?? '')])
  const first = new Map<string, number>()
  const issues: Issue[] = []
  const areas = body.flatMap(({ line, cells }) => {
    const [code = '', nameZh = '', nameEn = '', nameMn = '', given = ''] = cells
    const before = issues.length
    const bad = (rule: string, params: Record<string, string | number> = {}) =>
      issues.push(issue(`line.${line}`, rule, { line, ...params }))
    if (!isAreaCode(code)) bad('areas-code', { code })
    else if (first.has(code)) bad('areas-repeated', { code, first: first.get(code) as number })
    else first.set(code, line)
    if (!nameZh) bad('areas-name')
    if ([nameZh, nameEn, nameMn].some((n) => [...n].length > LONGEST)) bad('areas-name-long', { max: LONGEST })
    const parent = given || innermost(codes, code)
    if (given && !codes.has(given)) bad('areas-parent', { code: given })
    else if (given && (given === code || !areaCovers(given, code))) bad('areas-parent-outside', { code: given })
    if (issues.length > before) return []
    return [{ code, nameZh, nameEn, parent: parent ?? null, ...(cells.length > 3 ? { nameMn } : {}) }]
  })
  return { areas, issues }
}

/** The smallest area that a code lies in. */
function innermost(codes: ReadonlySet<string>, code: string): string | null {
  if (!isAreaCode(code)) return null
  const around = [...codes].filter((c) => c !== code && isAreaCode(c) && areaCovers(c, code))
  return around.sort((a, b) => areaStem(b).length - areaStem(a).length)[0] ?? null
}

export function planAreas(known: readonly Known[], list: readonly Area[]): AreaPlan {
  const before = new Map(known.map((k) => [k.code, k]))
  const plan: AreaPlan = { added: [], changed: [], same: 0, twins: [] }
  for (const a of list) {
    const old = before.get(a.code)
    if (!old) plan.added.push(a)
    else if (differs(old, a)) plan.changed.push({ before: old, after: a })
    else plan.same++
  }
  plan.twins = twinsIn(known, list)
  return plan
}

const differs = (old: Known, a: Area): boolean =>
  old.name_zh !== a.nameZh ||
  old.name_en !== a.nameEn ||
  old.parent !== (a.parent ?? null) ||
  (a.nameMn !== undefined && a.nameMn !== old.name_mn)

function twinsIn(known: readonly Known[], list: readonly Area[]): AreaPlan['twins'] {
  const after = new Map(known.map((k) => [k.code, { code: k.code, name: k.name_zh, parent: k.parent }]))
  for (const a of list) after.set(a.code, { code: a.code, name: a.nameZh, parent: a.parent ?? null })
  const listed = new Set(list.map((a) => a.nameZh))
  return [...Map.groupBy(after.values(), (a) => a.name)]
    .filter(([name, same]) => same.length > 1 && listed.has(name))
    .map(([name, same]) => ({
      name,
      places: same.map((a) => ({ code: a.code, within: (a.parent && after.get(a.parent)?.name) || '' })),
    }))
}
