/** Rows of a plan: one per recipient, counted twice over. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { addCounts } from './store.ts'

type Db = Kysely<Tables>

/** Why a delivery of the manual outlet is suppressed: nothing was sent, a person is to say that they know (channels/manual). */
export const BY_HAND = 'by hand'

export type PlanRange = {
  dispatchId: string
  kind: string
  mode: string
  from: number
  to: number
  matches: RawBuilder<boolean> | null
  /** Dispatches of the editions put right: who has those is told of this one, whatever they choose today. */
  told: string[]
  digests: boolean
  languages: string[]
  fallback: string
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

/**
 * Inserts one row per recipient of the range, and counts the audience by a query of its own. Who is on the suppression list
 * is planned as suppressed, whatever the lane and the kind of edition. @returns how many the range gave
 */
export async function planRange(trx: Db, p: PlanRange, now: string): Promise<number> {
  const told = p.told.length
    ? sql`s.id in (select e.subscriber_id from delivery e where e.dispatch_id in (${sql.join(p.told)})
        and e.subscriber_id > ${p.from} and e.subscriber_id <= ${p.to}
        and (e.state in ('accepted','unknown') or (e.state = 'suppressed' and e.why = ${BY_HAND})))`
    : sql`1 = 0`
  const chosen = sql`s.kind = ${p.kind} and s.mode = ${p.mode} and s.id > ${p.from} and s.id <= ${p.to} and ((s.state = 'active' and ${p.matches ?? sql`1 = 0`}) or ${told})`
  const digest = p.digests ? sql`when s.frequency <> 'at-once' and not ${told} then 'in-digest'` : sql``
  const listed = sql`exists (select 1 from suppression x where x.kind = s.kind and x.hash = s.address_hash)`
  const planned = await sql<{ state: string }>`
    insert into delivery (dispatch_id, subscriber_id, language, state, why, updated_at)
    select ${p.dispatchId}, s.id, case when s.language in (${sql.join(p.languages)}) then s.language else ${p.fallback} end,
      case when s.state <> 'active' or ${listed} then 'suppressed' ${digest} else 'planned' end,
      case when s.state <> 'active' then s.state when ${listed} then 'suppression-list' end, ${now}
    from subscriber s where ${chosen} on conflict (dispatch_id, subscriber_id) do nothing returning state`.execute(trx)
  const { rows } = await sql<{ n: number }>`select count(*) as n from subscriber s where ${chosen}`.execute(trx)
  const byState: Record<string, number> = {}
  for (const { state } of planned.rows) byState[state] = (byState[state] ?? 0) + 1
  const audience = Number(rows[0]?.n ?? 0)
  await addCounts(trx, p.dispatchId, audience, byState, { plan_cursor: p.to })
  return audience
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
