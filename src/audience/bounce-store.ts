/** Rows about mail that came back: the mark on its delivery and run, and failures of the moment by subscriber. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/**
 * Marks a delivery as come back, once, and counts it on its run. The row keeps its state: the relay did take the mail.
 * @returns whether this was the first word of it
 */
export async function markBounced(trx: Db, deliveryId: number, now: string): Promise<boolean> {
  const marked = await trx
    .updateTable('delivery')
    .set({ bounced_at: now })
    .where('id', '=', deliveryId)
    .where('bounced_at', 'is', null)
    .where('state', 'in', ['accepted', 'unknown', 'sending'])
    .returning('dispatch_id')
    .executeTakeFirst()
  if (!marked) return false
  await trx
    .updateTable('dispatch_run')
    .set((e) => ({ bounced: e('bounced', '+', 1) }))
    .where('dispatch_id', '=', marked.dispatch_id)
    .execute()
  return true
}

/** Notes that a mail failed for the moment; one mail counts once, however often it is reported. */
export const noteSoftBounce = (trx: Db, row: Tables['soft_bounce']) =>
  trx
    .insertInto('soft_bounce')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()

/** Mails that failed for the moment since the last one known to have arrived, and when the first and last of them did. */
export type Failing = { mails: number; first: string; last: string }

/** @param settledBefore a mail accepted before this and not come back has arrived: relays have given up by then */
export async function failingSince(trx: Db, subscriberId: number, settledBefore: string): Promise<Failing> {
  const { rows } = await sql<{ mails: number; first: string | null; last: string | null }>`
    select count(*) as mails, min(at) as first, max(at) as last from soft_bounce where subscriber_id = ${subscriberId}
      and delivery_id > coalesce((select max(id) from delivery where subscriber_id = ${subscriberId}
        and state = 'accepted' and bounced_at is null and accepted_at < ${settledBefore}), 0)`.execute(trx)
  const [row] = rows
  return { mails: Number(row?.mails ?? 0), first: row?.first ?? '', last: row?.last ?? '' }
}

/** A mail of so long ago is in a row with none of today. */
export const dropOldSoftBounces = (db: Db, before: string) =>
  db.deleteFrom('soft_bounce').where('at', '<', before).execute()

/** What a subscriber's mail did before says nothing of the one they come back with. */
export const forgetSoftBounces = (trx: Db, subscriberId: number) =>
  trx.deleteFrom('soft_bounce').where('subscriber_id', '=', subscriberId).execute()
