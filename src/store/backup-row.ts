/** The list of backups that were begun: what a purge names, because older ones may still hold the words. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>

export const beginBackup = (db: Db, row: Pick<Tables['backup'], 'id' | 'name' | 'begun_at'>) =>
  db
    .insertInto('backup')
    .values({ ...row, done_at: null })
    .execute()
export const endBackup = (db: Db, id: string, at: string) =>
  db.updateTable('backup').set({ done_at: at }).where('id', '=', id).execute()
/** One whose files were taken away again. */
export const forgetBackup = (db: Db, id: string) => db.deleteFrom('backup').where('id', '=', id).execute()

/** Names of those begun at or after a time, oldest first. */
export const backupsSince = async (db: Db, since: string): Promise<string[]> =>
  (await db.selectFrom('backup').select('name').where('begun_at', '>=', since).orderBy('begun_at').execute()).map(
    (row) => row.name,
  )

/** Whether words were purged at or after a time. */
export const purgedSince = async (db: Db, since: string): Promise<boolean> =>
  (await db
    .selectFrom('quarantine')
    .select('id')
    .where('outcome', '=', 'purged')
    .where('settled_at', '>=', since)
    .executeTakeFirst()) !== undefined
