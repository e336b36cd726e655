/** The grade casualties and loss point to (生产安全事故报告条例 art. 3: R-046, V1). A suggestion: a person confirms the grade. */

export type Toll = { deaths: number; injured: number; lossWan: number }
type Grade = 'extraordinary' | 'major' | 'large' | 'ordinary'

/** From so many dead, badly hurt, or 万元 of direct loss on. */
const FROM: [grade: Grade, deaths: number, injured: number, lossWan: number][] = [
  ['extraordinary', 30, 100, 10_000],
  ['major', 10, 50, 5_000],
  ['large', 3, 10, 1_000],
]

/** Null while nothing was counted. */
export function suggestGrade({ deaths, injured, lossWan }: Toll): Grade | null {
  if (deaths === 0 && injured === 0 && lossWan === 0) return null
  const found = FROM.find(([, d, i, l]) => deaths >= d || injured >= i || lossWan >= l)
  return found ? found[0] : 'ordinary'
}

/** The newest figure of each kind: of two for the same time the one recorded last. Rows come oldest first. */
export function latestOf<T extends { what: string; as_of: string }>(rows: readonly T[]): Map<string, T> {
  const latest = new Map<string, T>()
  for (const row of rows) if (row.as_of >= (latest.get(row.what)?.as_of ?? '')) latest.set(row.what, row)
  return latest
}

export function tollOf(rows: readonly { what: string; value: string; as_of: string }[]): Toll {
  const latest = latestOf(rows)
  const n = (what: string) => Number(latest.get(what)?.value ?? 0)
  return { deaths: n('deaths'), injured: n('injured'), lossWan: n('loss') }
}
