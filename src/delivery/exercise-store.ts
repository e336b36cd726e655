/** What is on record of exercises: their releases, editions, runs, and what people did about them. Reads only. */
import type { Kysely } from 'kysely'
import { readableBy } from '../staff/limited-store.ts'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/** Releases of exercises of these agencies, newest first; with `only`, without those kept from this member. */
export const exerciseReleases = (db: Db, agencyIds: string[], limit: number, only: string | null) =>
  db
    .selectFrom('release')
    .leftJoin('incident', 'incident.id', 'release.incident_id')
    .select([
      'release.id',
      'release.number',
      'release.agency_id',
      'release.kind',
      'release.state',
      'release.created_at',
    ])
    .select('incident.known_at')
    .where('release.mode', '=', 'exercise')
    .where('release.agency_id', 'in', agencyIds)
    .where('release.state', 'not in', ['quarantined', 'purged'])
    .$if(only !== null, (q) => q.where(readableBy(only as string)))
    .orderBy('release.created_at', 'desc')
    .orderBy('release.id', 'desc')
    .limit(limit)
    .execute()

const some = <T>(ids: string[], read: () => Promise<T[]>): Promise<T[]> => (ids.length ? read() : Promise.resolve([]))

export const editionsOf = (db: Db, releaseIds: string[]) =>
  some(releaseIds, () =>
    db
      .selectFrom('edition')
      .select(['id', 'release_id', 'number', 'type', 'published_at'])
      .where('release_id', 'in', releaseIds)
      .orderBy('number')
      .execute(),
  )
export const runTimes = (db: Db, releaseIds: string[]) =>
  some(releaseIds, () =>
    db
      .selectFrom('dispatch_run')
      .select(['release_id', 'edition_id', 'outlet', 'first_accepted_at', 'verified_at', 'done_at'])
      .where('release_id', 'in', releaseIds)
      .execute(),
  )
export const sentForReview = (db: Db, releaseIds: string[]) =>
  some(releaseIds, () =>
    db
      .selectFrom('submission')
      .select(['release_id', 'cycle', 'submitted_at'])
      .where('release_id', 'in', releaseIds)
      .orderBy('submitted_at')
      .execute(),
  )
/** Moments at which somebody said that something was wrong: a stop, a correction or withdrawal begun. */
export const errorsKnown = (db: Db, releaseIds: string[]) =>
  some(releaseIds, () =>
    db
      .selectFrom('timeline')
      .select(['release_id', 'at'])
      .where('release_id', 'in', releaseIds)
      .where((e) => e.or([e('act', 'like', 'stopped:%'), e('act', 'in', ['began:correction', 'began:withdrawal'])]))
      .orderBy('at')
      .execute(),
  )
/** Who wrote or decided in them, and when last. */
export const handsOf = async (db: Db, releaseIds: string[]): Promise<{ releaseId: string; memberId: string }[]> => {
  if (releaseIds.length === 0) return []
  const [wrote, decided] = await Promise.all([
    db.selectFrom('contribution').select(['release_id', 'member_id']).where('release_id', 'in', releaseIds).execute(),
    db.selectFrom('decision').select(['release_id', 'member_id']).where('release_id', 'in', releaseIds).execute(),
  ])
  return [...wrote, ...decided].map((r) => ({ releaseId: r.release_id, memberId: r.member_id }))
}

/** When the agency last published an edition of an exercise; null: never. */
export const lastExercise = async (db: Db, agencyId: string): Promise<string | null> =>
  (
    await db
      .selectFrom('edition')
      .innerJoin('release', 'release.id', 'edition.release_id')
      .select('edition.published_at')
      .where('edition.mode', '=', 'exercise')
      .where('release.agency_id', '=', agencyId)
      .orderBy('edition.sequence', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.published_at ?? null
