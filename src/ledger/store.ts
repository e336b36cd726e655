/** Rows of the ledger. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type Entry = Tables['ledger']

/** One writer at a time; SQLite's transaction already is. */
export async function lockChain(db: Db, dialect: 'sqlite' | 'postgres'): Promise<void> {
  if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(7265)`.execute(db)
}

export const lastEntry = (db: Db): Promise<Entry | undefined> =>
  db.selectFrom('ledger').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()

export const insertEntry = (db: Db, entry: Entry) => db.insertInto('ledger').values(entry).execute()

export const entriesAfter = (db: Db, seq: number, limit: number): Promise<Entry[]> =>
  db.selectFrom('ledger').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
