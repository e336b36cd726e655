/** Rows of canaries and of what reached them. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type CanaryRow = Tables['canary'] & { kind: string; address: string; token: string; language: string }

const columns = [
  'canary.subscriber_id',
  'canary.secret_hash',
  'canary.name',
  'canary.made_by',
  'canary.made_at',
  'subscriber.kind',
  'subscriber.address',
  'subscriber.token',
  'subscriber.language',
] as const

const all = (db: Db) =>
  db.selectFrom('canary').innerJoin('subscriber', 'subscriber.id', 'canary.subscriber_id').select(columns)

export const canaries = (db: Db): Promise<CanaryRow[]> => all(db).orderBy('canary.made_at').limit(100).execute()
export const canaryBySecret = (db: Db, hash: string): Promise<CanaryRow | undefined> =>
  all(db).where('canary.secret_hash', '=', hash).executeTakeFirst()
export const canaryById = (db: Db, id: number): Promise<CanaryRow | undefined> =>
  all(db).where('canary.subscriber_id', '=', id).executeTakeFirst()
/** The office's own mailbox has no secret: the mail itself holds its link. */
export const mailCanaries = (db: Db): Promise<CanaryRow[]> => all(db).where('canary.secret_hash', 'is', null).execute()

export const putCanary = (db: Db, row: Tables['canary']) =>
  db
    .insertInto('canary')
    .values(row)
    .onConflict((c) => c.column('subscriber_id').doUpdateSet({ secret_hash: row.secret_hash, name: row.name }))
    .execute()
export const dropCanary = async (db: Db, id: number): Promise<boolean> => {
  await db.deleteFrom('sighting').where('subscriber_id', '=', id).where('seen_at', 'is', null).execute()
  return (await db.deleteFrom('canary').where('subscriber_id', '=', id).executeTakeFirst()).numDeletedRows > 0n
}

export type Accepted = { dispatch_id: string; subscriber_id: number; lane: string; accepted_at: string }
/** What far ends took for a canary since then and nobody waits for yet. */
export const newlyAccepted = async (db: Db, since: string): Promise<Accepted[]> =>
  (
    await sql<Accepted>`
      select d.dispatch_id, d.subscriber_id, r.lane, d.accepted_at from canary c
      join delivery d on d.subscriber_id = c.subscriber_id join dispatch_run r on r.dispatch_id = d.dispatch_id
      where d.state = 'accepted' and d.accepted_at >= ${since} and not exists (
        select 1 from sighting s where s.dispatch_id = d.dispatch_id and s.subscriber_id = d.subscriber_id)
      limit 200`.execute(db)
  ).rows
export const awaitSighting = (db: Db, row: Tables['sighting']) =>
  db
    .insertInto('sighting')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()
/** The first sighting counts: a second copy says nothing new. */
export const noteSighting = (db: Db, row: Tables['sighting'] & { seen_at: string }) =>
  db
    .insertInto('sighting')
    .values(row)
    .onConflict((c) =>
      c
        .columns(['dispatch_id', 'subscriber_id'])
        .doUpdateSet({ seen_at: row.seen_at, fault: row.fault })
        .where('sighting.seen_at', 'is', null),
    )
    .execute()

/** Outlets whose canary should have heard by now, and has not heard of anything since either. */
export const silentOutlets = async (db: Db, now: string, since: string): Promise<string[]> =>
  (
    await sql<{ outlet: string }>`
      select distinct r.outlet from sighting s join dispatch_run r on r.dispatch_id = s.dispatch_id
      join canary c on c.subscriber_id = s.subscriber_id
      where s.seen_at is null and s.expected_by < ${now} and s.expected_by >= ${since} and not exists (
        select 1 from sighting l where l.subscriber_id = s.subscriber_id and l.seen_at >= s.expected_by)`.execute(db)
  ).rows.map((r) => r.outlet)

export type Sighting = Tables['sighting'] & { name: string; accepted_at: string | null }
export const sightingsOf = async (db: Db, dispatchIds: string[]): Promise<Sighting[]> =>
  dispatchIds.length === 0
    ? []
    : ((await db
        .selectFrom('sighting')
        .innerJoin('canary', 'canary.subscriber_id', 'sighting.subscriber_id')
        .leftJoin('delivery', (j) =>
          j
            .onRef('delivery.dispatch_id', '=', 'sighting.dispatch_id')
            .onRef('delivery.subscriber_id', '=', 'sighting.subscriber_id'),
        )
        .selectAll('sighting')
        .select(['canary.name', 'delivery.accepted_at'])
        .where('sighting.dispatch_id', 'in', dispatchIds)
        .orderBy('sighting.subscriber_id')
        .execute()) as Sighting[])
export const lastSeen = async (db: Db, subscriberId: number): Promise<string | null> =>
  (
    await db
      .selectFrom('sighting')
      .select((e) => e.fn.max('seen_at').as('at'))
      .where('subscriber_id', '=', subscriberId)
      .executeTakeFirst()
  )?.at ?? null
export const dropOldSightings = (db: Db, before: string) =>
  db.deleteFrom('sighting').where('expected_by', '<', before).execute()
/** The dispatch of an edition to an outlet. */
export const dispatchFor = async (db: Db, editionId: string, outlet: string): Promise<string | null> =>
  (
    await db
      .selectFrom('dispatch')
      .select('id')
      .where('edition_id', '=', editionId)
      .where('outlet', '=', outlet)
      .executeTakeFirst()
  )?.id ?? null
