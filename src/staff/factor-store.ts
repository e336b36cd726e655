/** Rows of second factors: the library's passkeys and codes, what a session has proved, codes on paper, failed sign-ins, the rule for flash. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type How = Tables['factor_proof']['how']

/** What a login has: `totp` once a first code was confirmed. */
export type Factors = { totp: boolean; passkeys: number; paper: number }
export const hasAny = (f: Factors): boolean => f.totp || f.passkeys > 0 || f.paper > 0
export const NO_FACTORS: Factors = { totp: false, passkeys: 0, paper: 0 }

/** Of each of these logins what it has; one without any is there too. */
export async function factorsOf(db: Db, userIds: string[]): Promise<Map<string, Factors>> {
  if (userIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; totp: number; passkeys: number; paper: number }>`
    select u.id,
      (select count(*) from auth_two_factor f where f."userId" = u.id and f.verified = true) as totp,
      (select count(*) from auth_passkey p where p."userId" = u.id) as passkeys,
      coalesce((select c.total - c.used from paper_codes c where c.user_id = u.id), 0) as paper
    from auth_user u where u.id in (${sql.join(userIds)})`.execute(db)
  return new Map(
    rows.map((r) => [r.id, { totp: Number(r.totp) > 0, passkeys: Number(r.passkeys), paper: Number(r.paper) }]),
  )
}

/**
 * Whether signing in asks for a second step: with an authenticator, and with a passkey where codes on paper are there for a
 * browser without script.
 */
export async function settleAsking(db: Db, userId: string): Promise<void> {
  const has = (await factorsOf(db, [userId])).get(userId) ?? NO_FACTORS
  const asks = has.totp || (has.passkeys > 0 && has.paper > 0)
  const flag = asks ? sql`true` : sql`false`
  await sql`update auth_user set "twoFactorEnabled" = ${flag} where id = ${userId}`.execute(db)
}

/** Takes every factor of a login away, and ends its sessions. */
export async function dropFactors(db: Db, userId: string): Promise<void> {
  await db
    .deleteFrom('factor_proof')
    .where('member_id', 'in', (e) => e.selectFrom('member').select('id').where('user_id', '=', userId))
    .execute()
  await db.deleteFrom('paper_codes').where('user_id', '=', userId).execute()
  await sql`delete from auth_passkey where "userId" = ${userId}`.execute(db)
  await sql`delete from auth_two_factor where "userId" = ${userId}`.execute(db)
  await sql`update auth_user set "twoFactorEnabled" = false where id = ${userId}`.execute(db)
  await sql`delete from auth_session where "userId" = ${userId}`.execute(db)
}

/** The password of a login, where it has one. */
export const dropPassword = (db: Db, userId: string) =>
  sql`delete from auth_account where "userId" = ${userId} and "providerId" = 'credential'`.execute(db)

export const proofOf = (db: Db, sessionId: string) =>
  db.selectFrom('factor_proof').selectAll().where('session_id', '=', sessionId).executeTakeFirst()
/** The latest stands. */
export const keepProof = (db: Db, row: Tables['factor_proof']) =>
  db
    .insertInto('factor_proof')
    .values(row)
    .onConflict((c) => c.column('session_id').doUpdateSet({ how: row.how, at: row.at, member_id: row.member_id }))
    .execute()
export const dropProof = async (db: Db, sessionId: string): Promise<boolean> =>
  (await db.deleteFrom('factor_proof').where('session_id', '=', sessionId).executeTakeFirst()).numDeletedRows > 0n
export const dropProofsBefore = (db: Db, at: string) => db.deleteFrom('factor_proof').where('at', '<', at).execute()

/** False when this code was taken already. */
export async function claimCode(db: Db, mark: string, at: string, before: string): Promise<boolean> {
  await db.deleteFrom('code_seen').where('at', '<', before).execute()
  const done = await db
    .insertInto('code_seen')
    .values({ mark, at })
    .onConflict((c) => c.column('mark').doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export const paperOf = (db: Db, userId: string) =>
  db.selectFrom('paper_codes').selectAll().where('user_id', '=', userId).executeTakeFirst()
export const keepPaper = (db: Db, userId: string, madeAt: string, total: number) =>
  db
    .insertInto('paper_codes')
    .values({ user_id: userId, made_at: madeAt, total })
    .onConflict((c) => c.column('user_id').doUpdateSet({ made_at: madeAt, total, used: 0 }))
    .execute()
export const usePaper = (db: Db, userId: string) =>
  db
    .updateTable('paper_codes')
    .set((e) => ({ used: e('used', '+', 1) }))
    .where('user_id', '=', userId)
    .execute()
export const dropPaper = (db: Db, userId: string) =>
  db.deleteFrom('paper_codes').where('user_id', '=', userId).execute()

/** Whose code a challenge of the library asks for. */
export async function challengedUser(db: Db, challenge: string): Promise<string | null> {
  const { rows } = await sql<{
    value: string
  }>`select value from auth_verification where identifier = ${challenge}`.execute(db)
  return rows[0]?.value ?? null
}

/** Passkeys of a login as a browser is asked for them. */
export async function passkeyIdsOf(db: Db, userId: string): Promise<{ id: string; transports: string | null }[]> {
  const { rows } = await sql<{
    id: string
    transports: string | null
  }>`select "credentialID" as id, transports from auth_passkey where "userId" = ${userId}`.execute(db)
  return rows
}
export async function ownerOfPasskey(db: Db, credential: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string
  }>`select "userId" as id from auth_passkey where "credentialID" = ${credential}`.execute(db)
  return rows[0]?.id ?? null
}

type Asked = { value: string; at: string | number | Date }
/** A question of the library that waits: what it says, and when it was asked, in milliseconds. */
export async function questionOf(db: Db, identifier: string): Promise<{ value: string; at: number } | null> {
  const { rows } =
    await sql<Asked>`select value, "createdAt" as at from auth_verification where identifier = ${identifier}`.execute(
      db,
    )
  return rows[0] ? { value: rows[0].value, at: new Date(rows[0].at).getTime() } : null
}
/** When a session began, in milliseconds. */
export async function sessionSince(db: Db, id: string): Promise<number | null> {
  const { rows } = await sql<Asked>`select "createdAt" as at from auth_session where id = ${id}`.execute(db)
  return rows[0] ? new Date(rows[0].at).getTime() : null
}

export const tallyOf = (db: Db, subject: string) =>
  db.selectFrom('sign_in_tally').selectAll().where('subject', '=', subject).executeTakeFirst()
export const keepTally = (
  db: Db,
  row: { subject: string; failures: number; rounds: number; last_at: string; until: string | null },
) =>
  db
    .insertInto('sign_in_tally')
    .values(row)
    .onConflict((c) =>
      c
        .column('subject')
        .doUpdateSet({ failures: row.failures, rounds: row.rounds, last_at: row.last_at, until: row.until }),
    )
    .execute()
export const dropTally = async (db: Db, subject: string): Promise<boolean> =>
  (await db.deleteFrom('sign_in_tally').where('subject', '=', subject).executeTakeFirst()).numDeletedRows > 0n
/** Those of these that are shut until after `now`. */
export const shutAmong = async (db: Db, subjects: string[], now: string): Promise<string[]> =>
  subjects.length === 0
    ? []
    : (
        await db
          .selectFrom('sign_in_tally')
          .select('subject')
          .where('subject', 'in', subjects)
          .where('until', '>', now)
          .execute()
      ).map((r) => r.subject)
export const dropTalliesBefore = (db: Db, at: string) =>
  db.deleteFrom('sign_in_tally').where('last_at', '<', at).execute()

export const flashRules = async (db: Db, agencyIds: string[]): Promise<string[]> =>
  agencyIds.length === 0
    ? []
    : (await db.selectFrom('flash_factor_rule').select('agency_id').where('agency_id', 'in', agencyIds).execute()).map(
        (r) => r.agency_id,
      )
export const setFlashRule = (db: Db, agencyId: string, since: string | null) =>
  since === null
    ? db.deleteFrom('flash_factor_rule').where('agency_id', '=', agencyId).execute()
    : db
        .insertInto('flash_factor_rule')
        .values({ agency_id: agencyId, since })
        .onConflict((c) => c.column('agency_id').doNothing())
        .execute()
