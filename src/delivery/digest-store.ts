/**
 * Rows of digests. A delivery that waits is `in-digest`; while a digest carries it, it also has the digest's lease. It leaves
 * that state, with its run's counter, in the transaction that settles the digest.
 */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Period } from './digest-plan-store.ts'
import { addCounts, type DeliveryState } from './store.ts'

type Db = Kysely<Tables>
type Dialect = 'sqlite' | 'postgres'

// ── what waits

/** Whether a digest has deliveries of these dispatches in hand this moment. */
export const digestInHand = async (db: Db, dispatchIds: string[]): Promise<boolean> =>
  (
    await sql`select 1 from delivery where state = 'in-digest' and lease is not null and dispatch_id in (${sql.join(dispatchIds)}) limit 1`.execute(
      db,
    )
  ).rows.length > 0

export type Leaving = { ids: number[]; to: DeliveryState; why: string | null }

/** Moves waiting deliveries nobody has in hand, each run's counters with them. */
export async function moveWaiting(trx: Db, leaving: Leaving[], now: string): Promise<void> {
  const moves: Move[] = []
  for (const { ids, to, why } of leaving.filter((l) => l.ids.length > 0)) {
    const { rows } = await sql<{ dispatch_id: string }>`
      update delivery set state = ${to}, why = ${why}, updated_at = ${now}
      where id in (${sql.join(ids)}) and state = 'in-digest' and lease is null returning dispatch_id`.execute(trx)
    moves.push(...rows.map((r) => ({ dispatchId: r.dispatch_id, from: 'in-digest', to })))
  }
  await moveCounts(trx, moves, now)
}

type Move = { dispatchId: string; from: string; to: string }
async function moveCounts(trx: Db, moves: Move[], now: string): Promise<string[]> {
  const counts = new Map<string, Record<string, number>>()
  for (const { dispatchId, from, to } of moves) {
    const run = counts.get(dispatchId) ?? {}
    run[from] = (run[from] ?? 0) - 1
    run[to] = (run[to] ?? 0) + 1
    counts.set(dispatchId, run)
  }
  // In one order everywhere, so that two workers cannot wait for each other.
  for (const [dispatchId, run] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const told = (run['accepted'] ?? 0) > 0
    const times = { first_accepted_at: sql`coalesce(first_accepted_at, ${now})`, last_accepted_at: now }
    await addCounts(trx, dispatchId, 0, run, (told ? times : {}) as never)
  }
  return [...counts.keys()]
}

// ── windows

/** What there is to do now: digests to send, windows of workers that are gone, subscribers who called. */
export async function digestWork(db: Db, now: string): Promise<{ due: boolean; dead: boolean; called: boolean }> {
  const { rows } = await sql<{ due: number; dead: number; called: number }>`select
    case when exists (select 1 from digest where state in ('planned','deferred') and next_at <= ${now}) then 1 else 0 end as due,
    case when exists (select 1 from digest where state = 'sending' and lease_until < ${now}) then 1 else 0 end as dead,
    case when exists (select 1 from digest_call) then 1 else 0 end as called`.execute(db)
  const [found] = rows
  return { due: Number(found?.due) > 0, dead: Number(found?.dead) > 0, called: Number(found?.called) > 0 }
}

/**
 * The wall clock was set back: a lease no worker can have is shortened to one that a living worker still may, and what was to
 * be tried later than any digest ever is, is tried now. A correction waits for the one, a reader for the other.
 */
export async function boundDigests(trx: Db, at: { now: string; until: string; beyond: string; late: string }) {
  await sql`update digest set lease_until = ${at.until} where state = 'sending' and lease_until > ${at.beyond}`.execute(
    trx,
  )
  await sql`update digest set next_at = ${at.now} where state in ('planned','deferred') and next_at > ${at.late}`.execute(
    trx,
  )
}

export type Due = Period & { id: number; subscriberId: number; attempt: number }

/** The digests that are due, at most `size` of them, for this worker alone until the transaction ends. */
export async function dueDigests(trx: Db, dialect: Dialect, size: number, now: string): Promise<Due[]> {
  const skip = dialect === 'postgres' ? sql`for update skip locked` : sql``
  const { rows } = await sql<Tables['digest'] & { id: number; attempt: number }>`
    select * from digest where state in ('planned','deferred') and next_at <= ${now} order by next_at, id limit ${size} ${skip}`.execute(
    trx,
  )
  return rows.map((r) => ({
    id: Number(r.id),
    subscriberId: Number(r.subscriber_id),
    frequency: r.frequency,
    zone: r.zone,
    period: r.period,
    dueAt: r.due_at,
    attempt: Number(r.attempt),
  }))
}

/** Whoever these digests are for; no row for who has been deleted. `listed`: on the suppression list. */
export const recipients = (db: Db, ids: number[]) =>
  db
    .selectFrom('subscriber')
    .leftJoin('suppression', (j) =>
      j.onRef('suppression.kind', '=', 'subscriber.kind').onRef('suppression.hash', '=', 'subscriber.address_hash'),
    )
    .select([
      'subscriber.id',
      'subscriber.address',
      'subscriber.token',
      'subscriber.state',
      'subscriber.language',
      'suppression.reason as listed',
    ])
    .where('subscriber.id', 'in', ids)
    .execute()

export type Waiting = { id: number; subscriberId: number; dispatchId: string; editionId: string; releaseId: string }

/**
 * What waits for these subscribers, in order of publication, at most `most` each. It is locked before anybody judges it:
 * another worker could call it superseded while this one mails it.
 */
export async function waitingFor(trx: Db, dialect: Dialect, subscriberIds: number[], most: number): Promise<Waiting[]> {
  const { rows } = await sql<{
    id: number
    subscriber_id: number
    dispatch_id: string
    edition_id: string
    release_id: string
  }>`
    select w.id, w.subscriber_id, w.dispatch_id, w.edition_id, w.release_id from (
      select d.id, d.subscriber_id, d.dispatch_id, r.edition_id, r.release_id, r.sequence,
        row_number() over (partition by d.subscriber_id order by r.sequence) as place
      from delivery d join dispatch_run r on r.dispatch_id = d.dispatch_id
      where d.state = 'in-digest' and d.lease is null and d.subscriber_id in (${sql.join(subscriberIds)})) w
    where w.place <= ${most} order by w.sequence`.execute(trx)
  const mine = dialect === 'postgres' ? await locked(trx, rows) : null
  const still = mine ? rows.filter((r) => mine.has(Number(r.id))) : rows
  return still.map((r) => ({
    id: Number(r.id),
    subscriberId: Number(r.subscriber_id),
    dispatchId: r.dispatch_id,
    editionId: r.edition_id,
    releaseId: r.release_id,
  }))
}

async function locked(trx: Db, waiting: { id: number }[]): Promise<Set<number>> {
  const ids = JSON.stringify(waiting.map((w) => Number(w.id)))
  const { rows } = await sql<{ id: number }>`
    select id from delivery where id in (select x::bigint from jsonb_array_elements_text(${ids}::jsonb) x)
      and state = 'in-digest' and lease is null order by id for update`.execute(trx)
  return new Set(rows.map((r) => Number(r.id)))
}

export type Taken = { id: number; deliveries: number[] }

/** Writes digests and what they carry as being on their way, before anything goes on the wire. */
export async function takeDigests(
  trx: Db,
  dialect: Dialect,
  taken: Taken[],
  lease: string,
  now: string,
  until: string,
): Promise<void> {
  if (taken.length === 0) return
  const digests = taken.map((t) => ({ id: t.id, n: t.deliveries.length, first: t.deliveries[0] }))
  await sql`update digest set state = 'sending', lease = ${lease}, lease_until = ${until}, attempt = attempt + 1, updated_at = ${now},
      items = v.n, delivery_id = v.first
    from (${rowsOf(dialect, digests, { id: 'bigint', n: 'bigint', first: 'bigint' })}) v where digest.id = v.id`.execute(
    trx,
  )
  const carried = taken.flatMap((t) => t.deliveries.map((id) => ({ id, digest: t.id })))
  await sql`update delivery set lease = ${lease}, lease_until = ${until}, attempt = attempt + 1, digest_id = v.digest
    from (${rowsOf(dialect, carried, { id: 'bigint', digest: 'bigint' })}) v where delivery.id = v.id and delivery.state = 'in-digest'`.execute(
    trx,
  )
}

/** Digests that end without a mail. */
export async function closeDigests(
  trx: Db,
  ids: number[],
  state: 'suppressed' | 'superseded',
  why: string,
  now: string,
): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('digest')
    .set({ state, why, next_at: null, updated_at: now })
    .where('id', 'in', ids)
    .where('state', 'in', ['planned', 'deferred'])
    .execute()
}

export type DigestState = 'accepted' | 'deferred' | 'failed' | 'gone' | 'unknown' | 'suppressed'
export type DigestResult = {
  id: number
  state: DigestState
  nextAt: string | null
  why: string | null
  remote: string | null
}

/**
 * Writes what became of digests still under this lease, and moves what they carried: a late outcome moves unknown to what it
 * became. What is to be tried again goes on waiting. @returns dispatches whose counts moved
 */
export async function settleDigests(
  trx: Db,
  dialect: Dialect,
  lease: string,
  results: DigestResult[],
  now: string,
): Promise<string[]> {
  const values = results.map((r) => ({ id: r.id, state: r.state, next: r.nextAt, why: r.why, remote: r.remote }))
  const shape = { id: 'bigint', state: 'text', next: 'text', why: 'text', remote: 'text' } as const
  const { rows: settled } = await sql<{ id: number }>`
    update digest set state = v.state, next_at = v.next, why = v.why, remote_id = v.remote, updated_at = ${now},
      accepted_at = case when v.state = 'accepted' then ${now} else digest.accepted_at end
    from (${rowsOf(dialect, values, shape)}) v where digest.id = v.id and digest.lease = ${lease}
      and (digest.state = 'sending' or (digest.state = 'unknown' and v.state <> 'deferred')) returning digest.id as id`.execute(
    trx,
  )
  const took = new Set(settled.map((r) => Number(r.id)))
  const carried = values
    .filter((v) => took.has(v.id))
    .map((v) => ({ id: v.id, state: v.state === 'deferred' ? 'in-digest' : v.state, why: v.why, remote: v.remote }))
  if (carried.length === 0) return []
  const moves: Move[] = []
  for (const from of ['in-digest', 'unknown']) {
    const { rows } = await sql<{ dispatch_id: string; state: string }>`
      update delivery set state = v.state, why = v.why, remote_id = v.remote,
        lease = case when v.state = 'in-digest' then null else delivery.lease end, lease_until = null,
        updated_at = case when v.state = 'in-digest' then delivery.updated_at else ${now} end,
        accepted_at = case when v.state = 'accepted' then ${now} else delivery.accepted_at end
      from (${rowsOf(dialect, carried, { id: 'bigint', state: 'text', why: 'text', remote: 'text' })}) v
      where delivery.digest_id = v.id and delivery.lease = ${lease} and delivery.state = ${from}
      returning delivery.dispatch_id as dispatch_id, delivery.state as state`.execute(trx)
    moves.push(...rows.map((r) => ({ dispatchId: r.dispatch_id, from, to: r.state })))
  }
  return moveCounts(trx, moves, now)
}

/** Digests handed to the wire by a worker that is gone: nobody knows what became of them, and none is sent again. @returns how many */
export async function sweepDigests(trx: Db, now: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update digest set state = 'unknown', why = 'the worker was gone', next_at = null, updated_at = ${now}
    where state = 'sending' and lease_until < ${now} returning id`.execute(trx)
  if (rows.length === 0) return 0
  const carried = await sql<{ dispatch_id: string }>`
    update delivery set state = 'unknown', why = 'the worker was gone', updated_at = ${now}
    where digest_id in (${sql.join(rows.map((r) => r.id))}) and state = 'in-digest' and lease is not null returning dispatch_id`.execute(
    trx,
  )
  await moveCounts(
    trx,
    carried.rows.map((r) => ({ dispatchId: r.dispatch_id, from: 'in-digest', to: 'unknown' })),
    now,
  )
  return rows.length
}

/** Forgets answers of far ends to digests that spoke of a release: they may quote the message. */
export const forgetDigests = async (trx: Db, releaseId: string): Promise<void> => {
  await sql`update digest set why = null, remote_id = null where id in (
    select d.digest_id from delivery d join dispatch_run r on r.dispatch_id = d.dispatch_id
    where r.release_id = ${releaseId} and d.digest_id is not null)`.execute(trx)
}

type Shape = Record<string, 'bigint' | 'text'>
/** Rows out of a JSON array, in the words of each dialect. */
function rowsOf(dialect: Dialect, rows: object[], shape: Shape) {
  const json = JSON.stringify(rows)
  const columns = Object.entries(shape).map(([name, type]) =>
    dialect === 'postgres'
      ? sql`(x->>${sql.lit(name)})::${sql.raw(type)} as ${sql.ref(name)}`
      : sql`value->>${sql.lit(name)} as ${sql.ref(name)}`,
  )
  return dialect === 'postgres'
    ? sql`select ${sql.join(columns)} from jsonb_array_elements(${json}::jsonb) x`
    : sql`select ${sql.join(columns)} from json_each(${json})`
}
