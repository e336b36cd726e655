/** Rows of clocks and of what happened to them: every change is an event, and the row is what the events add up to. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { type ClockEvent, type ClockState, move } from './clocks.ts'

type Db = Kysely<Tables>
export type ClockRow = Tables['clock']
/** Who did it and why, where a person did; `now` where what starts a clock lies further back. */
export type Word = { member?: string; why?: string; now?: string }

export const stateOf = (row: ClockRow): ClockState => ({
  started: row.started_at,
  due: row.due_at,
  paused: row.paused_at,
  met: row.met_at,
  breached: row.breached_at,
  ended: row.ended_at,
})

export const clockById = (db: Db, id: string) =>
  db.selectFrom('clock').selectAll().where('id', '=', id).executeTakeFirst()
export const clockOf = (db: Db, subject: string, rule: string) =>
  db.selectFrom('clock').selectAll().where('subject', '=', subject).where('rule', '=', rule).executeTakeFirst()
export const clocksOf = (db: Db, subjects: string[]) =>
  subjects.length === 0
    ? Promise.resolve([])
    : db.selectFrom('clock').selectAll().where('subject', 'in', subjects).orderBy('due_at').execute()
export const clockEvents = (db: Db, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('clock_event').selectAll().where('clock_id', 'in', ids).orderBy('id').execute()

type Start = Pick<ClockRow, 'id' | 'subject' | 'rule' | 'rule_version' | 'started_at' | 'due_at'>

/** Starts a clock once per subject and rule; a second start changes nothing. @returns whether it was started now */
export async function insertClock(db: Db, row: Start & { agency_id?: string }, word: Word = {}): Promise<boolean> {
  const agency = row.agency_id ?? (await agencyOfSubject(db, row.subject))
  const done = await db
    .insertInto('clock')
    .values({
      id: row.id,
      subject: row.subject,
      rule: row.rule,
      rule_version: row.rule_version,
      agency_id: agency,
      started_at: row.started_at,
      due_at: row.due_at,
      paused_at: null,
      met_at: null,
      breached_at: null,
      ended_at: null,
      look_at: row.started_at,
      told: 0,
    })
    .onConflict((c) => c.columns(['subject', 'rule']).doNothing())
    .executeTakeFirst()
  if (!done.numInsertedOrUpdatedRows) return false
  const event = { kind: 'started' as const, at: word.now ?? row.started_at, started: row.started_at, due: row.due_at }
  await insertEvent(db, row.id, event, word)
  return true
}

/** One more event, and the row as it then stands; the alarm of a clock that no longer runs is over. @throws BadMove */
export async function moveClock(db: Db, row: ClockRow, event: ClockEvent, word: Word = {}): Promise<ClockRow> {
  const s = move(stateOf(row), event)
  const again = event.kind === 'moved' || event.kind === 'resumed' || event.kind === 'started'
  const set = {
    started_at: s.started,
    due_at: s.due,
    paused_at: s.paused,
    met_at: s.met,
    breached_at: s.breached,
    ended_at: s.ended,
    ...(again ? { look_at: event.at, told: 0 } : {}),
  }
  await db.updateTable('clock').set(set).where('id', '=', row.id).execute()
  await insertEvent(db, row.id, event, word)
  if (event.kind !== 'breached') await clearClockAlarms(db, row.id, event.at)
  return { ...row, ...set }
}

const insertEvent = (db: Db, clockId: string, event: ClockEvent, { member, why }: Word) =>
  db
    .insertInto('clock_event')
    .values({
      clock_id: clockId,
      at: event.at,
      kind: event.kind,
      started_at: 'started' in event ? event.started : null,
      due_at: 'due' in event ? event.due : null,
      member_id: member ?? null,
      why: why ?? '',
    })
    .execute()

/** Meets a running clock of that subject and rule; one that is met, over or never was is left alone. */
export async function meetClock(db: Db, subject: string, rule: string, at: string, word: Word = {}): Promise<boolean> {
  const row = await clockOf(db, subject, rule)
  if (!row || row.met_at || row.ended_at) return false
  await moveClock(db, row, { kind: 'met', at }, word)
  return true
}

/** When the public was first told of an incident, whatever was known of its grade then. */
export async function firstToldAt(db: Db, incidentId: string): Promise<string | null> {
  const row = await db
    .selectFrom('edition')
    .innerJoin('release', 'release.id', 'edition.release_id')
    .select((e) => e.fn.min('edition.published_at').as('at'))
    .where('release.incident_id', '=', incidentId)
    .where('edition.mode', '=', 'live')
    .where('edition.type', 'not in', ['withdrawal', 'takedown'])
    .executeTakeFirst()
  return row?.at ?? null
}

export const clearClockAlarms = (db: Db, id: string, at: string, but = '') =>
  db
    .updateTable('alarm')
    .set({ cleared_at: at })
    .where('subject', '=', `clock:${id}`)
    .where('cause', '<>', but)
    .where('cleared_at', 'is', null)
    .execute()

/** Clocks the sweep has to look at. The condition is that of the index clock_look, word for word. */
export const clocksToLookAt = (db: Db, now: string) =>
  db
    .selectFrom('clock')
    .selectAll()
    .where(sql<boolean>`met_at is null and ended_at is null and breached_at is null and paused_at is null`)
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(100)
    .execute()
export const lookAgain = (db: Db, id: string, at: string, told: number) =>
  db.updateTable('clock').set({ look_at: at, told }).where('id', '=', id).execute()

/** The agency that has to act. */
async function agencyOfSubject(db: Db, subject: string): Promise<string> {
  const [kind, id = ''] = subject.split(':')
  const found =
    kind === 'incident'
      ? db.selectFrom('incident').select('agency_id').where('id', '=', id)
      : kind === 'fault'
        ? db.selectFrom('fault').select('agency_id').where('id', '=', id)
        : kind === 'opinion'
          ? db.selectFrom('opinion').select('agency_id').where('id', '=', id)
          : kind === 'edition'
            ? db
                .selectFrom('edition')
                .innerJoin('release', 'release.id', 'edition.release_id')
                .select('release.agency_id')
                .where('edition.id', '=', id)
            : db.selectFrom('release').select('agency_id').where('id', '=', id)
  return (await found.executeTakeFirst())?.agency_id ?? ''
}

/** Whether what a clock is about is no exercise and no test; what has no mode of its own is real. */
export async function isLiveSubject(db: Db, subject: string): Promise<boolean> {
  const [kind, id = ''] = subject.split(':')
  const found =
    kind === 'incident'
      ? db.selectFrom('incident').select('mode').where('id', '=', id)
      : kind === 'release'
        ? db.selectFrom('release').select('mode').where('id', '=', id)
        : kind === 'edition'
          ? db.selectFrom('edition').select('mode').where('id', '=', id)
          : kind === 'opinion'
            ? db
                .selectFrom('opinion')
                .innerJoin('incident', 'incident.id', 'opinion.incident_id')
                .select('incident.mode')
                .where('opinion.id', '=', id)
            : null
  return ((await found?.executeTakeFirst())?.mode ?? 'live') === 'live'
}

/** Clocks of these rules that are neither met nor over, also those that ran out; the oldest first. */
export const runningOf = (db: Db, rules: string[]) =>
  db
    .selectFrom('clock')
    .selectAll()
    .where('rule', 'in', rules)
    .where(sql<boolean>`met_at is null and ended_at is null`)
    .orderBy('started_at')
    .limit(100)
    .execute()
/** Open alarms about one clock. */
export const alarmsOfClock = (db: Db, id: string) =>
  db.selectFrom('alarm').selectAll().where('subject', '=', `clock:${id}`).where('cleared_at', 'is', null).execute()

/** Promises of a next report in an incident that still run: those of this release, or those of all others. */
export const openPromises = (db: Db, incidentId: string, releaseId: string, whose: 'own' | 'others') =>
  db
    .selectFrom('clock')
    .innerJoin('edition', (j) => j.on(sql<boolean>`clock.subject = 'edition:' || edition.id`))
    .innerJoin('release', 'release.id', 'edition.release_id')
    .selectAll('clock')
    .where('clock.rule', '=', 'next-update')
    .where('clock.met_at', 'is', null)
    .where('clock.ended_at', 'is', null)
    .where('release.incident_id', '=', incidentId)
    .where('release.id', whose === 'own' ? '=' : '<>', releaseId)
    .execute()

/** Clocks that stand still. */
export const pausedClocks = (db: Db) =>
  db
    .selectFrom('clock')
    .selectAll()
    .where('paused_at', 'is not', null)
    .where('ended_at', 'is', null)
    .limit(200)
    .execute()

/** Open alarms about clocks that nobody has taken in hand, raised before then. */
export const waitingClockAlarms = (db: Db, before: string) =>
  db
    .selectFrom('alarm')
    .selectAll()
    .where('subject', 'like', 'clock:%')
    .where('cleared_at', 'is', null)
    .where('acknowledged_at', 'is', null)
    .where('since', '<=', before)
    .limit(100)
    .execute()
