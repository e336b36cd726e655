/** Rows of the dated list of officials. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Official } from './officials.ts'

type Db = Kysely<Tables>

export const officialRows = (db: Db, agencyId: string) =>
  db.selectFrom('official').selectAll().where('agency_id', '=', agencyId).orderBy('position').execute()
export const asOfficial = (row: Tables['official']): Official => ({
  name: row.name,
  title: row.title,
  from: row.from_day,
  until: row.until_day,
})

const AT_ONCE = 100
/** The whole list anew, in its order. */
export async function replaceOfficials(trx: Db, agencyId: string, list: readonly Official[]): Promise<void> {
  await trx.deleteFrom('official').where('agency_id', '=', agencyId).execute()
  const rows = list.map((o, position) => ({
    agency_id: agencyId,
    position,
    name: o.name,
    title: o.title,
    from_day: o.from,
    until_day: o.until,
  }))
  for (let i = 0; i < rows.length; i += AT_ONCE)
    await trx
      .insertInto('official')
      .values(rows.slice(i, i + AT_ONCE))
      .execute()
}
