/** Rows of accredited journalists, their one-time links and their sessions. Links and sessions lie as hashes alone. */
import type { Kysely, Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Journalist } from './journalist.ts'

type Db = Kysely<Tables>
export type MediaLink = Tables['media_link']

export const insertJournalist = (db: Db, row: Journalist) => db.insertInto('journalist').values(row).execute()
export const journalistById = (db: Db, id: string) =>
  db.selectFrom('journalist').selectAll().where('id', '=', id).executeTakeFirst()
export const journalistByEmail = (db: Db, email: string) =>
  db.selectFrom('journalist').selectAll().where('email', '=', email).executeTakeFirst()
export const journalistsOf = (db: Db, agencyIds: string[]) =>
  db
    .selectFrom('journalist')
    .selectAll()
    .where('agency_id', 'in', agencyIds.length ? agencyIds : [''])
    .orderBy('outlet')
    .orderBy('name')
    .limit(500)
    .execute()
export const deleteJournalist = (db: Db, id: string) => db.deleteFrom('journalist').where('id', '=', id).execute()
export const updateJournalist = (db: Db, id: string, set: Updateable<Journalist>) =>
  db.updateTable('journalist').set(set).where('id', '=', id).execute()

/** How many could read something of these agencies now. */
export const accreditedCount = async (db: Db, agencyIds: string[], now: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('journalist')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('agency_id', 'in', agencyIds.length ? agencyIds : [''])
        .where('state', 'in', ['invited', 'active'])
        .where('valid_until', '>', now)
        .executeTakeFirstOrThrow()
    ).n,
  )

export const insertMediaLink = (db: Db, row: MediaLink) => db.insertInto('media_link').values(row).execute()
export const mediaLinkByHash = (db: Db, hash: string) =>
  db.selectFrom('media_link').selectAll().where('hash', '=', hash).executeTakeFirst()
/** Marks a link used; false when somebody was faster. */
export const useMediaLink = async (db: Db, hash: string, at: string): Promise<boolean> =>
  (
    await db
      .updateTable('media_link')
      .set({ used_at: at })
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
/** Open links of a journalist, of one purpose or of all, are good no longer. */
export const retireMediaLinks = (db: Db, journalistId: string, at: string, purpose?: MediaLink['purpose']) => {
  const q = db
    .updateTable('media_link')
    .set({ used_at: at })
    .where('journalist_id', '=', journalistId)
    .where('used_at', 'is', null)
  return (purpose ? q.where('purpose', '=', purpose) : q).execute()
}

export const insertMediaSession = (db: Db, row: Tables['media_session']) =>
  db.insertInto('media_session').values(row).execute()
/** The journalist of a session that has not ended; whether they are still accredited is for the caller to judge. */
export const journalistBySession = (db: Db, hash: string, now: string) =>
  db
    .selectFrom('media_session')
    .innerJoin('journalist', 'journalist.id', 'media_session.journalist_id')
    .selectAll('journalist')
    .where('media_session.hash', '=', hash)
    .where('media_session.ended_at', 'is', null)
    .where('media_session.expires_at', '>', now)
    .executeTakeFirst()
export const endMediaSession = (db: Db, hash: string, at: string) =>
  db.updateTable('media_session').set({ ended_at: at }).where('hash', '=', hash).where('ended_at', 'is', null).execute()
/** @returns how many there were */
export const endMediaSessions = async (db: Db, journalistId: string, at: string): Promise<number> =>
  Number(
    (
      await db
        .updateTable('media_session')
        .set({ ended_at: at })
        .where('journalist_id', '=', journalistId)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
    ).numUpdatedRows,
  )
/** Sessions going on, by journalist. */
export async function openMediaSessions(db: Db, agencyIds: string[], now: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('media_session')
    .innerJoin('journalist', 'journalist.id', 'media_session.journalist_id')
    .select(['media_session.journalist_id', (e) => e.fn.countAll<number>().as('n')])
    .where('journalist.agency_id', 'in', agencyIds.length ? agencyIds : [''])
    .where('media_session.ended_at', 'is', null)
    .where('media_session.expires_at', '>', now)
    .groupBy('media_session.journalist_id')
    .execute()
  return new Map(rows.map((r) => [r.journalist_id, Number(r.n)]))
}
/** Links and sessions long over say nothing any more; what was read with them stays. */
export async function dropMediaEntries(db: Db, before: string): Promise<void> {
  await db.deleteFrom('media_link').where('expires_at', '<', before).execute()
  await db.deleteFrom('media_session').where('expires_at', '<', before).execute()
}
