/** Rows of runs and deliveries. A run's counters are moved in the transaction that moves its rows, and a CHECK holds the equation. */
import { type Kysely, type RawBuilder, sql, type Updateable } from 'kysely'
import type { Language } from '../publication/edition.ts'
import type { Tables } from '../store/tables.ts'
import type { Outcome, Target } from './channel.ts'
import { keyed } from './keyed.ts'
import type { RunRow } from './run-store.ts'

type Db = Kysely<Tables>
type Dialect = 'sqlite' | 'postgres'
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
    Object.entries(counts)
      .filter(([, n]) => n !== 0)
      .map(([state, n]) => [counterOf(state), sql`${sql.ref(counterOf(state))} + ${n}`]),
  )
  await trx
    .updateTable('dispatch_run')
    .set({ audience: sql`audience + ${audience}`, ...moved, ...set } as never)
    .where('dispatch_id', '=', dispatchId)
    .execute()
}

/** When the first and the last of a run were accepted, as they are moved by a window's outcomes. */
export const acceptedTimes = (now: string) =>
  ({
    first_accepted_at: sql`coalesce(first_accepted_at, ${now})`,
    last_accepted_at: now,
  }) as unknown as Updateable<RunRow>

// ── windows

/** `left`: the subscriber's state, where it is no longer active. */
export type Claimed = Target & { language: Language; left: string | null }

/** Rows of `ids` as a list either database can hold, whatever its length: one text of SQL, one plan. */
export const listed = (dialect: Dialect, ids: number[]) =>
  dialect === 'postgres'
    ? sql`(select x::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) x)`
    : sql`(select value from json_each(${JSON.stringify(ids)}))`

type Taken = { id: number; subscriber_id: number; language: string; attempt: number }
export type Taking = { targets: Claimed[]; fresh: number; counts: Record<string, number> }
export const NOTHING_TAKEN: Taking = { targets: [], fresh: 0, counts: {} }

/**
 * Takes rows for the wire: written `sending` under a lease before anything goes out. Those whose time to try again has come
 * have half the room, so that a long plan does not starve them; then who has not been tried, `fresh` of them. The caller moves
 * the run's counters in the same transaction. `deferred`: the run has rows to try again.
 */
export async function claim(
  trx: Db,
  dialect: Dialect,
  c: { dispatchId: string; room: number; deferred: boolean; lease: string; now: string; until: string },
): Promise<Taking> {
  const skip = dialect === 'postgres' ? sql`for update skip locked` : sql``
  const take = async (where: RawBuilder<unknown>, n: number) =>
    (
      await sql<Taken>`
    update delivery set state = 'sending', lease = ${c.lease}, lease_until = ${c.until}, attempt = attempt + 1, updated_at = ${c.now}
    where id in (select id from delivery where dispatch_id = ${c.dispatchId} and ${where} order by id limit ${n} ${skip})
    returning id, subscriber_id, language, attempt`.execute(trx)
    ).rows
  const again = c.deferred ? await take(sql`state = 'deferred' and next_at <= ${c.now}`, Math.ceil(c.room / 2)) : []
  const fresh = again.length < c.room ? await take(sql`state = 'planned'`, c.room - again.length) : []
  const rows = [...again, ...fresh]
  if (rows.length === 0) return NOTHING_TAKEN
  const people = await recipients(trx, dialect, [...new Set(rows.map((r) => Number(r.subscriber_id)))])
  const targets = rows.map((r) => claimed(r, people.get(Number(r.subscriber_id))))
  const counts = { planned: -fresh.length, deferred: -again.length, sending: rows.length }
  return { targets: targets.sort((a, b) => a.deliveryId - b.deliveryId), fresh: fresh.length, counts }
}
type Recipient = { id: number; address: string; token: string; keys: string | null; state: string }

async function recipients(trx: Db, dialect: Dialect, ids: number[]): Promise<Map<number, Recipient>> {
  const { rows } = await sql<Recipient>`
    select id, address, token, keys, state from subscriber where id in ${listed(dialect, ids)}`.execute(trx)
  return new Map(rows.map((r) => [Number(r.id), r]))
}

/** Subscriber 0 is everyone; whose row is gone has had it deleted and is told nothing more. */
function claimed(row: Taken, who: Recipient | undefined): Claimed {
  const standing = who?.state ?? (Number(row.subscriber_id) === 0 ? 'active' : 'left')
  return {
    deliveryId: Number(row.id),
    subscriberId: Number(row.subscriber_id),
    address: who?.address ?? '',
    token: who?.token ?? '',
    language: row.language as Language,
    attempt: Number(row.attempt),
    left: standing === 'active' ? null : standing,
    ...(who?.keys ? keyed(JSON.parse(who.keys)) : {}),
  }
}

/**
 * Rows this worker may have taken in a transaction whose end it never heard of: written `sending` and never handed over. They are
 * planned again, and no attempt is counted. `known` are those it has on the wire or whose outcomes it holds.
 */
export async function takeBack(
  trx: Db,
  dialect: Dialect,
  dispatchId: string,
  lease: string,
  known: number[],
  now: string,
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    update delivery set state = 'planned', attempt = attempt - 1, lease = null, lease_until = null, updated_at = ${now}
    where dispatch_id = ${dispatchId} and lease = ${lease} and state = 'sending' and id not in ${listed(dialect, known)} returning id`.execute(
    trx,
  )
  if (rows.length) await addCounts(trx, dispatchId, 0, { sending: -rows.length, planned: rows.length }, {})
}

export type Result = {
  deliveryId: number
  subscriberId: number
  outcome: Outcome
  nextAt: string | null
  state: DeliveryState
  attempt: number
  /** A rate limit let it wait before anything was tried: no attempt is counted. */
  heldBack?: boolean
}

/**
 * Writes outcomes in one statement, for rows still under this lease; a late one moves unknown to what it became.
 * @returns how the run's counters move; the caller moves them in the same transaction
 */
export async function settle(
  trx: Db,
  dialect: Dialect,
  lease: string,
  results: Result[],
  now: string,
): Promise<Record<string, number>> {
  if (results.length === 0) return {}
  const written = await write(trx, dialect, lease, 'sending', results, now)
  // Only where a sweep has called some of them unknown meanwhile is there a second statement.
  const late = written.length < results.length ? await write(trx, dialect, lease, 'unknown', results, now) : []
  const counts: Record<string, number> = { sending: -written.length, unknown: -late.length }
  for (const state of [...written, ...late]) counts[state] = (counts[state] ?? 0) + 1
  const gone = results.filter((r) => r.state === 'gone').map((r) => r.deliveryId)
  if (gone.length)
    await sql`update subscriber set state = 'gone', left_at = ${now} where state = 'active' and id in (select subscriber_id from delivery where id in ${listed(dialect, gone)})`.execute(
      trx,
    )
  return counts
}

/** @returns the states of the rows that were written */
async function write(
  trx: Db,
  dialect: Dialect,
  lease: string,
  from: 'sending' | 'unknown',
  results: Result[],
  now: string,
): Promise<string[]> {
  const json = JSON.stringify(
    results.map((r) => [
      r.deliveryId,
      r.state,
      r.nextAt,
      'why' in r.outcome ? r.outcome.why.slice(0, 300) : null,
      'remoteId' in r.outcome ? (r.outcome.remoteId ?? null) : null,
      r.heldBack ? 1 : 0,
    ]),
  )
  const { rows } = await sql<{ state: string }>`
    update delivery set state = v.state, next_at = v.next, why = v.why, remote_id = v.remote, updated_at = ${now}, attempt = attempt - v.held,
      accepted_at = case when v.state = 'accepted' then ${now} else delivery.accepted_at end
    from (${asRows(dialect, json)}) v where delivery.id = v.id and delivery.lease = ${lease} and delivery.state = ${sql.lit(from)}
    returning delivery.state as state`.execute(trx)
  return rows.map((r) => r.state)
}

/** Rows out of a JSON array, in the words of each dialect. */
const asRows = (dialect: Dialect, json: string) =>
  dialect === 'postgres'
    ? sql`select (x->>0)::bigint as id, x->>1 as state, x->>2 as next, x->>3 as why, x->>4 as remote, (x->>5)::bigint as held from jsonb_array_elements(${json}::jsonb) x`
    : sql`select value->>0 as id, value->>1 as state, value->>2 as next, value->>3 as why, value->>4 as remote, value->>5 as held from json_each(${json})`

/** Every row in one state moved to another, at most `limit` of them, counters with them. @returns how many */
export async function moveRows(
  trx: Db,
  dispatchId: string,
  from: DeliveryState,
  to: DeliveryState,
  limit: number,
  now: string,
  extra: { repeat?: boolean; dead?: { before: string; beyond: string } } = {},
): Promise<number> {
  const due = extra.dead ? sql`and (lease_until < ${extra.dead.before} or lease_until > ${extra.dead.beyond})` : sql``
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

/** Runs with rows whose lease has died; one beyond `impossible` was written under another clock. */
export const deadLeases = (db: Db, now: string, impossible: string) =>
  db
    .selectFrom('delivery')
    .select('dispatch_id')
    .distinct()
    .where('state', '=', 'sending')
    .where((e) => e.or([e('lease_until', '<', now), e('lease_until', '>', impossible)]))
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
/** Forgets answers of far ends, which may quote the message. */
export const forgetDelivery = async (trx: Db, releaseId: string): Promise<void> => {
  const runs = trx.selectFrom('dispatch_run').select('dispatch_id').where('release_id', '=', releaseId)
  await trx.updateTable('delivery').set({ why: null, remote_id: null }).where('dispatch_id', 'in', runs).execute()
}
