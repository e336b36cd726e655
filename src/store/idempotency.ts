/** Answers kept by Idempotency-Key, one per member and key, for a day. */
import type { Kysely } from 'kysely'
import { type Clock, DAY, MINUTE, plus } from '../lib/clock.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>
export type KeptAnswer = Tables['idempotency']

/** A claim nobody finished in this time belongs to a process that is gone. */
const CLAIM = MINUTE

type Claim = Pick<KeptAnswer, 'member_id' | 'key' | 'route' | 'request_hash' | 'release_id'>

/**
 * Claims a key: null when it is ours to do, else what is there; status 0 means another call is at it.
 * A key is free again after a day, and when its claimant died.
 */
export async function claimKey(db: Db, clock: Clock, claim: Claim): Promise<KeptAnswer | null> {
  const now = clock.now()
  const mine = (q: { member_id: string; key: string }) =>
    db.deleteFrom('idempotency').where('member_id', '=', q.member_id)
  await mine(claim).where('at', '<', plus(now, -DAY)).execute()
  await mine(claim).where('key', '=', claim.key).where('status', '=', 0).where('at', '<', plus(now, -CLAIM)).execute()
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('idempotency')
    .values({ ...claim, status: 0, location: '', body: '', at: now })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows) return null
  const there = await db
    .selectFrom('idempotency')
    .selectAll()
    .where('member_id', '=', claim.member_id)
    .where('key', '=', claim.key)
    .executeTakeFirst()
  return there ?? claimKey(db, clock, claim)
}

/** Keeps the answer for whoever asks again. */
export const keepAnswer = (
  db: Db,
  { member_id, key }: Pick<KeptAnswer, 'member_id' | 'key'>,
  answer: Pick<KeptAnswer, 'status' | 'location' | 'body' | 'release_id'>,
) => db.updateTable('idempotency').set(answer).where('member_id', '=', member_id).where('key', '=', key).execute()

/** Nothing was done: the key may be used again. */
export const dropClaim = (db: Db, { member_id, key }: Pick<KeptAnswer, 'member_id' | 'key'>) =>
  db.deleteFrom('idempotency').where('member_id', '=', member_id).where('key', '=', key).execute()

/** Keys that are free again, of members who have not come back to say so; at most `limit`. */
export const dropOldKeys = (db: Db, clock: Clock, limit: number) =>
  db
    .deleteFrom('idempotency')
    .where((e) =>
      e(
        e.refTuple('member_id', 'key'),
        'in',
        e
          .selectFrom('idempotency')
          .select(['member_id', 'key'])
          .where('at', '<', plus(clock.now(), -DAY))
          .limit(limit)
          .$asTuple('member_id', 'key'),
      ),
    )
    .execute()
