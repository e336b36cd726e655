/** What comes back about a mail: dead addresses, complaints, answering machines, forgeries. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readReport } from '../../src/audience/report.ts'
import { insertSubscriber, subscriberById } from '../../src/audience/store.ts'
import { DAY } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

const TOKEN = 'tokentokentokentokentokentoken32'
let at: Workplace
let people: Office
let app: App
let subscriber: number
let delivery: number

beforeEach(async () => {
  const smtp = {
    url: 'smtp://127.0.0.1:1',
    from: 'press@press.example',
    connections: 1,
    bounceDomain: 'bounce.example',
  }
  at = await workplace({ smtp })
  people = await office(at.ctx)
  app = await createApp(at.ctx)
  subscriber = await insertSubscriber(at.ctx.store.db, {
    kind: 'email',
    address: 'reader@reader.example',
    keys: null,
    token: TOKEN,
    state: 'active',
    mode: 'live',
    language: 'zh-CN',
    urgency: 'normal',
    frequency: 'at-once',
    all_topics: 1,
    all_areas: 1,
    created_at: at.clock.now(),
    confirmed_at: at.clock.now(),
    left_at: null,
  })
  delivery = await deliver()
})
afterEach(() => at.close())

/** A delivery as a run leaves it. Only its row matters here, so what it hangs on is left out. */
async function deliver(): Promise<number> {
  const { raw } = at.ctx.store
  raw!.exec('pragma foreign_keys = off')
  const { id } = raw!
    .prepare(
      `insert into delivery (dispatch_id, subscriber_id, language, state, attempt, updated_at) values ('d', ?, 'zh-CN', 'accepted', 1, ?) returning id`,
    )
    .get(subscriber, at.clock.now()) as { id: number }
  raw!.exec('pragma foreign_keys = on')
  return id
}

type Parts = { to?: string; status?: string; action?: string; original?: string[] }
const bounce = ({
  to = `bounce+${delivery}@bounce.example`,
  status = '5.1.1',
  action = 'failed',
  original = [],
}: Parts = {}) =>
  [
    'From: MAILER-DAEMON@far.example',
    `To: <${to}>`,
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="=_b"',
    '',
    '--=_b',
    'Content-Type: text/plain',
    '',
    'Status: 5.1.1 is what this text says; nobody reads it.',
    '--=_b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.far.example',
    '',
    'Final-Recipient: rfc822; reader@reader.example',
    `Action: ${action}`,
    `Status: ${status} (no such mailbox)`,
    '',
    '--=_b',
    'Content-Type: text/rfc822-headers',
    '',
    ...original,
    '--=_b--',
    '',
  ].join('\r\n')
const complaint = (type: string, original: string[]) =>
  [
    'To: abuse@press.example',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: Far/1.0',
    'Version: 1',
    '--b',
    'Content-Type: message/rfc822',
    '',
    ...original,
    'Subject: x',
    '',
    'text',
    '--b--',
  ].join('\r\n')

async function handIn(raw: string, query = '', scopes = ['admin' as const]): Promise<string | number> {
  const token = await people.token('league-admin', scopes)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' }
  const answer = await app.request(`/mail/bounces${query}`, { method: 'POST', body: raw, headers })
  return answer.status === 200 ? ((await answer.json()) as { outcome: string }).outcome : answer.status
}
const state = async () => (await subscriberById(at.ctx.store.db, subscriber))?.state
const counted = async () =>
  Object.fromEntries(
    (await at.ctx.store.db.selectFrom('counter').selectAll().where('name', 'like', 'mail-report:%').execute()).map(
      (r) => [r.name.slice('mail-report:'.length), r.value],
    ),
  )

test('a reader whose mailbox no longer exists is let go, by the return path and not by the text', async () => {
  expect(await handIn(bounce())).toBe('hard')
  expect(await state()).toBe('gone')
  expect(await handIn(bounce())).toBe('hard')
  expect(await counted()).toEqual({ hard: 2 })
})

test('the envelope address wins where the mail system hands it over', async () => {
  const raw = bounce({ to: 'list@press.example' })
  expect(await handIn(raw)).toBe('unknown')
  expect(await handIn(raw, `?to=${encodeURIComponent(`bounce+${delivery}@bounce.example`)}`)).toBe('hard')
})

test.each([
  ['a full mailbox that will be tried again', { status: '4.2.2', action: 'delayed' }, 'soft'],
  ['a lasting failure of the moment', { status: '4.4.7' }, 'soft'],
  ['a mail that arrived', { status: '5.0.0', action: 'delivered' }, 'soft'],
  ['a status nobody can read', { status: 'unknown' }, 'soft'],
  ['our own bad standing', { status: '5.7.1' }, 'policy'],
] as const)('%s ends no subscription and is counted', async (_what, parts, outcome) => {
  expect(await handIn(bounce(parts))).toBe(outcome)
  expect(await state()).toBe('active')
  expect(await counted()).toEqual({ [outcome]: 1 })
})

test.each([
  ['an answering machine', ['Auto-Submitted: auto-replied', 'Subject: 5.1.1 away', '', 'Status: 5.1.1']],
  ['a person', ['Subject: please', '', 'Action: failed', 'Status: 5.1.1']],
  [
    'a report that is cut off',
    ['Content-Type: multipart/report; boundary=x', '', '--x', 'Content-Type: message/delivery-status'],
  ],
])('%s is never a bounce', async (_who, lines) => {
  const outcome = await handIn([`To: bounce+${delivery}@bounce.example`, ...lines].join('\r\n'))
  expect(['other', 'soft']).toContain(outcome)
  expect(await state()).toBe('active')
})

test('a complaint stops everything at once, found by the way to leave our mail carried', async () => {
  const link = `List-Unsubscribe: <http://press.example/subscriptions/${TOKEN}/leave>`
  expect(await handIn(complaint('abuse', [link]))).toBe('complaint')
  expect(await state()).toBe('complained')
  expect(await handIn(bounce())).toBe('hard')
  expect(await state()).toBe('complained')
})

test('who says it was no spam stays; who opts out by their mail provider leaves', async () => {
  const id = `Message-ID: <d${String(delivery).padStart(16, '0')}.01edition@press.example>`
  expect(await handIn(complaint('not-spam', [id]))).toBe('other')
  expect(await state()).toBe('active')
  expect(await handIn(complaint('opt-out', [id]))).toBe('left')
  expect(await state()).toBe('left')
})

test('a bounce about another domain, another kind of subscriber or a mail of long ago ends nothing', async () => {
  expect(await handIn(bounce({ to: `bounce+${delivery}@elsewhere.example` }))).toBe('unknown')
  expect(await handIn(bounce({ to: 'bounce+999999@bounce.example' }))).toBe('unknown')
  at.clock.advance(31 * DAY)
  expect(await handIn(bounce())).toBe('unknown')
  expect(await state()).toBe('active')
})

test('only an administrator by a token with the scope for it may hand in mail', async () => {
  expect((await app.request('/mail/bounces', { method: 'POST', body: bounce() })).status).toBeGreaterThanOrEqual(401)
  expect(await handIn(bounce(), '', ['read' as never])).toBe(403)
  const drafter = await people.token('league-drafter')
  const answer = await app.request('/mail/bounces', {
    method: 'POST',
    body: bounce(),
    headers: { authorization: `Bearer ${drafter}` },
  })
  expect(answer.status).toBe(403)
  expect(await state()).toBe('active')
})

test('folded fields, comments and encoded parts are read as they are meant', () => {
  const status = Buffer.from(
    'Reporting-MTA: dns; x\r\n\r\nAction: FAILED\r\nStatus:\r\n 5.1.10 (null mx)\r\n',
  ).toString('base64')
  const raw = [
    'content-type: Multipart/Report;\r\n report-type="delivery-status"; boundary="a b"',
    '',
    '--a b',
    'Content-Type: message/delivery-status; charset=us-ascii',
    'Content-Transfer-Encoding: base64',
    '',
    status,
    '--a b--',
  ].join('\r\n')
  expect(readReport(Buffer.from(raw)).about).toEqual({ what: 'delivery', action: 'failed', status: '5.1.10' })
})
