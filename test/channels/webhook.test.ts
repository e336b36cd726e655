/** The webhook outlet against real sockets: what is posted, how it is signed, what answers mean, and that the documented check holds. */
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { create } from '../../channels/webhook/index.ts'
import type { Outcome, Signing, Target } from '../../src/delivery/channel.ts'
import { outsider } from '../../src/lib/http.ts'
import { WebhookDocsPage } from '../../templates/page/hub-docs.tsx'
import { webhookSample } from '../../templates/page/webhook-sample.ts'
import { type Callback, type Manner, startCallback } from '../support/callback.ts'
import { config, deps, edition, part, target } from './sample-edition.ts'

let far: Callback
let cap = true
beforeEach(async () => {
  far = await startCallback()
  cap = true
})
afterEach(() => far.close())

const make = (over = {}) =>
  create(
    deps({
      outsider: outsider({ allow: [`127.0.0.1:${far.port}`] }),
      published: async (path) =>
        cap && path === '/cap/ortoo-2026-000042-1.xml' ? { type: 'x', status: 200, body: Buffer.alloc(0) } : null,
      ...over,
    }),
    { timeoutMs: 400 },
  )
const signing: Signing = {
  secrets: [{ locked: 'whsec_new' }, { locked: 'whsec_old', until: '2026-11-24T00:00:00.000Z' }],
}
const to = (n: number, path: string, over: Partial<Target> = {}): Target =>
  target(n, far.url + path, { signing, ...over })
const post = async (targets: Target[], e = edition(), channel = make()) =>
  channel.send(await channel.prepare(e, 'all', undefined as never), targets, new AbortController().signal)

/** The very code the page hands to receivers. */
async function documentedCheck() {
  const site = {
    publicUrl: '',
    nameZh: '',
    nameEn: '',
    offset: '+08:00',
    mark: '',
    mode: 'live',
    css: '',
    paper: '',
    choice: '',
    js: '',
    icon: '',
    share: '',
  } as const
  const html = String(WebhookDocsPage({ site, lang: 'en', here: '/', sample: '{}' }))
  const code = /import \{ createHmac[\s\S]*?\n\}\n?(?=<)/.exec(html)![0]
  const plain = code
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&')
  return (await import(`data:text/javascript,${encodeURIComponent(plain)}`)).isGenuine as (
    header: string,
    body: Uint8Array,
    secret: string,
    now?: number,
  ) => boolean
}

test('an edition arrives as JSON with its links and texts, signed with both secrets while both are valid', async () => {
  expect(await post([to(7, '/a', { attempt: 3 })])).toEqual([{ state: 'accepted' }])
  const { headers, body } = far.posted[0]!
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-ortoo-event': 'edition.first',
    'x-ortoo-delivery': '7',
    'x-ortoo-attempt': '3',
  })
  const t = Date.parse('2026-11-23T06:12:04.000Z') / 1000
  const v1 = (secret: string) => createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')
  expect(headers['x-ortoo-signature']).toBe(`t=${t},v1=${v1('whsec_new')},v1=${v1('whsec_old')}`)
  const told = JSON.parse(body.toString())
  expect(told).toMatchObject({
    version: 1,
    mode: 'live',
    edition: { number: 1, type: 'first', sequence: 7 },
    release: {
      number: '2026-000042',
      kind: 'incident-update',
      lane: 'flash',
      urgency: 'critical',
      warningLevel: 'orange',
    },
    links: {
      page: 'https://press.example/releases/2026-000042/',
      feed: 'https://press.example/feeds/all.json',
      cap: 'https://press.example/cap/ortoo-2026-000042-1.xml',
    },
    texts: { 'zh-CN': { title: expect.stringContaining('火'), html: expect.stringContaining('<table>') }, en: {} },
    attachments: [{ name: 'map.pdf', url: `https://press.example/files/${'a'.repeat(64)}/map.pdf` }],
  })
})

test('the check that the page documents takes what is genuine, and nothing else', async () => {
  await post([to(7, '/a')])
  const { headers, body } = far.posted[0]!
  const isGenuine = await documentedCheck()
  const header = headers['x-ortoo-signature'] as string
  const at = Date.parse('2026-11-23T06:12:10.000Z')
  expect(isGenuine(header, body, 'whsec_new', at)).toBe(true)
  expect(isGenuine(header, body, 'whsec_old', at)).toBe(true)
  expect(isGenuine(header, body, 'whsec_other', at)).toBe(false)
  expect(isGenuine(header, Buffer.concat([body, Buffer.from(' ')]), 'whsec_new', at)).toBe(false)
  expect(isGenuine(header, body, 'whsec_new', at + 301_000)).toBe(false)
  expect(isGenuine(header.replace(/t=\d+/, `t=${at / 1000}`), body, 'whsec_new', at)).toBe(false)
  expect(isGenuine('', body, 'whsec_new', at)).toBe(false)
})

test('the sample on the page has exactly the shape that is sent', async () => {
  await post([to(7, '/a')])
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return 'list'
    if (value === null || typeof value !== 'object') return 'value'
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, k === 'blocks' || k === 'incident' ? '' : shape(v)]),
    )
  }
  const sent = JSON.parse(far.posted[0]!.body.toString())
  delete sent.texts.en
  expect(shape(webhookSample('https://press.example'))).toEqual(shape(sent))
})

test('an old secret is signed with no longer than its time; with none that can be opened nothing leaves', async () => {
  const past: Signing = { secrets: [{ locked: 'a' }, { locked: 'b', until: '2026-11-23T06:12:04.000Z' }] }
  await post([to(1, '/a', { signing: past })])
  expect((far.posted[0]!.headers['x-ortoo-signature'] as string).match(/v1=/g)).toHaveLength(1)
  const strange = make({
    unlock: () => {
      throw new Error('no')
    },
  })
  expect(await post([to(2, '/a')], edition(), strange)).toMatchObject([{ state: 'again', ours: true }])
  expect(far.posted).toHaveLength(1)
})

test('what was withdrawn goes out as its reason alone, and without a CAP message there is no link to one', async () => {
  cap = false
  const gone = edition({ type: 'withdrawal' }, { 'zh-CN': part({ withdrawalReason: '数字有误。' }) })
  await post([to(1, '/a')], gone)
  const told = JSON.parse(far.posted[0]!.body.toString())
  expect([told.event, told.texts, told.links.cap]).toEqual([
    'edition.withdrawal',
    { 'zh-CN': { withdrawalReason: '数字有误。' } },
    null,
  ])
  expect(make().variants(edition({ type: 'erratum' }))).toEqual([])
})

test('an exercise says so, and its links lie in the exercise', async () => {
  await post([to(1, '/a')], edition({ mode: 'exercise', address: '/exercise/releases/2026-000042/' }))
  const told = JSON.parse(far.posted[0]!.body.toString())
  expect([told.mode, told.links.feed]).toEqual(['exercise', 'https://press.example/exercise/feeds/all.json'])
})

const FAULTS: [Manner, Outcome][] = [
  [204, { state: 'accepted' }],
  [400, { state: 'never', why: 'HTTP 400' }],
  [413, { state: 'never', why: 'HTTP 413' }],
  [422, { state: 'never', why: 'HTTP 422' }],
  [401, { state: 'again', why: 'HTTP 401', after: 60_000 }],
  [404, { state: 'again', why: 'HTTP 404', after: 60_000 }],
  [410, { state: 'again', why: 'HTTP 410', after: 60_000 }],
  [503, { state: 'again', why: 'HTTP 503', after: 5_000 }],
  ['redirect', { state: 'again', why: 'HTTP 302', after: 60_000 }],
  ['reset', { state: 'again', why: 'far-end-unreachable', after: 5_000 }],
  ['stall', { state: 'again', why: 'far-end-timeout', after: 5_000 }],
]
test('each answer has its outcome, and no redirect is followed', async () => {
  for (const [how] of FAULTS) far.meet(`/${how}`, { post: how })
  expect(await post(FAULTS.map(([how], i) => to(i + 1, `/${how}`)))).toEqual(FAULTS.map(([, o]) => o))
  expect(far.posted.map((p) => p.path)).not.toContain('/elsewhere')
})

test('a test is signed like any other and holds nothing that could be taken for news', async () => {
  const { address } = to(1, '/a')
  expect(await make().test!({ address, language: 'zh-CN', signing })).toEqual({ state: 'accepted' })
  const { headers, body } = far.posted[0]!
  expect([headers['x-ortoo-event'], headers['x-ortoo-delivery']]).toEqual(['test', '0'])
  expect(JSON.parse(body.toString())).toEqual({
    version: 1,
    event: 'test',
    mode: 'test',
    sentAt: '2026-11-23T06:12:04.000Z',
    links: { page: `${config().publicUrl}/` },
  })
  expect(
    (await documentedCheck())(
      headers['x-ortoo-signature'] as string,
      body,
      'whsec_old',
      Date.parse('2026-11-23T06:12:04.000Z'),
    ),
  ).toBe(true)
})
