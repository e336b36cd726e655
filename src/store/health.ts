/** Does the database answer, and does the work beside it live? */
import { type Kysely, sql } from 'kysely'
import { SECOND } from '../lib/clock.ts'
import type { Tables } from './tables.ts'

/** @throws the driver's error when it does not */
export const answers = async (db: Kysely<Tables>): Promise<void> => {
  await sql`select 1`.execute(db)
}

export const BEAT_EVERY = 5 * SECOND

/** Says that `name` lives. Several may go by one name: the latest counts. */
export const beat = async (db: Kysely<Tables>, name: string, at: string): Promise<void> => {
  await db
    .insertInto('heartbeat')
    .values({ name, at })
    .onConflict((c) => c.column('name').doUpdateSet({ at }))
    .execute()
}
/** When `name` last said that it lives. */
export const lastBeat = async (db: Kysely<Tables>, name: string): Promise<string | null> =>
  (await db.selectFrom('heartbeat').select('at').where('name', '=', name).executeTakeFirst())?.at ?? null

/** Whether any edition was ever published here. */
export const anythingPublished = async (db: Kysely<Tables>): Promise<boolean> =>
  ((await db.selectFrom('counter').select('value').where('name', '=', 'sequence').executeTakeFirst())?.value ?? 0) > 0
