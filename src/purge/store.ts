/** Rows of quarantines, and the few tables whose words belong to no other stage. */
import type { Kysely, Updateable } from 'kysely'
import { nextCount } from '../store/counter.ts'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export const insertQuarantine = (db: Db, row: Tables['quarantine']) => db.insertInto('quarantine').values(row).execute()
export const quarantineOf = (db: Db, releaseId: string) =>
  db
    .selectFrom('quarantine')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
export const updateQuarantine = (db: Db, releaseId: string, set: Updateable<Tables['quarantine']>) =>
  db
    .updateTable('quarantine')
    .set(set)
    .where('release_id', '=', releaseId)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
export const openQuarantines = (db: Db, agencyIds: string[]) =>
  db
    .selectFrom('quarantine')
    .innerJoin('release', 'release.id', 'quarantine.release_id')
    .select([
      'release.id',
      'release.number',
      'release.agency_id',
      'quarantine.reported_at',
      'quarantine.reported_by',
      'quarantine.was_public',
      'quarantine.settled_at',
      'quarantine.outcome',
    ])
    .where('release.agency_id', 'in', agencyIds)
    .orderBy('quarantine.reported_at', 'desc')
    .limit(100)
    .execute()
export const forgetAnswers = (trx: Db, releaseId: string) =>
  trx.deleteFrom('idempotency').where('release_id', '=', releaseId).execute()
/** Answers to calls about an incident: they repeat what was recorded. */
export const forgetIncidentAnswers = (trx: Db, incidentId: string) =>
  trx.deleteFrom('idempotency').where('route', 'like', `%/incidents/${incidentId}/%`).execute()
/** Letters that hold words of the release, also among those of others. */
export const outboxFilesOf = (db: Db, releaseId: string) =>
  db
    .selectFrom('outbox_file')
    .select('name')
    .where('release_id', '=', releaseId)
    .union(db.selectFrom('outbox_release').select('name').where('release_id', '=', releaseId))
    .execute()
export async function forgetOutbox(db: Db, releaseId: string): Promise<void> {
  const names = (await outboxFilesOf(db, releaseId)).map((f) => f.name)
  if (names.length === 0) return
  await db.deleteFrom('outbox_file').where('name', 'in', names).execute()
  await db.deleteFrom('outbox_release').where('name', 'in', names).execute()
}
/** Places a purge empties after its rows: the service's own files, then the edge. */
export type SweepPlace = 'purge-sweep' | 'purge-edge'
/** How often it was asked for since it was last swept: 0 when there is nothing to sweep. */
export const sweepDue = async (db: Db, place: SweepPlace = 'purge-sweep'): Promise<number> =>
  Number((await db.selectFrom('counter').select('value').where('name', '=', place).executeTakeFirst())?.value ?? 0)
export const setSweepDue = (trx: Db, place: SweepPlace = 'purge-sweep') => nextCount(trx, place)
/** Swept, unless another purge asked after `seen`: what that one left behind is not gone yet. */
export const endSweep = (db: Db, seen: number, place: SweepPlace = 'purge-sweep') =>
  db.updateTable('counter').set({ value: 0 }).where('name', '=', place).where('value', '=', seen).execute()

/**
 * Public addresses that hold a file's name, by their SHA-256 alone: noted while the name is still known, until they are erased. With
 * each the last edition of the release: where the takedown was rendered after the names were gone, its files still stand there.
 */
const ADDRESS = 'purge-address:'
export async function noteAddresses(trx: Db, digests: string[], sequence: number): Promise<void> {
  for (const digest of digests)
    await trx
      .insertInto('counter')
      .values({ name: ADDRESS + digest, value: sequence })
      .onConflict((c) => c.column('name').doUpdateSet({ value: sequence }))
      .execute()
}
export const notedAddresses = async (db: Db): Promise<Map<string, number>> =>
  new Map(
    (await db.selectFrom('counter').selectAll().where('name', 'like', `${ADDRESS}%`).execute()).map((c) => [
      c.name.slice(ADDRESS.length),
      Number(c.value),
    ]),
  )
export async function dropAddresses(db: Db, digests: Iterable<string>): Promise<void> {
  for (const digest of digests)
    await db
      .deleteFrom('counter')
      .where('name', '=', ADDRESS + digest)
      .execute()
}
/** Whether a page of what was purged is still to be turned: whoever has that in hand may have read its text before. */
export const turnsOfPurged = async (db: Db): Promise<boolean> =>
  (await db
    .selectFrom('turn')
    .innerJoin('release', 'release.id', 'turn.release_id')
    .select('turn.sequence')
    .where('turn.done_at', 'is', null)
    .where('release.state', '=', 'purged')
    .executeTakeFirst()) !== undefined
