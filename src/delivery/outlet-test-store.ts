/** Rows of what outlets answered to tests. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type OutletTest = Tables['outlet_test']

export const insertTest = (db: Db, row: OutletTest) => db.insertInto('outlet_test').values(row).execute()
export const lastTest = (db: Db, outlet: string): Promise<OutletTest | undefined> =>
  db
    .selectFrom('outlet_test')
    .selectAll()
    .where('outlet', '=', outlet)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
export const dropOldTests = (db: Db, before: string) => db.deleteFrom('outlet_test').where('at', '<', before).execute()
