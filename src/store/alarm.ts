/** Alarms: raised once per cause and subject, cleared when it is over, told outside by lib/alarm. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>
export type AlarmRow = Selectable<Tables['alarm']>

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
      tell_at: null,
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
/** What is over, latest first. */
export const clearedAlarms = (db: Db, since: string, limit: number) =>
  db
    .selectFrom('alarm')
    .selectAll()
    .where('cleared_at', '>=', since)
    .orderBy('cleared_at', 'desc')
    .limit(limit)
    .execute()

/**
 * Alarms nobody has taken in hand that are to leave now: never told, or told long enough ago and still open. The condition is
 * that of the index alarm_to_tell, word for word.
 */
export const alarmsToTell = (db: Db, now: string) =>
  db
    .selectFrom('alarm')
    .selectAll()
    .where(sql<boolean>`acknowledged_at is null and (cleared_at is null or told_at is null)`)
    .where((e) => e.or([e('tell_at', 'is', null), e('tell_at', '<=', now)]))
    .orderBy('since')
    .limit(50)
    .execute()

/** Takes one alarm for telling until `until`; false when another worker has it, or somebody took it in hand. */
export const claimTelling = async (db: Db, alarm: AlarmRow, until: string): Promise<boolean> =>
  (
    await db
      .updateTable('alarm')
      .set({ tell_at: until })
      .where('id', '=', alarm.id)
      .where('acknowledged_at', 'is', null)
      .where('tell_at', alarm.tell_at === null ? 'is' : '=', alarm.tell_at)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
export const markTold = (db: Db, id: string, told: { at: string; count: number; next: string }) =>
  db
    .updateTable('alarm')
    .set({ told_at: told.at, told_count: told.count, tell_at: told.next })
    .where('id', '=', id)
    .execute()

export const acknowledgeAlarm = async (db: Db, id: string, memberId: string, at: string): Promise<boolean> =>
  (
    await db
      .updateTable('alarm')
      .set({ owner: memberId, acknowledged_at: at })
      .where('id', '=', id)
      .where('acknowledged_at', 'is', null)
      .where('cleared_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
/** Whom an open alarm waits for; `again`: it leaves once more at once. Nobody has it in hand by that. */
export const handAlarm = (db: Db, cause: string, subject: string, memberId: string, again: boolean) =>
  db
    .updateTable('alarm')
    .set({ owner: memberId, ...(again ? { tell_at: null } : {}) })
    .where('cause', '=', cause)
    .where('subject', '=', subject)
    .where('cleared_at', 'is', null)
    .where('acknowledged_at', 'is', null)
    .execute()
/** Whether an alarm of this cause stands that nobody has taken in hand. */
export const untaken = async (db: Db, cause: string): Promise<boolean> =>
  (await db
    .selectFrom('alarm')
    .select('id')
    .where('cause', '=', cause)
    .where('cleared_at', 'is', null)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst()) !== undefined
/** Alarms that were over before then, at most `limit`. */
export const dropClearedAlarms = (db: Db, before: string, limit: number) =>
  db
    .deleteFrom('alarm')
    .where('id', 'in', (e) => e.selectFrom('alarm').select('id').where('cleared_at', '<', before).limit(limit))
    .execute()
/** The open alarm of a cause and subject is in the hands of whoever raised it. */
export const acknowledgeOpen = (db: Db, cause: string, subject: string, memberId: string, at: string) =>
  db
    .updateTable('alarm')
    .set({ owner: memberId, acknowledged_at: at })
    .where('cause', '=', cause)
    .where('subject', '=', subject)
    .where('cleared_at', 'is', null)
    .where('acknowledged_at', 'is', null)
    .execute()
