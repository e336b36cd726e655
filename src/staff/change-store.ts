/** Rows of changes that hold back, and of logins that are closed. */
import { type Kysely, sql } from 'kysely'
import { plus } from '../lib/clock.ts'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

export const insertWait = (db: Db, changeId: string, ms: number) =>
  db.insertInto('change_wait').values({ change_id: changeId, wait_ms: ms, told_at: null }).execute()

/** `until`: from when it may be applied by whoever proposed it; null while the alarm about it has not been told. */
export type Wait = { until: string | null }
export const alarmOf = (changeId: string): string => `change:${changeId}`

/** Of each of these changes that holds back. */
export async function waitsOf(db: Db, changeIds: string[]): Promise<Map<string, Wait>> {
  if (changeIds.length === 0) return new Map()
  const rows = await db.selectFrom('change_wait').selectAll().where('change_id', 'in', changeIds).execute()
  return new Map(rows.map((r) => [r.change_id, { until: r.told_at ? plus(r.told_at, Number(r.wait_ms)) : null }]))
}

/** The wait begins when the alarm has left for the first time, as long as it stands. */
export const beginWaits = (db: Db) =>
  sql`update change_wait set told_at = (
      select a.told_at from alarm a where a.cause = 'change-alone' and a.cleared_at is null and a.subject = 'change:' || change_id)
    where told_at is null`.execute(db)

export const noteReset = (db: Db, memberId: string, at: string) =>
  db
    .insertInto('login_reset')
    .values({ member_id: memberId, at })
    .onConflict((c) => c.column('member_id').doUpdateSet({ at }))
    .execute()
export const forgetReset = (db: Db, memberId: string) =>
  db.deleteFrom('login_reset').where('member_id', '=', memberId).execute()
/** Those of these whose login was closed and not opened again. */
export const resetAmong = async (db: Db, memberIds: string[]): Promise<string[]> =>
  memberIds.length === 0
    ? []
    : (await db.selectFrom('login_reset').select('member_id').where('member_id', 'in', memberIds).execute()).map(
        (r) => r.member_id,
      )

/** Ends whatever stands of a login: sessions, what they showed, devices that were remembered, questions that wait, tokens. */
export async function endLogin(db: Db, memberId: string, userId: string | null, at: string): Promise<void> {
  await db.deleteFrom('factor_proof').where('member_id', '=', memberId).execute()
  await db
    .updateTable('api_token')
    .set({ revoked_at: at })
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null)
    .execute()
  if (!userId) return
  await sql`delete from auth_session where "userId" = ${userId}`.execute(db)
  // Questions for a second step, and devices it is not asked of, hold the login's id and nothing else.
  await sql`delete from auth_verification where value = ${userId}`.execute(db)
}

/** Open alarms of a cause that somebody took in hand before then. */
export const takenBefore = (db: Db, cause: string, before: string) =>
  db
    .selectFrom('alarm')
    .select('subject')
    .where('cause', '=', cause)
    .where('cleared_at', 'is', null)
    .where('acknowledged_at', '<', before)
    .execute()
