/** Rows of keys that took another's place. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type KeyTurn = Tables['key_turn']

/** Oldest first. */
export const keyTurns = (db: Db) => db.selectFrom('key_turn').selectAll().orderBy('at').orderBy('id').execute()

/** The key before it is in the table no longer, except as far as it still verifies. */
export async function insertTurn(db: Db, row: KeyTurn): Promise<void> {
  await db.updateTable('key_turn').set({ locked: null }).where('name', '=', row.name).execute()
  await db.insertInto('key_turn').values(row).execute()
}
