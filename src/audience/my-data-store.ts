/** Rows about one subscriber that stand elsewhere than with them: read for their export, emptied for their deletion. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/** Digests, mails that failed for the moment, and what a reporting device of the office saw. */
export async function recordsOf(db: Db, id: number, limit: number) {
  const [digests, failures, canary, sightings] = await Promise.all([
    db
      .selectFrom('digest')
      .select(['period', 'state', 'items', 'accepted_at'])
      .where('subscriber_id', '=', id)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
    db.selectFrom('soft_bounce').select('at').where('subscriber_id', '=', id).orderBy('at').limit(limit).execute(),
    db.selectFrom('canary').select(['name', 'made_at']).where('subscriber_id', '=', id).executeTakeFirst(),
    db
      .selectFrom('sighting')
      .select(['expected_by', 'seen_at', 'fault'])
      .where('subscriber_id', '=', id)
      .orderBy('expected_by', 'desc')
      .limit(limit)
      .execute(),
  ])
  return { digests, failures, canary, sightings }
}

/** What far ends said may quote the address: "550 <reader@mail.example>: no such user". */
export async function forgetAnswers(trx: Db, id: number): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ why: null, remote_id: null })
    .where('subscriber_id', '=', id)
    .where((e) => e.or([e('remote_id', 'is not', null), e('why', 'like', '%@%'), e('why', 'like', '%://%')]))
    .execute()
  await trx.updateTable('digest').set({ why: null, remote_id: null }).where('subscriber_id', '=', id).execute()
}
