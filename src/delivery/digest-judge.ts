/** May the text of a run still go out in a digest? Asked at the moment of sending, of the rows as they are then. */
import type { Kysely } from 'kysely'
import { releaseById } from '../desk/store.ts'
import { loadEditionById } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import type { Tables } from '../store/tables.ts'
import { replaced, runById } from './run-store.ts'
import { mustStop } from './send.ts'

/** go · superseded: never again · wait: a person stopped or paused the run, or is asked whether it may go on */
export type Judged = { verdict: 'go' | 'superseded' | 'wait'; edition: Edition }

export async function judge(db: Kysely<Tables>, dispatchId: string): Promise<Judged | null> {
  const run = await runById(db, dispatchId)
  if (!run) return null
  const [edition, release, isReplaced] = await Promise.all([
    loadEditionById(db, run.edition_id),
    releaseById(db, run.release_id),
    replaced(db, run),
  ])
  if (!edition || !release) return null
  const stopped = run.state === 'stopping' || run.state === 'stopped'
  if (!edition.content || mustStop(edition, release, isReplaced) || (stopped && run.why === 'superseded'))
    return { verdict: 'superseded', edition }
  // Who is only asked what to do about unknown outcomes has nothing against the text.
  const asked = run.state === 'held' && run.why !== 'unknown-outcomes'
  return { verdict: stopped || asked ? 'wait' : 'go', edition }
}
