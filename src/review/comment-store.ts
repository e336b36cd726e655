/** Rows of comments on passages, and of their answers. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type CommentRow = Tables['comment']

export const insertComment = (db: Db, row: CommentRow) => db.insertInto('comment').values(row).execute()
export const commentById = (db: Db, id: string) =>
  db.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirst()
export const commentRows = (db: Db, releaseId: string) =>
  db.selectFrom('comment').selectAll().where('release_id', '=', releaseId).orderBy('at').orderBy('id').execute()
/** How many a release has, and how many of them nobody settled. */
export const commentCounts = async (db: Db, releaseId: string): Promise<{ all: number; open: number }> => {
  const rows = await db
    .selectFrom('comment')
    .select((e) => ['state', e.fn.countAll<number>().as('n')])
    .where('release_id', '=', releaseId)
    .groupBy('state')
    .execute()
  const sum = (list: typeof rows) => list.reduce((n, r) => n + Number(r.n), 0)
  return { all: sum(rows), open: sum(rows.filter((r) => r.state !== 'settled')) }
}
export const answerCount = async (db: Db, commentId: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('comment_answer')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('comment_id', '=', commentId)
        .executeTakeFirstOrThrow()
    ).n,
  )
export const setCommentState = (
  db: Db,
  id: string,
  set: Pick<CommentRow, 'state'> & Partial<Pick<CommentRow, 'settled_by' | 'settled_at'>>,
) => db.updateTable('comment').set(set).where('id', '=', id).execute()

export const insertAnswer = (db: Db, row: Omit<Tables['comment_answer'], 'id'>) =>
  db.insertInto('comment_answer').values(row).execute()
export const answerRows = (db: Db, releaseId: string) =>
  db.selectFrom('comment_answer').selectAll().where('release_id', '=', releaseId).orderBy('id').execute()

/** Every word of them, with the rows. */
export async function forgetComments(trx: Db, releaseId: string): Promise<void> {
  await trx.deleteFrom('comment_answer').where('release_id', '=', releaseId).execute()
  await trx.deleteFrom('comment').where('release_id', '=', releaseId).execute()
}
