/** What a bench measures: ours beside another, in one run. */
export type Figure = { ours: number; other: number; what: string; goal: string }
export type Measured = Record<string, Figure>

export const ratioOf = ({ ours, other }: Figure): number => (other === 0 ? Number.NaN : ours / other)

const short = (n: number): string =>
  Math.abs(n) >= 100 ? Math.round(n).toString() : Number(n.toPrecision(3)).toString()

/** `P1a: 7400 / 10100 = 0.73  (goal ≥ 0.7; mails a second …)` */
export const lineOf = (key: string, f: Figure): string =>
  `${key}: ${short(f.ours)} / ${short(f.other)} = ${ratioOf(f).toFixed(2)}  (goal ${f.goal}; ${f.what})`
