/** Rows of a restored copy that would go on by themselves: releases about to be published, runs about to send. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

export const aboutToBePublished = (db: Db): Promise<Tables['release'][]> =>
  db.selectFrom('release').selectAll().where('state', 'in', ['scheduled', 'approved']).orderBy('id').execute()

/**
 * Holds every run that is under way; what was in the hands of a worker is unknown from now on. A run that is being
 * stopped goes on stopping. @returns ids of the runs held
 */
export async function holdOpenRuns(trx: Db, why: string, now: string): Promise<string[]> {
  await trx
    .updateTable('delivery')
    .set({ state: 'unknown', lease: null, lease_until: null, updated_at: now })
    .where('state', '=', 'sending')
    .execute()
  await trx
    .updateTable('dispatch_run')
    .set({ unknown: sql`unknown + sending`, sending: 0 })
    .where('sending', '>', 0)
    .execute()
  const open = await trx
    .selectFrom('dispatch_run')
    .select('dispatch_id')
    .where('state', 'not in', ['done', 'stopped', 'held', 'stopping'])
    .orderBy('dispatch_id')
    .execute()
  const ids = open.map((run) => run.dispatch_id)
  for (const id of ids)
    await trx.updateTable('dispatch_run').set({ state: 'held', why }).where('dispatch_id', '=', id).execute()
  await trx.updateTable('dispatch_run').set({ lease: null, lease_until: null }).where('lease', 'is not', null).execute()
  return ids
}
