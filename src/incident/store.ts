/** Rows of incidents: what they are, their figures, their grades, corrections of when they became known. */
import { type Kysely, type Selectable, sql, type Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type IncidentRow = Tables['incident']

export const incidentById = (db: Db, id: string) =>
  db.selectFrom('incident').selectAll().where('id', '=', id).executeTakeFirst()
export const insertIncident = (db: Db, row: IncidentRow) => db.insertInto('incident').values(row).execute()
export const updateIncident = (db: Db, id: string, set: Updateable<IncidentRow>) =>
  db.updateTable('incident').set(set).where('id', '=', id).execute()
export const incidents = (db: Db, limit = 200) =>
  db.selectFrom('incident').selectAll().orderBy('created_at', 'desc').limit(limit).execute()

export const incidentByNumber = (db: Db, number: string) =>
  db.selectFrom('incident').selectAll().where('number', '=', number).executeTakeFirst()

/** Whether a turn after the sequence closed it: then it was still open there. */
export const closedAfter = async (db: Db, id: string, mode: string, sequence: number): Promise<boolean> =>
  (await db
    .selectFrom('turn')
    .select('sequence')
    .where('incident_id', '=', id)
    .where('why', '=', 'incident-closed')
    .where('mode', '=', mode)
    .where('sequence', '>', sequence)
    .executeTakeFirst()) !== undefined

/** Incidents about which something was public at a sequence and which no turn had closed by then, newest first. */
export async function openIncidents(db: Db, mode: string, sequence: number, limit: number): Promise<IncidentRow[]> {
  const spoken = sql<boolean>`exists (select 1 from slot s where s.list = ${`${mode}:incident/`} || incident.number
    and s.slot = 1 and s.first_sequence <= ${sequence})`
  const found = db.selectFrom('incident').selectAll().where(spoken).orderBy('created_at', 'desc').limit(limit)
  const later = db
    .selectFrom('turn')
    .select('incident_id')
    .where('mode', '=', mode)
    .where('sequence', '>', sequence)
    .where('why', '=', 'incident-closed')
    .where('incident_id', 'is not', null)
  const [open, closedSince] = await Promise.all([
    found.where('closed_at', 'is', null).execute(),
    found.where('id', 'in', later).execute(),
  ])
  return [...open, ...closedSince].sort((a, b) => (a.created_at < b.created_at ? 1 : -1)).slice(0, limit)
}

export type FactRow = Selectable<Tables['incident_fact']>
export const insertFact = (db: Db, row: Omit<FactRow, 'id'>): Promise<FactRow> =>
  db.insertInto('incident_fact').values(row).returningAll().executeTakeFirstOrThrow()
/** Every figure there ever was, by what it counts and the time it was true. */
export const factsOf = (db: Db, incidentId: string): Promise<FactRow[]> =>
  db
    .selectFrom('incident_fact')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('what')
    .orderBy('as_of')
    .orderBy('id')
    .limit(1000)
    .execute()

export const insertGrade = (db: Db, row: Tables['incident_grade']) =>
  db.insertInto('incident_grade').values(row).execute()
export const gradesOf = (db: Db, incidentId: string) =>
  db.selectFrom('incident_grade').selectAll().where('incident_id', '=', incidentId).orderBy('set_at').execute()

export const insertCorrection = (db: Db, row: Tables['known_correction']) =>
  db.insertInto('known_correction').values(row).execute()
export const correctionById = (db: Db, id: string) =>
  db.selectFrom('known_correction').selectAll().where('id', '=', id).executeTakeFirst()
export const correctionsOf = (db: Db, incidentId: string) =>
  db.selectFrom('known_correction').selectAll().where('incident_id', '=', incidentId).orderBy('proposed_at').execute()
/** Closes an open one; false when somebody was faster. */
export const closeCorrection = async (
  db: Db,
  id: string,
  set: Pick<Tables['known_correction'], 'state' | 'decided_by' | 'decided_at'>,
): Promise<boolean> =>
  (
    await db
      .updateTable('known_correction')
      .set(set)
      .where('id', '=', id)
      .where('state', '=', 'open')
      .executeTakeFirst()
  ).numUpdatedRows > 0n
