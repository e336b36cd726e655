/** Alarms: raised once per cause and subject, cleared when it is over, told outside by lib/alarm. */
import type { Kysely } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>
export type AlarmRow = Tables['alarm']

/** Raises an alarm, or leaves the open one with the same cause and subject as it is. Cause is a code, subject is kind:id. */
export async function raiseAlarm(db: Db, clock: Clock, cause: string, subject: string): Promise<void> {
  await db
    .insertInto('alarm')
    .values({
      id: newId(clock.ms()),
      cause,
      subject,
      since: clock.now(),
      owner: null,
      acknowledged_at: null,
      cleared_at: null,
      told_at: null,
    })
    .onConflict((c) => c.columns(['cause', 'subject']).where('cleared_at', 'is', null).doNothing())
    .execute()
}

export const clearAlarm = (db: Db, clock: Clock, cause: string, subject: string) =>
  db
    .updateTable('alarm')
    .set({ cleared_at: clock.now() })
    .where('cause', '=', cause)
    .where('subject', '=', subject)
    .where('cleared_at', 'is', null)
    .execute()

export const openAlarms = (db: Db) =>
  db.selectFrom('alarm').selectAll().where('cleared_at', 'is', null).orderBy('since', 'desc').limit(200).execute()
export const untoldAlarms = (db: Db) =>
  db.selectFrom('alarm').selectAll().where('told_at', 'is', null).orderBy('since').limit(50).execute()
export const markTold = (db: Db, id: string, at: string) =>
  db.updateTable('alarm').set({ told_at: at }).where('id', '=', id).execute()
export const acknowledgeAlarm = async (db: Db, id: string, memberId: string, at: string): Promise<boolean> =>
  (
    await db
      .updateTable('alarm')
      .set({ owner: memberId, acknowledged_at: at })
      .where('id', '=', id)
      .where('acknowledged_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
/** Alarms that were over before then, at most `limit`. */
export const dropClearedAlarms = (db: Db, before: string, limit: number) =>
  db
    .deleteFrom('alarm')
    .where('id', 'in', (e) => e.selectFrom('alarm').select('id').where('cleared_at', '<', before).limit(limit))
    .execute()
