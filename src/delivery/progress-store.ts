/** What people ask of deliveries while a release goes out. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { RunRow } from './run-store.ts'

/**
 * Those told by an earlier edition, and what became of the one that puts it right: done, not known, left or complained since,
 * not to be reached. Whoever is none of these is still to come.
 */
export type Told = { all: number; done: number; unknown: number; left: number; failed: number }

/** Of the recipients of a run, those told by an earlier edition over the same outlet, and how many of them have this one. */
export async function toldAgain(db: Kysely<Tables>, run: RunRow): Promise<Told> {
  const { rows } = await sql<Told>`
    select count(*) as "all", coalesce(sum(case when d.state = 'accepted' then 1 else 0 end), 0) as done,
      coalesce(sum(case when d.state = 'unknown' then 1 else 0 end), 0) as unknown,
      coalesce(sum(case when d.state = 'suppressed' then 1 else 0 end), 0) as "left",
      coalesce(sum(case when d.state in ('failed','gone') then 1 else 0 end), 0) as failed from delivery d
    where d.dispatch_id = ${run.dispatch_id} and exists (
      select 1 from delivery e join dispatch_run r on r.dispatch_id = e.dispatch_id
      where e.subscriber_id = d.subscriber_id and e.state in ('accepted','unknown')
        and r.release_id = ${run.release_id} and r.outlet = ${run.outlet} and r.sequence < ${run.sequence})`.execute(db)
  const n = (what: keyof Told) => Number(rows[0]?.[what] ?? 0)
  return { all: n('all'), done: n('done'), unknown: n('unknown'), left: n('left'), failed: n('failed') }
}
