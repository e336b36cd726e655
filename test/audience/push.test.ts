/** Subscribing a browser: what may be an endpoint, what a key; a test to one's own device. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import { interestsOf, subscriberByAddress } from '../../src/audience/store.ts'
import { suppress } from '../../src/audience/suppression.ts'
import { MINUTE } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { office, type Workplace, workplace } from '../support/office.ts'
import { type PushSink, startPushSink } from '../support/push-sink.ts'

let sink: PushSink
let at: Workplace
let app: App

beforeEach(async () => {
  sink = await startPushSink()
  at = await workplace({ outsiders: [`127.0.0.1:${sink.port}`] }, { registry: outlets })
  await office(at.ctx)
  app = await createApp(at.ctx)
})
afterEach(async () => {
  await at.close()
  await sink.close()
})

const send = (path: string, body: object, method = 'POST') =>
  app.request(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const subscribe = (body: object) => send('/push/subscriptions', body)
const row = (endpoint: string) => subscriberByAddress(at.ctx.store.db, 'webpush', endpoint, 'live')
const issues = async (answer: Response) =>
  ((await answer.json()) as { issues?: { field: string; code: string }[] }).issues?.map((i) => `${i.field} ${i.code}`)
const good = () => {
  const { endpoint, keys } = sink.subscribe()
  return { endpoint, keys }
}

test('a browser subscribes with the key it was given, and subscribing again replaces keys and choices', async () => {
  const { key } = (await (await app.request('/push/key')).json()) as { key: string }
  expect(Buffer.from(key, 'base64url')).toHaveLength(65)
  const first = good()
  expect((await subscribe({ ...first, topics: ['fire'], language: 'en' })).status).toBe(201)
  const before = (await row(first.endpoint))!
  expect(before).toMatchObject({ state: 'active', language: 'en', all_topics: 0 })
  const { keys } = sink.subscribe()
  expect((await subscribe({ ...first, keys, expirationTime: null })).status).toBe(201)
  const after = (await row(first.endpoint))!
  expect(after).toMatchObject({ id: before.id, token: before.token, all_topics: 1, keys: JSON.stringify(keys) })
  expect((await interestsOf(at.ctx.store.db, after.id)).topics).toEqual([])
})

test('a browser has no digests, and one the office has taken off stays off', async () => {
  const browser = good()
  const weekly = await subscribe({ ...browser, frequency: 'weekly' })
  expect([weekly.status, await issues(weekly)]).toEqual([422, ['frequency digest-by-mail-only']])
  expect((await subscribe(browser)).status).toBe(201)
  await at.ctx.store.tx((trx) => suppress(at.ctx, trx, 'webpush', browser.endpoint, 'office'))
  expect((await row(browser.endpoint))?.state).toBe('left')
  expect((await subscribe(browser)).status).toBe(403)
  expect((await row(browser.endpoint))?.state).toBe('left')
})

test('a browser whose address changed keeps its choices under the new one', async () => {
  const [old, young] = [good(), good()]
  await subscribe({ ...old, topics: ['fire'], urgency: 'critical' })
  expect((await subscribe({ ...young, replaces: old.endpoint })).status).toBe(201)
  expect(await row(old.endpoint)).toBeUndefined()
  expect(await row(young.endpoint)).toMatchObject({ urgency: 'critical', all_topics: 0, state: 'active' })
})

describe('an endpoint that could lead inside is refused before anything is called', () => {
  test.each([
    'http://push.example.com/x',
    'https://127.0.0.1/x',
    'https://127.1/x',
    'https://2130706433/x',
    'https://0x7f.0.0.1/x',
    'https://0177.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[fd00::1]/x',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.8/x',
    'https://8.8.8.8/x',
    'https://localhost/x',
    'https://metadata.google.internal/x',
    'https://printer.local/x',
    'https://intranet/x',
    'https://user:pass@push.example.com/x',
    'https://push.example.com:8443/x',
    'https://push.example.com/x#y',
    'https://push.example.com\\@127.0.0.1/x',
    'https://push.example.com/a b',
    'https://１２７.0.0.1/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//push.example.com/x',
    '',
  ])('%s', async (endpoint) => {
    const answer = await subscribe({ ...good(), endpoint })
    expect(answer.status).toBe(422)
    expect(await issues(answer)).toEqual(['endpoint push-endpoint'])
    expect(await row(endpoint)).toBeUndefined()
    expect(sink.log).toHaveLength(0)
  })

  test('the name of a push service is taken', async () => {
    const endpoint = 'https://updates.push.services.example.com/wpush/v2/abc'
    expect((await subscribe({ ...good(), endpoint })).status).toBe(201)
  })
})

describe('keys are taken only in the one form a browser writes them in', () => {
  const p256dh = () => good().keys.p256dh
  const offCurve = () => Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url')
  test.each<[string, () => object, string]>([
    ['a short key', () => ({ p256dh: 'BA', auth: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'keys.p256dh push-key'],
    ['padding', () => ({ p256dh: `${p256dh()}=`, auth: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'keys.p256dh push-key'],
    [
      'a compressed point',
      () => ({ p256dh: Buffer.alloc(33, 2).toString('base64url'), auth: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      'keys.p256dh push-key',
    ],
    ['a point off the curve', () => ({ p256dh: offCurve(), auth: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'keys.p256dh push-key'],
    ['plain base64', () => ({ p256dh: p256dh(), auth: '+/AAAAAAAAAAAAAAAAAAAA' }), 'keys.auth push-secret'],
    ['stray bits', () => ({ p256dh: p256dh(), auth: 'AAAAAAAAAAAAAAAAAAAAAB' }), 'keys.auth push-secret'],
    ['a short secret', () => ({ p256dh: p256dh(), auth: 'AAAA' }), 'keys.auth push-secret'],
  ])('%s', async (_what, keys, found) => {
    expect(await issues(await subscribe({ ...good(), keys: keys() }))).toEqual([found])
  })
  test('fields nobody knows', async () => {
    expect(await issues(await subscribe({ ...good(), state: 'active' }))).toEqual(['state unknown-field'])
  })
})

test('a reader sends themselves a test, at most once a minute', async () => {
  const browser = sink.subscribe()
  await subscribe({ endpoint: browser.endpoint, keys: browser.keys, language: 'en' })
  const ask = () => send('/push/subscriptions/test', { endpoint: browser.endpoint })
  expect((await ask()).status).toBe(202)
  const again = await ask()
  expect(again.status).toBe(429)
  expect(again.headers.get('retry-after')).toBe('60')
  at.clock.advance(MINUTE)
  expect((await ask()).status).toBe(202)
  const messages = sink.messagesTo(browser.id)
  expect(messages.map((m) => m.problems)).toEqual([[], []])
  expect(JSON.parse(messages[0]?.payload ?? '')).toMatchObject({ tag: 'test', lang: 'en' })
})

test('a test to a browser that is gone ends its subscription; one the service refuses for our sake does not', async () => {
  const [gone, ours] = [sink.subscribe(), sink.subscribe()]
  for (const { endpoint, keys } of [gone, ours]) await subscribe({ endpoint, keys })
  sink.script(gone.id, 410)
  sink.script(ours.id, 403)
  expect((await send('/push/subscriptions/test', { endpoint: gone.endpoint })).status).toBe(404)
  expect((await row(gone.endpoint))?.state).toBe('gone')
  expect((await send('/push/subscriptions/test', { endpoint: ours.endpoint })).status).toBe(503)
  expect((await row(ours.endpoint))?.state).toBe('active')
})

test('a test goes only to a browser that is subscribed, and a browser takes itself off', async () => {
  const browser = good()
  expect((await send('/push/subscriptions/test', { endpoint: browser.endpoint })).status).toBe(404)
  await subscribe(browser)
  for (let i = 0; i < 2; i++) {
    expect((await send('/push/subscriptions', { endpoint: browser.endpoint }, 'DELETE')).status).toBe(204)
    expect((await row(browser.endpoint))?.state).toBe('left')
  }
  expect((await send('/push/subscriptions/test', { endpoint: browser.endpoint })).status).toBe(404)
  expect(sink.log).toHaveLength(0)
})
