/** Rows of digests before they leave: whose period has ended, and what must not go out any more. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { addCounts } from './store.ts'

type Db = Kysely<Tables>

/** Time zones that subscribers of a frequency have chosen, one look into the index for each. */
export async function zonesOf(db: Db, frequency: string): Promise<string[]> {
  const { rows } = await sql<{ zone: string | null }>`
    with recursive z(zone) as (
      select min(zone) from subscriber where frequency = ${frequency} and frequency <> 'at-once'
      union all select (select min(s.zone) from subscriber s where s.frequency = ${frequency} and s.frequency <> 'at-once' and s.zone > z.zone)
        from z where z.zone is not null)
    select zone from z where zone is not null`.execute(db)
  return rows.map((r) => r.zone as string)
}

export const markOf = async (db: Db, frequency: string, zone: string): Promise<string | null> =>
  (
    await db
      .selectFrom('digest_mark')
      .select('period')
      .where('frequency', '=', frequency)
      .where('zone', '=', zone)
      .executeTakeFirst()
  )?.period ?? null
export const setMark = (db: Db, row: Tables['digest_mark']) =>
  db
    .insertInto('digest_mark')
    .values(row)
    .onConflict((c) => c.columns(['frequency', 'zone']).doUpdateSet({ period: row.period }))
    .execute()

/** A period of one frequency in one time zone; `dueAt` is the instant it ended. */
export type Period = { frequency: string; zone: string; period: string; dueAt: string }

/**
 * One digest for each of the next `size` subscribers beyond `from` for whom something waited when the period ended. Who has
 * this period's already, or one still open that will carry all that waits, gets none. @returns where it came to; null at the end
 */
export async function planDigests(trx: Db, p: Period, from: number, size: number, now: string): Promise<number | null> {
  const mine = sql`s.frequency = ${p.frequency} and s.frequency <> 'at-once' and s.zone = ${p.zone} and s.id > ${from}`
  const { rows } = await sql<{ top: number | null }>`
    select max(id) as top from (select s.id from subscriber s where ${mine} order by s.id limit ${size}) x`.execute(trx)
  const to = rows[0]?.top
  if (to == null) return null
  await sql`
    insert into digest (subscriber_id, period, frequency, zone, due_at, state, next_at, updated_at)
    select s.id, ${p.period}, ${p.frequency}, ${p.zone}, ${p.dueAt}, 'planned', ${now}, ${now} from subscriber s
    where ${mine} and s.id <= ${Number(to)} and exists (select 1 from delivery d where d.subscriber_id = s.id and d.state = 'in-digest' and d.updated_at <= ${p.dueAt})
    on conflict do nothing`.execute(trx)
  return Number(to)
}

/** A digest at once for whoever switched, left or was deleted while something waited. @returns how many were looked at */
export async function planCalled(trx: Db, size: number, now: string): Promise<number> {
  const sending = sql`exists (select 1 from digest g where g.subscriber_id = c.subscriber_id and g.state = 'sending')`
  const { rows } = await sql<{ id: number }>`
    select c.subscriber_id as id from digest_call c where not ${sending} order by c.subscriber_id limit ${size}`.execute(
    trx,
  )
  if (rows.length === 0) return 0
  const ids = sql.join(rows.map((r) => r.id))
  await sql`
    insert into digest (subscriber_id, period, frequency, zone, due_at, state, next_at, updated_at)
    select c.subscriber_id, ${`now:${now}`}, 'at-once', '', ${now}, 'planned', ${now}, ${now} from digest_call c
    where c.subscriber_id in (${ids}) and exists (select 1 from delivery d where d.subscriber_id = c.subscriber_id and d.state = 'in-digest')
    on conflict do nothing`.execute(trx)
  await sql`delete from digest_call where subscriber_id in (${ids})`.execute(trx)
  return rows.length
}

/**
 * Who waited for a digest of a run nobody let go on, and has since left or wants to be told at once: no period comes for
 * them any more, so they are called when it goes on.
 */
export const callStranded = (trx: Db, dispatchId: string, now: string) =>
  sql`insert into digest_call (subscriber_id, since)
    select d.subscriber_id, ${now} from delivery d left join subscriber s on s.id = d.subscriber_id
    where d.dispatch_id = ${dispatchId} and d.state = 'in-digest' and (s.id is null or s.state <> 'active' or s.frequency = 'at-once')
    on conflict do nothing`.execute(trx)

/** Runs with deliveries that wait for a digest, and with something newer of their release: nearly always none. */
export const runsInDoubt = async (db: Db): Promise<string[]> =>
  (
    await sql<{ dispatch_id: string }>`select r.dispatch_id from dispatch_run r join release x on x.id = r.release_id
      where r.in_digest > 0 and (x.state <> 'published' or exists (select 1 from edition e where e.release_id = r.release_id and e.sequence > r.sequence))`.execute(
      db,
    )
  ).rows.map((r) => r.dispatch_id)

/** Waiting deliveries of a run whose text must not go out any more; those a digest has in hand are settled by it. @returns how many */
export async function supersedeWaiting(trx: Db, dispatchId: string, limit: number, now: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update delivery set state = 'superseded', updated_at = ${now} where state = 'in-digest' and lease is null and id in (
      select id from delivery where dispatch_id = ${dispatchId} and state = 'in-digest' and lease is null order by id limit ${limit})
    returning id`.execute(trx)
  const n = rows.length
  if (n) await addCounts(trx, dispatchId, 0, { 'in-digest': -n, superseded: n }, {})
  return n
}
