/** What the index of the office counts. Reads only. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
const count = async (query: { executeTakeFirstOrThrow(): Promise<{ n: number | string | bigint }> }): Promise<number> =>
  Number((await query.executeTakeFirstOrThrow()).n)

export const contactsIn = (db: Db, agencyId: string): Promise<number> =>
  count(
    db
      .selectFrom('contact')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('agency_id', '=', agencyId),
  )
export const channelsIn = (db: Db, agencyId: string): Promise<number> =>
  count(
    db
      .selectFrom('manual_channel')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('agency_id', '=', agencyId)
      .where('ended_at', 'is', null),
  )
/** When the last backup ended that was finished. */
export const lastBackup = async (db: Db): Promise<string | null> =>
  (
    await db
      .selectFrom('backup')
      .select((e) => e.fn.max('done_at').as('at'))
      .executeTakeFirst()
  )?.at ?? null

export type LedgerQuery = {
  /** Entries before this one, newest first. */
  before?: number | undefined
  act?: string | undefined
  actor?: string | undefined
  /** `kind:id`, such as a release with its editions and dispatches. */
  subjects?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Newest first: in the order of the chain, and where days are asked for by their time, which an index finds however old they are. */
export const ledgerLines = (db: Db, asked: LedgerQuery, limit: number) => {
  let q = db.selectFrom('ledger').selectAll().limit(limit)
  const byDay = asked.from !== undefined || asked.to !== undefined
  q = (byDay ? q.orderBy('at', 'desc') : q).orderBy('seq', 'desc')
  if (asked.before !== undefined)
    q = byDay
      ? q.where(sql<boolean>`(at, seq) < (${atOf(asked.before)}, ${asked.before})`)
      : q.where('seq', '<', asked.before)
  if (asked.act) q = q.where('act', '=', asked.act)
  if (asked.actor) q = q.where('actor', '=', asked.actor)
  if (asked.subjects?.length) q = q.where('subject', 'in', asked.subjects)
  if (asked.from) q = q.where('at', '>=', asked.from)
  if (asked.to) q = q.where('at', '<', asked.to)
  return q.execute()
}
const atOf = (seq: number) => sql`(select l.at from ledger l where l.seq <= ${seq} order by l.seq desc limit 1)`

/** Everything the ledger may call a release by: itself, its editions, their dispatches. */
export async function subjectsOfRelease(db: Db, releaseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('edition')
    .leftJoin('dispatch', 'dispatch.edition_id', 'edition.id')
    .select(['edition.id as edition', 'dispatch.id as dispatch'])
    .where('edition.release_id', '=', releaseId)
    .limit(500)
    .execute()
  const named = rows.flatMap((r) => [`edition:${r.edition}`, ...(r.dispatch ? [`dispatch:${r.dispatch}`] : [])])
  return [...new Set([`release:${releaseId}`, ...named])]
}
/** Acts there are entries of: from one to the next by the index, however long the ledger is. */
export const ledgerActs = async (db: Db): Promise<string[]> =>
  (
    await sql<{ act: string }>`
      with recursive acts(act) as (
        select min(act) from ledger
        union all
        select (select min(l.act) from ledger l where l.act > acts.act) from acts where acts.act is not null)
      select act from acts where act is not null`.execute(db)
  ).rows.map((r) => r.act)
