/** Rows of what is asked before a warning expires. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type Word = Tables['expiry_word'] & { agency_id: string }

/** Editions in force whose validity ends in (from, to], with their text. */
export const expiringWithin = async (db: Db, from: string, to: string) =>
  (
    await db
      .selectFrom('turn_due')
      .innerJoin('release', 'release.id', 'turn_due.release_id')
      .innerJoin('edition', (j) =>
        j.onRef('edition.release_id', '=', 'release.id').onRef('edition.number', '=', 'release.editions'),
      )
      .select(['edition.id as edition_id', 'release.id as release_id', 'turn_due.due_at', 'edition.content'])
      .where('turn_due.why', '=', 'expired')
      .where('turn_due.due_at', '>', from)
      .where('turn_due.due_at', '<=', to)
      .where('release.face', '=', 'live')
      .limit(200)
      .execute()
  ).flatMap((r) => (r.content ? [{ ...r, content: r.content }] : []))

export const noteExpiry = (db: Db, row: Pick<Word, 'edition_id' | 'release_id' | 'due_at'>) =>
  db
    .insertInto('expiry_word')
    .values({ ...row, told: 0, answered_by: null, answered_at: null })
    .onConflict((c) => c.column('edition_id').doNothing())
    .execute()

const unanswered = (db: Db) =>
  db
    .selectFrom('expiry_word')
    .innerJoin('release', 'release.id', 'expiry_word.release_id')
    .innerJoin('edition', 'edition.id', 'expiry_word.edition_id')
    .selectAll('expiry_word')
    .select(['release.agency_id'])
    .where('expiry_word.answered_at', 'is', null)

/** Still to be answered: not yet expired, and the newest word on the matter. */
export const openExpiries = (db: Db, now: string): Promise<Word[]> =>
  unanswered(db)
    .whereRef('edition.number', '=', 'release.editions')
    .where('expiry_word.due_at', '>', now)
    .where('release.face', '=', 'live')
    .limit(200)
    .execute()

/** No longer asked, and not yet put away. */
export const overExpiries = (db: Db, now: string): Promise<Word[]> =>
  unanswered(db)
    .where('expiry_word.told', '<', 3)
    .where((e) =>
      e.or([
        e('expiry_word.due_at', '<=', now),
        e('edition.number', '<', e.ref('release.editions')),
        e('release.face', '<>', 'live'),
      ]),
    )
    .limit(200)
    .execute()

export const expiryOf = (db: Db, editionId: string) =>
  db.selectFrom('expiry_word').selectAll().where('edition_id', '=', editionId).executeTakeFirst()
export const markTold = (db: Db, editionId: string, told: number) =>
  db.updateTable('expiry_word').set({ told }).where('edition_id', '=', editionId).execute()
export const answerExpiry = (db: Db, editionId: string, memberId: string, at: string) =>
  db
    .updateTable('expiry_word')
    .set({ answered_by: memberId, answered_at: at })
    .where('edition_id', '=', editionId)
    .execute()
