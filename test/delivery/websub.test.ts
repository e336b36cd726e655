/** From a publication to those who follow a feed: they are posted the very bytes that are public, signed, and nobody else's trouble is theirs. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import type { Actor } from '../../src/staff/member.ts'
import { type Callback, hubSignature, startCallback } from '../support/callback.ts'
import { appOf, type Call, caller } from '../support/caller.ts'
import { policyDraft } from '../support/sample.ts'
import {
  agree,
  agreeAndPublish,
  assertEquation,
  publishNew,
  runUntil,
  type Station,
  station,
} from '../support/station.ts'

let s: Station
let far: Callback
let work: { stop(): Promise<void> }
let call: Call
beforeEach(async () => {
  far = await startCallback()
  s = await station({ ORTOO_OUTSIDERS: `127.0.0.1:${far.port}` })
  work = await s.work()
  call = caller(await appOf(s.ctx))
  await published()
})
afterEach(async () => {
  await work.stop()
  await assertEquation(s)
  await s.close()
  await far.close()
  expect(s.errors).toEqual([])
})

const draft = (over: Parameters<typeof policyDraft>[0] = {}) => policyDraft({ documentNumber: undefined, ...over })
const who = (name: string) => s.people[name] as Actor
/** Published, and its feeds are out. */
async function published(over: Parameters<typeof policyDraft>[0] = {}): Promise<string> {
  const id = await publishNew(s, draft(over))
  for (const outlet of ['website', 'feeds']) await runUntil(s, id, outlet, (r) => r.state === 'done')
  return id
}
async function follow(path: string, topic = '/feeds/all.atom', over: Record<string, string> = {}): Promise<void> {
  const before = far.asked.length
  const form = { 'hub.mode': 'subscribe', 'hub.callback': far.url + path, 'hub.topic': s.url + topic, ...over }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const said = await call('POST', '/hub', { body: new URLSearchParams(form).toString(), headers })
  expect([said.status, said.text], topic).toEqual([202, ''])
  await far.until(() => far.asked.length > before)
  for (let i = 0; i < 200 && (await s.ctx.store.db.selectFrom('hub_request').select('id').execute()).length; i++)
    await sleep(10)
}
const feed = async (path: string) => {
  const answer = await fetch(s.url + path)
  return { type: answer.headers.get('content-type'), body: Buffer.from(await answer.arrayBuffer()) }
}
const to = (path: string) => far.posted.filter((p) => p.path === path)
const hubRun = (id: string) => runUntil(s, id, 'websub', (r) => ['done', 'stopped'].includes(r.state))

test('who follows a feed is posted its bytes with its own type, links and signature; each format, each list, once', async () => {
  const topics = [
    '/feeds/all.atom',
    '/feeds/all.rss',
    '/feeds/all.json',
    '/feeds/topic/policy.atom',
    '/feeds/area/159900.json',
    '/',
  ]
  for (const [i, topic] of topics.entries())
    await follow(`/t${i}?keep=%2F${i}`, topic, { 'hub.secret': `secret-${i}`, 'hub.x': '1' })
  await follow('/plain')
  // Asked for once more: still one subscription, and one notification.
  await follow('/plain')
  await publishNew(s, draft({ topics: ['fire'] }))
  const id = await published()
  const run = await hubRun(id)
  expect(run).toMatchObject({ state: 'done', audience: topics.length + 1, accepted: topics.length + 1 })
  for (const [i, topic] of topics.entries()) {
    const got = to(`/t${i}?keep=%2F${i}`).at(-1)!
    const now = await feed(topic)
    expect(got.body.equals(now.body), topic).toBe(true)
    expect(got.headers['content-type'], topic).toBe(now.type)
    expect(got.headers['link']).toBe(`<${s.url}/hub>; rel="hub", <${s.url}${topic}>; rel="self"`)
    expect(got.headers['x-hub-signature']).toBe(hubSignature(`secret-${i}`, now.body))
  }
  // One for the release about fire, one for this; who follows the list of policy heard of this one alone.
  expect(to('/plain')).toHaveLength(2)
  expect(to('/plain')[0]!.headers['x-hub-signature']).toBeUndefined()
  expect(to('/t3?keep=%2F3')).toHaveLength(1)
})

test('a callback that is gone or down is tried again and holds up nobody; what it follows it goes on following', async () => {
  const ways = { '/gone': 410, '/down': 500, '/turned': 'redirect', '/cut': 'reset' } as const
  for (const [path, post] of Object.entries(ways)) {
    far.meet(path, { post })
    await follow(path)
  }
  await follow('/well')
  const began = Date.now()
  const id = await published()
  await far.until(() => to('/well').length === 1)
  expect(Date.now() - began).toBeLessThan(5000)
  const run = await runUntil(s, id, 'websub', (r) => r.accepted === 1 && r.deferred === 4)
  expect(run.audience).toBe(5)
  const active = await s.ctx.store.db
    .selectFrom('subscriber')
    .select('id')
    .where('kind', '=', 'websub')
    .where('state', '=', 'active')
    .execute()
  expect(active).toHaveLength(5)
  // Nobody at the desk is woken for a stranger's server.
  expect(await s.ctx.store.db.selectFrom('alarm').select('cause').execute()).toEqual([])
  // It comes back, and is told of what is public then.
  for (const path of Object.keys(ways)) far.meet(path, {})
  await s.ctx.store.db
    .updateTable('delivery')
    .set({ next_at: s.ctx.clock.now() })
    .where('state', '=', 'deferred')
    .execute()
  await s.ctx.store.db
    .updateTable('dispatch_run')
    .set({ next_at: s.ctx.clock.now() })
    .where('dispatch_id', '=', run.dispatch_id)
    .execute()
  s.ctx.bell.ring('dispatch', id)
  await far.until(() => Object.keys(ways).every((path) => to(path).length >= 2))
  const { body } = await feed('/feeds/all.atom')
  expect(to('/gone').at(-1)!.body.equals(body)).toBe(true)
  expect((await fetch(`${far.url}/elsewhere`)).status).toBe(200)
  expect(far.posted.some((p) => p.path.startsWith('/elsewhere'))).toBe(false)
})

test('a correction, a withdrawal and a takedown are posted as the feed shows them', async () => {
  await follow('/a', '/feeds/all.json')
  const id = await published()
  await far.until(() => to('/a').length === 1)
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  const text = policyDraft({ documentNumber: undefined }, '<p>补助电话更正为 0000-54321。</p>')
  const zh = { ...text.parts['zh-CN'], changeNote: '更正补助电话。' }
  await saveDraft(s.ctx, who('drafter'), id, { ...text, parts: { 'zh-CN': zh } } as never, null)
  await agreeAndPublish(s, id)
  await far.until(() => to('/a').length === 2)
  expect(to('/a')[1]!.body.toString()).toContain('0000-54321')
  await withdraw(s.ctx, who('drafter'), id, { reasons: { 'zh-CN': '内容有误。' } })
  await agree(s, id)
  await far.until(() => to('/a').length === 3)
  const withdrawn = to('/a')[2]!.body.toString()
  expect(withdrawn).toContain('内容有误')
  expect(withdrawn).not.toContain('0000-54321')
  await takeDown(s.ctx, who('signer'), id, { ground: 'privacy' })
  await far.until(() => to('/a').length === 4)
  expect(to('/a')[3]!.body.toString()).not.toContain('内容有误')
  expect(to('/a')[3]!.body.equals((await feed('/feeds/all.json')).body)).toBe(true)
})

test('an exercise is ordered nowhere near the hub', async () => {
  await follow('/a')
  const text = draft({ mode: 'exercise' } as never)
  Object.assign(text.parts['zh-CN'] as object, { title: '【演练】关于做好牧区饲草储备工作的通知' })
  const id = await publishNew(s, text)
  await runUntil(s, id, 'feeds', (r) => r.state === 'done')
  expect((await runsOfRelease(s.ctx.store.db, id)).map((r) => r.outlet)).not.toContain('websub')
  await published()
  await far.until(() => to('/a').length === 1)
  expect(to('/a')[0]!.body.toString()).not.toContain('/exercise/')
})

test('who has left, or whose lease is over, is posted nothing more; without followers nothing is ordered', async () => {
  await follow('/a')
  await follow('/b', '/feeds/all.atom', { 'hub.lease_seconds': '300' })
  await follow('/c')
  await s.ctx.store.db
    .updateTable('hub_lease')
    .set({ expires_at: s.ctx.clock.now() })
    .where('subscriber_id', 'in', (e) => e.selectFrom('subscriber').select('id').where('address', 'like', '%/b#%'))
    .execute()
  await follow('/a', '/feeds/all.atom', { 'hub.mode': 'unsubscribe' })
  const run = await hubRun(await published())
  expect([run.audience, run.accepted]).toEqual([1, 1])
  expect(far.posted.map((p) => p.path)).toEqual(['/c'])
  await follow('/c', '/feeds/all.atom', { 'hub.mode': 'unsubscribe' })
  const id = await published()
  expect((await runsOfRelease(s.ctx.store.db, id)).map((r) => r.outlet).sort()).toEqual([
    'email',
    'feeds',
    'webpush',
    'website',
  ])
})
