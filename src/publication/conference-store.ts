/** Rows of press conferences: who asked to come, and that one was held. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type Attending = { journalistId: string; name: string; outlet: string; askedAt: string }

/** Those who come, in the order they asked. */
export const attendingOf = (db: Db, releaseId: string): Promise<Attending[]> =>
  db
    .selectFrom('conference_attendance')
    .innerJoin('journalist', 'journalist.id', 'conference_attendance.journalist_id')
    .select([
      'journalist.id as journalistId',
      'journalist.name',
      'journalist.outlet',
      'conference_attendance.asked_at as askedAt',
    ])
    .where('conference_attendance.release_id', '=', releaseId)
    .where('conference_attendance.ended_at', 'is', null)
    .orderBy('conference_attendance.asked_at')
    .orderBy('journalist.id')
    .execute()
export const attendingCount = async (db: Db, releaseId: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('conference_attendance')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('release_id', '=', releaseId)
        .where('ended_at', 'is', null)
        .executeTakeFirstOrThrow()
    ).n,
  )
/** Release ids one journalist comes to. */
export const comesTo = async (db: Db, journalistId: string): Promise<Set<string>> =>
  new Set(
    (
      await db
        .selectFrom('conference_attendance')
        .select('release_id')
        .where('journalist_id', '=', journalistId)
        .where('ended_at', 'is', null)
        .execute()
    ).map((r) => r.release_id),
  )
export const putAttendance = (db: Db, releaseId: string, journalistId: string, at: string) =>
  db
    .insertInto('conference_attendance')
    .values({ release_id: releaseId, journalist_id: journalistId, asked_at: at, ended_at: null })
    .onConflict((c) => c.columns(['release_id', 'journalist_id']).doUpdateSet({ asked_at: at, ended_at: null }))
    .execute()
/** @returns whether they were coming */
export const endAttendance = async (db: Db, releaseId: string, journalistId: string, at: string): Promise<boolean> =>
  (
    await db
      .updateTable('conference_attendance')
      .set({ ended_at: at })
      .where('release_id', '=', releaseId)
      .where('journalist_id', '=', journalistId)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
/** Who came to the conferences of an incident is its own affair, and goes with the rest. */
export const attendanceOfIncident = (db: Db, incidentId: string) =>
  db
    .selectFrom('conference_attendance')
    .innerJoin('release', 'release.id', 'conference_attendance.release_id')
    .innerJoin('journalist', 'journalist.id', 'conference_attendance.journalist_id')
    .select([
      'conference_attendance.release_id as releaseId',
      'journalist.id as journalistId',
      'journalist.name',
      'journalist.outlet',
      'conference_attendance.asked_at as askedAt',
    ])
    .where('release.incident_id', '=', incidentId)
    .orderBy('conference_attendance.asked_at')
    .execute()
export const dropAttendance = (db: Db, releaseId: string, journalistId: string) =>
  db
    .deleteFrom('conference_attendance')
    .where('release_id', '=', releaseId)
    .where('journalist_id', '=', journalistId)
    .execute()

export const heldOf = (db: Db, releaseId: string) =>
  db.selectFrom('conference_held').selectAll().where('release_id', '=', releaseId).executeTakeFirst()
export const insertHeld = (db: Db, row: Tables['conference_held']) =>
  db.insertInto('conference_held').values(row).execute()

/** Press conferences that are public, as they were last published. */
const inPublic = (db: Db) =>
  db
    .selectFrom('release')
    .innerJoin('edition', (j) =>
      j.onRef('edition.release_id', '=', 'release.id').onRef('edition.number', '=', 'release.editions'),
    )
    .select([
      'release.id',
      'release.number',
      'release.agency_id',
      'release.incident_id',
      'release.mode',
      'edition.content',
    ])
    .where('release.kind', '=', 'press-conference')
    .where('release.face', '=', 'live')

/** Those of some agencies, the newest release first; none of an exercise. */
export const publicConferences = (db: Db, agencyIds: string[], limit = 60) =>
  inPublic(db)
    .where('release.mode', '=', 'live')
    .where('release.agency_id', 'in', agencyIds.length ? agencyIds : [''])
    .orderBy('release.created_at', 'desc')
    .limit(limit)
    .execute()
/** One of them; undefined where it is not public. */
export const publicConference = (db: Db, releaseId: string) =>
  inPublic(db).where('release.id', '=', releaseId).executeTakeFirst()
