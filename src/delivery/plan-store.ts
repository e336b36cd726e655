/** Rows of a plan: one per recipient, counted twice over. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { addCounts } from './store.ts'

type Db = Kysely<Tables>

export type PlanRange = {
  dispatchId: string
  kind: string
  mode: string
  from: number
  to: number
  matches: RawBuilder<boolean> | null
  told: { releaseId: string; outlet: string; before: number } | null
  digests: boolean
  languages: string[]
  fallback: string
}

/** The id up to which the next range reaches: at most `size` candidates beyond `from`. null when none are left. */
export async function rangeEnd(
  db: Db,
  kind: string,
  mode: string,
  from: number,
  end: number,
  size: number,
): Promise<number | null> {
  const { rows } = await sql<{ top: number | null }>`
    select max(id) as top from (select id from subscriber where kind = ${kind} and mode = ${mode} and id > ${from} and id <= ${end} order by id limit ${size}) x`.execute(
    db,
  )
  return rows[0]?.top ?? null
}
export const highestSubscriber = async (db: Db, kind: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('subscriber')
        .select((e) => e.fn.max('id').as('top'))
        .where('kind', '=', kind)
        .executeTakeFirst()
    )?.top ?? 0,
  )

/** Inserts one row per recipient of the range, and counts the audience by a query of its own. */
export async function planRange(trx: Db, p: PlanRange, now: string): Promise<void> {
  const told = p.told
    ? sql`exists (select 1 from delivery e join dispatch_run r on r.dispatch_id = e.dispatch_id where e.subscriber_id = s.id and e.state in ('accepted','unknown')
        and r.release_id = ${p.told.releaseId} and r.outlet = ${p.told.outlet} and r.sequence < ${p.told.before})`
    : sql`1 = 0`
  const chosen = sql`s.kind = ${p.kind} and s.mode = ${p.mode} and s.id > ${p.from} and s.id <= ${p.to} and ((s.state = 'active' and ${p.matches ?? sql`1 = 0`}) or ${told})`
  const digest = p.digests ? sql`when s.frequency <> 'at-once' and not ${told} then 'in-digest'` : sql``
  await sql`
    insert into delivery (dispatch_id, subscriber_id, language, state, why, updated_at)
    select ${p.dispatchId}, s.id, case when s.language in (${sql.join(p.languages)}) then s.language else ${p.fallback} end,
      case when s.state <> 'active' then 'suppressed' ${digest} else 'planned' end, case when s.state <> 'active' then s.state end, ${now}
    from subscriber s where ${chosen} on conflict (dispatch_id, subscriber_id) do nothing`.execute(trx)
  const { rows } = await sql<{ n: number }>`select count(*) as n from subscriber s where ${chosen}`.execute(trx)
  const byState = await trx
    .selectFrom('delivery')
    .select(['state', (e) => e.fn.countAll<number>().as('n')])
    .where('dispatch_id', '=', p.dispatchId)
    .where('subscriber_id', '>', p.from)
    .where('subscriber_id', '<=', p.to)
    .groupBy('state')
    .execute()
  await addCounts(
    trx,
    p.dispatchId,
    Number(rows[0]?.n ?? 0),
    Object.fromEntries(byState.map((r) => [r.state, Number(r.n)])),
    { plan_cursor: p.to },
  )
}

/** The one row of an outlet whose audience is everyone. */
export async function planEveryone(trx: Db, dispatchId: string, language: string, now: string): Promise<void> {
  await trx
    .insertInto('delivery')
    .values({
      dispatch_id: dispatchId,
      subscriber_id: 0,
      language,
      state: 'planned',
      updated_at: now,
      attempt: 0,
    } as never)
    .execute()
  await addCounts(trx, dispatchId, 1, { planned: 1 }, { plan_end: 0 })
}
