/** Rows of reports that went up, and of their receipts. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type UpwardRow = Tables['upward_report']
export type ReceiptRow = Tables['upward_receipt']

export const insertUpward = (db: Db, row: UpwardRow) => db.insertInto('upward_report').values(row).execute()
export const upwardById = (db: Db, id: string) =>
  db.selectFrom('upward_report').selectAll().where('id', '=', id).executeTakeFirst()
/** Every entry there ever was, in the order of the series; a correcting entry after what it corrects. */
export const upwardOf = (db: Db, incidentId: string): Promise<UpwardRow[]> =>
  db
    .selectFrom('upward_report')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('ordinal')
    .orderBy('recorded_at')
    .orderBy('id')
    .limit(500)
    .execute()
export const insertReceipt = (db: Db, row: ReceiptRow) => db.insertInto('upward_receipt').values(row).execute()
export const receiptsOf = (db: Db, reportIds: string[]): Promise<ReceiptRow[]> =>
  reportIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('upward_receipt').selectAll().where('report_id', 'in', reportIds).execute()
