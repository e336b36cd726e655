/** Rows of releases, revisions, contributions, attachments and timelines. */
import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql, type Updateable } from 'kysely'
import { readableBy } from '../staff/limited-store.ts'
import type { Tables } from '../store/tables.ts'
import type { Content } from './content.ts'
import { forgetKeeps } from './keep-store.ts'
import { openSealed, type PartHashes, type Sealed } from './sealed.ts'

export { nextCount } from '../store/counter.ts'

type Db = Kysely<Tables>
export type ReleaseRow = Tables['release']
export type RevisionRow = Tables['revision']
export type Revision = {
  ordinal: number
  hash: string
  hashes: PartHashes
  sealed: Sealed
  content: Content
  savedBy: string
  savedAt: string
  cycle: number
  /** Ordinal of the revision it was masked from. */
  derivedFrom: number | null
}

export const releaseById = (db: Db, id: string) =>
  db.selectFrom('release').selectAll().where('id', '=', id).executeTakeFirst()
export const releaseByNumber = (db: Db, number: string) =>
  db.selectFrom('release').selectAll().where('number', '=', number).executeTakeFirst()

/** On PostgreSQL takes the row lock every act on a release begins with; SQLite's transaction already has the only one. */
export async function lockRelease(trx: Db, dialect: 'sqlite' | 'postgres', id: string): Promise<void> {
  if (dialect === 'postgres') await sql`select 1 from release where id = ${id} for update`.execute(trx)
}

export const insertRelease = (db: Db, row: ReleaseRow) => db.insertInto('release').values(row).execute()

/** Changes a release and raises its version, which is the ETag people hold. */
export const changeRelease = (db: Db, id: string, at: string, set: Updateable<Tables['release']>) =>
  db
    .updateTable('release')
    .set({ ...set, updated_at: at, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()

/** The earliest planned time still ahead. */
export const nextPlanned = async (db: Db, now: string): Promise<string | null> =>
  (
    await db
      .selectFrom('release')
      .select((e) => e.fn.min('planned_at').as('at'))
      .where('state', '=', 'scheduled')
      .where('planned_at', '>', now)
      .executeTakeFirst()
  )?.at ?? null
export const dueReleases = (db: Db, now: string) =>
  db
    .selectFrom('release')
    .selectAll()
    .where('state', '=', 'scheduled')
    .where('planned_at', '<=', now)
    .orderBy('planned_at')
    .limit(50)
    .execute()
/** Agencies a reader may look into, and the states they may see there. */
export type Window = { agencyIds: string[]; states: string[] }
export type ListFilter = {
  kind?: string
  state?: string
  number?: string
  documentNumber?: string
  limit: number
  only?: string | null
}
/**
 * Inside any of the windows. Where the newest are asked for, the index of changes is walked until there are enough; SQLite, which
 * keeps no figures, would sort all an office ever wrote for an index of agencies. A cast is nothing to PostgreSQL, which weighs both.
 */
export const insideOf =
  (open: Window[]) =>
  (e: ExpressionBuilder<Tables, 'release'>): Expression<SqlBool> => {
    const [agency, state] = [e.cast<string>('release.agency_id', 'text'), e.cast<string>('release.state', 'text')]
    return e.or(open.map((w) => e.and([e(agency, 'in', w.agencyIds), e(state, 'in', w.states)])))
  }

/** Releases inside any of the windows, newest change first, those after `after` (its updated_at and id). */
export function releasesWithin(
  db: Db,
  windows: Window[],
  f: ListFilter,
  after: { at: string; id: string } | null,
): Promise<ReleaseRow[]> {
  const open = windows.filter((w) => w.agencyIds.length && w.states.length)
  if (open.length === 0) return Promise.resolve([])
  let q = db.selectFrom('release').selectAll().where(insideOf(open))
  // Of what is kept to some, what this member may read.
  if (f.only) q = q.where(readableBy(f.only))
  if (f.kind) q = q.where('kind', '=', f.kind)
  if (f.state) q = q.where('state', '=', f.state)
  if (f.number) q = q.where('number', '=', f.number)
  if (f.documentNumber) q = q.where('document_number', '=', f.documentNumber)
  if (after)
    q = q.where((e) =>
      e.or([e('updated_at', '<', after.at), e.and([e('updated_at', '=', after.at), e('id', '<', after.id)])]),
    )
  return q.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(f.limit).execute()
}
/** Approved with no planned time, left behind by a process that died between signing and publishing. */
export const approvedReleases = (db: Db) =>
  db
    .selectFrom('release')
    .selectAll()
    .where('state', '=', 'approved')
    .where('planned_at', 'is', null)
    .limit(50)
    .execute()

export const insertRevision = (db: Db, row: RevisionRow) => db.insertInto('revision').values(row).execute()

/** One revision, or the current one. Undefined when there is none or its content is gone. */
export async function revisionOf(db: Db, releaseId: string, ordinal: number): Promise<Revision | undefined> {
  const row = await db
    .selectFrom('revision')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst()
  return row?.content ? readRevision(row) : undefined
}
export const readRevision = (row: RevisionRow): Revision => {
  const sealed = JSON.parse(row.content as string) as Sealed
  return {
    ordinal: row.ordinal,
    hash: row.hash,
    hashes: JSON.parse(row.part_hashes) as PartHashes,
    sealed,
    content: openSealed(sealed),
    savedBy: row.saved_by,
    savedAt: row.saved_at,
    cycle: row.cycle,
    derivedFrom: row.derived_from,
  }
}
export const revisionList = (db: Db, releaseId: string) =>
  db
    .selectFrom('revision')
    .select(['ordinal', 'hash', 'saved_by', 'saved_at', 'cycle'])
    .where('release_id', '=', releaseId)
    .orderBy('ordinal')
    .execute()

/** Hashes of the parts of every revision, oldest first. */
export const partHashesOf = async (db: Db, releaseId: string): Promise<{ ordinal: number; hashes: PartHashes }[]> =>
  (
    await db
      .selectFrom('revision')
      .select(['ordinal', 'part_hashes'])
      .where('release_id', '=', releaseId)
      .orderBy('ordinal')
      .execute()
  ).map((r) => ({ ordinal: r.ordinal, hashes: JSON.parse(r.part_hashes) as PartHashes }))

export const contribute = (db: Db, row: Tables['contribution']) =>
  db
    .insertInto('contribution')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute()
/** Members with a hand in the release since its last edition. */
export async function contributors(db: Db, releaseId: string, cycle: number): Promise<string[]> {
  const rows = await db
    .selectFrom('contribution')
    .select('member_id')
    .distinct()
    .where('release_id', '=', releaseId)
    .where('cycle', '=', cycle)
    .execute()
  return rows.map((r) => r.member_id)
}

export const attachmentsOf = (db: Db, releaseId: string) =>
  db.selectFrom('attachment').selectAll().where('release_id', '=', releaseId).orderBy('added_at').execute()
export const attachmentsWith = async (db: Db, hashes: string[]): Promise<Tables['attachment'][]> =>
  hashes.length === 0 ? [] : db.selectFrom('attachment').selectAll().where('sha256', 'in', hashes).execute()
export const insertAttachment = (db: Db, row: Tables['attachment']) => db.insertInto('attachment').values(row).execute()

export const note = (db: Db, row: Omit<Tables['timeline'], 'id' | 'note'> & { note?: string }) =>
  db
    .insertInto('timeline')
    .values({ note: '', ...row })
    .execute()
export const timelineOf = (db: Db, releaseId: string) =>
  db.selectFrom('timeline').selectAll().where('release_id', '=', releaseId).orderBy('id').execute()

/** Forgets every word of a release that this stage holds: revisions, attachments' names, notes. Rows stay, empty. */
export async function forgetDesk(trx: Db, releaseId: string): Promise<{ blobs: string[] }> {
  const files = await attachmentsOf(trx, releaseId)
  await trx.updateTable('revision').set({ content: null, salt: '' }).where('release_id', '=', releaseId).execute()
  await trx.deleteFrom('attachment').where('release_id', '=', releaseId).execute()
  await trx.deleteFrom('file_scan').where('release_id', '=', releaseId).execute()
  await trx.deleteFrom('relay').where('release_id', '=', releaseId).execute()
  await forgetKeeps(trx, releaseId)
  await trx.updateTable('timeline').set({ note: '' }).where('release_id', '=', releaseId).execute()
  await trx.updateTable('release').set({ document_number: null }).where('id', '=', releaseId).execute()
  const hashes = [...new Set(files.map((f) => f.sha256))]
  const shared = hashes.length
    ? await trx.selectFrom('attachment').select('sha256').where('sha256', 'in', hashes).execute()
    : []
  return { blobs: hashes.filter((h) => !shared.some((s) => s.sha256 === h)) }
}
