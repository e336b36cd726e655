/** Rows of incidents and clocks. */
import type { Kysely, Updateable } from 'kysely'
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

/** Incidents that were running at a time, newest first. */
export const openIncidents = (db: Db, at: string, limit: number) =>
  db
    .selectFrom('incident')
    .selectAll()
    .where((e) => e.or([e('closed_at', 'is', null), e('closed_at', '>', at)]))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

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
