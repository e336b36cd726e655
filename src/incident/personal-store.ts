/** Words people wrote beside an incident's figures, deadlines and corrections, which may name a person; and how they are emptied. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
/** `ref` names a row and a column, never a word of it. */
export type PersonalItem = { ref: string; what: string; at: string; text: string }

export async function personalOfIncident(db: Db, incidentId: string): Promise<PersonalItem[]> {
  const [facts, events, corrections] = await Promise.all([
    db.selectFrom('incident_fact').selectAll().where('incident_id', '=', incidentId).orderBy('id').execute(),
    eventsWithWords(db, incidentId),
    db
      .selectFrom('known_correction')
      .selectAll()
      .where('incident_id', '=', incidentId)
      .where('why', '<>', '')
      .execute(),
  ])
  const item = (ref: string, what: string, at: string, text: string) => (text === '' ? [] : [{ ref, what, at, text }])
  return [
    ...facts.flatMap((f) => [
      ...item(`fact-source:${f.id}`, 'fact-source', f.recorded_at, f.source),
      ...item(`fact-explanation:${f.id}`, 'fact-explanation', f.recorded_at, f.explanation),
    ]),
    ...events.flatMap((e) => item(`clock:${e.id}`, 'clock', e.at, e.why)),
    ...corrections.flatMap((k) => item(`known:${k.id}`, 'known', k.proposed_at, k.why)),
  ]
}

/** Of the incident's own deadlines and of those of public concern about it. */
const eventsWithWords = (db: Db, incidentId: string) =>
  db
    .selectFrom('clock_event')
    .innerJoin('clock', 'clock.id', 'clock_event.clock_id')
    .select(['clock_event.id', 'clock_event.at', 'clock_event.why'])
    .where('clock_event.why', '<>', '')
    .where(
      sql<boolean>`(clock.subject = ${`incident:${incidentId}`} or clock.subject in
        (select 'opinion:' || o.id from opinion o where o.incident_id = ${incidentId}))`,
    )
    .orderBy('clock_event.id')
    .execute()

/** One of them; what is none of this stage's is left alone. @returns whether it was */
export async function emptyPersonal(trx: Db, ref: string): Promise<boolean> {
  const [what, id = ''] = ref.split(':')
  switch (what) {
    case 'fact-source':
      await trx.updateTable('incident_fact').set({ source: '' }).where('id', '=', Number(id)).execute()
      return true
    case 'fact-explanation':
      await trx.updateTable('incident_fact').set({ explanation: '' }).where('id', '=', Number(id)).execute()
      return true
    case 'clock':
      await trx.updateTable('clock_event').set({ why: '' }).where('id', '=', Number(id)).execute()
      return true
    case 'known':
      await trx.updateTable('known_correction').set({ why: '' }).where('id', '=', id).execute()
      return true
    default:
      return false
  }
}

export const keptOf = (db: Db, incidentId: string) =>
  db.selectFrom('retention_keep').selectAll().where('incident_id', '=', incidentId).execute()
export async function putKept(trx: Db, incidentId: string, rows: Tables['retention_keep'][]): Promise<void> {
  await trx.deleteFrom('retention_keep').where('incident_id', '=', incidentId).execute()
  if (rows.length) await trx.insertInto('retention_keep').values(rows).execute()
}
export const insertRetention = (trx: Db, row: Omit<Tables['retention'], 'id'>) =>
  trx.insertInto('retention').values(row).execute()
export const retentionsOf = (db: Db, incidentId: string) =>
  db.selectFrom('retention').selectAll().where('incident_id', '=', incidentId).orderBy('id').execute()
