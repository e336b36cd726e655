/** Rows of what was found in files, and of files whose bytes are to go. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type ScanRow = Tables['file_scan']

export const scansOf = (db: Db, releaseId: string): Promise<ScanRow[]> =>
  db.selectFrom('file_scan').selectAll().where('release_id', '=', releaseId).execute()
export const keepScan = (db: Db, { release_id, sha256, ...found }: ScanRow) =>
  db
    .insertInto('file_scan')
    .values({ release_id, sha256, ...found })
    .onConflict((c) => c.columns(['release_id', 'sha256']).doUpdateSet(found))
    .execute()

/** A file that comes from another release was looked into there; whoever carries it answers its hits anew. */
export async function carryScans(trx: Db, releaseId: string, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return
  const known = await trx.selectFrom('file_scan').selectAll().where('sha256', 'in', hashes).execute()
  for (const row of new Map(known.map((k) => [k.sha256, k])).values())
    await keepScan(trx, { ...row, release_id: releaseId })
}

/** Takes a file away from a release. @returns whether no release names it any more */
export async function dropFile(trx: Db, releaseId: string, sha256: string, since: string): Promise<boolean> {
  for (const table of ['attachment', 'file_scan'] as const)
    await trx.deleteFrom(table).where('release_id', '=', releaseId).where('sha256', '=', sha256).execute()
  const shared = await trx.selectFrom('attachment').select('sha256').where('sha256', '=', sha256).executeTakeFirst()
  if (shared) return false
  await trx
    .insertInto('blob_gone')
    .values({ sha256, since })
    .onConflict((c) => c.doNothing())
    .execute()
  return true
}

/** Files whose bytes are still to go; one that a release names again is not. */
export const goneBlobs = async (db: Db): Promise<string[]> =>
  (
    await db
      .selectFrom('blob_gone')
      .select('sha256')
      .where('sha256', 'not in', (e) => e.selectFrom('attachment').select('sha256'))
      .limit(100)
      .execute()
  ).map((row) => row.sha256)
export const blobWent = (db: Db, sha256: string) => db.deleteFrom('blob_gone').where('sha256', '=', sha256).execute()
