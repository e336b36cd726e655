/** 有效性: whether a document still holds, since when it does not, and what stands in its place (R-030, R-069d). Pure. */
import type { Edition } from '../../src/publication/edition.ts'
import { isShown, type Shown } from './pick.ts'

export type ValidityState = 'valid' | 'amended' | 'repealed' | 'expired'
export type Validity = {
  state: ValidityState
  /** YYYY-MM-DD, where it is not plainly valid. */
  since?: string
  /** The release that changed or ended it. */
  by?: Shown
}

const WORSE: Record<ValidityState, number> = { valid: 0, amended: 1, expired: 2, repealed: 3 }
const ACTS = { amends: 'amended', repeals: 'repealed' } as const

/**
 * What the document says of itself in its latest edition, or what a later document of the same agency does to it, whichever goes
 * further. Another agency's word changes nothing: whose document was ended from above says so itself, in an edition of its own.
 * @param relating latest editions of releases that name this one
 * @param day the local day of an instant
 */
export function validityOf(edition: Shown, relating: Edition[], day: (iso: string) => string): Validity {
  const own = edition.content.core.validity
  const found: Validity[] = [own ? { ...own } : { state: 'valid' }]
  for (const other of relating) {
    if (!isShown(other) || other.agency.id !== edition.agency.id || other.mode !== edition.mode) continue
    for (const link of other.content.core.relatesTo ?? [])
      if (link.releaseId === edition.releaseId && (link.as === 'amends' || link.as === 'repeals'))
        found.push({ state: ACTS[link.as], since: day(other.firstPublishedAt), by: other })
  }
  return found.sort((a, b) => WORSE[b.state] - WORSE[a.state] || later(b, a))[0] as Validity
}

const later = (a: Validity, b: Validity) =>
  (a.since ?? '') < (b.since ?? '') ? -1 : (a.since ?? '') > (b.since ?? '') ? 1 : 0
