/** Somebody sees that something is odd, holds a mailing for a while, and it goes on or ends as people decide. */
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alarmsFor } from '../../src/delivery/alarms.ts'
import type { Target } from '../../src/delivery/channel.ts'
import { type RunRow, runsOfRelease } from '../../src/delivery/run-store.ts'
import { pauseRun, resumeRun, stopRun } from '../../src/delivery/stop.ts'
import { moveRows } from '../../src/delivery/store.ts'
import { type ReleaseRow, timelineOf } from '../../src/desk/store.ts'
import { entriesAfter } from '../../src/ledger/store.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { clearedAlarms } from '../../src/store/alarm.ts'
import { startWork } from '../../src/work.ts'
import { corrected, mailRegistry, mailRun, published, subscribe } from '../support/going.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

const READERS = 150
let at: Workplace
let people: Office
let release: ReleaseRow
let work: { stop(): Promise<void> }
let got: string[]
let windows: number
let gate: Promise<void> | undefined

beforeEach(async () => {
  got = []
  windows = 0
  gate = undefined
  const send = async (targets: Target[]) => {
    windows++
    await gate
    await new Promise((r) => setTimeout(r, 10 * targets.length))
    got.push(...targets.map((t) => t.address))
    return targets.map(() => ({ state: 'accepted' as const }))
  }
  at = await workplace(
    { sweepMs: { flash: 30, routine: 30 } },
    { clock: systemClock, registry: mailRegistry({ send }) },
  )
  people = await office(at.ctx)
  await subscribe(at, READERS)
  release = await published(at, people)
  work = await startWork(at.ctx)
  await expect.poll(() => windows, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
})
afterEach(async () => {
  await work.stop()
  await at.close()
})

const run = () => mailRun(at, release.id)

test('within one window nobody further gets it; let go on, everybody gets it once', async () => {
  const begun = windows
  const paused = await pauseRun(at.ctx, people.own.reviewer, (await run()).dispatch_id)
  expect([paused.state, paused.why]).toEqual(['held', 'paused'])
  await expect.poll(async () => (await run()).sending, { timeout: 5000 }).toBe(0)
  const told = got.length
  await new Promise((r) => setTimeout(r, 400))
  expect(got.length).toBe(told)
  expect(windows - begun).toBeLessThanOrEqual(1)
  const held = await run()
  expect([held.accepted, held.planned]).toEqual([told, READERS - told])
  expect(told).toBeLessThan(READERS)

  const [alarm] = (await alarmsFor(at.ctx, people.own.signer)).filter((a) => a.cause === 'dispatch-paused')
  expect([alarm?.owner, alarm?.subject]).toEqual(['league-reviewer', `dispatch:${held.dispatch_id}`])

  await expect(resumeRun(at.ctx, people.own.reviewer, held.dispatch_id, { answer: 'go-on' })).rejects.toThrow('no-role')
  await resumeRun(at.ctx, people.own.signer, held.dispatch_id, { answer: 'go-on' })
  await expect.poll(async () => (await run()).state, { timeout: 15_000 }).toBe('done')
  expect([...got].sort()).toEqual([...new Set(got)].sort())
  expect(got.length).toBe(READERS)
  expect((await run()).repeats).toBe(0)
  expect((await alarmsFor(at.ctx, people.own.signer)).filter((a) => a.cause === 'dispatch-paused')).toEqual([])
  expect((await clearedAlarms(at.ctx.store.db, '2000', 9)).map((a) => a.cause)).toContain('dispatch-paused')
  const acts = (await timelineOf(at.ctx.store.db, release.id)).map((row) => row.act)
  expect(acts).toEqual(expect.arrayContaining(['paused:email', 'resumed:go-on:email']))
  const ledger = (await entriesAfter(at.ctx.store.db, 0, 500)).filter((e) => e.subject.startsWith('dispatch:'))
  expect(ledger.map((e) => [e.act, e.actor])).toEqual(expect.arrayContaining([['dispatch.pause', 'league-reviewer']]))
})

test('a paused mailing can be stopped for good, and can then not be paused again', async () => {
  const { dispatch_id: id } = await run()
  await pauseRun(at.ctx, people.own.drafter, id)
  await stopRun(at.ctx, people.own.drafter, id)
  await expect.poll(async () => (await run()).state, { timeout: 5000 }).toBe('stopped')
  const told = got.length
  await new Promise((r) => setTimeout(r, 300))
  expect(got.length).toBe(told)
  await expect(pauseRun(at.ctx, people.own.drafter, id)).rejects.toThrow('not-running')
  expect((await alarmsFor(at.ctx, people.own.signer)).filter((a) => a.cause === 'dispatch-paused')).toEqual([])
})

test('nobody is lost to an answer about unknown outcomes given before everybody was planned', async () => {
  const { ctx } = at
  const { dispatch_id: id } = await run()
  await pauseRun(ctx, people.own.signer, id)
  await expect.poll(async () => (await run()).sending, { timeout: 5000 }).toBe(0)
  // As between two ranges of the plan: who is planned has been told, the others are still to be found.
  const left = await ctx.store.tx(async (trx) => {
    const { rows } = await sql<{ id: number }>`delete from delivery where dispatch_id = ${id} and state = 'planned'
      returning subscriber_id as id`.execute(trx)
    const first = Math.min(...rows.map((r) => Number(r.id)))
    await sql`update dispatch_run set audience = audience - ${rows.length}, planned = 0, plan_cursor = ${first - 1}
      where dispatch_id = ${id}`.execute(trx)
    return rows.length
  })
  expect(left).toBeGreaterThan(0)
  await resumeRun(ctx, people.own.signer, id, { answer: 'leave-unknown' })
  await expect.poll(async () => (await run()).state, { timeout: 15_000 }).toBe('done')
  expect(await run()).toMatchObject({ audience: READERS, accepted: READERS })
}, 30_000)

test('who may not decide may not pause', async () => {
  const { dispatch_id: id } = await run()
  await expect(pauseRun(at.ctx, people.own.auditor, id)).rejects.toThrow('no-role')
  await expect(pauseRun(at.ctx, { ...people.own.drafter, scopes: ['read', 'write'] }, id)).rejects.toThrow(
    'token-scope',
  )
})

test('who was on the wire when it was paused is told of the correction, and after it, not before', async () => {
  const { ctx } = at
  await stopRun(ctx, people.own.signer, (await run()).dispatch_id)
  await expect.poll(async () => (await run()).state, { timeout: 5000 }).toBe('stopped')
  let open = () => {}
  gate = new Promise<void>((done) => {
    open = done
  })
  const other = await published(at, people)
  const runs = async () => (await runsOfRelease(ctx.store.db, other.id)).filter((r) => r.outlet === 'email')
  await expect.poll(async () => (await runs())[0]?.sending, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
  const first = (await runs())[0] as RunRow
  await pauseRun(ctx, people.own.signer, first.dispatch_id)
  // As in the last window: nobody else is left.
  await ctx.store.tx((trx) => moveRows(trx, first.dispatch_id, 'planned', 'suppressed', 1000, ctx.clock.now()))
  await corrected(at, people, other)
  await new Promise((r) => setTimeout(r, 600))
  expect((await runs()).map((r) => [r.state, r.sending > 0])).toEqual([
    ['stopping', true],
    ['waiting', false],
  ])
  open()
  await expect.poll(async () => (await runs())[1]?.state, { timeout: 15_000 }).toBe('done')
  const [before, after] = await runs()
  expect(before?.accepted).toBeGreaterThan(0)
  expect(after?.accepted).toBe(READERS)
}, 40_000)
