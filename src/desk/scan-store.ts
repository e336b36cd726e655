/** What a look through current revisions reads: which releases are newest, and the words of some of them. Reads only. */
import type { Kysely } from 'kysely'
import { readableBy } from '../staff/limited-store.ts'
import type { Tables } from '../store/tables.ts'
import type { Content } from './content.ts'
import { openSealed, type Sealed } from './sealed.ts'
import { insideOf, type ReleaseRow, type Window } from './store.ts'

type Db = Kysely<Tables>

/**
 * Ids of the newest releases inside any of the windows: the ids alone, for what is sorted is the whole office. `only`: of what is
 * kept to some (限阅), what this member may read.
 */
export const newestWithin = async (
  db: Db,
  windows: Window[],
  limit: number,
  only: string | null,
): Promise<string[]> => {
  const open = windows.filter((w) => w.agencyIds.length && w.states.length)
  if (open.length === 0) return []
  const q = db.selectFrom('release').select('id').where(insideOf(open))
  const rows = await (only ? q.where(readableBy(only)) : q)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((r) => r.id)
}

/** By number or its last figures: 2026-000042, 000042, 42. `only` as above. */
export const releasesNumbered = async (
  db: Db,
  ending: string,
  limit: number,
  only: string | null,
): Promise<string[]> => {
  const q = db.selectFrom('release').select('id').where('number', 'like', `%${ending}`)
  const rows = await (only ? q.where(readableBy(only)) : q).orderBy('number', 'desc').limit(limit).execute()
  return rows.map((r) => r.id)
}

/** Each with its current revision as it is stored, in the order asked for; `content` null where its words are gone. */
export const withCurrentTexts = async (
  db: Db,
  releaseIds: string[],
): Promise<(ReleaseRow & { content: string | null })[]> => {
  if (releaseIds.length === 0) return []
  const rows = await db
    .selectFrom('release')
    .innerJoin('revision', (j) =>
      j.onRef('revision.release_id', '=', 'release.id').onRef('revision.ordinal', '=', 'release.revision'),
    )
    .selectAll('release')
    .select('revision.content')
    .where('release.id', 'in', releaseIds)
    .execute()
  return releaseIds.flatMap((id) => rows.filter((r) => r.id === id))
}

export const contentIn = (stored: string): Content => openSealed(JSON.parse(stored) as Sealed)
