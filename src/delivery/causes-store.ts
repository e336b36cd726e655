/** What far ends said of the deliveries that did not end well, a batch of rows at a time. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Trouble } from './cause.ts'

export type Said = { state: Trouble; why: string; n: number }

/**
 * The next `size` rows behind `after`, equal texts already put together. Reads the partial index delivery_trouble, whose
 * condition must stand here word for word.
 */
export async function saidAfter(
  db: Kysely<Tables>,
  dispatchId: string,
  after: number,
  size: number,
): Promise<{ said: Said[]; rows: number; last: number }> {
  const { rows } = await sql<{ state: Trouble; why: string | null; n: number; last: number }>`
    select state, why, count(*) as n, max(id) as last from (
      select id, state, why from delivery
      where dispatch_id = ${dispatchId} and id > ${after} and state in ('failed','gone','unknown','suppressed','deferred')
      order by id limit ${size}) as batch
    group by state, why`.execute(db)
  const said = rows.map((r) => ({ state: r.state, why: r.why ?? '', n: Number(r.n) }))
  return {
    said,
    rows: said.reduce((sum, r) => sum + r.n, 0),
    last: rows.reduce((top, r) => Math.max(top, Number(r.last)), after),
  }
}
