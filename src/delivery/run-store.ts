/** Rows of runs: opening them for dispatches, leasing, moving. */
import { type Kysely, sql, type Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type RunRow = Tables['dispatch_run']

/** Opens a run for every dispatch of editions not yet adopted, in order of publication; `then` is called with each of them. */
export async function adoptDispatches(
  trx: Db,
  now: string,
  then: (edition: Tables['edition']) => Promise<void> = async () => {},
): Promise<number> {
  const mark =
    (await trx.selectFrom('counter').select('value').where('name', '=', 'adopted').executeTakeFirst())?.value ?? 0
  const editions = await trx
    .selectFrom('edition')
    .selectAll()
    .where('sequence', '>', mark)
    .orderBy('sequence')
    .limit(100)
    .execute()
  for (const e of editions) {
    const lane = (JSON.parse(e.faces) as { lane?: string }).lane ?? 'routine'
    for (const d of await trx.selectFrom('dispatch').selectAll().where('edition_id', '=', e.id).execute()) {
      // A takedown hurries, whatever lane the release travelled.
      const row = {
        dispatch_id: d.id,
        release_id: e.release_id,
        edition_id: e.id,
        outlet: d.outlet,
        lane: e.type === 'takedown' ? 'flash' : lane,
        sequence: e.sequence,
        state: 'waiting',
        next_at: now,
      }
      await trx
        .insertInto('dispatch_run')
        .values(row as RunRow)
        .onConflict((c) => c.doNothing())
        .execute()
    }
    await then(e)
  }
  const last = editions.at(-1)?.sequence
  if (last)
    await trx
      .insertInto('counter')
      .values({ name: 'adopted', value: last })
      .onConflict((c) => c.column('name').doUpdateSet({ value: last }))
      .execute()
  return editions.length
}

/** Whether an edition is published whose runs are not opened yet. */
export const unadopted = async (db: Db): Promise<boolean> =>
  (await db
    .selectFrom('edition')
    .select('sequence')
    .where('sequence', '>', (e) =>
      e.fn.coalesce(e.selectFrom('counter').select('value').where('name', '=', 'adopted'), e.val(0)),
    )
    .limit(1)
    .executeTakeFirst()) !== undefined

export const runById = (db: Db, id: string) =>
  db.selectFrom('dispatch_run').selectAll().where('dispatch_id', '=', id).executeTakeFirst()
/** Every run there is, by id. */
export const runsAfter = (db: Db, id: string, limit: number): Promise<RunRow[]> =>
  db.selectFrom('dispatch_run').selectAll().where('dispatch_id', '>', id).orderBy('dispatch_id').limit(limit).execute()
export const runsOfRelease = (db: Db, releaseId: string) =>
  db
    .selectFrom('dispatch_run')
    .selectAll()
    .where('release_id', '=', releaseId)
    .orderBy('sequence')
    .orderBy('outlet')
    .execute()
export const runsOfEdition = (db: Db, editionId: string) =>
  db.selectFrom('dispatch_run').selectAll().where('edition_id', '=', editionId).execute()
/** Runs of an edition that wait for its page are looked at now: it has been read back. */
export const wakeWaiting = (db: Db, editionId: string, now: string) =>
  db
    .updateTable('dispatch_run')
    .set({ next_at: now })
    .where('edition_id', '=', editionId)
    .where('state', '=', 'waiting')
    .execute()
/** Runs with work to do by then, flash first, then in order of publication. */
export const openRuns = (db: Db, by: string) =>
  db
    .selectFrom('dispatch_run')
    .selectAll()
    .where('state', 'not in', ['done', 'stopped', 'held'])
    .where('next_at', '<=', by)
    .orderBy('lane')
    .orderBy('sequence')
    .limit(100)
    .execute()
export const updateRun = (db: Db, id: string, set: Updateable<RunRow>) =>
  db.updateTable('dispatch_run').set(set).where('dispatch_id', '=', id).execute()
/** Moves a run only from one of these states; `spent`: and only where nothing is planned any more. @returns whether it moved */
export const moveRun = async (
  db: Db,
  id: string,
  from: string[],
  set: Updateable<RunRow>,
  spent = false,
): Promise<boolean> =>
  (
    await db
      .updateTable('dispatch_run')
      .set(set)
      .where('dispatch_id', '=', id)
      .where('state', 'in', from)
      .$if(spent, (q) => q.where('planned', '=', 0))
      .executeTakeFirst()
  ).numUpdatedRows > 0n
/** Takes the run for one worker; false when another has it. A lease beyond `impossible` was written under another clock. */
export const leaseRun = async (
  db: Db,
  id: string,
  lease: string,
  now: string,
  until: string,
  impossible: string,
): Promise<boolean> =>
  (
    await db
      .updateTable('dispatch_run')
      .set({ lease, lease_until: until })
      .where('dispatch_id', '=', id)
      .where((e) =>
        e.or([
          e('lease', 'is', null),
          e('lease', '=', lease),
          e('lease_until', '<', now),
          e('lease_until', '>', impossible),
        ]),
      )
      .executeTakeFirst()
  ).numUpdatedRows > 0n
export const dropRunLease = (db: Db, id: string, lease: string) =>
  db
    .updateTable('dispatch_run')
    .set({ lease: null, lease_until: null })
    .where('dispatch_id', '=', id)
    .where('lease', '=', lease)
    .execute()
/** Website and feeds are built in order of publication: an earlier one of the same outlet that is not yet out. */
export const earlierOpen = (db: Db, run: RunRow, mode: string) =>
  db
    .selectFrom('dispatch_run')
    .innerJoin('edition', 'edition.id', 'dispatch_run.edition_id')
    .select('dispatch_run.dispatch_id')
    .where('dispatch_run.outlet', '=', run.outlet)
    .where('dispatch_run.sequence', '<', run.sequence)
    .where('edition.mode', '=', mode)
    .where('dispatch_run.state', 'in', ['waiting', 'planning', 'sending'])
    .limit(1)
    .executeTakeFirst()
export const openSiteRuns = async (db: Db): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('dispatch_run')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('outlet', 'in', ['website', 'feeds'])
        .where('state', 'in', ['waiting', 'planning', 'sending'])
        .executeTakeFirst()
    )?.n ?? 0,
  )
/**
 * The wall clock was set back: what was to be looked at again stands in a future that is too far off. Every open run is looked
 * at now, and what was deferred may be tried now: earlier than the far end asked for beats hours too late.
 */
export const clockSetBack = async (db: Db, now: string): Promise<void> => {
  const open = db.selectFrom('dispatch_run').select('dispatch_id').where('state', 'not in', ['done', 'stopped', 'held'])
  await db
    .updateTable('delivery')
    .set({ next_at: now })
    .where('state', '=', 'deferred')
    .where('dispatch_id', 'in', open)
    .execute()
  await db
    .updateTable('dispatch_run')
    .set({ next_at: now })
    .where('state', 'not in', ['done', 'stopped', 'held'])
    .execute()
}

/** On one machine a restart means nobody else holds a lease: all are dead at once. */
export const expireLeases = async (db: Db, now: string): Promise<void> => {
  await db.updateTable('delivery').set({ lease_until: '' }).where('state', '=', 'sending').execute()
  await db
    .updateTable('dispatch_run')
    .set({ lease: null, lease_until: null, next_at: now })
    .where('state', 'not in', ['done', 'stopped', 'held'])
    .execute()
}

/** Whether a later edition has put this one's text right or taken it back, whatever has been begun on the release since. */
export const replaced = async (db: Db, run: RunRow): Promise<boolean> =>
  (await db
    .selectFrom('edition')
    .select('id')
    .where('release_id', '=', run.release_id)
    .where('sequence', '>', run.sequence)
    .where('type', 'in', ['correction', 'withdrawal', 'takedown'])
    .executeTakeFirst()) !== undefined

export type Standing = Pick<Tables['release'], 'state' | 'face' | 'editions' | 'edition_type'> & {
  run_state: string
  deferred: number
  replaced: number
}
/**
 * All that decides whether rows of a run may be taken, in one look: asked before every window. The run is locked until the
 * rows are taken, so that nobody can stop it in between and find nothing on the wire.
 */
export const standingOf = async (
  db: Db,
  dialect: 'sqlite' | 'postgres',
  run: Pick<RunRow, 'dispatch_id'>,
): Promise<Standing | undefined> =>
  (
    await sql<Standing>`
      select r.state as run_state, r.deferred, l.state, l.face, l.editions, l.edition_type,
        (select count(*) from edition e where e.release_id = r.release_id and e.sequence > r.sequence
          and e.type in ('correction','withdrawal','takedown')) as replaced
      from dispatch_run r join release l on l.id = r.release_id where r.dispatch_id = ${run.dispatch_id}
      ${dialect === 'postgres' ? sql`for no key update of r` : sql``}`.execute(db)
  ).rows[0]

/** A later edition of the release, if there is one: it answers for the address from then on. */
export const laterEdition = (db: Db, run: RunRow) =>
  db
    .selectFrom('edition')
    .select('id')
    .where('release_id', '=', run.release_id)
    .where('sequence', '>', run.sequence)
    .executeTakeFirst()
