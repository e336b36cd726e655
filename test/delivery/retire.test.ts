/** What has grown old goes, in small steps that may break off anywhere; what is still needed stays, and what is missed is said. */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertSubscriber, setInterests, subscriberById } from '../../src/audience/store.ts'
import type { Ctx } from '../../src/context.ts'
import { recountRuns } from '../../src/delivery/recount.ts'
import { retire } from '../../src/delivery/retire.ts'
import { runById } from '../../src/delivery/run-store.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { DAY, HOUR, plus } from '../../src/lib/clock.ts'
import { newToken } from '../../src/lib/id.ts'
import { clearAlarm, raiseAlarm } from '../../src/store/alarm.ts'
import { noteOutboxFile } from '../../src/store/outbox.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { type Workplace, workplace } from '../support/office.ts'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('retention over %s', (backend) => {
  let cluster: PostgresBackend | undefined
  let at: Workplace
  let ctx: Ctx
  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    at = await workplace(cluster ? { databaseUrl: await cluster.fresh() } : {})
    ctx = at.ctx
    if (cluster) await sql`alter table dispatch_run drop constraint dispatch_run_dispatch_id_fkey`.execute(ctx.store.db)
    if (cluster) await sql`alter table delivery drop constraint delivery_dispatch_id_fkey`.execute(ctx.store.db)
  })
  afterEach(() => at.close())

  /** A run that ended some days ago with so many rows. What dispatches hang on is left out. */
  async function run(id: string, days: number, rows: number, state = 'done'): Promise<void> {
    const { db, raw } = ctx.store
    raw?.exec('pragma foreign_keys = off')
    const at = plus(ctx.clock.now(), -days * DAY)
    await sql`insert into dispatch_run (dispatch_id, release_id, edition_id, outlet, lane, sequence, state, audience, accepted, done_at, next_at)
      values (${id}, 'r', 'e', 'email', 'routine', 1, ${state}, ${rows}, ${rows}, ${at}, ${at})`.execute(db)
    for (let i = 0; i < rows; i += 100)
      await db
        .insertInto('delivery')
        .values(
          Array.from({ length: Math.min(100, rows - i) }, (_, k) => ({
            dispatch_id: id,
            subscriber_id: i + k + 1,
            language: 'zh-CN',
            state: 'accepted',
            attempt: 1,
            updated_at: at,
          })) as never,
        )
        .execute()
    raw?.exec('pragma foreign_keys = on')
  }
  const rowsOf = async (id: string): Promise<number> =>
    (await ctx.store.db.selectFrom('delivery').select('id').where('dispatch_id', '=', id).execute()).length
  const acts = async () =>
    (await ctx.store.db.selectFrom('ledger').select(['act', 'subject', 'fact']).orderBy('seq').execute()).map(
      (e) => `${e.act} ${e.subject} ${e.fact}`,
    )
  const subscriber = (n: number, state: string, daysGone: number | null) =>
    insertSubscriber(ctx.store.db, {
      kind: 'email',
      address: `reader${n}@mail.example`,
      keys: null,
      token: newToken(),
      state,
      mode: 'live',
      language: 'zh-CN',
      urgency: 'normal',
      frequency: 'at-once',
      all_topics: 0,
      all_areas: 1,
      created_at: ctx.clock.now(),
      confirmed_at: null,
      left_at: daysGone === null ? null : plus(ctx.clock.now(), -daysGone * DAY),
    })

  test('rows of a run that ended long ago go; the run keeps its counts, the ledger has one line, verify finds no fault', async () => {
    await run('old', 401, 4_500)
    await run('stopped', 402, 10, 'stopped')
    await run('held', 500, 3, 'held')
    await run('young', 399, 7)
    await retire(ctx)
    expect([await rowsOf('old'), await rowsOf('stopped'), await rowsOf('held'), await rowsOf('young')]).toEqual([
      0, 0, 3, 7,
    ])
    expect(await runById(ctx.store.db, 'old')).toMatchObject({
      audience: 4_500,
      accepted: 4_500,
      retired_rows: 4_500,
      retired_at: ctx.clock.now(),
    })
    const ended = (id: string, days: number, n: number) =>
      `dispatch.retire dispatch:${id} {"outlet":"email","audience":${n},"done_at":"${plus(ctx.clock.now(), -days * DAY)}"}`
    expect((await acts()).sort()).toEqual([ended('old', 401, 4_500), ended('stopped', 402, 10)].sort())
    expect((await recountRuns(ctx)).faults).toEqual([])
    await retire(ctx)
    expect(await acts()).toHaveLength(2)
    expect((await verifyLedger(ctx.store.db)).faults).toEqual([])
  })

  test('what the far end said of a digest goes with the rows that a purge would find it by', async () => {
    await run('old', 401, 1)
    const { db } = ctx.store
    const { id } = await db
      .insertInto('digest')
      .values({
        subscriber_id: 1,
        period: 'daily:2025-01-01',
        frequency: 'daily',
        zone: '',
        due_at: ctx.clock.now(),
        state: 'failed',
        next_at: null,
        updated_at: ctx.clock.now(),
        why: '550 spam: 火灾',
        remote_id: 'q1',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.updateTable('delivery').set({ digest_id: id }).where('dispatch_id', '=', 'old').execute()
    await run('young', 1, 1)
    await retire(ctx)
    expect(await rowsOf('old')).toBe(0)
    expect(await db.selectFrom('digest').select(['why', 'remote_id', 'state']).execute()).toEqual([
      { why: null, remote_id: null, state: 'failed' },
    ])
  })

  test('broken off in the middle, it goes on where it was, and the counts add up all the while', async () => {
    await run('old', 401, 5_000)
    await run('young', 1, 1)
    const { tx } = ctx.store
    let calls = 0
    const failing = {
      ...ctx,
      store: {
        ...ctx.store,
        tx: (async (work: never) => {
          if (++calls === 2) throw new Error('killed')
          return tx(work)
        }) as typeof tx,
      },
    }
    await expect(retire(failing)).rejects.toThrow('killed')
    expect(await rowsOf('old')).toBe(3_000)
    expect(await runById(ctx.store.db, 'old')).toMatchObject({ retired_at: null, retired_rows: 2_000 })
    expect((await recountRuns(ctx)).faults).toEqual([])
    await Promise.all([retire(ctx), retire(ctx)])
    expect(await rowsOf('old')).toBe(0)
    expect(await runById(ctx.store.db, 'old')).toMatchObject({ retired_rows: 5_000, accepted: 5_000 })
    expect(await acts()).toHaveLength(1)
    expect((await recountRuns(ctx)).faults).toEqual([])
  })

  test('a row that went by another way is still found missing', async () => {
    await run('old', 401, 20)
    await run('young', 1, 1)
    await sql`delete from delivery where dispatch_id = 'old' and subscriber_id = 7`.execute(ctx.store.db)
    await retire(ctx)
    expect((await recountRuns(ctx)).faults).toEqual([
      { dispatch: 'old', outlet: 'email', counter: 'audience', counted: 19, stored: 20 },
    ])
  })

  test('the newest delivery keeps its number until there is a newer one: nobody else may be given it', async () => {
    await run('old', 401, 5)
    await retire(ctx)
    expect(await rowsOf('old')).toBe(1)
    expect((await runById(ctx.store.db, 'old'))?.retired_at).toBeNull()
    expect((await recountRuns(ctx)).faults).toEqual([])
    await run('young', 1, 1)
    await retire(ctx)
    expect(await rowsOf('old')).toBe(0)
    expect(await acts()).toHaveLength(1)
  })

  test('who left or died is forgotten a month later with their choices; who complained, and who is here, stays', async () => {
    const [left, gone, lately, complained, here, last] = [
      await subscriber(1, 'left', 31),
      await subscriber(2, 'gone', 40),
      await subscriber(3, 'left', 29),
      await subscriber(4, 'complained', 300),
      await subscriber(5, 'active', null),
      await subscriber(6, 'gone', 40),
    ]
    await ctx.store.db
      .insertInto('topic')
      .values({ slug: 'fire', name_zh: '火', name_en: 'Fire', position: 1 })
      .execute()
    await setInterests(ctx.store.db, left, ['fire'], [])
    await retire(ctx)
    const there = async (id: number) => (await subscriberById(ctx.store.db, id)) !== undefined
    expect([await there(left), await there(gone)]).toEqual([false, false])
    expect([await there(lately), await there(complained), await there(here), await there(last)]).toEqual(
      Array(4).fill(true),
    )
    expect(await ctx.store.db.selectFrom('subscriber_topic').selectAll().execute()).toEqual([])
    expect(await acts()).toEqual([expect.stringContaining('audience.retire audience:former {"removed":2,')])
    await subscriber(7, 'active', null)
    at.clock.advance(HOUR)
    await retire(ctx)
    expect(await there(last)).toBe(false)
  })

  test('kept letters, alarms that are over and answers nobody asks for any more go too', async () => {
    const dir = join(ctx.config.dataDir, 'outbox')
    await mkdir(dir, { recursive: true })
    for (const [name, days] of [
      ['1.eml', 401],
      ['2.eml', 399],
    ] as const) {
      await writeFile(join(dir, name), 'letter')
      await noteOutboxFile(ctx.store.db, { name, release_id: 'r', at: plus(ctx.clock.now(), -days * DAY) })
    }
    const alarm = async (cause: string, over: boolean) => {
      await raiseAlarm(ctx.store.db, ctx.clock, cause, 'x:1')
      if (over) await clearAlarm(ctx.store.db, ctx.clock, cause, 'x:1')
    }
    const key = {
      member_id: 'm',
      route: '/',
      request_hash: '',
      status: 201,
      location: '',
      body: 'words',
      release_id: '',
    }
    await ctx.store.db
      .insertInto('idempotency')
      .values({ ...key, key: 'k1', at: plus(ctx.clock.now(), -25 * HOUR) })
      .execute()
    await ctx.store.db
      .insertInto('idempotency')
      .values({ ...key, key: 'k2', at: plus(ctx.clock.now(), -23 * HOUR) })
      .execute()
    at.clock.advance(-410 * DAY)
    await alarm('old-and-over', true)
    await alarm('old-and-open', false)
    at.clock.advance(410 * DAY)
    await alarm('young-and-over', true)
    await retire(ctx)
    expect([existsSync(join(dir, '1.eml')), existsSync(join(dir, '2.eml'))]).toEqual([false, true])
    const names = async <T extends 'outbox_file' | 'alarm' | 'idempotency'>(table: T, column: string) =>
      (
        await sql<{ v: string }>`select ${sql.ref(column)} as v from ${sql.table(table)} order by 1`.execute(
          ctx.store.db,
        )
      ).rows.map((r) => r.v)
    expect(await names('outbox_file', 'name')).toEqual(['2.eml'])
    expect(await names('alarm', 'cause')).toEqual(['old-and-open', 'young-and-over'])
    expect(await names('idempotency', 'key')).toEqual(['k2'])
  })

  test('nought days means for ever', async () => {
    await run('old', 4_000, 5)
    await run('young', 1, 1)
    await subscriber(1, 'left', 4_000)
    await subscriber(2, 'active', null)
    await retire({ ...ctx, config: { ...ctx.config, retention: { deliveryDays: 0, subscriberDays: 0 } } })
    expect(await rowsOf('old')).toBe(5)
    expect(await acts()).toEqual([])
  })
})
