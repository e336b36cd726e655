/** Notes which release a kept letter belongs to, so that a purge finds it. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export const noteOutboxFile = (db: Kysely<Tables>, row: Tables['outbox_file']) =>
  db
    .insertInto('outbox_file')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()

export const oldOutboxFiles = (db: Kysely<Tables>, before: string, limit: number) =>
  db.selectFrom('outbox_file').select('name').where('at', '<', before).orderBy('at').limit(limit).execute()
export const forgetOutboxFile = (db: Kysely<Tables>, name: string) =>
  db.deleteFrom('outbox_file').where('name', '=', name).execute()
