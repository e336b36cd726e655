/** Subscribing by e-mail, over HTTP, with a real SMTP server at the other end. */
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import { subscriberByAddress } from '../../src/audience/store.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { office, type Workplace, workplace } from '../support/office.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'

const READER = 'reader@reader.example'
let sink: SmtpSink
let at: Workplace
let app: App

beforeEach(async () => {
  sink = await startSmtpSink()
  const smtp = { url: sink.url, from: 'Press <press@press.example>', connections: 2, bounceDomain: 'bounce.example' }
  at = await workplace({ smtp }, { registry: outlets })
  await office(at.ctx)
  app = await createApp(at.ctx)
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
  await sink.close()
})

const form = (fields: [string, string][], headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers,
})
const ask = (email = READER, more: [string, string][] = []) =>
  app.request('/subscriptions?lang=en', form([['email', email], ...more]))
const row = (address = READER) => subscriberByAddress(at.ctx.store.db, 'email', address, 'live')
const letters = (n: number) => expect.poll(() => sink.log.length, { timeout: 5000 }).toBe(n)
async function tokenFromLetter(n: number): Promise<{ token: string; text: string }> {
  await letters(n)
  const { text = '' } = await simpleParser(sink.log[n - 1]!.raw)
  return { token: /\/subscriptions\/([\w-]{32})\//.exec(text)?.[1] ?? '', text }
}
async function active(): Promise<string> {
  await ask()
  const { token } = await tokenFromLetter(1)
  await app.request(`/subscriptions/${token}/confirm`, { method: 'POST' })
  expect((await row())?.state).toBe('active')
  return token
}
/** What differs per request is no answer. */
const heard = async (answer: Response) => ({
  status: answer.status,
  headers: [...answer.headers].filter(([name]) => name !== 'x-request-id'),
  body: await answer.text(),
})

test('a reader is subscribed only after confirming by the button behind the link in their letter', async () => {
  const answer = await ask(READER, [
    ['topics[]', 'fire'],
    ['areas[]', '159921'],
    ['urgency', 'important'],
  ])
  expect(answer.status).toBe(202)
  const { token } = await tokenFromLetter(1)
  expect(sink.log[0]?.to).toEqual([READER])
  expect(await row()).toMatchObject({ state: 'pending', urgency: 'important', all_topics: 0, all_areas: 0 })
  for (const method of ['GET', 'HEAD', 'GET']) {
    expect((await app.request(`/subscriptions/${token}/confirm`, { method })).status).toBe(200)
    expect((await row())?.state).toBe('pending')
  }
  for (let press = 0; press < 2; press++) {
    expect((await app.request(`/subscriptions/${token}/confirm`, { method: 'POST' })).status).toBe(200)
    expect((await row())?.state).toBe('active')
  }
})

test('nobody can tell from an answer whether an address is subscribed, waiting, gone or has complained', async () => {
  await active()
  const answers = [await heard(await ask('new@reader.example'))]
  at.clock.advance(3 * MINUTE)
  answers.push(await heard(await ask('new@reader.example')), await heard(await ask()))
  await letters(4)
  for (const state of ['left', 'gone', 'complained']) {
    await at.ctx.store.db.updateTable('subscriber').set({ state }).where('address', '=', READER).execute()
    at.clock.advance(3 * MINUTE)
    answers.push(await heard(await ask()))
  }
  answers.push(await heard(await ask()))
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('who is subscribed already gets the way to their choices, and nothing of the subscription changes', async () => {
  const token = await active()
  const before = await row()
  at.clock.advance(3 * MINUTE)
  await ask(READER, [['urgency', 'critical']])
  const letter = await tokenFromLetter(2)
  expect(letter.token).toBe(token)
  expect(letter.text).toContain(`http://press.example/subscriptions/${token}/leave`)
  expect(await row()).toEqual(before)
})

test('a letter asked for anew ends the link in the letter before', async () => {
  await ask()
  const { token: first } = await tokenFromLetter(1)
  at.clock.advance(3 * MINUTE)
  await ask()
  const { token: second } = await tokenFromLetter(2)
  expect(second).not.toBe(first)
  expect((await app.request(`/subscriptions/${first}/confirm`, { method: 'POST' })).status).toBe(404)
  expect((await app.request(`/subscriptions/${second}/confirm`, { method: 'POST' })).status).toBe(200)
})

test('the link is good for 48 hours', async () => {
  await ask()
  const { token } = await tokenFromLetter(1)
  at.clock.advance(48 * HOUR + 1)
  expect((await app.request(`/subscriptions/${token}/confirm`)).status).toBe(410)
  expect((await app.request(`/subscriptions/${token}/confirm`, { method: 'POST' })).status).toBe(409)
  expect((await row())?.state).toBe('pending')
})

test("nobody's mailbox can be filled by somebody else asking: one letter in two minutes, four a day", async () => {
  for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(202)
  await letters(1)
  for (let i = 0; i < 8; i++) {
    at.clock.advance(3 * MINUTE)
    expect((await ask()).status).toBe(202)
  }
  await letters(4)
  await new Promise((wait) => setTimeout(wait, 200))
  expect(sink.log).toHaveLength(4)
})

test('one address of the network may ask thirty times an hour', async () => {
  const one = (i: number) =>
    app.request('/subscriptions', form([['email', `r${i}@reader.example`]], { 'x-forwarded-for': '198.51.100.7' }))
  for (let i = 0; i < 30; i++) expect((await one(i)).status).toBe(202)
  const refused = await one(30)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  const neighbour = form([['email', 'n@reader.example']], { 'x-forwarded-for': '198.51.100.8' })
  expect((await app.request('/subscriptions', neighbour)).status).toBe(202)
  await letters(31)
})

test('who complained is never written to again, whoever asks', async () => {
  await active()
  await at.ctx.store.db.updateTable('subscriber').set({ state: 'complained' }).execute()
  at.clock.advance(DAY + MINUTE)
  await ask()
  await new Promise((wait) => setTimeout(wait, 100))
  expect(sink.log).toHaveLength(1)
  expect((await row())?.state).toBe('complained')
})

test('a relay that asks to be tried again gets the letter again', async () => {
  sink.script(READER, '450', 1)
  const { subscribe } = await import('../../src/audience/subscribe.ts')
  const { letter } = await subscribe(at.ctx, '198.51.100.9', { email: READER })
  await letter
  expect(sink.mailsTo(READER)).toHaveLength(1)
}, 20_000)

test.each([
  ['email', 'not-an-address'],
  ['email', 'a@b@reader.example\r\nBcc: x@reader.example'],
  ['email', 'reader@localhost'],
  ['email', '"quoted"@reader.example'],
])('what is no %s is said with the form as it was filled in: %s', async (_field, email) => {
  const answer = await ask(email, [['topics[]', 'fire']])
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('not an address')
  expect(html).toMatch(/value="fire" checked/)
  expect(sink.log).toHaveLength(0)
})

test('a time zone nobody has, unknown topics, areas and fields are named', async () => {
  const sent = { email: READER, frequency: 'daily', zone: 'Asia/Nowhere', topics: ['no-such'], areas: ['999999'] }
  const json = (body: object) =>
    app.request('/subscriptions?lang=en', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const answer = await json(sent)
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const { issues } = (await answer.json()) as { issues: { field: string; code: string; rule: string }[] }
  expect(issues.map((i) => [i.field, i.code])).toEqual([
    ['zone', 'unknown-zone'],
    ['topics.0', 'unknown-topic'],
    ['areas.0', 'unknown-area'],
  ])
  expect(issues[0]?.rule).toContain('Asia/Nowhere')
  expect((await json({ email: READER, state: 'active' })).status).toBe(422)
  expect((await json({ email: READER })).status).toBe(202)
  await letters(1)
})

test('an address is one address, however its capitals and its domain are written', async () => {
  await ask('Reader@Reader.Example')
  await letters(1)
  await ask(READER)
  await ask('reader@例子.example')
  await letters(2)
  expect((await row())?.state).toBe('pending')
  expect((await row('reader@xn--fsqu00a.example'))?.state).toBe('pending')
})

test('one click leaves: without cookie, question or redirect, as often as it is sent, and never by opening the link', async () => {
  const token = await active()
  const path = `/subscriptions/${token}/leave`
  for (const method of ['GET', 'HEAD']) {
    expect((await app.request(path, { method })).status).toBe(200)
    expect((await row())?.state).toBe('active')
  }
  const multipart = new FormData()
  multipart.set('List-Unsubscribe', 'One-Click')
  for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), multipart, undefined]) {
    const answer = await app.request(path, { method: 'POST', ...(body ? { body } : {}) })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect((await row())?.state).toBe('left')
  }
  expect((await row())?.left_at).toBe(at.clock.now())
})

test('the token in the address decides, whatever the body names', async () => {
  const token = await active()
  await ask('other@reader.example')
  const other = (await tokenFromLetter(2)).token
  await app.request(
    `/subscriptions/${other}/leave`,
    form([
      ['token', token],
      ['List-Unsubscribe', 'One-Click'],
    ]),
  )
  expect((await row())?.state).toBe('active')
  expect((await row('other@reader.example'))?.state).toBe('left')
})

test('leaving with a token nobody has sounds the same, so that trying tells nothing', async () => {
  const token = await active()
  const real = await (await app.request(`/subscriptions/${token}/leave?lang=zh`, { method: 'POST' })).text()
  const unknown = 'A'.repeat(32)
  const none = await (await app.request(`/subscriptions/${unknown}/leave?lang=zh`, { method: 'POST' })).text()
  expect(none.replaceAll(unknown, token)).toBe(real)
})

test('a reader sees and changes their choices by their link alone', async () => {
  const token = await active()
  const page = `/subscriptions/${token}/`
  expect(await (await app.request(page)).text()).toContain(READER)
  const answer = await app.request(
    page,
    form([
      ['language', 'en'],
      ['urgency', 'critical'],
      ['topics[]', 'weather'],
      ['topics[]', 'fire'],
    ]),
  )
  expect(answer.status).toBe(200)
  expect(await row()).toMatchObject({ language: 'en', urgency: 'critical', all_topics: 0, all_areas: 1 })
  expect(await (await app.request(page)).text()).toMatch(/value="weather" checked/)
  const wrong = await app.request(page, form([['topics[]', 'no-such']]))
  expect(wrong.status).toBe(422)
  expect((await row())?.urgency).toBe('critical')
  const { status, headers } = await app.request(page.slice(0, -1))
  expect([status, headers.get('location')]).toEqual([308, page])
})

test('a reader asks for one mail a week by their own clock, only of what is about both their topics, and has it in their data', async () => {
  const token = await active()
  const page = `/subscriptions/${token}/`
  const choice: [string, string][] = [
    ['frequency', 'weekly'],
    ['zone', '+06:00'],
    ['topicRule', 'all'],
    ['topics[]', 'weather'],
    ['topics[]', 'fire'],
  ]
  const saved = await (await app.request(page, form(choice))).text()
  expect(saved).toMatch(/value="weekly" checked/)
  expect(saved).toMatch(/value="\+06:00" selected/)
  expect(saved).toMatch(/name="topicRule" value="all" checked/)
  expect(await row()).toMatchObject({ frequency: 'weekly', zone: '+06:00', every_topic: 1 })
  const mine = (await (await app.request(`${page}export`)).json()) as { subscriber: object }
  expect(mine.subscriber).toMatchObject({ frequency: 'weekly', zone: '+06:00', topicRule: 'all', suppressed: null })
  const wrong = await app.request(page, form([['zone', 'Mars/Olympus']]))
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('Mars/Olympus')
  expect((await row())?.zone).toBe('+06:00')
})

test('pages of a subscriber are kept by nobody and told to nobody', async () => {
  const token = await active()
  for (const end of ['', 'confirm', 'leave', 'export']) {
    const { headers } = await app.request(`/subscriptions/${token}/${end}`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toContain('noindex')
  }
})

test('a reader takes their data with them and has it deleted; nothing of the address stays in any row', async () => {
  const token = await active()
  const answer = await app.request(`/subscriptions/${token}/export`)
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  expect(await answer.json()).toMatchObject({ subscriber: { address: READER, state: 'active' }, deliveries: [] })
  expect((await app.request(`/subscriptions/${token}/delete`)).status).toBe(405)
  for (let i = 0; i < 2; i++)
    expect((await app.request(`/subscriptions/${token}/delete`, { method: 'POST' })).status).toBe(200)
  expect((await app.request(`/subscriptions/${token}/`)).status).toBe(404)
  const tables = ['subscriber', 'subscriber_topic', 'subscriber_area', 'rate', 'ledger', 'counter'] as const
  for (const table of tables)
    expect(JSON.stringify(await at.ctx.store.db.selectFrom(table).selectAll().execute())).not.toContain(READER)
})

test.each(['x', '../../etc', `${'A'.repeat(31)}%00`, 'A'.repeat(33)])(
  'a token that cannot be one is no subscription: %s',
  async (token) => {
    for (const end of ['', 'confirm', 'export'])
      expect((await app.request(`/subscriptions/${encodeURIComponent(token)}/${end}`)).status).toBe(404)
  },
)
