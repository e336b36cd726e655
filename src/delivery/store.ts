/** Rows of runs and deliveries. A run's counters are moved in the transaction that moves its rows, and a CHECK holds the equation. */
import { type Kysely, type RawBuilder, sql, type Updateable } from 'kysely'
import type { Language } from '../publication/edition.ts'
import type { Tables } from '../store/tables.ts'
import type { Outcome, Target } from './channel.ts'
import type { RunRow } from './run-store.ts'

type Db = Kysely<Tables>
export type DeliveryState =
  | 'planned'
  | 'sending'
  | 'accepted'
  | 'deferred'
  | 'failed'
  | 'gone'
  | 'unknown'
  | 'suppressed'
  | 'superseded'
  | 'in-digest'
export const COUNTERS = [
  'planned',
  'sending',
  'accepted',
  'deferred',
  'failed',
  'gone',
  'unknown',
  'suppressed',
  'superseded',
  'in_digest',
] as const
type Counter = (typeof COUNTERS)[number]
const counterOf = (state: string) => state.replace('-', '_') as Counter

// ── counters

/** Adds to a run's counters; the CHECK of the table refuses what does not add up. */
export async function addCounts(
  trx: Db,
  dispatchId: string,
  audience: number,
  counts: Record<string, number>,
  set: Updateable<RunRow>,
): Promise<void> {
  const moved = Object.fromEntries(
    Object.entries(counts).map(([state, n]) => [counterOf(state), sql`${sql.ref(counterOf(state))} + ${n}`]),
  )
  await trx
    .updateTable('dispatch_run')
    .set({ audience: sql`audience + ${audience}`, ...moved, ...set } as never)
    .where('dispatch_id', '=', dispatchId)
    .execute()
}

// ── windows

/** `left`: the subscriber's state, where it is no longer active. */
export type Claimed = Target & { language: Language; left: string | null }

/** Takes the next window: rows written `sending` under a lease before anything goes on the wire. Planned first, then deferred that are due. */
export async function claimWindow(
  trx: Db,
  dialect: 'sqlite' | 'postgres',
  dispatchId: string,
  size: number,
  lease: string,
  now: string,
  until: string,
): Promise<Claimed[]> {
  const skip = dialect === 'postgres' ? sql`for update skip locked` : sql``
  const pick = async (where: RawBuilder<unknown>, n: number) =>
    n <= 0
      ? []
      : (
          await sql<{
            id: number
            state: string
          }>`select id, state from delivery where dispatch_id = ${dispatchId} and ${where} order by id limit ${n} ${skip}`.execute(
            trx,
          )
        ).rows
  const planned = await pick(sql`state = 'planned'`, size)
  const deferred = await pick(sql`state = 'deferred' and next_at <= ${now}`, size - planned.length)
  const ids = [...planned, ...deferred].map((r) => r.id)
  if (ids.length === 0) return []
  await sql`update delivery set state = 'sending', lease = ${lease}, lease_until = ${until}, attempt = attempt + 1, updated_at = ${now} where id in (${sql.join(ids)})`.execute(
    trx,
  )
  await addCounts(trx, dispatchId, 0, { planned: -planned.length, deferred: -deferred.length, sending: ids.length }, {})
  const rows = await trx
    .selectFrom('delivery')
    .leftJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select([
      'delivery.id',
      'delivery.subscriber_id',
      'delivery.language',
      'delivery.attempt',
      'subscriber.address',
      'subscriber.token',
      'subscriber.keys',
      'subscriber.state as standing',
    ])
    .where('delivery.id', 'in', ids)
    .orderBy('delivery.id')
    .execute()
  return rows.map((r) => ({
    deliveryId: r.id,
    subscriberId: r.subscriber_id,
    address: r.address ?? '',
    token: r.token ?? '',
    language: r.language as Language,
    attempt: r.attempt,
    left: r.standing && r.standing !== 'active' ? r.standing : null,
    ...(r.keys ? { keys: JSON.parse(r.keys) as { p256dh: string; auth: string } } : {}),
  }))
}

export type Result = { deliveryId: number; outcome: Outcome; nextAt: string | null; state: DeliveryState }

/** Writes a window's outcomes in one statement, for rows still under this lease; a late one moves unknown to what it became. */
export async function settleWindow(
  trx: Db,
  dialect: 'sqlite' | 'postgres',
  dispatchId: string,
  lease: string,
  results: Result[],
  now: string,
): Promise<void> {
  if (results.length === 0) return
  const json = JSON.stringify(
    results.map((r) => ({
      id: r.deliveryId,
      state: r.state,
      next: r.nextAt,
      why: 'why' in r.outcome ? r.outcome.why.slice(0, 300) : null,
      remote: 'remoteId' in r.outcome ? (r.outcome.remoteId ?? null) : null,
    })),
  )
  const mine = sql`delivery.dispatch_id = ${dispatchId} and delivery.lease = ${lease} and delivery.state in ('sending','unknown')`
  const before = await sql<{
    state: string
    n: number
  }>`select state, count(*) as n from delivery where id in (${sql.join(results.map((r) => r.deliveryId))}) and ${mine} group by state`.execute(
    trx,
  )
  const after = await sql<{ state: string }>`
    update delivery set state = v.state, next_at = v.next, why = v.why, remote_id = v.remote, updated_at = ${now},
      accepted_at = case when v.state = 'accepted' then ${now} else delivery.accepted_at end
    from (${asRows(dialect, json)}) v where delivery.id = v.id and ${mine} returning delivery.state as state`.execute(
    trx,
  )
  const counts: Record<string, number> = {}
  for (const r of before.rows) counts[r.state] = (counts[r.state] ?? 0) - Number(r.n)
  for (const r of after.rows) counts[r.state] = (counts[r.state] ?? 0) + 1
  const accepted = (counts['accepted'] ?? 0) > 0
  const times = accepted ? { first_accepted_at: sql`coalesce(first_accepted_at, ${now})`, last_accepted_at: now } : {}
  await addCounts(trx, dispatchId, 0, counts, times as Updateable<RunRow>)
  const gone = results.filter((r) => r.state === 'gone').map((r) => r.deliveryId)
  if (gone.length)
    await sql`update subscriber set state = 'gone', left_at = ${now} where state = 'active' and id in (select subscriber_id from delivery where id in (${sql.join(gone)}))`.execute(
      trx,
    )
}

/** Rows out of a JSON array, in the words of each dialect. */
const asRows = (dialect: 'sqlite' | 'postgres', json: string) =>
  dialect === 'postgres'
    ? sql`select (x->>'id')::bigint as id, x->>'state' as state, x->>'next' as next, x->>'why' as why, x->>'remote' as remote from jsonb_array_elements(${json}::jsonb) x`
    : sql`select value->>'id' as id, value->>'state' as state, value->>'next' as next, value->>'why' as why, value->>'remote' as remote from json_each(${json})`

/** Every row in one state moved to another, at most `limit` of them, counters with them. @returns how many */
export async function moveRows(
  trx: Db,
  dispatchId: string,
  from: DeliveryState,
  to: DeliveryState,
  limit: number,
  now: string,
  extra: { repeat?: boolean; before?: string } = {},
): Promise<number> {
  const due = extra.before ? sql`and lease_until < ${extra.before}` : sql``
  const { rows } = await sql<{ id: number }>`
    update delivery set state = ${to}, next_at = null, updated_at = ${now}
    where id in (select id from delivery where dispatch_id = ${dispatchId} and state = ${from} ${due} order by id limit ${limit}) and state = ${from} returning id`.execute(
    trx,
  )
  const n = rows.length
  if (n)
    await addCounts(
      trx,
      dispatchId,
      0,
      { [from]: -n, [to]: n },
      extra.repeat ? ({ repeats: sql`repeats + ${n}` } as never) : {},
    )
  return n
}

/** Runs with a window whose lease has died. */
export const deadLeases = (db: Db, now: string) =>
  db
    .selectFrom('delivery')
    .select('dispatch_id')
    .distinct()
    .where('state', '=', 'sending')
    .where('lease_until', '<', now)
    .execute()
export const nextDeferred = async (db: Db, dispatchId: string): Promise<string | null> =>
  (
    await db
      .selectFrom('delivery')
      .select((e) => e.fn.min('next_at').as('at'))
      .where('dispatch_id', '=', dispatchId)
      .where('state', '=', 'deferred')
      .executeTakeFirst()
  )?.at ?? null

/** Counters recounted from the rows: equal to the run's own, or something is wrong. */
export async function recount(db: Db, dispatchId: string): Promise<Record<Counter, number>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', (e) => e.fn.countAll<number>().as('n')])
    .where('dispatch_id', '=', dispatchId)
    .groupBy('state')
    .execute()
  const zero = Object.fromEntries(COUNTERS.map((c) => [c, 0])) as Record<Counter, number>
  for (const r of rows) zero[counterOf(r.state)] = Number(r.n)
  return zero
}
/** Why deliveries failed, grouped: cause and how many. */
export const causes = (db: Db, dispatchId: string) =>
  db
    .selectFrom('delivery')
    .select(['state', 'why', (e) => e.fn.countAll<number>().as('n')])
    .where('dispatch_id', '=', dispatchId)
    .where('state', 'in', ['failed', 'gone', 'deferred', 'unknown', 'suppressed'])
    .groupBy(['state', 'why'])
    .orderBy('n', 'desc')
    .limit(20)
    .execute()

/** Forgets answers of far ends, which may quote the message. */
export const forgetDelivery = async (trx: Db, releaseId: string): Promise<void> => {
  const runs = trx.selectFrom('dispatch_run').select('dispatch_id').where('release_id', '=', releaseId)
  await trx.updateTable('delivery').set({ why: null, remote_id: null }).where('dispatch_id', 'in', runs).execute()
}
/** Every delivery of a dispatch with the address it went to: what an audit compares with the far end's own log. */
export const deliveriesFor = (db: Db, dispatchId: string) =>
  db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select(['delivery.id', 'delivery.state', 'delivery.attempt', 'subscriber.address'])
    .where('delivery.dispatch_id', '=', dispatchId)
    .orderBy('delivery.id')
    .execute()
