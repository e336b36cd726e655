/** Named counters: numbers given once and never again. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** Next value of a named counter, under the transaction's lock. */
export async function nextCount(trx: Kysely<Tables>, name: string): Promise<number> {
  await trx
    .insertInto('counter')
    .values({ name, value: 1 })
    .onConflict((c) => c.column('name').doUpdateSet({ value: sql`counter.value + 1` }))
    .execute()
  return Number(
    (await trx.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirstOrThrow()).value,
  )
}

/** Holds a counter until the transaction ends without taking a number: whoever takes one comes before or after, never beside. */
export const holdCount = (trx: Kysely<Tables>, name: string) =>
  trx
    .insertInto('counter')
    .values({ name, value: 0 })
    .onConflict((c) => c.column('name').doUpdateSet({ value: sql`counter.value` }))
    .execute()
