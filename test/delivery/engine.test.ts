/** The engine over each database: every fault of a relay, clocks that are set, stops, and alarms heard at their far end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import { closeContext, createContext } from '../../src/context.ts'
import { moveRun, standingOf, updateRun } from '../../src/delivery/run-store.ts'
import { resumeRun, stopRun } from '../../src/delivery/stop.ts'
import { MAX_WINDOW } from '../../src/delivery/window.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE } from '../../src/lib/clock.ts'
import type { Actor } from '../../src/staff/member.ts'
import { openAlarms, raiseAlarm } from '../../src/store/alarm.ts'
import { startWork } from '../../src/work.ts'
import { alarmEnd } from '../support/alarm-end.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { enrolMany } from '../support/crowd.ts'
import { deliveriesFor } from '../support/deliveries.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { type SmtpFault, type SmtpSink, type SmtpSinkOptions, startSmtpSink } from '../support/smtp-sink.ts'
import { assertEquation, publishNew, runUntil, type Station, station } from '../support/station.ts'

/** The system's clock, which a test may set as an operator or a time server does. */
function settableClock() {
  let moved = 0
  const ms = () => Date.now() + moved
  return {
    now: () => new Date(ms()).toISOString(),
    ms,
    ticks: () => performance.now(),
    set(by: number) {
      moved += by
    },
  }
}

let postgres: PostgresBackend
beforeAll(async () => {
  if (needs('postgres')) postgres = await startPostgres()
})
afterAll(() => postgres?.stop())

let s: Station
let sink: SmtpSink
let clock: ReturnType<typeof settableClock>
let work: { stop(): Promise<void> } | undefined

afterEach(async () => {
  await work?.stop()
  await assertEquation(s)
  await s.close()
  await sink.close()
})

async function begin(
  backend: 'sqlite' | 'postgres',
  readers: number,
  relay: SmtpSinkOptions = {},
  env: Record<string, string> = {},
): Promise<void> {
  sink = await startSmtpSink(relay)
  clock = settableClock()
  const database: Record<string, string> = backend === 'postgres' ? { DATABASE_URL: await postgres.fresh() } : {}
  const settings = { SMTP_URL: sink.url, MAIL_FROM: 'Press <press@league.example>', LEASE_S: '3', ...database, ...env }
  s = await station(settings, { clock })
  await enrolMany(s.ctx, readers, 'reader')
  work = await s.work()
}

const signer = () => s.people['signer'] as Actor
const notice = () => publishNew(s, policyDraft({ topics: ['policy'] }))
async function flash(): Promise<string> {
  const incident = await openIncident(s.ctx, s.people['drafter'] as Actor, {
    titleZh: '草原火灾（示例）',
    class: 'natural',
    areas: ['159921'],
    knownAt: new Date(Date.now() - MINUTE).toISOString(),
  })
  return publishNew(s, fireDraft(incident.id, new Date(Date.now() - 5000).toISOString()), 'flash')
}
const statesOf = async (dispatchId: string) =>
  new Map((await deliveriesFor(s.ctx.store.db, dispatchId)).map((d) => [d.address, d]))

const BACKENDS = needs('postgres') ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)

describe.each(BACKENDS)('over %s', (backend) => {
  test('each reader whose server misbehaves ends as they should, and no neighbour suffers', async () => {
    await begin(backend, 60)
    const faults: [number, SmtpFault, string][] = [
      [1, '421', 'deferred'],
      [2, '450', 'deferred'],
      [3, '550', 'gone'],
      [4, '550-policy', 'failed'],
      [5, 'drop-after-data', 'deferred'],
      [6, 'drop-in-body', 'unknown'],
      [7, 'drop-after-dot', 'unknown'],
      [8, '421-after-dot', 'deferred'],
    ]
    for (const [n, fault] of faults) sink.script(`reader${n}@mail.example`, fault, 4)
    const id = await notice()
    const run = await runUntil(s, id, 'email', (r) => r.audience === 60 && r.planned + r.sending === 0)
    const rows = await statesOf(run.dispatch_id)
    for (const [n, fault, state] of faults)
      expect(`${fault} ${rows.get(`reader${n}@mail.example`)?.state}`).toBe(`${fault} ${state}`)
    const hurt = new Set(faults.map(([n]) => `reader${n}@mail.example`))
    expect([...rows].filter(([a, r]) => !hurt.has(a) && r.state !== 'accepted')).toEqual([])
    // Time goes by: the servers that asked us to wait are asked again until they take it.
    for (const [n] of faults) sink.script(`reader${n}@mail.example`, null)
    for (let i = 0; i < 3; i++) {
      clock.set(8 * HOUR)
      await sleep(300)
    }
    await runUntil(s, id, 'email', (r) => r.deferred === 0 && r.state === 'held')
    const after = await statesOf(run.dispatch_id)
    for (const n of [1, 2, 5, 8]) {
      expect(after.get(`reader${n}@mail.example`)?.state).toBe('accepted')
      expect(after.get(`reader${n}@mail.example`)?.attempt).toBeGreaterThan(1)
      expect(sink.mailsTo(`reader${n}@mail.example`)).toHaveLength(1)
    }
    // Routine repeats nothing of its own accord.
    expect(after.get('reader7@mail.example')?.state).toBe('unknown')
    await resumeRun(s.ctx, signer(), run.dispatch_id, { answer: 'unknown-again' })
    const end = await runUntil(s, id, 'email', (r) => r.state === 'done')
    expect(end.repeats).toBe(2)
    expect(sink.mailsTo('reader7@mail.example')).toHaveLength(2)
    expect(end.accepted + end.gone + end.failed).toBe(60)
  }, 60_000)

  test('a clock set forward an hour in mid-send calls nobody on the wire lost and repeats nothing', async () => {
    await begin(backend, 300, { delayMs: 40 })
    const id = await notice()
    await runUntil(s, id, 'email', (r) => r.accepted > 20)
    clock.set(HOUR)
    const run = await runUntil(s, id, 'email', (r) => r.state === 'done', 30_000)
    expect(run).toMatchObject({ accepted: 300, unknown: 0, repeats: 0 })
    expect(sink.log).toHaveLength(300)
  }, 60_000)

  test('a clock set back an hour stops nothing: what goes out goes on, what waited is tried again', async () => {
    await begin(backend, 200, { delayMs: 20 })
    sink.script('reader5@mail.example', '450', 1)
    const id = await notice()
    await runUntil(s, id, 'email', (r) => r.accepted > 20 && r.deferred === 1)
    clock.set(-HOUR)
    const run = await runUntil(s, id, 'email', (r) => r.state === 'done', 30_000)
    expect(run).toMatchObject({ accepted: 200, repeats: 0 })
    expect(sink.log).toHaveLength(200)
  }, 60_000)

  test('a stop ends a run within one window, knows who is left, and going on reaches exactly those', async () => {
    await begin(backend, 2000, { delayMs: 10 })
    const id = await notice()
    const going = await runUntil(s, id, 'email', (r) => r.accepted > 100)
    await stopRun(s.ctx, signer(), going.dispatch_id)
    const atStop = sink.log.length
    const stopped = await runUntil(s, id, 'email', (r) => r.state === 'stopped')
    expect(sink.log.length - atStop).toBeLessThanOrEqual(MAX_WINDOW)
    expect(stopped.sending).toBe(0)
    await sleep(300)
    expect(sink.log.length).toBe(stopped.accepted)
    await resumeRun(s.ctx, signer(), going.dispatch_id, { answer: 'go-on' })
    const end = await runUntil(s, id, 'email', (r) => r.state === 'done', 30_000)
    expect(end).toMatchObject({ audience: 2000, accepted: 2000, repeats: 0 })
    expect(new Set(sink.log.map((m) => m.to[0])).size).toBe(2000)
    expect(sink.log).toHaveLength(2000)
  }, 60_000)
})

describe.runIf(needs('postgres'))('several workers', () => {
  test('two workers share one run: each takes what the other has not, and nobody is told twice', async () => {
    await begin('postgres', 1500, { delayMs: 5 })
    const other = await createContext({ config: s.ctx.config, registry: outlets, log: s.ctx.log, clock })
    const second = await startWork(other)
    const id = await notice()
    const run = await runUntil(s, id, 'email', (r) => r.state === 'done', 30_000)
    await second.stop()
    await closeContext(other)
    expect(run).toMatchObject({ audience: 1500, accepted: 1500, repeats: 0 })
    expect(sink.log).toHaveLength(1500)
    expect(new Set(sink.log.map((m) => m.to[0])).size).toBe(1500)
  }, 60_000)
})

test.runIf(needs('postgres'))(
  'nobody stops a run between the look at it and the taking of its rows',
  async () => {
    await begin('postgres', 3)
    const { dispatch_id: id } = await runUntil(s, await notice(), 'email', (r) => r.state === 'done')
    await work?.stop()
    work = undefined
    const { store } = s.ctx
    await updateRun(store.db, id, { state: 'sending' })
    const order: string[] = []
    const looked = Promise.withResolvers<void>()
    const stop = looked.promise
      .then(() => moveRun(store.db, id, ['sending'], { state: 'stopped' }))
      .then(() => order.push('stopped'))
    await store.tx(async (trx) => {
      await standingOf(trx, store.dialect, { dispatch_id: id })
      looked.resolve()
      await sleep(300)
      order.push('taken')
    })
    await stop
    expect(order).toEqual(['taken', 'stopped'])
  },
  60_000,
)

test('an alarm from before a restart is over when what it was about works again', async () => {
  await begin('sqlite', 3)
  await work?.stop()
  const { db } = s.ctx.store
  await raiseAlarm(db, clock, 'work-failing', 'job:beat')
  await raiseAlarm(db, clock, 'outlet-silent', 'outlet:email')
  work = await s.work()
  await runUntil(s, await notice(), 'email', (r) => r.state === 'done')
  await expect.poll(async () => (await openAlarms(db)).map((a) => a.cause), { timeout: 5000 }).toEqual([])
}, 60_000)

test('a flash that sent to somebody as often as it does and still does not know is an alarm', async () => {
  await begin('sqlite', 3)
  sink.script('reader1@mail.example', 'drop-after-dot', 10)
  const id = await flash()
  const run = await runUntil(s, id, 'email', (r) => r.state === 'done', 30_000)
  expect(run).toMatchObject({ accepted: 2, unknown: 1, repeats: 3 })
  const subject = `dispatch:${run.dispatch_id}`
  expect(await openAlarms(s.ctx.store.db)).toContainEqual(
    expect.objectContaining({ cause: 'attempts-exhausted', subject }),
  )
}, 60_000)

test('a relay that takes nothing from anybody is an alarm at its far end, and the alarm is over when it takes one', async () => {
  const end = await alarmEnd()
  await begin('sqlite', 5, {}, { ALARM_WEBHOOK: end.url })
  const { port } = sink
  await sink.close()
  const id = await flash()
  await runUntil(s, id, 'email', (r) => r.deferred === 5)
  expect(await end.hears('outlet-silent')).toMatchObject({ subject: 'outlet:email' })
  sink = await startSmtpSink({ port })
  clock.set(HOUR)
  await runUntil(s, id, 'email', (r) => r.state === 'done')
  expect(sink.log).toHaveLength(5)
  expect((await openAlarms(s.ctx.store.db)).filter((a) => a.cause === 'outlet-silent')).toEqual([])
  end.close()
}, 60_000)
