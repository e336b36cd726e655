/** What people ask of deliveries while a release goes out. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { RunRow } from './run-store.ts'

/** Of the recipients of a run, those told by an earlier edition over the same outlet, and how many of them have this one. */
export async function toldAgain(db: Kysely<Tables>, run: RunRow): Promise<{ all: number; done: number }> {
  const { rows } = await sql<{ all: number; done: number }>`
    select count(*) as "all", coalesce(sum(case when d.state = 'accepted' then 1 else 0 end), 0) as done from delivery d
    where d.dispatch_id = ${run.dispatch_id} and exists (
      select 1 from delivery e join dispatch_run r on r.dispatch_id = e.dispatch_id
      where e.subscriber_id = d.subscriber_id and e.state in ('accepted','unknown')
        and r.release_id = ${run.release_id} and r.outlet = ${run.outlet} and r.sequence < ${run.sequence})`.execute(db)
  return { all: Number(rows[0]?.all ?? 0), done: Number(rows[0]?.done ?? 0) }
}
