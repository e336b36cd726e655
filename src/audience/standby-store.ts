/** Rows of stand-by addresses: asked for, confirmed, due, done. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type StandbyRow = Tables['standby']

export const standbyOf = (db: Db, pushId: number): Promise<StandbyRow | undefined> =>
  db.selectFrom('standby').selectAll().where('push_id', '=', pushId).executeTakeFirst()
export const standbyByToken = (db: Db, token: string): Promise<StandbyRow | undefined> =>
  db.selectFrom('standby').selectAll().where('token', '=', token).executeTakeFirst()
export const standbysAt = (db: Db, address: string): Promise<StandbyRow[]> =>
  db.selectFrom('standby').selectAll().where('address', '=', address).execute()

/** Another address, or the same asked for anew, takes the place of what was there. */
export const putStandby = (trx: Db, row: StandbyRow) =>
  trx
    .insertInto('standby')
    .values(row)
    .onConflict((c) => c.column('push_id').doUpdateSet(row))
    .execute()
export const updateStandby = (trx: Db, pushId: number, set: Partial<StandbyRow>) =>
  trx.updateTable('standby').set(set).where('push_id', '=', pushId).execute()
export const dropStandby = (trx: Db, pushId: number) =>
  trx.deleteFrom('standby').where('push_id', '=', pushId).execute()
/** Who wants nothing more at an address wants nothing in a browser's stead either. */
export const dropStandbysAt = (trx: Db, address: string) =>
  trx.deleteFrom('standby').where('address', '=', address).execute()

/** Who leaves wants nothing in their browser's stead either: neither at this address nor for this browser. */
export const endStandby = (trx: Db, subscriberId: number) =>
  trx
    .deleteFrom('standby')
    .where((e) =>
      e.or([
        e('push_id', '=', subscriberId),
        e(
          'address',
          'in',
          e.selectFrom('subscriber').select('address').where('id', '=', subscriberId).where('kind', '=', 'email'),
        ),
      ]),
    )
    .execute()

/** These browsers cannot be reached any more: whose stand-by is confirmed is due now. Rows first; the job finds them. */
export const markUnreachable = async (trx: Db, pushIds: number[], now: string): Promise<void> => {
  if (pushIds.length === 0) return
  await trx
    .updateTable('standby')
    .set({ died_at: now, next_at: now })
    .where('push_id', 'in', pushIds)
    .where('confirmed_at', 'is not', null)
    .where('died_at', 'is', null)
    .execute()
}
export const dueStandbys = (db: Db, now: string, limit: number): Promise<StandbyRow[]> =>
  db
    .selectFrom('standby')
    .selectAll()
    .where('died_at', 'is not', null)
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(limit)
    .execute()
/** Addresses nobody confirmed are not kept. */
export const dropUnconfirmedStandbys = (db: Db, before: string) =>
  db.deleteFrom('standby').where('confirmed_at', 'is', null).where('asked_at', '<', before).execute()

/** For the length of the transaction nobody else works on it: a second worker waits at the row. */
export const claimStandby = async (trx: Db, pushId: number): Promise<StandbyRow | undefined> =>
  trx
    .updateTable('standby')
    .set((e) => ({ push_id: e.ref('push_id') }))
    .where('push_id', '=', pushId)
    .returningAll()
    .executeTakeFirst()
