/** Sums over runs for those who watch the service from outside: counters alone, never rows of deliveries. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { COUNTERS } from './store.ts'

type Db = Kysely<Tables>

const COLUMNS = ['dispatch_id', 'outlet', 'state', 'lane', 'done_at', 'audience', ...COUNTERS] as const
export type Tallied = Pick<Tables['dispatch_run'], (typeof COLUMNS)[number]>

/** A run is final when it is done, or stopped because its text was replaced: its counters move no more. */
const STOPPED_BY_HAND = sql<boolean>`(state = 'stopped' and why <> 'superseded')`

/** Runs whose counters may still move. Each condition is that of an index, word for word. */
export async function movingRuns(db: Db): Promise<Tallied[]> {
  const of = (where: typeof STOPPED_BY_HAND) => db.selectFrom('dispatch_run').select(COLUMNS).where(where).execute()
  const [open, stopped] = await Promise.all([of(sql<boolean>`state not in ('done','stopped')`), of(STOPPED_BY_HAND)])
  return [...open, ...stopped]
}

/** Final runs in the order they ended, behind one and before a time (or without end). */
export const finalRuns = (
  db: Db,
  behind: { at: string; id: string },
  before: string,
  limit: number,
): Promise<Tallied[]> =>
  db
    .selectFrom('dispatch_run')
    .select(COLUMNS)
    .where(
      sql<boolean>`done_at is not null and (done_at, dispatch_id) > (${behind.at}, ${behind.id}) and done_at < ${before}`,
    )
    .where((e) => e.not(STOPPED_BY_HAND))
    .orderBy('done_at')
    .orderBy('dispatch_id')
    .limit(limit)
    .execute()

/** When the edition of the longest open run was published, by lane. Held runs wait for people and are not counted. */
export const oldestOpen = (db: Db) =>
  db
    .selectFrom('dispatch_run')
    .innerJoin('edition', 'edition.id', 'dispatch_run.edition_id')
    .select(['dispatch_run.lane', (e) => e.fn.min('edition.published_at').as('at')])
    .where(sql<boolean>`dispatch_run.state not in ('done','stopped') and dispatch_run.state <> 'held'`)
    .groupBy('dispatch_run.lane')
    .execute()

/** Deliveries handed to a worker that is gone, not yet swept; counted up to `most`. */
export async function deadRows(db: Db, now: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (
    select 1 from delivery where state = 'sending' and lease_until < ${now} limit ${most}) as dead`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

export const openByCause = async (db: Db): Promise<{ cause: string; n: number; taken: number }[]> =>
  (
    await db
      .selectFrom('alarm')
      .select((e) => ['cause', e.fn.countAll<number>().as('n'), e.fn.count<number>('acknowledged_at').as('taken')])
      .where('cleared_at', 'is', null)
      .groupBy('cause')
      .execute()
  ).map((r) => ({ cause: r.cause, n: Number(r.n), taken: Number(r.taken) }))
