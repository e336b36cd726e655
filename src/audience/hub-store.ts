/** Rows of the hub: who follows which public file until when, and what it has yet to ask or tell a callback. */
import { type Insertable, type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Range } from './match-store.ts'

type Db = Kysely<Tables>
type Dialect = 'sqlite' | 'postgres'
export type HubRequest = Selectable<Tables['hub_request']>

/** One callback may follow several files: its address here is the callback with the file's path as a fragment, which a callback has none of. */
export const hubAddress = (callback: string, topic: string): string => `${callback}#${topic}`

// ── requests

/** The last word of a callback about a topic is the one that is asked about: an earlier one under way is forgotten with its id. */
export async function putRequest(trx: Db, row: Insertable<Tables['hub_request']>): Promise<void> {
  const { callback: _, topic: __, ...set } = row
  await trx
    .insertInto('hub_request')
    .values(row)
    .onConflict((c) => c.columns(['callback', 'topic']).doUpdateSet(set))
    .execute()
}

/** Requests that wait, of one host. */
export const waitingOf = async (db: Db, host: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('hub_request')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('host', '=', host)
        .executeTakeFirst()
    )?.n ?? 0,
  )

/** Takes what is due, each for one worker alone until `until`; who dies with it leaves it to the next. */
export const takeRequests = async (
  trx: Db,
  dialect: Dialect,
  now: string,
  until: string,
  limit: number,
): Promise<HubRequest[]> =>
  (
    await sql<HubRequest>`
      update hub_request set lease_until = ${until}, attempts = attempts + 1
      where id in (select id from hub_request where next_at <= ${now} and (lease_until is null or lease_until < ${now})
        order by next_at, id limit ${limit} ${dialect === 'postgres' ? sql`for update skip locked` : sql``})
      returning *`.execute(trx)
  ).rows.map((r) => ({ ...r, lease_seconds: Number(r.lease_seconds), attempts: Number(r.attempts) }))

/** On one machine a restart means nobody else holds a request: all may be taken at once. */
export const freeRequests = (db: Db) =>
  db.updateTable('hub_request').set({ lease_until: null }).where('lease_until', 'is not', null).execute()

/** @returns false where a newer request has taken its place */
export const endRequest = async (trx: Db, id: string): Promise<boolean> =>
  (await trx.deleteFrom('hub_request').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n

export const laterRequest = (db: Db, id: string, nextAt: string) =>
  db.updateTable('hub_request').set({ next_at: nextAt, lease_until: null }).where('id', '=', id).execute()

// ── leases

export const putLease = (trx: Db, row: Tables['hub_lease']) =>
  trx
    .insertInto('hub_lease')
    .values(row)
    .onConflict((c) => c.column('subscriber_id').doUpdateSet({ expires_at: row.expires_at }))
    .execute()

/** Callbacks of a host that follow something now, but for one subscriber. */
export const followersAt = async (db: Db, host: string, except: number): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('hub_lease')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('host', '=', host)
        .where('subscriber_id', '<>', except)
        .executeTakeFirst()
    )?.n ?? 0,
  )

export const leasesOver = async (trx: Db, now: string, limit: number): Promise<number[]> =>
  (
    await trx
      .selectFrom('hub_lease')
      .select('subscriber_id')
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(limit)
      .execute()
  ).map((r) => Number(r.subscriber_id))

/** These follow nothing any more; their secrets go at once. */
export async function endFollowing(trx: Db, ids: number[], now: string): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('subscriber')
    .set({ state: 'left', left_at: now, keys: null })
    .where('kind', '=', 'websub')
    .where('id', 'in', ids)
    .execute()
  await trx.deleteFrom('hub_lease').where('subscriber_id', 'in', ids).execute()
}

// ── whom a publication is for

/** Files followed by the subscribers of a range. */
export const topicsFollowed = async (db: Db, { from, to }: Range): Promise<string[]> =>
  (
    await db
      .selectFrom('hub_lease')
      .select('topic')
      .distinct()
      .where('subscriber_id', '>', from)
      .where('subscriber_id', '<=', to)
      .execute()
  ).map((r) => r.topic)

/** SQL that is true for a subscriber `s` that follows one of these files, its lease not over. */
export const follows = (topics: string[], now: string): RawBuilder<boolean> =>
  sql<boolean>`s.id in (select h.subscriber_id from hub_lease h where h.expires_at > ${now} and h.topic in (${sql.join(topics)}))`

// ── the desk

export type FollowerRow = {
  id: number
  topic: string
  host: string
  expires_at: string
  since: string | null
}

/** Who follows what, a page of them, the newest subscription first. */
export const followersBefore = async (db: Db, before: number | null, limit: number): Promise<FollowerRow[]> =>
  (
    await db
      .selectFrom('hub_lease')
      .innerJoin('subscriber', 'subscriber.id', 'hub_lease.subscriber_id')
      .select([
        'hub_lease.subscriber_id as id',
        'hub_lease.topic',
        'hub_lease.host',
        'hub_lease.expires_at',
        'subscriber.confirmed_at as since',
      ])
      .$if(before !== null, (q) => q.where('hub_lease.subscriber_id', '<', before as number))
      .orderBy('hub_lease.subscriber_id', 'desc')
      .limit(limit)
      .execute()
  ).map((r) => ({ ...r, id: Number(r.id) }))

export const followerById = (db: Db, id: number) =>
  db
    .selectFrom('hub_lease')
    .innerJoin('subscriber', 'subscriber.id', 'hub_lease.subscriber_id')
    .select(['hub_lease.subscriber_id as id', 'hub_lease.topic', 'hub_lease.host', 'subscriber.address'])
    .where('hub_lease.subscriber_id', '=', id)
    .executeTakeFirst()
