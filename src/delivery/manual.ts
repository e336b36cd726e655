/** What a channel worked by hand has carried, against what now stands. Pure. */
import type { EditionType } from '../publication/edition.ts'

/**
 * carried: it has what now stands · wrong: it carried an earlier text and not yet what puts it right · none: it has carried nothing
 */
export type Standing = 'carried' | 'wrong' | 'none'

type Of = { number: number; type: EditionType | string }

/** A slip put right or a language added asks nobody to carry it again; a first text, a correction or its end does. */
const ASKS: readonly string[] = ['first', 'correction', 'withdrawal', 'takedown']

/** Number of the edition a channel must have carried to be up to date; 0 where nothing was published. */
export const owedEdition = (editions: readonly Of[]): number =>
  Math.max(0, ...editions.filter((e) => ASKS.includes(e.type)).map((e) => e.number))

/** @param carried numbers of the editions a channel is recorded to have carried */
export function standingOf(editions: readonly Of[], carried: readonly number[]): Standing {
  if (carried.length === 0) return 'none'
  return Math.max(...carried) >= owedEdition(editions) ? 'carried' : 'wrong'
}
