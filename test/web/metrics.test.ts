/** Whoever watches the service from outside gets figures, and nothing that is anybody's own. */
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/lib/clock.ts'
import { raiseAlarm } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import { startWork } from '../../src/work.ts'
import { mailRegistry, mailRun, published, subscribe } from '../support/going.ts'
import { office, type Workplace, workplace } from '../support/office.ts'

const TOKEN = 'a-token-of-the-watch-tower'
let at: Workplace
afterEach(() => at.close())

type App = Awaited<ReturnType<typeof createApp>>
const scrape = (app: App, token = TOKEN) => app.request('/metrics', { headers: { authorization: `Bearer ${token}` } })
const value = (text: string, line: string) =>
  Number(
    text
      .split('\n')
      .find((l) => l.startsWith(line))
      ?.split(' ')
      .at(-1),
  )

test('figures come from rows, and add up to the audience', async () => {
  let n = 0
  const registry = mailRegistry({
    send: async (targets) =>
      targets.map(() =>
        n++ % 10 ? { state: 'accepted' } : { state: 'never', why: '550 5.7.1 secret-word-of-a-reader' },
      ),
  })
  at = await workplace({ metricsToken: TOKEN, sweepMs: { flash: 30, routine: 30 } }, { clock: systemClock, registry })
  const people = await office(at.ctx)
  const app = await createApp(at.ctx)
  await subscribe(at, 100)
  const release = await published(at, people)
  await raiseAlarm(at.ctx.store.db, at.ctx.clock, 'clock-breached', 'service:x')
  const before = await (await scrape(app)).text()
  expect(value(before, 'ortoo_runs{state="waiting",lane="routine"}')).toBe(3)
  expect(value(before, 'ortoo_work_beat_age_seconds')).toBe(-1)
  const work = await startWork(at.ctx)
  await expect.poll(async () => (await mailRun(at, release.id)).state, { timeout: 10_000 }).toBe('done')
  await work.stop()
  await app.request(`/api/v1/releases/${release.id}`, {
    headers: { authorization: `Bearer ${await people.token('league-signer')}` },
  })
  const answer = await scrape(app)
  const text = await answer.text()
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(value(text, 'ortoo_deliveries{outlet="email",state="accepted"}')).toBe(90)
  expect(value(text, 'ortoo_deliveries{outlet="email",state="failed"}')).toBe(10)
  expect(value(text, 'ortoo_deliveries{outlet="website",state="accepted"}')).toBe(1)
  expect(value(text, 'ortoo_runs{state="waiting",lane="routine"}')).toBe(0)
  expect(value(text, 'ortoo_alarms_open{cause="clock-breached",taken="no"}')).toBe(1)
  expect(value(text, 'ortoo_bell_up')).toBe(1)
  expect(value(text, 'ortoo_database_seconds')).toBeGreaterThan(0)
  expect(value(text, 'ortoo_work_beat_age_seconds')).toBeLessThan(10)
  expect(text).toContain('ortoo_http_request_seconds_count{method="GET",route="/api/v1/releases/:id",status="2xx"} 1')
  expect(text).toMatch(/process_resident_memory_bytes \d/)
  for (const own of [release.id, release.number, 'ortoo.example', 'secret-word', '关于', 'league-signer'])
    expect(text, own).not.toContain(own)
  expect(at.logged).toEqual([])
}, 30_000)

test('ended runs are counted once, also when they end between two scrapes', async () => {
  at = await workplace({ metricsToken: TOKEN })
  await office(at.ctx)
  const app = await createApp(at.ctx)
  at.ctx.store.raw?.exec('pragma foreign_keys = off')
  const end = (id: string, accepted: number, over: object = {}) =>
    at.ctx.store.db
      .insertInto('dispatch_run')
      .values({
        dispatch_id: id,
        release_id: 'r',
        edition_id: 'e',
        outlet: 'email',
        lane: 'routine',
        sequence: 1,
        state: 'done',
        audience: accepted,
        accepted,
        done_at: at.clock.now(),
        next_at: at.clock.now(),
        ...over,
      } as never)
      .execute()
  const accepted = async () =>
    value(await (await scrape(app)).text(), 'ortoo_deliveries{outlet="email",state="accepted"}')
  await end('a', 5)
  await end('b', 7, { state: 'stopped', why: 'stop' })
  expect(await accepted()).toBe(12)
  at.clock.advance(60_000)
  await end('c', 11, { state: 'stopped', why: 'superseded' })
  expect(await accepted()).toBe(23)
  at.clock.advance(60_000)
  await at.ctx.store.db
    .updateTable('dispatch_run')
    .set({ state: 'done', why: '', audience: 9, accepted: 9, done_at: at.clock.now() })
    .where('dispatch_id', '=', 'b')
    .execute()
  expect(await accepted()).toBe(25)
  at.clock.advance(60_000)
  expect(await accepted()).toBe(25)
})

test('there are none without a token of one’s own, and none with a member’s', async () => {
  at = await workplace()
  const people = await office(at.ctx)
  expect((await (await createApp(at.ctx)).request('/metrics')).status).toBe(404)
  at.ctx.config.metricsToken = TOKEN
  const app = await createApp(at.ctx)
  expect((await app.request('/metrics')).status).toBe(401)
  expect((await scrape(app, 'a-token-of-the-watch-toweR')).status).toBe(401)
  expect((await scrape(app, await people.token('league-admin'))).status).toBe(401)
  expect((await scrape(app)).status).toBe(200)
  // It opens nothing else.
  const other = await app.request('/api/v1/alarms', { headers: { authorization: `Bearer ${TOKEN}` } })
  expect(other.status).toBe(401)
})
