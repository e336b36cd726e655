/** How an exercise went: durations from the moments on record, held against the limits. Pure. */
import { LAPSES_AFTER, LIMITS } from '../../templates/exercise/scenarios.ts'

/** UTC ISO moments of one release of an exercise; what has not happened is null. */
export type Moments = {
  begun: string
  submitted: string | null
  published: string | null
  /** The first outlet took it, or the page was read back. */
  reached: string | null
  /** Somebody stopped it or began to put it right; the edition that did. */
  errorKnown: string | null
  corrected: string | null
}
export const MEASURES = ['write', 'approve', 'firstOutlet', 'correct'] as const
export type Measure = (typeof MEASURES)[number]
/** Milliseconds; null: not there yet, or not rehearsed. */
export type Score = Record<Measure, number | null>

export const scoreOf = (m: Moments): Score => ({
  write: between(m.begun, m.submitted),
  approve: between(m.submitted, m.published),
  firstOutlet: between(m.published, m.reached),
  correct: between(m.errorKnown, m.corrected),
})

const between = (from: string | null, to: string | null): number | null =>
  from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : null

export const withinLimit = (what: Measure, ms: number): boolean => ms <= LIMITS[what]

/** Whole days since the last one; null: there was none. An office lapses after ninety days, and stays free to publish. */
export function lapse(last: string | null, now: string): { lapsed: boolean; days: number | null } {
  if (!last) return { lapsed: true, days: null }
  const since = Date.parse(now) - Date.parse(last)
  return { lapsed: since > LAPSES_AFTER, days: Math.floor(since / 86_400_000) }
}

/** The moments of one release out of its rows. Only a fault seen after the first edition counts, up to the edition that mends it. */
export function momentsOf(rows: {
  begun: string
  submissions: { cycle: number; submitted_at: string }[]
  editions: { id: string; type: string; published_at: string }[]
  runs: { edition_id: string; first_accepted_at: string | null; verified_at: string | null }[]
  errors: { at: string }[]
}): Moments {
  const first = rows.editions[0]
  const mended = rows.editions.find((e) => e.type === 'correction' || e.type === 'withdrawal')
  const reached = rows.runs
    .filter((r) => r.edition_id === first?.id)
    .flatMap((r) => [r.first_accepted_at, r.verified_at])
    .filter((at): at is string => at !== null)
    .sort()[0]
  const known = rows.errors.find((e) => first && e.at >= first.published_at && (!mended || e.at <= mended.published_at))
  return {
    begun: rows.begun,
    submitted: rows.submissions.find((s) => s.cycle === 0)?.submitted_at ?? null,
    published: first?.published_at ?? null,
    reached: reached ?? null,
    errorKnown: known?.at ?? null,
    corrected: known && mended ? mended.published_at : null,
  }
}
