/** Rows of items of public concern and of their steps. */
import type { Kysely, Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { OpinionRow } from './opinion.ts'

type Db = Kysely<Tables>
export type StepRow = Omit<Tables['opinion_step'], 'id'>

export const insertOpinion = (db: Db, row: OpinionRow) => db.insertInto('opinion').values(row).execute()
export const updateOpinion = (db: Db, id: string, set: Updateable<OpinionRow>) =>
  db.updateTable('opinion').set(set).where('id', '=', id).execute()
export const opinionById = (db: Db, id: string) =>
  db.selectFrom('opinion').selectAll().where('id', '=', id).executeTakeFirst()
export const opinionByNumber = (db: Db, number: string) =>
  db.selectFrom('opinion').selectAll().where('number', '=', number).executeTakeFirst()
/** The newest first. */
export const opinionsWithin = (db: Db, agencyIds: string[], limit = 200): Promise<OpinionRow[]> =>
  db
    .selectFrom('opinion')
    .selectAll()
    .where('agency_id', 'in', agencyIds.length ? agencyIds : [''])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
export const opinionsOfIncident = (db: Db, incidentId: string): Promise<OpinionRow[]> =>
  db.selectFrom('opinion').selectAll().where('incident_id', '=', incidentId).orderBy('created_at').limit(200).execute()
/** Judged to be answered by this release, and not answered yet. */
export const awaitingRelease = (db: Db, releaseId: string): Promise<OpinionRow[]> =>
  db
    .selectFrom('opinion')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('state', '=', 'judged')
    .where('decision', '=', 'respond')
    .execute()
export const insertStep = (db: Db, row: StepRow) => db.insertInto('opinion_step').values(row).execute()
export const stepsOf = (db: Db, opinionIds: string[]) =>
  opinionIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('opinion_step').selectAll().where('opinion_id', 'in', opinionIds).orderBy('id').execute()
