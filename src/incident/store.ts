/** Rows of incidents and clocks. */
import { type Kysely, sql, type Updateable } from 'kysely'
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

/** Starts a clock once per subject and rule; a second start changes nothing. */
export const insertClock = (db: Db, row: Tables['clock']) =>
  db
    .insertInto('clock')
    .values(row)
    .onConflict((c) => c.columns(['subject', 'rule']).doNothing())
    .execute()
export const clocksOf = (db: Db, subjects: string[]) =>
  subjects.length === 0
    ? Promise.resolve([])
    : db.selectFrom('clock').selectAll().where('subject', 'in', subjects).orderBy('due_at').execute()
export const meetClock = (db: Db, subject: string, rule: string, at: string) =>
  db
    .updateTable('clock')
    .set({ met_at: at })
    .where('subject', '=', subject)
    .where('rule', '=', rule)
    .where('met_at', 'is', null)
    .execute()
export const overdueClocks = (db: Db, now: string) =>
  db
    .selectFrom('clock')
    .selectAll()
    .where('due_at', '<', now)
    .where('met_at', 'is', null)
    .where('breached_at', 'is', null)
    .limit(100)
    .execute()
export const breachClock = (db: Db, id: string, at: string) =>
  db
    .updateTable('clock')
    .set({ breached_at: at })
    .where('id', '=', id)
    .where('met_at', 'is', null)
    .where('breached_at', 'is', null)
    .execute()
