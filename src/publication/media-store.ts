/** Rows of what journalists were shown: numbers, ids and hashes, no words; and the releases that may be under embargo. */
import type { Kysely } from 'kysely'
import type { ReleaseRow } from '../desk/store.ts'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type MediaRead = Tables['media_read']
/** With the reader's own names, and the release's number. */
export type NamedRead = MediaRead & { name: string; outlet: string; number: string }

const MOST = 500

export const insertRead = (db: Db, row: MediaRead) => db.insertInto('media_read').values(row).execute()

/** Live releases that wait for their time, the next first: few at any moment, so no index of their own. */
export const scheduledOf = (db: Db, agencyIds: string[]): Promise<ReleaseRow[]> =>
  db
    .selectFrom('release')
    .selectAll()
    .where('state', '=', 'scheduled')
    .where('planned_at', 'is not', null)
    .where('mode', '=', 'live')
    .where('agency_id', 'in', agencyIds.length ? agencyIds : [''])
    .orderBy('planned_at')
    .limit(100)
    .execute()

/** The newest revision of each release a journalist was shown, the last shown first. */
export async function newestReads(db: Db, journalistId: string): Promise<{ release: ReleaseRow; hash: string }[]> {
  const reads = await db
    .selectFrom('media_read')
    .select(['release_id', 'revision_hash'])
    .where('journalist_id', '=', journalistId)
    .orderBy('at', 'desc')
    .limit(MOST)
    .execute()
  const newest = new Map<string, string>()
  for (const r of reads) if (!newest.has(r.release_id)) newest.set(r.release_id, r.revision_hash)
  const ids = [...newest.keys()].slice(0, 20)
  const rows = await db
    .selectFrom('release')
    .selectAll()
    .where('id', 'in', ids.length ? ids : [''])
    .execute()
  return ids.flatMap((id) => {
    const release = rows.find((r) => r.id === id)
    return release ? [{ release, hash: newest.get(id) as string }] : []
  })
}

/** Whether this revision is one that was published. */
export const wasPublished = async (db: Db, releaseId: string, hash: string): Promise<boolean> =>
  (await db
    .selectFrom('edition')
    .select('id')
    .where('release_id', '=', releaseId)
    .where('revision_hash', '=', hash)
    .executeTakeFirst()) !== undefined

const named = (db: Db) =>
  db
    .selectFrom('media_read')
    .innerJoin('journalist', 'journalist.id', 'media_read.journalist_id')
    .innerJoin('release', 'release.id', 'media_read.release_id')
    .selectAll('media_read')
    .select(['journalist.name', 'journalist.outlet', 'release.number'])

export const readsOfRelease = (db: Db, releaseId: string): Promise<NamedRead[]> =>
  named(db).where('media_read.release_id', '=', releaseId).orderBy('media_read.at', 'desc').limit(MOST).execute()
export const readsOfJournalist = (db: Db, journalistId: string): Promise<NamedRead[]> =>
  named(db).where('media_read.journalist_id', '=', journalistId).orderBy('media_read.at', 'desc').limit(MOST).execute()
export const readByCopy = (db: Db, copy: string): Promise<NamedRead | undefined> =>
  named(db).where('media_read.copy', '=', copy).executeTakeFirst()

/** Whether anybody was shown it. */
export const wasRead = async (db: Db, releaseId: string): Promise<boolean> =>
  (await db.selectFrom('media_read').select('copy').where('release_id', '=', releaseId).limit(1).executeTakeFirst()) !==
  undefined

/** Who was shown it and when is no word of it and stays; the fingerprint of a file could be held against a guess. */
export const forgetMedia = (trx: Db, releaseId: string) =>
  trx.updateTable('media_read').set({ file_hash: '' }).where('release_id', '=', releaseId).execute()
