/** Rows of quarantines, and the few tables whose words belong to no other stage. */
import type { Kysely, Updateable } from 'kysely'
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
export const sweepDue = async (db: Db, place: SweepPlace = 'purge-sweep'): Promise<boolean> =>
  ((await db.selectFrom('counter').select('value').where('name', '=', place).executeTakeFirst())?.value ?? 0) > 0
export const setSweepDue = (db: Db, due: boolean, place: SweepPlace = 'purge-sweep') =>
  db
    .insertInto('counter')
    .values({ name: place, value: due ? 1 : 0 })
    .onConflict((c) => c.column('name').doUpdateSet({ value: due ? 1 : 0 }))
    .execute()
