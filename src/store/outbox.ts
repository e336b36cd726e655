/** Notes which releases a kept letter speaks of, so that a purge finds it. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function noteOutboxFile(
  db: Kysely<Tables>,
  row: Tables['outbox_file'],
  also: string[] = [],
): Promise<void> {
  for (const release_id of new Set(also))
    await db
      .insertInto('outbox_release')
      .values({ name: row.name, release_id })
      .onConflict((c) => c.doNothing())
      .execute()
  await db
    .insertInto('outbox_file')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()
}

export const oldOutboxFiles = (db: Kysely<Tables>, before: string, limit: number) =>
  db.selectFrom('outbox_file').select('name').where('at', '<', before).orderBy('at').limit(limit).execute()
export const forgetOutboxFile = async (db: Kysely<Tables>, name: string): Promise<void> => {
  await db.deleteFrom('outbox_release').where('name', '=', name).execute()
  await db.deleteFrom('outbox_file').where('name', '=', name).execute()
}
