/** Rows of review deadlines, and of who was told or rung up that a step waits for them. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type SummonsRow = Tables['summons']

export const limitsOf = (db: Db, agencyId: string) =>
  db.selectFrom('review_limit').selectAll().where('agency_id', '=', agencyId).execute()
export const setLimit = (db: Db, row: Tables['review_limit']) =>
  db
    .insertInto('review_limit')
    .values(row)
    .onConflict((c) => c.columns(['agency_id', 'lane', 'role']).doUpdateSet({ amount: row.amount }))
    .execute()

/** @returns false where this member was told of this step before */
export const insertSummons = async (db: Db, row: Omit<SummonsRow, 'id'>): Promise<boolean> =>
  ((
    await db
      .insertInto('summons')
      .values(row as never)
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
  ).numInsertedOrUpdatedRows ?? 0n) > 0n
export const summonsOf = (db: Db, submissionId: string) =>
  db
    .selectFrom('summons')
    .innerJoin('member', 'member.id', 'summons.member_id')
    .selectAll('summons')
    .select('member.name')
    .where('submission_id', '=', submissionId)
    .orderBy('summons.id')
    .execute()
export const submissionById = (db: Db, id: string) =>
  db.selectFrom('submission').selectAll().where('id', '=', id).executeTakeFirst()
