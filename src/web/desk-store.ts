/** What screens ask the database across stages. Reads only. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/** Names of members by id. */
export async function namesOf(db: Db, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('member').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** Releases of these agencies in these states, newest change first. */
export const releasesIn = (db: Db, agencyIds: string[], states: string[], limit: number) =>
  agencyIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('release')
        .selectAll()
        .where('agency_id', 'in', agencyIds)
        .where('state', 'in', states)
        .orderBy('updated_at', 'desc')
        .limit(limit)
        .execute()

/** Drafts somebody had a hand in that came back from review and were not sent again. */
export const returnedTo = (db: Db, memberId: string) =>
  db
    .selectFrom('release')
    .innerJoin('submission', (j) =>
      j.onRef('submission.release_id', '=', 'release.id').onRef('submission.cycle', '=', 'release.editions'),
    )
    .selectAll('release')
    .select('submission.closed_at')
    .where('release.state', '=', 'draft')
    .where('submission.state', '=', 'returned')
    .where((e) =>
      e.exists(
        e
          .selectFrom('contribution')
          .select('member_id')
          .whereRef('contribution.release_id', '=', 'release.id')
          .whereRef('contribution.cycle', '=', 'release.editions')
          .where('contribution.member_id', '=', memberId),
      ),
    )
    .orderBy('submission.closed_at', 'desc')
    .limit(50)
    .execute()

/** Runs under way or held, of releases of these agencies. */
export const runsGoing = (db: Db, agencyIds: string[]) =>
  agencyIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('dispatch_run')
        .innerJoin('release', 'release.id', 'dispatch_run.release_id')
        .selectAll('dispatch_run')
        .select(['release.number', 'release.state as release_state'])
        .where('release.agency_id', 'in', agencyIds)
        .where('dispatch_run.state', 'not in', ['done', 'stopped'])
        .orderBy('dispatch_run.lane')
        .orderBy('dispatch_run.sequence', 'desc')
        .limit(20)
        .execute()

/** Editions whose second look is still open. */
export const postReviewsOpen = (db: Db) =>
  db
    .selectFrom('edition')
    .select(['release_id', 'number', 'post_review_due', 'published_at'])
    .where('post_review_due', 'is not', null)
    .where('post_reviewed_at', 'is', null)
    .orderBy('post_review_due')
    .limit(100)
    .execute()

/** Signatures recorded by telephone that this member has not yet confirmed. */
export const phoneSignOffsOf = (db: Db, memberId: string) =>
  db
    .selectFrom('decision')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('recorded_by', 'is not', null)
    .where('confirmed_at', 'is', null)
    .where('void', '=', 0)
    .limit(50)
    .execute()

export const numbersOf = async (db: Db, ids: string[]): Promise<Map<string, string>> =>
  ids.length === 0
    ? new Map()
    : new Map(
        (await db.selectFrom('release').select(['id', 'number']).where('id', 'in', ids).execute()).map((r) => [
          r.id,
          r.number,
        ]),
      )

export const letters = (db: Db, limit: number) =>
  db
    .selectFrom('outbox_file')
    .innerJoin('release', 'release.id', 'outbox_file.release_id')
    .selectAll('release')
    .select(['outbox_file.name', 'outbox_file.at as kept_at'])
    .orderBy('outbox_file.at', 'desc')
    .limit(limit)
    .execute()

export const letterByName = (db: Db, name: string) =>
  db.selectFrom('outbox_file').selectAll().where('name', '=', name).executeTakeFirst()

/** Duties that have not ended, soonest first. */
export const dutiesFrom = (db: Db, agencyId: string, now: string) =>
  db
    .selectFrom('roster')
    .innerJoin('member', 'member.id', 'roster.member_id')
    .select([
      'roster.id',
      'roster.role',
      'roster.backup',
      'roster.starts_at',
      'roster.ends_at',
      'member.name',
      'member.phone',
    ])
    .where('roster.agency_id', '=', agencyId)
    .where('roster.ends_at', '>', now)
    .orderBy('roster.starts_at')
    .limit(60)
    .execute()

/** Releases that stand under an incident, in the order they were begun. */
export const releaseIdsOfIncident = async (db: Db, incidentId: string, limit = 150): Promise<string[]> =>
  (
    await db
      .selectFrom('release')
      .select('id')
      .where('incident_id', '=', incidentId)
      .orderBy('created_at')
      .orderBy('id')
      .limit(limit)
      .execute()
  ).map((r) => r.id)
