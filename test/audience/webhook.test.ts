/** Receivers of webhooks: two administrators set one up, a release goes to it as it was agreed, and its secret is shown once. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addReceiver,
  approveReceiver,
  endReceiver,
  receivers,
  rotateSecret,
  testReceiver,
} from '../../src/audience/webhook.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import type { Actor } from '../../src/staff/member.ts'
import { insertMember } from '../../src/staff/store.ts'
import { type Callback, startCallback } from '../support/callback.ts'
import { appOf, type Call, caller } from '../support/caller.ts'
import { giveToken } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'
import { agreeAndPublish, assertEquation, publishNew, runUntil, type Station, station } from '../support/station.ts'

let s: Station
let far: Callback
let work: { stop(): Promise<void> }
let admin: Actor
let second: Actor
beforeAll(async () => {
  far = await startCallback()
  s = await station({ ORTOO_OUTSIDERS: `127.0.0.1:${far.port}` })
  admin = s.people['admin'] as Actor
  second = { ...admin, memberId: 'admin2', name: 'admin2' }
  for (const id of ['admin', 'admin2'] as const) {
    if (id === 'admin2')
      await insertMember(s.ctx.store.db, {
        ...{
          id,
          user_id: null,
          agency_id: 'league',
          name: id,
          email: `${id}@league.example`,
          phone: '',
          languages: '[]',
        },
        ...{ roles: '["admin"]', active: 1, created_at: s.ctx.clock.now() },
      })
  }
  work = await s.work()
})
afterAll(async () => {
  await work.stop()
  await assertEquation(s)
  await s.close()
  await far.close()
  expect(s.errors).toEqual([])
})

const draft = (over: Parameters<typeof policyDraft>[0] = {}) =>
  policyDraft({ documentNumber: undefined, outlets: ['website', 'feeds', 'webhook'], ...over })
const to = (path: string) => far.posted.filter((p) => p.path === path)
const valid = (path: string, at: number, secret: string): boolean => {
  const { headers, body } = to(path)[at]!
  const [, t] = /^t=(\d+)/.exec(headers['x-ortoo-signature'] as string)!
  return (headers['x-ortoo-signature'] as string).includes(
    `v1=${createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')}`,
  )
}
const issues = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (err: { issues: { field: string; code: string }[] }) => err.issues.map((i) => `${i.field} ${i.code}`),
  )

test('one administrator alone sets a receiver up; with two, the other must agree before anything is posted', async () => {
  await giveToken(s.ctx, 'admin')
  const alone = await addReceiver(s.ctx, admin, { name: '融媒体中心', url: `${far.url}/alone` })
  expect(alone).toMatchObject({ state: 'active', secret: expect.stringMatching(/^whsec_[\w-]{32}$/) })
  await giveToken(s.ctx, 'admin2')
  const made = await addReceiver(s.ctx, admin, { name: '应急广播', url: `${far.url}/two`, topics: ['policy'] })
  expect(made.state).toBe('proposed')
  const id = await publishNew(s, draft())
  await runUntil(s, id, 'webhook', (r) => r.state === 'done')
  expect([to('/alone').length, to('/two').length]).toEqual([1, 0])
  expect(valid('/alone', 0, alone.secret)).toBe(true)
  await expect(approveReceiver(s.ctx, admin, made.id)).rejects.toMatchObject({ code: 'own-change' })
  await approveReceiver(s.ctx, second, made.id)
  await expect(approveReceiver(s.ctx, second, made.id)).rejects.toMatchObject({ code: 'change-decided' })
  // Its filter holds: a release about something else is not for it.
  const fire = await publishNew(s, draft({ topics: ['fire'] }))
  await runUntil(s, fire, 'webhook', (r) => r.state === 'done')
  expect([to('/alone').length, to('/two').length]).toEqual([2, 0])
  const policy = await publishNew(s, draft())
  await runUntil(s, policy, 'webhook', (r) => r.state === 'done')
  expect([to('/alone').length, to('/two').length]).toEqual([3, 1])
  expect(valid('/two', 0, made.secret)).toBe(true)
  const ids = to('/alone').map((p) => p.headers['x-ortoo-delivery'])
  expect(new Set(ids).size).toBe(3)
  // Nothing of a secret lies open.
  const rows = await s.ctx.store.db.selectFrom('subscriber').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain('whsec_')
  expect(JSON.stringify(await s.ctx.store.db.selectFrom('ledger').selectAll().execute())).not.toMatch(/whsec_|\/two/)
})

test('kinds and lane limit a receiver; a correction goes to whoever was told, whatever they want today', async () => {
  const [flash, kinds] = await Promise.all([
    addReceiver(s.ctx, admin, { name: 'flash', url: `${far.url}/flash`, lane: 'flash' }),
    addReceiver(s.ctx, admin, { name: 'kinds', url: `${far.url}/kinds`, kinds: ['notice', 'policy'] }),
  ])
  for (const { id } of [flash, kinds]) await approveReceiver(s.ctx, second, id)
  const id = await publishNew(s, draft())
  await runUntil(s, id, 'webhook', (r) => r.state === 'done')
  expect([to('/flash').length, to('/kinds').length]).toEqual([0, 1])
  await s.ctx.store.db.updateTable('webhook_receiver').set({ kinds: ',notice,' }).where('id', '=', kinds.id).execute()
  await beginCorrection(s.ctx, s.people['drafter'] as Actor, id, { type: 'correction' })
  const text = draft()
  Object.assign(text.parts['zh-CN'] as object, { body: '<p>电话更正为 0000-54321。</p>', changeNote: '更正电话。' })
  await saveDraft(s.ctx, s.people['drafter'] as Actor, id, text, null)
  await agreeAndPublish(s, id)
  await far.until(() => to('/kinds').length === 2)
  const told = JSON.parse(to('/kinds')[1]!.body.toString())
  expect([told.event, told.texts['zh-CN'].changeNote]).toEqual(['edition.correction', '更正电话。'])
})

test('a new secret is signed with beside the old one; a test says what the far end answers; ended, nothing goes there', async () => {
  const made = await addReceiver(s.ctx, admin, { name: 'turning', url: `${far.url}/turning` })
  const renewed = await rotateSecret(s.ctx, second, made.id)
  expect(await testReceiver(s.ctx, admin, made.id)).toEqual({ state: 'accepted' })
  expect([valid('/turning', 0, made.secret), valid('/turning', 0, renewed)]).toEqual([true, true])
  far.meet('/turning', { post: 401 })
  expect(await testReceiver(s.ctx, admin, made.id)).toMatchObject({ state: 'again', why: 'HTTP 401' })
  const line = async () => (await receivers(s.ctx, admin)).find((r) => r.id === made.id)
  expect(await line()).toMatchObject({ state: 'proposed', tested_as: 'HTTP 401' })
  await endReceiver(s.ctx, admin, made.id)
  expect(await line()).toBeUndefined()
  await expect(testReceiver(s.ctx, admin, made.id)).rejects.toMatchObject({ kind: 'not-found' })
  // The address is free again.
  expect((await addReceiver(s.ctx, admin, { name: 'anew', url: `${far.url}/turning` })).state).toBe('proposed')
})

test('addresses inside, plain ones, our own and known ones are refused by name of the field', async () => {
  const add = (over: object) => issues(addReceiver(s.ctx, admin, { name: 'x', url: 'https://hooks.example/', ...over }))
  expect(await add({ url: 'http://hooks.example/' })).toEqual(['url url-not-https'])
  expect(await add({ url: 'https://10.0.0.1/' })).toEqual(['url url-private-address'])
  expect(await add({ url: 'https://[::ffff:127.0.0.1]/' })).toEqual(['url url-private-address'])
  expect(await add({ url: 'https://me:pw@hooks.example/' })).toEqual(['url url-credentials'])
  expect(await add({ url: 'https://hooks.example/#x' })).toEqual(['url hub-fragment'])
  expect(await add({ url: `${far.url}/alone` })).toEqual(['url webhook-there'])
  expect(await add({ topics: ['no-such'] })).toEqual(['topics.0 unknown-topic'])
  expect(await add({ name: ' ' })).toHaveLength(1)
  await expect(addReceiver(s.ctx, s.people['drafter'] as Actor, {})).rejects.toMatchObject({ code: 'no-role' })
})

test('an exercise goes to exercise receivers alone, and a live release never does', async () => {
  const made = await addReceiver(s.ctx, admin, { name: 'drill', url: `${far.url}/drill`, mode: 'exercise' })
  await approveReceiver(s.ctx, second, made.id)
  const before = far.posted.length
  const text = draft({ mode: 'exercise' } as never)
  Object.assign(text.parts['zh-CN'] as object, { title: '【演练】关于做好牧区饲草储备工作的通知' })
  const id = await publishNew(s, text)
  await runUntil(s, id, 'webhook', (r) => r.state === 'done')
  expect(far.posted.slice(before).map((p) => p.path)).toEqual(['/drill'])
  expect(JSON.parse(to('/drill')[0]!.body.toString()).mode).toBe('exercise')
})

test('at the desk an administrator adds, tests, agrees and ends; the secret is shown once and kept by no cache', async () => {
  const app = await appOf(s.ctx)
  const as = async (id: string): Promise<Call> => caller(app, await giveToken(s.ctx, id))
  const [one, two, drafter] = [await as('admin'), await as('admin2'), await as('drafter')]
  const form = (fields: Record<string, string>) => ({
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const made = await one(
    'POST',
    '/desk/outlets/webhooks?lang=en',
    form({ name: 'Desk', url: `${far.url}/desk`, lane: '' }),
  )
  expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const [secret] = /whsec_[\w-]{32}/.exec(made.text)!
  const again = await one('GET', '/desk/outlets/webhooks?lang=en')
  expect(again.text).not.toContain(secret)
  expect(again.text).toContain('Waits for another administrator')
  const { id } = (await receivers(s.ctx, admin)).find((r) => r.name === 'Desk')!
  const mine = await one('POST', `/desk/outlets/webhooks/${id}/approve?lang=en`, form({}))
  expect([mine.status, mine.text]).toEqual([403, expect.stringContaining('needs another administrator')])
  expect((await two('POST', `/desk/outlets/webhooks/${id}/approve`, form({}))).headers.get('location')).toContain(
    'webhook-approved',
  )
  expect((await one('POST', `/desk/outlets/webhooks/${id}/test`, form({}))).headers.get('location')).toContain(
    'webhook-tested',
  )
  expect(to('/desk')).toHaveLength(1)
  const wrong = await one('POST', '/desk/outlets/webhooks?lang=en', form({ name: 'x', url: 'http://a.example/' }))
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('must begin with https')])
  expect((await drafter('POST', `/desk/outlets/webhooks/${id}/end`, form({}))).status).toBe(403)
  const read = await drafter('GET', '/desk/outlets/webhooks')
  expect([read.status, read.text.includes('/end"')]).toEqual([200, false])
  expect((await one('POST', `/desk/outlets/webhooks/${id}/end`, form({}))).headers.get('location')).toContain(
    'webhook-ended',
  )
  expect((await one('GET', '/desk/outlets')).text).toContain('/desk/outlets/webhooks')
})

test('where nobody is to be told, nothing is ordered', async () => {
  for (const r of await receivers(s.ctx, admin)) await endReceiver(s.ctx, admin, r.id)
  const id = await publishNew(s, draft())
  await runUntil(s, id, 'feeds', (r) => r.state === 'done')
  expect((await runsOfRelease(s.ctx.store.db, id)).map((r) => r.outlet).sort()).toEqual(['feeds', 'website'])
})
