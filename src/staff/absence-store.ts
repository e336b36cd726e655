/** Rows of absences: who is away when, and who stands in. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type AbsenceRow = Tables['absence']

export const insertAbsence = (db: Db, row: AbsenceRow) => db.insertInto('absence').values(row).execute()
export const absenceById = (db: Db, id: string) =>
  db.selectFrom('absence').selectAll().where('id', '=', id).executeTakeFirst()
export const endAbsenceAt = (db: Db, id: string, at: string) =>
  db.updateTable('absence').set({ ended_at: at }).where('id', '=', id).execute()

/** Absences of members of these agencies that are not over, soonest first. */
export const absencesFrom = (db: Db, agencyIds: string[], now: string) =>
  db
    .selectFrom('absence')
    .innerJoin('member', 'member.id', 'absence.member_id')
    .innerJoin('member as delegate', 'delegate.id', 'absence.delegate_id')
    .selectAll('absence')
    .select([
      'member.name',
      'member.agency_id',
      'member.roles',
      'member.active',
      'delegate.name as delegate_name',
      'delegate.phone as delegate_phone',
      'delegate.roles as delegate_roles',
      'delegate.active as delegate_active',
    ])
    .where('member.agency_id', 'in', agencyIds)
    .where('absence.ends_at', '>', now)
    .where('absence.ended_at', 'is', null)
    .orderBy('absence.starts_at')
    .orderBy('absence.id')
    .execute()
export type Absence = Awaited<ReturnType<typeof absencesFrom>>[number]

/** Those that hold at this moment. */
export const absencesAt = async (db: Db, agencyIds: string[], now: string): Promise<Absence[]> =>
  (await absencesFrom(db, agencyIds, now)).filter((a) => a.starts_at <= now)

/** Absences of one member, or those one stands in for, that touch a span of time. */
export const absencesTouching = (db: Db, who: 'member_id' | 'delegate_id', id: string, from: string, to: string) =>
  db
    .selectFrom('absence')
    .selectAll()
    .where(who, '=', id)
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .where('ended_at', 'is', null)
    .execute()
