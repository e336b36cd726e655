/** Rows of what a browser was to be told and was not, and the mails that go in its stead. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { RunRow } from './run-store.ts'
import { addCounts } from './store.ts'

type Db = Kysely<Tables>

/** `open`: it may still arrive. */
export type Missed = { release_id: string; sequence: number; language: string; open: number }

/** What was on its way to a browser when it was found unreachable, and since. */
export const missedBy = async (trx: Db, pushId: number, diedAt: string): Promise<Missed[]> =>
  (
    await sql<Missed>`
    select r.release_id, max(r.sequence) as sequence, max(d.language) as language,
      max(case when d.state in ('planned','sending','deferred') then 1 else 0 end) as open
    from delivery d join dispatch_run r on r.dispatch_id = d.dispatch_id
    where d.subscriber_id = ${pushId} and (d.state in ('planned','sending','deferred')
      or (d.updated_at >= ${diedAt} and (d.state in ('gone','failed') or (d.state = 'suppressed' and d.why = 'gone'))))
    group by r.release_id order by 2`.execute(trx)
  ).rows.map((r) => ({ ...r, sequence: Number(r.sequence), open: Number(r.open) }))

/** Runs of a release by mail, of that edition or a later one, newest first; `type` is the edition's. */
export const mailRunsOf = (trx: Db, releaseId: string, fromSequence: number): Promise<(RunRow & { type: string })[]> =>
  trx
    .selectFrom('dispatch_run')
    .innerJoin('edition', 'edition.id', 'dispatch_run.edition_id')
    .selectAll('dispatch_run')
    .select('edition.type')
    .where('dispatch_run.release_id', '=', releaseId)
    .where('dispatch_run.outlet', '=', 'email')
    .where('dispatch_run.sequence', '>=', fromSequence)
    .orderBy('dispatch_run.sequence', 'desc')
    .execute()

/** Whether any edition of a release was planned for them by mail, whatever became of it. */
export const hasMailOf = async (trx: Db, releaseId: string, emailId: number): Promise<boolean> =>
  (await trx
    .selectFrom('delivery')
    .innerJoin('dispatch_run', 'dispatch_run.dispatch_id', 'delivery.dispatch_id')
    .select('delivery.id')
    .where('dispatch_run.release_id', '=', releaseId)
    .where('dispatch_run.outlet', '=', 'email')
    .where('delivery.subscriber_id', '=', emailId)
    .executeTakeFirst()) !== undefined

/**
 * One more recipient of a run whose plan is complete, counted as audience and planned. A run that is done is taken up again; one
 * that is stopped, or whose rows go by age, is not.
 * @returns whether it was added
 */
export async function addToRun(
  trx: Db,
  dispatchId: string,
  emailId: number,
  language: string,
  now: string,
): Promise<boolean> {
  // The row of the run first: whoever ends it meanwhile waits, and sees that something is planned.
  const { rows } = await sql<{ state: string }>`
    update dispatch_run set state = 'sending', done_at = null, next_at = ${now}
    where dispatch_id = ${dispatchId} and state in ('sending','done') and retiring_at is null returning state`.execute(
    trx,
  )
  if (rows.length === 0) return false
  const row = {
    dispatch_id: dispatchId,
    subscriber_id: emailId,
    language,
    state: 'planned',
    attempt: 0,
    updated_at: now,
  }
  await trx
    .insertInto('delivery')
    .values(row as never)
    .execute()
  await addCounts(trx, dispatchId, 1, { planned: 1 }, {})
  return true
}
