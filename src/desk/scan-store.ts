/** What a look through current revisions reads: which releases are newest, and the words of some of them. Reads only. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Content } from './content.ts'
import { openSealed, type Sealed } from './sealed.ts'
import type { ReleaseRow, Window } from './store.ts'

type Db = Kysely<Tables>

/** The newest releases inside any of the windows, without their words. */
export const newestWithin = (db: Db, windows: Window[], limit: number): Promise<ReleaseRow[]> => {
  const open = windows.filter((w) => w.agencyIds.length && w.states.length)
  if (open.length === 0) return Promise.resolve([])
  return db
    .selectFrom('release')
    .selectAll()
    .where((e) => e.or(open.map((w) => e.and([e('agency_id', 'in', w.agencyIds), e('state', 'in', w.states)]))))
    .orderBy('updated_at', 'desc')
    .limit(limit)
    .execute()
}

/** By number or its last figures: 2026-000042, 000042, 42. */
export const releasesNumbered = (db: Db, ending: string, limit: number): Promise<ReleaseRow[]> =>
  db
    .selectFrom('release')
    .selectAll()
    .where('number', 'like', `%${ending}`)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()

/** The current revision of each, as it is stored; those whose words are gone are left out. */
export const currentTexts = async (db: Db, releaseIds: string[]): Promise<Map<string, string>> => {
  if (releaseIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('release')
    .innerJoin('revision', (j) =>
      j.onRef('revision.release_id', '=', 'release.id').onRef('revision.ordinal', '=', 'release.revision'),
    )
    .select(['release.id', 'revision.content'])
    .where('release.id', 'in', releaseIds)
    .execute()
  return new Map(rows.flatMap((r) => (r.content === null ? [] : [[r.id, r.content] as const])))
}

export const contentIn = (stored: string): Content => openSealed(JSON.parse(stored) as Sealed)
