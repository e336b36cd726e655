/** What comes back about a mail: dead addresses, complaints, answering machines, forgeries. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readReport } from '../../src/audience/report.ts'
import { insertSubscriber, subscriberById } from '../../src/audience/store.ts'
import { DAY, HOUR } from '../../src/lib/clock.ts'
import { bounceAddress, deliveryOfBounce } from '../../src/lib/verp.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

const TOKEN = 'tokentokentokentokentokentoken32'
let at: Workplace
let people: Office
let app: App
let subscriber: number
let delivery: number
let runs = 0

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

/** A delivery as a run leaves it. Only its row and its run's matter here, so what they hang on is left out. */
async function deliver(run = `d${++runs}`): Promise<number> {
  const { raw } = at.ctx.store
  raw!.exec('pragma foreign_keys = off')
  raw!
    .prepare(
      `insert into dispatch_run (dispatch_id, release_id, edition_id, outlet, lane, sequence, state, audience, accepted, next_at)
       values (?, 'r', 'e', 'email', 'routine', 1, 'done', 1, 1, '')`,
    )
    .run(run)
  const { id } = raw!
    .prepare(
      `insert into delivery (dispatch_id, subscriber_id, language, state, attempt, accepted_at, updated_at) values (?, ?, 'zh-CN', 'accepted', 1, ?, ?) returning id`,
    )
    .get(run, subscriber, at.clock.now(), at.clock.now()) as { id: number }
  raw!.exec('pragma foreign_keys = on')
  return id
}
const bounced = async () =>
  (
    await at.ctx.store.db.selectFrom('dispatch_run').select(['bounced', 'accepted']).orderBy('dispatch_id').execute()
  ).map((r) => `${r.bounced} of ${r.accepted}`)

const pathOf = (id: number, domain = 'bounce.example') => bounceAddress(at.ctx.keys.bounce, id, domain)

type Parts = { to?: string; status?: string; action?: string; said?: string; original?: string[] }
const bounce = ({ to = pathOf(delivery), status = '5.1.1', action = 'failed', said = '', original = [] }: Parts = {}) =>
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
    ...(said ? [`Diagnostic-Code: ${said}`] : []),
    '',
    '--=_b',
    'Content-Type: text/rfc822-headers',
    '',
    ...original,
    '--=_b--',
    '',
  ].join('\r\n')
const complaint = (type: string, original: string[], details: string[] = []) =>
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
    ...details,
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
  expect(await handIn(raw, `?to=${encodeURIComponent(pathOf(delivery))}`)).toBe('hard')
})

test.each([
  ['a full mailbox that will be tried again', { status: '4.2.2', action: 'delayed' }, 'soft'],
  ['a lasting failure of the moment', { status: '4.4.7' }, 'soft'],
  ['a mail that arrived', { status: '5.0.0', action: 'delivered' }, 'other'],
  ['a mail passed on to a list', { status: '2.0.0', action: 'expanded' }, 'other'],
  ['a full mailbox', { status: '5.2.2' }, 'soft'],
  ['a mail that was too big', { status: '5.3.4' }, 'policy'],
  ['a mail whose words a filter dislikes', { status: '5.6.1' }, 'policy'],
  ['a filter that counts our mails', { status: '5.0.0', said: 'smtp; 550 Mail frequency limited' }, 'soft'],
  ['a policy said with a bare status', { status: '5.0.0', said: 'smtp; 550 5.7.26 not authenticated' }, 'policy'],
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
  const outcome = await handIn([`To: ${pathOf(delivery)}`, ...lines].join('\r\n'))
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
  const from = [`Original-Mail-From: <${pathOf(delivery)}>`]
  expect(await handIn(complaint('not-spam', [], from))).toBe('other')
  expect(await state()).toBe('active')
  expect(await handIn(complaint('opt-out', [], from))).toBe('left')
  expect(await state()).toBe('left')
})

test('a bounce about another domain, another kind of subscriber or a mail of long ago ends nothing', async () => {
  expect(await handIn(bounce({ to: pathOf(delivery, 'elsewhere.example') }))).toBe('unknown')
  expect(await handIn(bounce({ to: pathOf(999_999) }))).toBe('unknown')
  at.clock.advance(31 * DAY)
  expect(await handIn(bounce())).toBe('unknown')
  expect(await state()).toBe('active')
})

test('nobody ends another reader’s subscription by counting', async () => {
  const unsigned = `bounce+${delivery}@bounce.example`
  const guessed = pathOf(delivery).replace(/\.[0-9a-f]/, (c) => (c === '.0' ? '.1' : '.0'))
  const neighbour = pathOf(delivery + 1).replace(`+${delivery + 1}.`, `+${delivery}.`)
  const id = `Message-ID: <d${String(delivery).padStart(16, '0')}.01edition@press.example>`
  for (const to of [unsigned, guessed, neighbour])
    for (const raw of [bounce({ to }), complaint('abuse', [id], [`Original-Mail-From: <${to}>`])])
      expect(await handIn(raw, `?to=${encodeURIComponent(to)}`)).toBe('unknown')
  expect(await state()).toBe('active')
  expect(await bounced()).toEqual(['0 of 1'])
})

test('a return path fits any mail system and is read back whatever became of its capitals', () => {
  const key = at.ctx.keys.bounce
  for (const id of [1, 4_711, Number.MAX_SAFE_INTEGER]) {
    const address = bounceAddress(key, id, 'bounce.example')
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64)
    expect(address).toMatch(/^bounce\+\d+\.[0-9a-f]{20}@bounce\.example$/)
    for (const form of [address, ` <${address}>`, address.toUpperCase()])
      expect(deliveryOfBounce(key, form, 'bounce.example')).toBe(id)
    expect(deliveryOfBounce(`${key}x`, address, 'bounce.example')).toBeNull()
    expect(deliveryOfBounce(key, address, 'other.example')).toBeNull()
  }
})

test('a mail that came back stays accepted by the relay, and its run says how many came back, each once', async () => {
  const other = await deliver()
  expect(await handIn(bounce({ status: '5.7.1' }))).toBe('policy')
  expect(await handIn(bounce({ status: '5.7.1' }))).toBe('policy')
  expect(await handIn(bounce({ to: pathOf(other), status: '4.2.2', action: 'delayed' }))).toBe('soft')
  expect(await bounced()).toEqual(expect.arrayContaining(['1 of 1', '0 of 1']))
  expect(await handIn(bounce({ to: pathOf(other), status: '4.4.7' }))).toBe('soft')
  expect(await bounced()).toEqual(['1 of 1', '1 of 1'])
})

/** Mails that go wrong for the moment, hours apart. */
async function fail(times: number, apart: number): Promise<(string | number)[]> {
  const outcomes = []
  for (let i = 0; i < times; i++) {
    at.clock.advance(apart)
    const to = pathOf(await deliver())
    outcomes.push(await handIn(bounce({ to, status: '4.2.2', action: 'delayed' })))
    outcomes.push(await handIn(bounce({ to, status: '4.4.7' })))
  }
  return outcomes
}

test('a reader nothing has reached in five mails over three days is let go', async () => {
  expect(await fail(4, 20 * HOUR)).toEqual(Array(8).fill('soft'))
  expect(await state()).toBe('active')
  expect(await fail(1, 20 * HOUR)).toEqual(['exhausted', 'soft'])
  expect(await state()).toBe('gone')
})

test('many failures in one bad day, or one mail reported many times, end nothing', async () => {
  expect(await fail(12, HOUR)).toEqual(Array(24).fill('soft'))
  for (let day = 0; day < 8; day++) {
    at.clock.advance(DAY)
    expect(await handIn(bounce({ to: pathOf(delivery + 1), status: '4.4.1' }))).toBe('soft')
  }
  expect(await state()).toBe('active')
})

test('one mail that arrived in between, and the count begins again', async () => {
  await fail(4, DAY)
  at.clock.advance(HOUR)
  await deliver()
  at.clock.advance(6 * DAY)
  expect(await fail(4, DAY)).toEqual(Array(8).fill('soft'))
  expect(await state()).toBe('active')
  expect(await fail(1, DAY)).toEqual(['exhausted', 'soft'])
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
