/** What people see is asked in the same words of both databases. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saidAfter } from '../../src/delivery/causes-store.ts'
import { deadRows, finalRuns, movingRuns, oldestOpen, openByCause } from '../../src/delivery/figures-store.ts'
import { fixedClock, MINUTE } from '../../src/lib/clock.ts'
import {
  acknowledgeAlarm,
  alarmsToTell,
  claimTelling,
  clearAlarm,
  clearedAlarms,
  markTold,
  openAlarms,
  raiseAlarm,
} from '../../src/store/alarm.ts'
import { anythingPublished, beat, lastBeat } from '../../src/store/health.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { type PostgresBackend, startPostgres } from '../support/backends.ts'
import { needs } from '../support/needs.ts'

const AT = '2026-11-23T06:00:00.000Z'

describe.each(['sqlite', 'postgres'] as const)('over %s', (dialect) => {
  describe.skipIf(dialect === 'postgres' && !needs('postgres'))('what is seen', () => {
    let store: Store
    let backend: PostgresBackend | undefined
    let dir = ''
    const clock = fixedClock(AT)

    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'ortoo-seen-'))
      if (dialect === 'postgres') backend = await startPostgres()
      store = await openStore({ databaseUrl: backend ? await backend.fresh() : `sqlite:${join(dir, 'a.db')}` })
      await migrate(store)
      // Foreign rows are of no interest here.
      if (store.raw) store.raw.exec('pragma foreign_keys = off')
      else
        for (const [table, name] of [
          ['dispatch_run', 'dispatch_run_dispatch_id_fkey'],
          ['delivery', 'delivery_dispatch_id_fkey'],
        ])
          await sql`alter table ${sql.ref(table as string)} drop constraint ${sql.ref(name as string)}`.execute(
            store.db,
          )
      await rows()
    }, 60_000)
    afterAll(async () => {
      await store?.close()
      await backend?.stop()
      rmSync(dir, { recursive: true, force: true })
    })

    async function rows(): Promise<void> {
      const run = (id: string, state: string, done_at: string | null, over: object = {}) =>
        store.db
          .insertInto('dispatch_run')
          .values({
            dispatch_id: id,
            release_id: 'r',
            edition_id: 'e',
            outlet: 'email',
            lane: 'routine',
            sequence: 1,
            state,
            audience: 1,
            accepted: 1,
            done_at,
            next_at: AT,
            ...over,
          } as never)
          .execute()
      await run('a', 'done', AT)
      await run('b', 'done', AT)
      await run('c', 'stopped', AT, { why: 'stop' })
      await run('d', 'stopped', AT, { why: 'superseded' })
      await run('e', 'sending', null)
      await run('f', 'held', null, { why: 'paused' })
      const delivery = (subscriber_id: number, state: string, why: string | null, lease_until: string | null = null) =>
        store.db
          .insertInto('delivery')
          .values({ dispatch_id: 'a', subscriber_id, language: 'en', state, why, lease_until, updated_at: AT } as never)
          .execute()
      for (let i = 0; i < 7; i++) await delivery(i, 'failed', '550 no')
      for (let i = 7; i < 10; i++) await delivery(i, 'accepted', null)
      await delivery(10, 'deferred', null)
      await delivery(11, 'sending', null, '2026-11-23T05:00:00.000Z')
      await delivery(12, 'sending', null, '2026-11-23T07:00:00.000Z')
    }

    test('causes come a batch at a time and miss nobody', async () => {
      const first = await saidAfter(store.db, 'a', 0, 5)
      expect([first.rows, first.said]).toEqual([5, [{ state: 'failed', why: '550 no', n: 5 }]])
      const second = await saidAfter(store.db, 'a', first.last, 5)
      expect(second.said.map((s) => [s.state, s.why, s.n]).sort()).toEqual([
        ['deferred', '', 1],
        ['failed', '550 no', 2],
      ])
      expect((await saidAfter(store.db, 'a', second.last, 5)).rows).toBe(0)
    })

    test('runs are final or may still move, never both', async () => {
      const final = await finalRuns(store.db, { at: '', id: '' }, '9999', 10)
      expect(final.map((r) => r.dispatch_id)).toEqual(['a', 'b', 'd'])
      expect((await finalRuns(store.db, { at: AT, id: 'a' }, '9999', 10)).map((r) => r.dispatch_id)).toEqual(['b', 'd'])
      expect(await finalRuns(store.db, { at: '', id: '' }, AT, 10)).toEqual([])
      expect((await movingRuns(store.db)).map((r) => r.dispatch_id).sort()).toEqual(['c', 'e', 'f'])
      expect(await deadRows(store.db, AT, 100)).toBe(1)
      expect(await oldestOpen(store.db)).toEqual([])
    })

    test('an alarm is claimed by one, told, taken, and remembered when it is over', async () => {
      await raiseAlarm(store.db, clock, 'clock-breached', 'service:x')
      const [alarm] = await alarmsToTell(store.db, AT)
      if (!alarm) throw new Error('no alarm')
      const until = '2026-11-23T06:00:30.000Z'
      const claims = [await claimTelling(store.db, alarm, until), await claimTelling(store.db, alarm, until)]
      expect(claims).toEqual([true, false])
      expect(await alarmsToTell(store.db, AT)).toEqual([])
      await markTold(store.db, alarm.id, { at: AT, count: 1, next: '2026-11-23T06:10:00.000Z' })
      expect((await alarmsToTell(store.db, '2026-11-23T06:10:00.000Z')).map((a) => a.told_count)).toEqual([1])
      expect(await openByCause(store.db)).toEqual([{ cause: 'clock-breached', n: 1, taken: 0 }])
      expect(await acknowledgeAlarm(store.db, alarm.id, 'm', AT)).toBe(true)
      expect(await alarmsToTell(store.db, '2026-11-23T09:00:00.000Z')).toEqual([])
      clock.advance(MINUTE)
      await clearAlarm(store.db, clock, 'clock-breached', 'service:x')
      expect(await openAlarms(store.db)).toEqual([])
      expect((await clearedAlarms(store.db, AT, 5)).map((a) => [a.cause, a.owner])).toEqual([['clock-breached', 'm']])
    })

    test('a beat is one row, the latest', async () => {
      expect(await lastBeat(store.db, 'work')).toBe(null)
      await beat(store.db, 'work', AT)
      await beat(store.db, 'work', '2026-11-23T06:00:05.000Z')
      expect(await lastBeat(store.db, 'work')).toBe('2026-11-23T06:00:05.000Z')
      expect(await anythingPublished(store.db)).toBe(false)
    })

    // PostgreSQL reads small tables whole, so its plans of a test say nothing.
    if (dialect === 'postgres') return
    test('each question finds its index', async () => {
      const plan = async (query: string) =>
        (await sql<{ detail: string }>`${sql.raw(`explain query plan ${query}`)}`.execute(store.db)).rows
          .map((r) => r.detail)
          .join()
      const run = 'select dispatch_id from dispatch_run where'
      expect(await plan(`${run} state not in ('done','stopped')`)).toContain('dispatch_run_open')
      expect(await plan(`${run} (state = 'stopped' and why <> 'superseded')`)).toContain('dispatch_run_stopped')
      expect(
        await plan(
          `${run} done_at is not null and (done_at, dispatch_id) > ('a', 'b') and done_at < 'c' order by done_at`,
        ),
      ).toContain('dispatch_run_ended')
      const alarm = 'select id from alarm where acknowledged_at is null and (cleared_at is null or told_at is null)'
      expect(await plan(`${alarm} and (tell_at is null or tell_at <= 'x')`)).toContain('alarm_to_tell')
      expect(await plan(`select 1 from delivery where state = 'sending' and lease_until < 'x'`)).toContain(
        'delivery_sending',
      )
    })
  })
})
