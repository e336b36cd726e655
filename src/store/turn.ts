/** Rows of turns, numbered with the editions, and of the times that are still to come. */
import type { Kysely } from 'kysely'
import { nextCount } from './counter.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>
export type TurnRow = Tables['turn']

/**
 * expired: its validity is over · alert-ended: a CAP message is no longer in force · display-ended: 公示 is over ·
 * top-ended: it stood on the home page for a day · incident-closed
 */
export type TurnWhy = 'expired' | 'alert-ended' | 'display-ended' | 'top-ended' | 'incident-closed'
export type TurnOf = { release_id: string } | { incident_id: string }

/** Takes the next number of the sequence. Rendering follows from the row, whatever becomes of this process. */
export async function insertTurn(trx: Db, at: string, why: TurnWhy, mode: string, of: TurnOf): Promise<number> {
  const sequence = await nextCount(trx, 'sequence')
  const about = { release_id: null, incident_id: null, ...of }
  await trx
    .insertInto('turn')
    .values({ sequence, at, why, mode, ...about, done_at: null, attempts: 0, next_at: at })
    .execute()
  return sequence
}

export const turnsAfter = (db: Db, sequence: number, limit: number) =>
  db.selectFrom('turn').selectAll().where('sequence', '>', sequence).orderBy('sequence').limit(limit).execute()
/** Sequence numbers that are turns, in (from, to). */
export const turnsBetween = async (db: Db, from: number, to: number): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('turn')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('sequence', '>', from)
        .where('sequence', '<', to)
        .executeTakeFirst()
    )?.n ?? 0,
  )

/** Turns to be rendered now, oldest first. A time beyond `impossible` was written before the clock was set back. */
export const openTurns = (db: Db, now: string, impossible: string, limit: number) =>
  db
    .selectFrom('turn')
    .selectAll()
    .where('done_at', 'is', null)
    .where((e) => e.or([e('next_at', '<=', now), e('next_at', '>', impossible)]))
    .orderBy('sequence')
    .limit(limit)
    .execute()
/** Takes a turn until `until`; false when another worker has it. One whose worker dies is taken up again then. */
export const takeTurn = async (db: Db, turn: TurnRow, until: string): Promise<boolean> =>
  (
    await db
      .updateTable('turn')
      .set({ next_at: until, attempts: turn.attempts + 1 })
      .where('sequence', '=', turn.sequence)
      .where('done_at', 'is', null)
      .where('attempts', '=', turn.attempts)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
export const putOffTurn = (db: Db, sequence: number, nextAt: string) =>
  db
    .updateTable('turn')
    .set({ next_at: nextAt })
    .where('sequence', '=', sequence)
    .where('done_at', 'is', null)
    .execute()
export const endTurn = (db: Db, sequence: number, at: string) =>
  db.updateTable('turn').set({ done_at: at }).where('sequence', '=', sequence).execute()
/** On one machine a restart means nobody has one in hand. */
export const freeTurns = (db: Db, now: string) =>
  db.updateTable('turn').set({ next_at: now }).where('done_at', 'is', null).execute()

export const insertDue = async (trx: Db, rows: Tables['turn_due'][]): Promise<void> => {
  if (rows.length)
    await trx
      .insertInto('turn_due')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute()
}
/** Times that a new edition of the release sets anew. */
export const dropDue = (trx: Db, releaseId: string, whys: TurnWhy[]) =>
  trx.deleteFrom('turn_due').where('release_id', '=', releaseId).where('why', 'in', whys).execute()
export const releasesDue = async (db: Db, now: string, limit: number): Promise<string[]> => [
  ...new Set(
    (
      await db
        .selectFrom('turn_due')
        .select('release_id')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit)
        .execute()
    ).map((row) => row.release_id),
  ),
]
/** Reasons a release has to turn by now; they are taken away with the asking. */
export async function takeDue(trx: Db, releaseId: string, now: string): Promise<TurnWhy[]> {
  const due = await trx
    .selectFrom('turn_due')
    .select('why')
    .where('release_id', '=', releaseId)
    .where('due_at', '<=', now)
    .execute()
  await trx.deleteFrom('turn_due').where('release_id', '=', releaseId).where('due_at', '<=', now).execute()
  return due.map((row) => row.why as TurnWhy)
}
/** The first time after now. */
export const nextDue = async (db: Db, now: string): Promise<string | null> =>
  (
    await db
      .selectFrom('turn_due')
      .select('due_at')
      .where('due_at', '>', now)
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst()
  )?.due_at ?? null

/** Modes besides live in which something was published about an incident. */
export const modesBesideLive = async (db: Db, incidentNumber: string): Promise<string[]> => {
  const lists = ['exercise', 'test'].map((mode) => `${mode}:incident/${incidentNumber}`)
  const found = await db
    .selectFrom('slot')
    .select('list')
    .where('list', 'in', lists)
    .where('slot', '=', 1)
    .orderBy('list')
    .execute()
  return found.map((row) => row.list.slice(0, row.list.indexOf(':')))
}
