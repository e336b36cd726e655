/** Every delivery of a dispatch with the address it went to: what is compared with the far end's own log. */
import type { Kysely } from 'kysely'
import type { Tables } from '../../src/store/tables.ts'

export const deliveriesFor = (db: Kysely<Tables>, dispatchId: string) =>
  db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select(['delivery.id', 'delivery.state', 'delivery.attempt', 'subscriber.address'])
    .where('delivery.dispatch_id', '=', dispatchId)
    .orderBy('delivery.id')
    .execute()
