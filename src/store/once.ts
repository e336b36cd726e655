/** What is done to a database once, when it is opened, and needs to know the configuration: a migration cannot. */
import { type Kysely, sql } from 'kysely'
import { nextCount } from './counter.ts'
import type { Store } from './open.ts'
import type { Tables } from './tables.ts'

/** Under one transaction with its mark, by one process at a time; `lock` tells it from others. */
export async function once(
  store: Store,
  name: string,
  lock: number,
  work: (trx: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  if (await isDone(store.db, name)) return
  await store.tx(async (trx) => {
    if (store.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(trx)
    if (await isDone(trx, name)) return
    await work(trx)
    await nextCount(trx, name)
  })
}

const isDone = async (db: Kysely<Tables>, name: string): Promise<boolean> =>
  (await db.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirst()) !== undefined
