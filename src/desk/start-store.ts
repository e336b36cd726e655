/** Rows of an agency's own words to start from. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type StartRow = Tables['start_words']

export const startsOf = (db: Db, agencyId: string): Promise<StartRow[]> =>
  db.selectFrom('start_words').selectAll().where('agency_id', '=', agencyId).execute()
export const putStart = (db: Db, row: StartRow) =>
  db
    .insertInto('start_words')
    .values(row)
    .onConflict((c) =>
      c.columns(['agency_id', 'kind', 'language']).doUpdateSet({
        title: row.title,
        blocks: row.blocks,
        body: row.body,
        set_by: row.set_by,
        set_at: row.set_at,
      }),
    )
    .execute()
export const dropStart = (db: Db, agencyId: string, kind: string, language: string) =>
  db
    .deleteFrom('start_words')
    .where('agency_id', '=', agencyId)
    .where('kind', '=', kind)
    .where('language', '=', language)
    .execute()
