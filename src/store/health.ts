/** Does the database answer? */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** @throws the driver's error when it does not */
export const answers = async (db: Kysely<Tables>): Promise<void> => {
  await sql`select 1`.execute(db)
}
