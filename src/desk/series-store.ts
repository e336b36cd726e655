/** Rows of the numbers of a series, and what a release finds in its series. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
type Series = { incidentId: string; mode: string; releaseId: string }

/** On its way to publication, or published: such a number is taken. */
const ON_THE_WAY = ['in-review', 'approved', 'scheduled', 'held']

export const seriesNumberOf = async (db: Db, releaseId: string): Promise<number | null> => {
  const row = await db
    .selectFrom('series_number')
    .select('number')
    .where('release_id', '=', releaseId)
    .executeTakeFirst()
  return row ? Number(row.number) : null
}
export const putSeriesNumber = (db: Db, { incidentId, mode, releaseId }: Series, number: number) =>
  db
    .insertInto('series_number')
    .values({ release_id: releaseId, incident_id: incidentId, mode, number })
    .onConflict((c) => c.column('release_id').doUpdateSet({ incident_id: incidentId, mode, number }))
    .execute()
export const dropSeriesNumber = (db: Db, releaseId: string) =>
  db.deleteFrom('series_number').where('release_id', '=', releaseId).execute()

/** Numbers other releases of the series hold, the highest first; which release is untold where it is kept to some (限阅). */
export const takenNumbers = (db: Db, { incidentId, mode, releaseId }: Series) =>
  db
    .selectFrom('series_number')
    .innerJoin('release', 'release.id', 'series_number.release_id')
    .leftJoin('limited_release', 'limited_release.release_id', 'release.id')
    .select(['series_number.number as place'])
    .select((e) =>
      e
        .case()
        .when(e.and([e('limited_release.release_id', 'is not', null), e('release.face', '=', 'none')]))
        .then('')
        .else(e.ref('release.number'))
        .end()
        .as('number'),
    )
    .where('series_number.incident_id', '=', incidentId)
    .where('series_number.mode', '=', mode)
    .where('release.id', '<>', releaseId)
    .where((e) => e.or([e('release.editions', '>', 0), e('release.state', 'in', ON_THE_WAY)]))
    .orderBy('series_number.number', 'desc')
    .execute()

/** Another report of that kind that is public now; its number. */
export const publicReport = async (
  db: Db,
  { incidentId, mode, releaseId }: Series,
  kind: 'incident-notice' | 'incident-final',
): Promise<string | null> =>
  (
    await db
      .selectFrom('release')
      .select('number')
      .where('incident_id', '=', incidentId)
      .where('mode', '=', mode)
      .where('kind', '=', kind)
      .where('face', '=', 'live')
      .where('id', '<>', releaseId)
      .executeTakeFirst()
  )?.number ?? null
