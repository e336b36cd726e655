/** An administrator tries the hub on a probe of our own, and what is carried by hand with a sheet marked 测试: nobody outside is written to, and what fails is said. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { create as manual } from '../../channels/manual/index.ts'
import { create as websub } from '../../channels/websub/index.ts'
import { probePath, probeToken } from '../../src/audience/hub-probe.ts'
import { driveHub } from '../../src/audience/hub-verify.ts'
import type { Registry } from '../../src/context.ts'
import type { Channel, Outsider } from '../../src/delivery/channel.ts'
import { MINUTE } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { office, type Workplace, workplace } from '../support/office.ts'

const FEED = { path: '/feeds/all.atom', type: 'application/atom+xml; charset=utf-8', body: '<feed>示例</feed>' }
const HUB_LINK = '<http://press.example/hub>; rel="hub", <http://press.example/feeds/all.atom>; rel="self"'
const registry: Registry = (deps) => ({ channels: [websub(deps), manual(deps) as Channel], notReady: {} })

let place: Workplace
let app: App
let admin: DeskPerson
/** Calls of our public address, and what stands in front of it. */
let calls: string[] = []
let inFront: (method: string, path: string) => { status: number; headers: Record<string, string> } | undefined = () =>
  undefined
let outside = 0

/** Our public address as it is called from within: the app itself, and no network. */
const own: Outsider = async (url, request = {}) => {
  const { pathname, search } = new URL(url)
  const method = request.method ?? 'GET'
  calls.push(`${method} ${pathname.replace(/probe\/.*/, 'probe')}`)
  const instead = inFront(method, pathname)
  if (instead) return { ...instead, body: new Uint8Array() }
  if (pathname === FEED.path) return { status: 200, headers: { link: HUB_LINK }, body: Buffer.from(FEED.body) }
  const init = { method, headers: request.headers ?? {}, ...(request.body ? { body: request.body as string } : {}) }
  const res = await app.request(pathname + search, init)
  return { status: res.status, headers: Object.fromEntries(res.headers), body: new Uint8Array(await res.arrayBuffer()) }
}

beforeEach(async () => {
  calls = []
  outside = 0
  inFront = () => undefined
  const outsider: Outsider = async () => {
    outside++
    return { status: 200, headers: {}, body: new Uint8Array() }
  }
  place = await workplace({}, { registry, configured: own, outsider })
  await office(place.ctx, { logins: ['league-admin', 'league-drafter'] })
  app = await createApp(place.ctx)
  admin = await new DeskPerson(app).signIn('league-admin')
}, 60_000)
afterEach(async () => {
  expect(place.logged).toEqual([])
  await place.close()
})

const published = () => place.ctx.site.commit('feeds', 'live', 1, [FEED])
const press = async () => admin.submit(await admin.get('/desk/outlets?lang=zh'), /websub\/test$/)
const rows = () => place.ctx.store.db.selectFrom('outlet_test').selectAll().orderBy('id').execute()
const leases = () => place.ctx.store.db.selectFrom('hub_lease').selectAll().execute()
const requests = () => place.ctx.store.db.selectFrom('hub_request').selectAll().execute()
const active = () =>
  place.ctx.store.db
    .selectFrom('subscriber')
    .selectAll()
    .where('kind', '=', 'websub')
    .where('state', '=', 'active')
    .execute()

test('the hub is found, followed, posted to and left, and no follower hears of it', async () => {
  await published()
  const page = await admin.get('/desk/outlets?lang=zh')
  expect(page.text).toContain('不推给任何订户')
  const done = await press()
  expect(done.text).toContain('测试已被对方接收')
  expect(calls).toEqual(['GET /feeds/all.atom', 'POST /hub', 'GET /hub/probe', 'POST /hub/probe', 'GET /hub/probe'])
  expect(outside).toBe(0)
  expect([await leases(), await requests(), await active()]).toEqual([[], [], []])
  expect(await rows()).toMatchObject([{ outlet: 'websub', outcome: 'accepted', asked_by: 'league-admin' }])
  const en = await admin.get('/desk/outlets?lang=en')
  expect(en.text).toContain('goes to a probe of this very service and to no follower')
})

test('each step that fails is said in words, and nothing stays behind', async () => {
  const failing = async (said: string) => {
    expect((await press()).text).toContain(said)
    expect([await leases(), await requests(), await active()]).toEqual([[], [], []])
    place.clock.advance(3 * MINUTE)
  }
  await failing('还没有订阅源')
  await published()
  const when = (method: string, path: RegExp, status: number, headers = {}) => {
    inFront = (m, p) => (m === method && path.test(p) ? { status, headers } : undefined)
  }
  when('GET', /all\.atom/, 502)
  await failing('从公开地址读不到订阅源')
  when('GET', /all\.atom/, 200, { link: '<http://press.example/feeds/all.atom>; rel="self"' })
  await failing('订阅源里没有写订阅地址')
  when('POST', /hub$/, 404)
  await failing('从公开地址到不了订阅地址')
  when('GET', /probe/, 404)
  await failing('订阅没有得到确认')
  when('POST', /probe/, 503)
  await failing('HTTP 503')
  expect((await rows()).map((r) => r.outcome)).toEqual(['not-ready', 'again', 'again', 'again', 'again', 'again'])
  await driveHub(place.ctx)
  expect(outside).toBe(0)
})

test('a leave that is not confirmed is said, and ends by itself when the shortest lease is over', async () => {
  await published()
  let asked = 0
  inFront = (m, p) => (m === 'GET' && /probe/.test(p) && ++asked > 1 ? { status: 404, headers: {} } : undefined)
  expect((await press()).text).toContain('退订没有得到确认')
  expect(await active()).toHaveLength(1)
  place.clock.advance(5 * MINUTE)
  await driveHub(place.ctx)
  expect([await leases(), await active()]).toEqual([[], []])
})

test('a probe answers to nobody else: not without our mark, not unsigned, not when it is old, and for no other feed', async () => {
  const { ctx, clock } = place
  const token = probeToken(ctx.keys.secret, clock.ms())
  const ask = (path: string, topic = 'http://press.example/feeds/all.atom', challenge = 'abc') =>
    app.request(`${path}?${new URLSearchParams({ 'hub.topic': topic, 'hub.challenge': challenge })}`)
  const right = await ask(probePath(token))
  expect([right.status, await right.text()]).toEqual([200, 'abc'])
  expect((await ask(probePath(`${token.slice(0, -2)}xx`))).status).toBe(404)
  expect((await ask('/hub/probe/x')).status).toBe(404)
  expect((await ask(probePath(token), 'http://press.example/feeds/all.rss')).status).toBe(404)
  expect((await ask(probePath(token), undefined, '<script>')).status).toBe(404)
  const post = (signature: string) =>
    app.request(probePath(token), {
      method: 'POST',
      body: FEED.body,
      headers: { 'content-type': FEED.type, 'x-hub-signature': signature },
    })
  expect((await post('')).status).toBe(403)
  expect((await post(`sha256=${'0'.repeat(64)}`)).status).toBe(403)
  clock.advance(11 * MINUTE)
  expect((await ask(probePath(token))).status).toBe(404)
})

test('what is carried by hand is tried with a sheet and texts marked 测试, and somebody says whether they arrived', async () => {
  const at = '/desk/outlets/manual/test'
  const outlets = await admin.get('/desk/outlets?lang=zh')
  expect(outlets.html).toContain(`href="${at}"`)
  const page = await admin.get(`${at}?lang=zh`)
  expect(page.text).toContain('【测试】渠道测试，不是通知')
  expect(page.text).toContain('TEST: A test of this channel, not a notice')
  const sheet = await admin.get(`${at}/sheet`)
  expect(sheet.html).toContain('class="band test"')
  expect(sheet.text).toContain('请不要张贴，不要转发')
  expect(sheet.text).not.toContain('贴在公示栏')
  const bare = await admin.submit(page, /manual\/test$/, { where: '苏木广播站' })
  expect([bare.status, bare.html.includes('value="苏木广播站"')]).toEqual([422, true])
  expect(bare.html).toContain('href="#f-arrived"')
  const odd = await admin.submit(page, /manual\/test$/, { where: '站\u202e', arrived: 'yes' })
  expect([odd.status, odd.text.includes('U+202E')]).toEqual([422, true])
  const long = await admin.submit(page, /manual\/test$/, { where: '站'.repeat(61), arrived: 'yes' })
  expect([long.status, long.html.includes('站'.repeat(61))]).toEqual([422, true])
  expect((await admin.submit(page, /manual\/test$/, { where: ' ', arrived: 'maybe' })).status).toBe(422)
  expect(await rows()).toEqual([])
  const done = await admin.submit(page, /manual\/test$/, { where: '苏木广播站', arrived: 'yes' })
  expect(done.text).toContain('已登记：测试件已送到')
  expect(done.text).toContain('已送到 · 苏木广播站')
  place.clock.advance(1000)
  const lost = await admin.submit(page, /manual\/test$/, { where: '嘎查大喇叭', arrived: 'no' })
  expect(lost.text).toContain('没有送到 · 嘎查大喇叭')
  expect(await rows()).toMatchObject([{ outcome: 'accepted', asked_by: 'league-admin' }, { outcome: 'again' }])
  const ledger = await place.ctx.store.db
    .selectFrom('ledger')
    .select('subject')
    .where('act', '=', 'outlet.test')
    .execute()
  expect(ledger.map((l) => l.subject)).toEqual(['outlet:manual', 'outlet:manual'])
  const drafter = await new DeskPerson(app).signIn('league-drafter')
  for (const path of [at, `${at}/sheet`]) expect((await drafter.get(path)).status).toBe(403)
  expect((await drafter.post(at, { where: 'x', arrived: 'yes' })).status).toBe(403)
  expect((await drafter.get('/desk/outlets')).html).not.toContain(`href="${at}"`)
})
