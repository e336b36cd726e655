/** Rows of editions, dispatches and slots: this stage is their only writer. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type EditionRow = Tables['edition']

export const insertEdition = (db: Db, row: EditionRow) => db.insertInto('edition').values(row).execute()
export const editionById = (db: Db, id: string) =>
  db.selectFrom('edition').selectAll().where('id', '=', id).executeTakeFirst()
export const editionsOf = (db: Db, releaseId: string, upTo = Number.MAX_SAFE_INTEGER) =>
  db
    .selectFrom('edition')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('sequence', '<=', upTo)
    .orderBy('number')
    .execute()
/** The release's newest edition, whatever became of its text. */
export const lastEditionOf = (db: Db, releaseId: string) =>
  db
    .selectFrom('edition')
    .selectAll()
    .where('release_id', '=', releaseId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
export const firstSequenceOf = async (db: Db, releaseId: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('edition')
        .select((e) => e.fn.min('sequence').as('first'))
        .where('release_id', '=', releaseId)
        .executeTakeFirst()
    )?.first ?? 0,
  )
export const editionBySequence = (db: Db, sequence: number) =>
  db.selectFrom('edition').selectAll().where('sequence', '=', sequence).executeTakeFirst()
/** Editions whose hash begins so, newest first. `prefix` is lower-case hex. */
export const editionsByHash = (db: Db, prefix: string, limit: number) =>
  db
    .selectFrom('edition')
    .selectAll()
    .where('revision_hash', '>=', prefix)
    .where('revision_hash', '<', `${prefix}g`)
    .orderBy('revision_hash')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
export const editionsAfter = (db: Db, sequence: number, limit: number) =>
  db.selectFrom('edition').selectAll().where('sequence', '>', sequence).orderBy('sequence').limit(limit).execute()
export const latestEditions = async (db: Db, releaseIds: string[], upTo: number): Promise<EditionRow[]> =>
  releaseIds.length === 0
    ? []
    : db
        .selectFrom('edition')
        .selectAll()
        .where('release_id', 'in', releaseIds)
        .where('sequence', '=', (e) =>
          e
            .selectFrom('edition as later')
            .select((f) => f.fn.max('later.sequence').as('top'))
            .whereRef('later.release_id', '=', 'edition.release_id')
            .where('later.sequence', '<=', upTo),
        )
        .execute()
export const setPostReview = (db: Db, id: string, at: string, memberId: string) =>
  db
    .updateTable('edition')
    .set({ post_reviewed_at: at, post_reviewed_by: memberId })
    .where('id', '=', id)
    .where('post_reviewed_at', 'is', null)
    .execute()

export const insertDispatches = (db: Db, rows: Tables['dispatch'][]) => db.insertInto('dispatch').values(rows).execute()

/** Outlets any edition of the release was ordered to. */
export const outletsOfRelease = async (db: Db, releaseId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('dispatch')
      .innerJoin('edition', 'edition.id', 'dispatch.edition_id')
      .select('dispatch.outlet')
      .distinct()
      .where('edition.release_id', '=', releaseId)
      .execute()
  ).map((d) => d.outlet)

/** Gives the release the next slot of each list it does not yet stand in. */
export async function takeSlots(trx: Db, lists: string[], releaseId: string, sequence: number): Promise<void> {
  for (const list of lists) {
    const has = await trx
      .selectFrom('slot')
      .select('slot')
      .where('list', '=', list)
      .where('release_id', '=', releaseId)
      .executeTakeFirst()
    if (has) continue
    const top = await trx
      .selectFrom('slot')
      .select((e) => e.fn.max('slot').as('top'))
      .where('list', '=', list)
      .executeTakeFirst()
    await trx
      .insertInto('slot')
      .values({ list, slot: Number(top?.top ?? 0) + 1, release_id: releaseId, first_sequence: sequence })
      .execute()
  }
}
export const slotsOfRelease = (db: Db, releaseId: string, upTo: number) =>
  db
    .selectFrom('slot')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('first_sequence', '<=', upTo)
    .orderBy('list')
    .execute()
export const slotRange = (db: Db, list: string, from: number, to: number, upTo: number) =>
  db
    .selectFrom('slot')
    .selectAll()
    .where('list', '=', list)
    .where('slot', '>=', from)
    .where('slot', '<=', to)
    .where('first_sequence', '<=', upTo)
    .orderBy('slot')
    .execute()
/** Slots are given in order of sequence, so the highest one up to a sequence is the list's size then. */
export const listSize = async (db: Db, list: string, upTo: number): Promise<number> =>
  (
    await db
      .selectFrom('slot')
      .select('slot')
      .where('list', '=', list)
      .where('first_sequence', '<=', upTo)
      .orderBy('slot', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.slot ?? 0

/** Notes the edition in every list its release stands in. */
export async function recordChange(trx: Db, releaseId: string, sequence: number): Promise<void> {
  const places = await slotsOfRelease(trx, releaseId, sequence)
  if (places.length)
    await trx
      .insertInto('list_change')
      .values(places.map((p) => ({ list: p.list, sequence, release_id: releaseId })))
      .execute()
}
/** Releases of a list by their latest change, newest first. Reads a few rows however long the list is. */
export async function recentInList(db: Db, list: string, upTo: number, limit: number): Promise<string[]> {
  const found = new Set<string>()
  let below = upTo + 1
  while (found.size < limit) {
    const rows = await db
      .selectFrom('list_change')
      .selectAll()
      .where('list', '=', list)
      .where('sequence', '<', below)
      .orderBy('sequence', 'desc')
      .limit(limit * 2)
      .execute()
    for (const row of rows) if (found.size < limit) found.add(row.release_id)
    if (rows.length < limit * 2) break
    below = rows.at(-1)?.sequence ?? 0
  }
  return [...found]
}
/** Every list anything had been published in by then, with its size. */
export async function listSizes(db: Db, mode: string, upTo: number): Promise<Map<string, number>> {
  const open = await db
    .selectFrom('slot')
    .select('list')
    .where('slot', '=', 1)
    .where('list', 'like', `${mode}:%`)
    .where('first_sequence', '<=', upTo)
    .execute()
  const sizes = await Promise.all(
    open.map(async (o) => [o.list.slice(mode.length + 1), await listSize(db, o.list, upTo)] as const),
  )
  return new Map(sizes)
}

/** Notes which releases this edition names, for links both ways. */
export const recordRelations = async (trx: Db, releaseId: string, sequence: number, named: string[]): Promise<void> => {
  if (named.length)
    await trx
      .insertInto('relation')
      .values([...new Set(named)].map((to) => ({ from_release: releaseId, to_release: to, sequence })))
      .onConflict((c) => c.doNothing())
      .execute()
}
export const releasesRelating = async (db: Db, releaseId: string, upTo: number, limit: number): Promise<string[]> =>
  (
    await db
      .selectFrom('relation')
      .select('from_release')
      .distinct()
      .where('to_release', '=', releaseId)
      .where('sequence', '<=', upTo)
      .orderBy('from_release', 'desc')
      .limit(limit)
      .execute()
  ).map((r) => r.from_release)

/** Notes which edition of which release an edition carries. */
export const insertRepost = (trx: Db, row: Tables['repost']) => trx.insertInto('repost').values(row).execute()
export const repostOf = (db: Db, releaseId: string, edition: number) =>
  db
    .selectFrom('repost')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('edition', '=', edition)
    .executeTakeFirst()
/** Releases any edition of which carries this one. */
export const repostsOf = async (db: Db, sourceId: string): Promise<string[]> =>
  (await db.selectFrom('repost').select('release_id').distinct().where('source_release', '=', sourceId).execute()).map(
    (r) => r.release_id,
  )

/** Takes an edition's text out and leaves these faces. */
export const emptyEdition = (trx: Db, id: string, faces: string) =>
  trx.updateTable('edition').set({ content: null, faces }).where('id', '=', id).execute()

/** Editions per agency and how many of them travelled the flash lane: shown to auditors (DESIGN §2.2). */
export async function flashShare(db: Db): Promise<{ agencyId: string; editions: number; flash: number }[]> {
  const rows = await db
    .selectFrom('edition')
    .innerJoin('release', 'release.id', 'edition.release_id')
    .select([
      'release.agency_id',
      (e) => e.fn.countAll<number>().as('n'),
      (e) => e.fn.count<number>('edition.post_review_due').as('flash'),
    ])
    .where('edition.mode', '=', 'live')
    .groupBy('release.agency_id')
    .orderBy('release.agency_id')
    .execute()
  return rows.map((r) => ({ agencyId: r.agency_id, editions: Number(r.n), flash: Number(r.flash) }))
}
