/** Rows of what people did by hand: channels, and which of them carried which edition. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type ManualChannelRow = Tables['manual_channel']
export type ManualRecordRow = Tables['manual_record']

export const insertManualChannel = (db: Db, row: ManualChannelRow) =>
  db.insertInto('manual_channel').values(row).execute()
export const manualChannelById = (db: Db, id: string) =>
  db.selectFrom('manual_channel').selectAll().where('id', '=', id).executeTakeFirst()
/** Those in use, and those among `also` that no longer are. */
export const manualChannels = (db: Db, agencyId: string, also: string[] = []): Promise<ManualChannelRow[]> =>
  db
    .selectFrom('manual_channel')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where((e) => e.or([e('ended_at', 'is', null), ...(also.length ? [e('id', 'in', also)] : [])]))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
export const endManualChannel = async (db: Db, id: string, at: string): Promise<boolean> =>
  (
    await db
      .updateTable('manual_channel')
      .set({ ended_at: at })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n

export const insertManualRecord = (db: Db, row: ManualRecordRow) => db.insertInto('manual_record').values(row).execute()
export const manualRecordById = (db: Db, id: string) =>
  db.selectFrom('manual_record').selectAll().where('id', '=', id).executeTakeFirst()
/** What stands, oldest first. */
export const manualRecords = (db: Db, releaseId: string): Promise<ManualRecordRow[]> =>
  db
    .selectFrom('manual_record')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('void_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
export const voidManualRecord = async (db: Db, id: string, at: string, by: string): Promise<boolean> =>
  (
    await db
      .updateTable('manual_record')
      .set({ void_at: at, void_by: by })
      .where('id', '=', id)
      .where('void_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n

/** What people wrote beside their ticks may quote the release: it goes, and that they ticked stays. */
export async function forgetManual(trx: Db, releaseId: string): Promise<void> {
  await trx.updateTable('manual_record').set({ link: '', note: '' }).where('release_id', '=', releaseId).execute()
  await trx.updateTable('acknowledgement').set({ note: '' }).where('release_id', '=', releaseId).execute()
}

/** What people wrote beside what they did by hand with releases of an incident: who answered the telephone, who signed. */
export async function handNotesOf(db: Db, incidentId: string) {
  const [records, signed] = await Promise.all([
    db
      .selectFrom('manual_record')
      .innerJoin('release', 'release.id', 'manual_record.release_id')
      .select(['manual_record.id', 'manual_record.at', 'manual_record.note'])
      .where('release.incident_id', '=', incidentId)
      .where('manual_record.note', '<>', '')
      .execute(),
    db
      .selectFrom('acknowledgement')
      .innerJoin('release', 'release.id', 'acknowledgement.release_id')
      .select(['acknowledgement.delivery_id as id', 'acknowledgement.at', 'acknowledgement.note'])
      .where('release.incident_id', '=', incidentId)
      .where('acknowledgement.note', '<>', '')
      .execute(),
  ])
  return { records, signed: signed.map((s) => ({ ...s, id: String(s.id) })) }
}
export const emptyHandNote = (trx: Db, id: string) =>
  trx.updateTable('manual_record').set({ note: '' }).where('id', '=', id).execute()
export const emptySignedNote = (trx: Db, deliveryId: string) =>
  trx.updateTable('acknowledgement').set({ note: '' }).where('delivery_id', '=', Number(deliveryId)).execute()
