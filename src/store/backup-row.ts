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

/**
 * Names of those that were not done before a time, oldest first: what was written then may be in them, also in one begun
 * earlier, whose rows are of a moment after it began.
 */
export const backupsSince = async (db: Db, since: string): Promise<string[]> => {
  const found = db
    .selectFrom('backup')
    .select('name')
    .where((e) => e.or([e('done_at', 'is', null), e('done_at', '>=', since)]))
  return (await found.orderBy('begun_at').execute()).map((row) => row.name)
}

/** Whether words were purged at or after a time. */
export const purgedSince = async (db: Db, since: string): Promise<boolean> =>
  (await db
    .selectFrom('quarantine')
    .select('id')
    .where('outcome', '=', 'purged')
    .where('settled_at', '>=', since)
    .executeTakeFirst()) !== undefined
