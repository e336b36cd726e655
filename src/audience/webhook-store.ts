/** Rows of receivers of signed webhooks. */
import { type Insertable, type Kysely, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type ReceiverRow = Selectable<Tables['webhook_receiver']>

export const insertReceiver = (trx: Db, row: Insertable<Tables['webhook_receiver']>) =>
  trx.insertInto('webhook_receiver').values(row).execute()
export const receiverById = (db: Db, id: string) =>
  db.selectFrom('webhook_receiver').selectAll().where('id', '=', id).executeTakeFirst()
/** Moves a receiver only from one of these states. @returns whether it moved */
export const updateReceiver = async (
  trx: Db,
  id: string,
  from: ReceiverRow['state'][],
  set: Updateable<Tables['webhook_receiver']>,
): Promise<boolean> =>
  (
    await trx
      .updateTable('webhook_receiver')
      .set(set)
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst()
  ).numUpdatedRows > 0n

/** Receivers of these agencies that are not ended, with what their subscriber rows say. */
export const receiversOf = (db: Db, agencyIds: string[]) =>
  agencyIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('webhook_receiver')
        .innerJoin('subscriber', 'subscriber.id', 'webhook_receiver.subscriber_id')
        .selectAll('webhook_receiver')
        .select(['subscriber.mode', 'subscriber.urgency'])
        .where('webhook_receiver.agency_id', 'in', agencyIds)
        .where('webhook_receiver.state', '<>', 'ended')
        .orderBy('webhook_receiver.id')
        .execute()

/** SQL that is true for a subscriber `s` whose receiver wants this kind and lane. */
export const receives = (kind: string, lane: string): RawBuilder<boolean> =>
  sql<boolean>`s.id in (select w.subscriber_id from webhook_receiver w where w.state = 'active' and w.lane in ('', ${lane})
    and (w.kinds = '' or w.kinds like ${`%,${kind},%`}))`

export type LastDelivery = {
  subscriber_id: number
  state: string
  why: string | null
  attempt: number
  updated_at: string
}

/** The newest delivery to each of these, whatever became of it; one look by index for each. */
export async function lastDeliveries(db: Db, ids: number[]): Promise<Map<number, LastDelivery>> {
  const found = await Promise.all(
    ids.map((id) =>
      db
        .selectFrom('delivery')
        .select(['subscriber_id', 'state', 'why', 'attempt', 'updated_at'])
        .where('subscriber_id', '=', id)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  return new Map(found.flatMap((d) => (d ? [[Number(d.subscriber_id), { ...d, attempt: Number(d.attempt) }]] : [])))
}
