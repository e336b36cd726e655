/** Rows of words not saved yet, and of who has a draft open. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type KeepRow = Tables['draft_keep']

export const keepById = (db: Db, id: string) =>
  db.selectFrom('draft_keep').selectAll().where('id', '=', id).executeTakeFirst()
export const keepOf = (db: Db, releaseId: string, memberId: string) =>
  db
    .selectFrom('draft_keep')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
/** A member's forms that have no number yet, newest first. */
export const newKeepsOf = (db: Db, memberId: string, limit: number) =>
  db
    .selectFrom('draft_keep')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('release_id', 'is', null)
    .orderBy('used_at', 'desc')
    .limit(limit)
    .execute()
export const insertKeep = (db: Db, row: KeepRow) =>
  db
    .insertInto('draft_keep')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()
export const putKept = (db: Db, id: string, kept: string | null, at: string) =>
  db
    .updateTable('draft_keep')
    .set({ kept, kept_at: kept && at, used_at: at })
    .where('id', '=', id)
    .execute()
export const dropKeep = (db: Db, id: string) => db.deleteFrom('draft_keep').where('id', '=', id).execute()
export const dropOldKeeps = (db: Db, memberId: string, before: string) =>
  db.deleteFrom('draft_keep').where('member_id', '=', memberId).where('used_at', '<', before).execute()

/** Every key to unsaved words of a release: what browsers still hold can be read by nobody from then on. */
export async function forgetKeeps(trx: Db, releaseId: string): Promise<void> {
  await trx.deleteFrom('draft_keep').where('release_id', '=', releaseId).execute()
  await trx.deleteFrom('draft_open').where('release_id', '=', releaseId).execute()
}

/** Seen now; `since` stays while nobody was away longer than `gone`. */
export async function putOpen(db: Db, releaseId: string, memberId: string, now: string, gone: string): Promise<void> {
  await db.deleteFrom('draft_open').where('release_id', '=', releaseId).where('seen_at', '<', gone).execute()
  await db
    .insertInto('draft_open')
    .values({ release_id: releaseId, member_id: memberId, since: now, seen_at: now })
    .onConflict((c) => c.columns(['release_id', 'member_id']).doUpdateSet({ seen_at: now }))
    .execute()
}
export const dropOpen = (db: Db, releaseId: string, memberId: string) =>
  db.deleteFrom('draft_open').where('release_id', '=', releaseId).where('member_id', '=', memberId).execute()
export const opensOf = (db: Db, releaseId: string, since: string) =>
  db
    .selectFrom('draft_open')
    .innerJoin('member', 'member.id', 'draft_open.member_id')
    .select(['draft_open.member_id', 'draft_open.since', 'member.name'])
    .where('release_id', '=', releaseId)
    .where('seen_at', '>=', since)
    .orderBy('draft_open.since')
    .execute()
