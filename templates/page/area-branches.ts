/** The areas as a tree, and how much of it a page carries at first. Pure. */
import type { AreaFace } from '../../src/publication/edition.ts'

export type PlacedArea = AreaFace & { parent?: string | null }
/** `below`: how many places lie directly in it; `children`: those the page shows. */
export type Branch = PlacedArea & { below: number; children: Branch[] }
export type Tree = { roots: Branch[]; whole: boolean }

/** So many places weigh a page down by some kilobytes; whole levels more are fetched when somebody looks for them. */
const CARRIED = 400

/** Levels from the top as long as they are not too many; what is ticked is shown wherever it lies. */
export function areaTree(areas: PlacedArea[], ticked: string[], carried = CARRIED): Tree {
  const byCode = new Map(areas.map((a) => [a.code, a]))
  const parentOf = (a: PlacedArea) => (a.parent && a.parent !== a.code ? byCode.get(a.parent) : undefined)
  const inside = Map.groupBy(areas, (a) => parentOf(a)?.code ?? '')
  const shown = new Set<string>()
  for (let level = inside.get('') ?? []; level.length > 0 && shown.size + level.length <= carried; ) {
    for (const a of level) shown.add(a.code)
    level = level.flatMap((a) => inside.get(a.code) ?? [])
  }
  for (const code of ticked) for (let a = byCode.get(code); a && !shown.has(a.code); a = parentOf(a)) shown.add(a.code)
  const branches = (of: string): Branch[] =>
    (inside.get(of) ?? [])
      .filter((a) => shown.has(a.code))
      .map((a) => ({ ...a, below: inside.get(a.code)?.length ?? 0, children: branches(a.code) }))
  return { roots: branches(''), whole: shown.size === areas.length }
}

/** What is chosen, without what lies in something else that is chosen. */
export function outermost(areas: PlacedArea[], ticked: string[]): (PlacedArea & { within: boolean })[] {
  const byCode = new Map(areas.map((a) => [a.code, a]))
  const chosen = new Set(ticked)
  const holders = new Set(areas.map((a) => a.parent))
  return ticked.flatMap((code) => {
    const area = byCode.get(code)
    if (!area) return []
    const seen = new Set([code])
    for (let up = area.parent; up && !seen.has(up); up = byCode.get(up)?.parent) {
      if (chosen.has(up)) return []
      seen.add(up)
    }
    return [{ ...area, within: holders.has(code) }]
  })
}

/** The list a page's script looks names up in: code, Chinese, English, the place it lies in. */
export const areaLines = (areas: PlacedArea[]): (string | null)[][] =>
  areas.map((a) => [a.code, a.name.zh, a.name.en, a.parent ?? null])
