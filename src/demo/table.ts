/** One edition's way out as lines of a table: times since publication, and where each of its audience stands. */
import { type Lang, t } from '../../templates/words/index.ts'
import type { Edition, Run } from './desk.ts'

const TIMES = ['planned', 'started', 'firstAccepted', 'lastAccepted', 'verified', 'done'] as const

/**
 * Milliseconds since the edition was published, or a dash. An edition within a second of the one before it bears a time up to a second
 * ahead, so that readers can tell them apart; what was done in that second was done at once.
 */
const since = (from: string, at: string | null | undefined): string =>
  at ? `+${Math.max(0, Date.parse(at) - Date.parse(from))}` : '–'

export function table(edition: Edition, lang: Lang): string[] {
  const head = ['outlet', ...TIMES, 'sum'].map((name) => t(lang, `demo.column.${name}`))
  const rows = edition.dispatches
    .toSorted((a, b) => ORDER.indexOf(a.outlet) - ORDER.indexOf(b.outlet))
    .map((run) => [
      t(lang, `demo.outlet.${run.outlet}`),
      ...TIMES.map((name) => since(edition.publishedAt, run.times[name])),
      equation(run, lang),
    ])
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => wide(row[i] as string))))
  return all.map((row) => `    ${row.map((cell, i) => padded(cell, widths[i] as number, i)).join('  ')}`.trimEnd())
}

const ORDER = ['website', 'feeds', 'email', 'webpush']

/** audience = accepted + …, of the terms that are not nought; the whole sum is checked by `delivered`. */
function equation(run: Run, lang: Lang): string {
  const terms = Object.entries(run.counts).filter(([, n]) => n > 0)
  return `${run.audience} = ${terms.map(([name, n]) => `${t(lang, `demo.count.${name}`)} ${n}`).join(' + ') || '0'}`
}

/** Chinese takes two columns of a terminal. */
const wide = (text: string): number => [...text].reduce((n, c) => n + (/[\u2e80-\uffef]/.test(c) ? 2 : 1), 0)

/** Figures to the right, words to the left. */
function padded(cell: string, width: number, column: number): string {
  const space = ' '.repeat(width - wide(cell))
  return column > 0 && column <= TIMES.length ? space + cell : cell + space
}

/** What stands against calling an edition delivered over this outlet; null when nothing does. */
export function undelivered(run: Run): string | null {
  const { planned, sending, deferred, unknown, accepted } = run.counts
  const sum = Object.values(run.counts).reduce((n, c) => n + c, 0)
  if (sum !== run.audience) return `${run.outlet}: ${run.audience} ≠ ${sum}`
  if (run.notReady) return `${run.outlet}: ${run.notReady}`
  if (run.state !== 'done') return `${run.outlet}: ${run.state} ${run.why}`
  if (planned || sending || deferred || unknown) return `${run.outlet}: ${JSON.stringify(run.counts)}`
  if (run.audience > 0 && !accepted) return `${run.outlet}: 0 / ${run.audience}`
  const site = run.outlet === 'website' || run.outlet === 'feeds'
  return site && !run.times['verified'] ? `${run.outlet}: not verified` : null
}
