/** Rows of deliveries that have grown old: removed by batches; the run keeps its counters and how many rows it gave up. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { RunRow } from './run-store.ts'

type Db = Kysely<Tables>

/** Runs whose rows are to go: those begun first, then those that ended before `before`, oldest first. */
export async function retirableRuns(db: Db, before: string, limit: number): Promise<RunRow[]> {
  const begun = await db
    .selectFrom('dispatch_run')
    .selectAll()
    .where('retiring_at', 'is not', null)
    .where('retired_at', 'is', null)
    .limit(limit)
    .execute()
  const due = await db
    .selectFrom('dispatch_run')
    .selectAll()
    .where('retiring_at', 'is', null)
    .where('done_at', 'is not', null)
    .where('done_at', '<', before)
    .where('state', 'in', ['done', 'stopped'])
    .orderBy('done_at')
    .limit(limit)
    .execute()
  return [...begun, ...due].slice(0, limit)
}

/**
 * Removes a batch of a run's rows and counts them on the run, which from the first on is known to be incomplete. The newest
 * delivery of all stays until there is a newer one: SQLite would give its id again, and with it its return path.
 * One that was let go on since it was found keeps them.
 * @returns how many went
 */
export async function removeRows(trx: Db, dispatchId: string, limit: number, now: string): Promise<number> {
  const begun = await trx
    .updateTable('dispatch_run')
    .set({ retiring_at: sql`coalesce(retiring_at, ${now})` })
    .where('dispatch_id', '=', dispatchId)
    .where((e) => e.or([e('retiring_at', 'is not', null), e('state', 'in', ['done', 'stopped'])]))
    .executeTakeFirst()
  if (begun.numUpdatedRows === 0n) return 0
  const some = trx
    .selectFrom('delivery')
    .select('id')
    .where('dispatch_id', '=', dispatchId)
    .where('id', '<', (e) => e.selectFrom('delivery').select((m) => m.fn.max('id').as('top')))
    .orderBy('subscriber_id')
    .limit(limit)
  // A purge finds a digest by its deliveries; what the far end said of it goes with the first of them.
  const digests = trx
    .selectFrom('delivery')
    .select('digest_id')
    .where('id', 'in', some)
    .where('digest_id', 'is not', null)
  await trx.updateTable('digest').set({ why: null, remote_id: null }).where('id', 'in', digests).execute()
  const removed = Number((await trx.deleteFrom('delivery').where('id', 'in', some).executeTakeFirst()).numDeletedRows)
  await trx
    .updateTable('dispatch_run')
    .set({ retired_rows: sql`retired_rows + ${removed}` })
    .where('dispatch_id', '=', dispatchId)
    .execute()
  return removed
}

/** Marks a run none of whose rows is left. @returns whether it was this call that did */
export const closeRetired = async (trx: Db, dispatchId: string, now: string): Promise<boolean> =>
  (
    await trx
      .updateTable('dispatch_run')
      .set({ retired_at: now })
      .where('dispatch_id', '=', dispatchId)
      .where('retiring_at', 'is not', null)
      .where('retired_at', 'is', null)
      .where((e) => e.not(e.exists(e.selectFrom('delivery').select('id').where('dispatch_id', '=', dispatchId))))
      .executeTakeFirst()
  ).numUpdatedRows > 0n

/** Whether an earlier run of the same release and outlet has given up rows: who was told then is no longer known. */
export const retiredBefore = async (db: Db, run: RunRow): Promise<boolean> =>
  (await db
    .selectFrom('dispatch_run')
    .select('dispatch_id')
    .where('release_id', '=', run.release_id)
    .where('outlet', '=', run.outlet)
    .where('sequence', '<', run.sequence)
    .where('retiring_at', 'is not', null)
    .where('retired_rows', '>', 0)
    .executeTakeFirst()) !== undefined
