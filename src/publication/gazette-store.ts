/** Rows of the gazette: this stage is their only writer. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type IssueRow = Tables['gazette_issue']

export async function insertIssue(trx: Db, row: IssueRow): Promise<void> {
  await trx.insertInto('gazette_issue').values(row).execute()
  const items = (JSON.parse(row.release_ids) as string[]).map((id) => ({ release_id: id, sequence: row.sequence }))
  await trx.insertInto('gazette_item').values(items).execute()
}
export const issueByNumber = (db: Db, number: string) =>
  db.selectFrom('gazette_issue').selectAll().where('number', '=', number).executeTakeFirst()
/** All issues up to a sequence, oldest first: a dozen a year. */
export const issuesUpTo = (db: Db, sequence: number) =>
  db.selectFrom('gazette_issue').selectAll().where('sequence', '<=', sequence).orderBy('sequence').execute()
export const issuesAfter = (db: Db, sequence: number, limit: number) =>
  db.selectFrom('gazette_issue').selectAll().where('sequence', '>', sequence).orderBy('sequence').limit(limit).execute()
/** Issues that hold a release. */
export const issuesHolding = (db: Db, releaseId: string, upTo: number) =>
  db
    .selectFrom('gazette_item')
    .innerJoin('gazette_issue', 'gazette_issue.sequence', 'gazette_item.sequence')
    .selectAll('gazette_issue')
    .where('gazette_item.release_id', '=', releaseId)
    .where('gazette_item.sequence', '<=', upTo)
    .orderBy('gazette_issue.sequence')
    .execute()
export const issuesToBuild = (db: Db) =>
  db.selectFrom('gazette_issue').selectAll().where('built_at', 'is', null).orderBy('sequence').limit(10).execute()
export const setBuilt = (db: Db, id: string, at: string) =>
  db.updateTable('gazette_issue').set({ built_at: at }).where('id', '=', id).execute()
/** Policies and notices first published in a period, in that order. */
export const publishedBetween = async (db: Db, from: string, to: string): Promise<string[]> =>
  (
    await db
      .selectFrom('edition')
      .innerJoin('release', 'release.id', 'edition.release_id')
      .select('edition.release_id')
      .where('edition.number', '=', 1)
      .where('edition.mode', '=', 'live')
      .where('edition.published_at', '>=', from)
      .where('edition.published_at', '<', to)
      .where('release.kind', 'in', ['policy', 'notice'])
      .where('release.face', '=', 'live')
      .orderBy('edition.sequence')
      .execute()
  ).map((row) => row.release_id)
