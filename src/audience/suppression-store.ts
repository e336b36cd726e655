/** Rows of the suppression list, and the keyed hashes of subscribers' addresses it is held against. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type SuppressionRow = Tables['suppression']

export const suppressionByHash = (db: Db, kind: string, hash: string) =>
  db.selectFrom('suppression').selectAll().where('kind', '=', kind).where('hash', '=', hash).executeTakeFirst()
export const suppressionById = (db: Db, id: string) =>
  db.selectFrom('suppression').selectAll().where('id', '=', id).executeTakeFirst()

/** @returns whether it was new; who is on the list already stays on it for the first reason */
export const insertSuppression = async (trx: Db, row: SuppressionRow): Promise<boolean> =>
  ((
    await trx
      .insertInto('suppression')
      .values(row)
      .onConflict((c) => c.columns(['kind', 'hash']).doNothing())
      .executeTakeFirst()
  ).numInsertedOrUpdatedRows ?? 0n) > 0n
export const deleteSuppression = (trx: Db, id: string) => trx.deleteFrom('suppression').where('id', '=', id).execute()

/** Newest first; `before` is the last entry of the page before. */
export const suppressions = (db: Db, before: SuppressionRow | undefined, limit: number): Promise<SuppressionRow[]> => {
  const q = db.selectFrom('suppression').selectAll().orderBy('since', 'desc').orderBy('id', 'desc').limit(limit)
  if (!before) return q.execute()
  return q
    .where((e) =>
      e.or([e('since', '<', before.since), e.and([e('since', '=', before.since), e('id', '<', before.id)])]),
    )
    .execute()
}

/** Every subscription of an address, whatever its mode. */
export const subscribersAt = (db: Db, kind: string, address: string) =>
  db.selectFrom('subscriber').selectAll().where('kind', '=', kind).where('address', '=', address).execute()

/** Those whose address has this hash; who complained was hashed when the entry was made. */
export const subscribersWithHash = (db: Db, kind: string, hash: string) =>
  db.selectFrom('subscriber').selectAll().where('kind', '=', kind).where('address_hash', '=', hash).execute()

/** Subscribers of a range whose address nobody has hashed yet. */
export const unhashed = async (db: Db, kind: string, from: number, to: number, limit: number) =>
  (
    await sql<{
      id: number
      address: string
    }>`select id, address from subscriber where address_hash is null and kind = ${kind}
      and id > ${from} and id <= ${to} order by id limit ${limit}`.execute(db)
  ).rows
/** Hashes of many subscribers, in one statement. */
export async function setHashes(
  trx: Db,
  dialect: 'sqlite' | 'postgres',
  hashes: { id: number; hash: string }[],
): Promise<void> {
  if (hashes.length === 0) return
  const json = JSON.stringify(hashes.map((h) => [h.id, h.hash]))
  const rows =
    dialect === 'postgres'
      ? sql`select (x->>0)::bigint as id, x->>1 as hash from jsonb_array_elements(${json}::jsonb) x`
      : sql`select value->>0 as id, value->>1 as hash from json_each(${json})`
  await sql`update subscriber set address_hash = v.hash from (${rows}) v where subscriber.id = v.id`.execute(trx)
}
