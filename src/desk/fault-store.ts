/** Rows of faults that readers wrote of. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

export const insertFault = (db: Db, row: Tables['fault']) => db.insertInto('fault').values(row).execute()
export const faultById = (db: Db, id: string) =>
  db.selectFrom('fault').selectAll().where('id', '=', id).executeTakeFirst()
export const faultByNumber = (db: Db, number: string) =>
  db.selectFrom('fault').selectAll().where('number', '=', number).executeTakeFirst()

/** Open ones first by their time, then those answered, latest first. */
export const openFaults = (db: Db, agencyIds: string[], limit: number) =>
  db
    .selectFrom('fault')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .where('state', '=', 'open')
    .orderBy('at')
    .limit(limit)
    .execute()
export const closedFaults = (db: Db, agencyIds: string[], limit: number) =>
  db
    .selectFrom('fault')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .where('state', '<>', 'open')
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()

/** Closes an open one; false when somebody was faster. */
export const closeFault = async (
  db: Db,
  id: string,
  set: Pick<Tables['fault'], 'state' | 'answer' | 'answered_by' | 'answered_at'>,
): Promise<boolean> =>
  (await db.updateTable('fault').set(set).where('id', '=', id).where('state', '=', 'open').executeTakeFirst())
    .numUpdatedRows > 0n

/** Open ones whose due day could not be reckoned when they came. */
export const faultsWithoutDue = (db: Db) =>
  db.selectFrom('fault').selectAll().where('state', '=', 'open').where('due_at', 'is', null).limit(200).execute()
export const setFaultDue = (db: Db, id: string, due: string) =>
  db.updateTable('fault').set({ due_at: due }).where('id', '=', id).execute()

/** Addresses of people whose answer was given before then are not kept. */
export const dropFaultContacts = (db: Db, before: string) =>
  db
    .updateTable('fault')
    .set({ contact: null })
    .where('contact', 'is not', null)
    .where('answered_at', '<', before)
    .execute()

/**
 * What readers wrote about a release's page may quote it, and the address of one of its files holds the file's name: purged with
 * it. Number, times and state stay.
 */
export async function forgetFaults(trx: Db, releaseId: string, files: string[]): Promise<void> {
  const words = { body: '', answer: '', contact: null }
  await trx.updateTable('fault').set(words).where('release_id', '=', releaseId).execute()
  for (const hash of files) {
    const page = `/files/${hash}/`
    await trx
      .updateTable('fault')
      .set({ ...words, page })
      .where('page', 'like', `%${page}%`)
      .execute()
  }
}
