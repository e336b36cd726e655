/** Rows of releases that only some may read, and of who has read what was not public. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

export const limitedRow = (db: Db, releaseId: string) =>
  db.selectFrom('limited_release').selectAll().where('release_id', '=', releaseId).executeTakeFirst()
export const namedReaders = async (db: Db, releaseId: string): Promise<string[]> =>
  (await db.selectFrom('limited_reader').select('member_id').where('release_id', '=', releaseId).execute()).map(
    (r) => r.member_id,
  )
/** Whether somebody ever had a hand in the release: whoever wrote a text may go on reading it. */
export const hadAHand = async (db: Db, releaseId: string, memberId: string): Promise<boolean> =>
  (await db
    .selectFrom('contribution')
    .select('act')
    .where('release_id', '=', releaseId)
    .where('member_id', '=', memberId)
    .limit(1)
    .executeTakeFirst()) !== undefined

export async function setLimited(trx: Db, row: Tables['limited_release'], readers: readonly string[]): Promise<void> {
  await liftLimit(trx, row.release_id)
  await trx.insertInto('limited_release').values(row).execute()
  for (const member_id of readers)
    await trx.insertInto('limited_reader').values({ release_id: row.release_id, member_id }).execute()
}
export async function liftLimit(trx: Db, releaseId: string): Promise<void> {
  await trx.deleteFrom('limited_reader').where('release_id', '=', releaseId).execute()
  await trx.deleteFrom('limited_release').where('release_id', '=', releaseId).execute()
}

export const insertReading = (db: Db, row: Omit<Tables['draft_reading'], 'id'>) =>
  db.insertInto('draft_reading').values(row).execute()
/** The newest revision before `before` that somebody had before them; undefined where there is none. */
export const lastOpened = async (
  db: Db,
  releaseId: string,
  memberId: string,
  before: number,
): Promise<number | undefined> =>
  (
    await db
      .selectFrom('draft_reading')
      .select((e) => e.fn.max('revision').as('revision'))
      .where('release_id', '=', releaseId)
      .where('member_id', '=', memberId)
      .where('revision', '<', before)
      .executeTakeFirst()
  )?.revision ?? undefined
export const openedSince = async (
  db: Db,
  of: { releaseId: string; memberId: string; revision: number; place: string; since: string },
): Promise<boolean> =>
  (await db
    .selectFrom('draft_reading')
    .select('id')
    .where('release_id', '=', of.releaseId)
    .where('member_id', '=', of.memberId)
    .where('revision', '=', of.revision)
    .where('place', '=', of.place)
    .where('at', '>', of.since)
    .limit(1)
    .executeTakeFirst()) !== undefined
/** The newest first. */
export const readingsOf = (db: Db, releaseId: string, limit: number) =>
  db
    .selectFrom('draft_reading')
    .innerJoin('member', 'member.id', 'draft_reading.member_id')
    .select(['draft_reading.id', 'draft_reading.revision', 'draft_reading.at', 'draft_reading.place', 'member.name'])
    .where('release_id', '=', releaseId)
    .orderBy('draft_reading.id', 'desc')
    .limit(limit)
    .execute()
/** Each reader once: how often, when last, and the newest revision they saw. */
export const readersOfDraft = (db: Db, releaseId: string) =>
  db
    .selectFrom('draft_reading')
    .innerJoin('member', 'member.id', 'draft_reading.member_id')
    .select((e) => [
      'member.id',
      'member.name',
      e.fn.countAll<number>().as('times'),
      e.fn.max('draft_reading.at').as('last'),
      e.fn.max('draft_reading.revision').as('revision'),
    ])
    .where('release_id', '=', releaseId)
    .groupBy(['member.id', 'member.name'])
    .orderBy('last', 'desc')
    .execute()
