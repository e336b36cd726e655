/** 找错, over HTTP: a reader says what is wrong, the office answers within its time, and nothing is kept longer than said. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import { createRelease } from '../../src/desk/create.ts'
import { tendFaults } from '../../src/desk/tend-faults.ts'
import { DAY, HOUR } from '../../src/lib/clock.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { caller } from '../support/caller.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'

let sink: SmtpSink
let at: Workplace
let people: Office
let app: App

beforeEach(async () => {
  sink = await startSmtpSink()
  const smtp = { url: sink.url, from: 'Press <press@press.example>', connections: 2 }
  at = await workplace({ smtp }, { registry: outlets })
  people = await office(at.ctx)
  app = await createApp(at.ctx)
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
  await sink.close()
})

const FIELDS = {
  page: '/releases/2026-000001/',
  what: 'wording',
  text: '“供暧”应为“供暖”。',
  contact: 'reader@reader.example',
}
const post = (path: string, fields: Record<string, string>, from = '203.0.113.7') =>
  app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { 'x-forwarded-for': from } })
const write = async (more: Partial<typeof FIELDS> = {}) => {
  const answer = await post('/fault/', { ...FIELDS, ...more })
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    number: /F2026-\d{5}/.exec(text)?.[0] ?? '',
    code: /[2-9A-Z]{4}-[2-9A-Z]{4}(?=<)/.exec(text)?.[0] ?? '',
  }
}
const rows = () => at.ctx.store.db.selectFrom('fault').selectAll().orderBy('at').execute()
const api = async (who: string) => caller(app as never, await people.token(who))
const look = async (number: string, code: string) => {
  const answer = await post('/fault/look-up', { number, code })
  return { status: answer.status, text: await answer.text() }
}

test('a reader without script or log-in says what is wrong, and gets a number, a code and the day of the answer', async () => {
  const form = await (await app.request('/fault/?page=%2Freleases%2F2026-000001%2F')).text()
  expect(form).toContain('name="page" value="/releases/2026-000001/"')
  expect(form).not.toMatch(/<script(?! src="\/assets\/)/)
  const said = await write()
  expect(said.status).toBe(200)
  expect(said.number).toBe('F2026-00001')
  expect(said.code).not.toBe('')
  // Monday 23 November: three working days end on Thursday.
  expect(said.text).toContain('2026-11-26 23:59')
  expect(await rows()).toMatchObject([{ state: 'open', body: FIELDS.text, due_at: '2026-11-26T15:59:59.999Z' }])
  expect(JSON.stringify(await rows())).not.toContain(said.code)
})

test('whether a page exists cannot be learned from the answer', async () => {
  const draft = await createRelease(
    at.ctx,
    people.own.drafter,
    policyDraft({ topics: ['farming'], documentNumber: undefined }),
  )
  const shape = ({ text }: { text: string }) =>
    text
      .replace(/F2026-\d{5}/g, '')
      .replace(/[2-9A-Z]{4}-[2-9A-Z]{4}/g, '')
      .replaceAll(/\/releases\/[\d-]+\//g, '')
  const real = await write({ page: `/releases/${draft.number}/` })
  const none = await write({ page: '/releases/2026-999999/' })
  expect(shape(real)).toBe(shape(none))
})

test('nonsense is refused beside what was typed, and nothing is kept', async () => {
  for (const [bad, word] of [
    [{ text: '错' }, '没有写清'],
    [{ text: '第一行\n机密★5年\n还有' }, ''],
    [{ contact: 'somewhere' }, '既不是邮箱也不是电话'],
    [{ what: 'nothing' }, ''],
  ] as const) {
    const said = await write(bad as never)
    expect([said.status, bad]).toEqual([422, bad])
    expect(said.text).toContain(word)
  }
  // What leads elsewhere is no page of ours.
  expect((await write({ page: '//evil.example/' })).text).toContain('href="/"')
  expect(await rows()).toHaveLength(1)
})

test('a program that writes without end is stopped, and a reader elsewhere is not', async () => {
  const states = []
  for (let i = 0; i < 8; i++) states.push((await post('/fault/', FIELDS)).status)
  expect(states.slice(0, 6)).toEqual(Array(6).fill(200))
  expect(states.slice(6).every((s) => s === 429 || s === 503)).toBe(true)
  expect((await post('/fault/', FIELDS, '203.0.113.8')).status).toBe(200)
  // Whoever has one IPv6 address has 2^64 of them.
  const many = []
  for (let i = 1; i < 9; i++) many.push((await post('/fault/', FIELDS, `2001:db8::${i}:0:0:${i}`)).status)
  expect(many.slice(6).every((s) => s === 429 || s === 503)).toBe(true)
  expect((await post('/fault/', FIELDS, '2001:db8:0:1::1')).status).toBe(200)
})

test('the office answers once; the reader reads it with number and code, and a mail only says that there is one', async () => {
  const { number, code } = await write()
  const drafter = await api('region-drafter')
  const { items } = (await drafter('GET', 'faults')).body
  expect(items).toMatchObject([{ number, standing: 'on-time', text: FIELDS.text }])
  expect((await look(number, code)).text).toContain('办理中')
  const secret = '已改正，谢谢您的细心。'
  expect(
    (await drafter('POST', `faults/${items[0].id}/answer`, { json: { state: 'answered', answer: secret } })).status,
  ).toBe(200)
  expect(
    (await drafter('POST', `faults/${items[0].id}/answer`, { json: { state: 'refused', answer: '再答' } })).status,
  ).toBe(409)
  expect((await look(number, code)).text).toContain(secret)
  expect((await look(number.toLowerCase(), code.toLowerCase().replace('-', ' '))).text).toContain(secret)
  for (const wrong of [await look(number, 'AAAA-AAAA'), await look('F2026-09999', code)]) {
    expect(wrong.status).toBe(404)
    expect(wrong.text).not.toContain(secret)
  }
  await expect.poll(() => sink.log.length, { timeout: 5000 }).toBe(1)
  const mail = await simpleParser(sink.log[0]!.raw)
  expect(mail.subject).toContain(number)
  expect(mail.text).toContain(`/fault/look-up?number=${number}`)
  expect(`${mail.text}${mail.html}`).not.toContain(secret)
  expect(`${mail.text}${mail.html}`).not.toContain(code)
})

test('who may not answer, and who is of another agency, does not', async () => {
  await write()
  const { items } = (await (await api('region-drafter'))('GET', 'faults')).body
  const answer = { json: { state: 'answered', answer: '好。' } }
  const auditor = await api('region-auditor')
  expect((await auditor('GET', 'faults')).body.items).toHaveLength(1)
  expect((await auditor('POST', `faults/${items[0].id}/answer`, answer)).status).toBe(403)
  const below = await api('banner-drafter')
  expect((await below('GET', 'faults')).body.items).toEqual([])
  expect((await below('POST', `faults/${items[0].id}/answer`, answer)).status).toBe(403)
})

test('an answer that is late is seen to be late, and its address is let go in time', async () => {
  await write()
  const drafter = await api('region-drafter')
  at.clock.advance(3 * DAY)
  expect((await drafter('GET', 'faults')).body.items[0].standing).toBe('due-soon')
  at.clock.advance(DAY)
  const late = (await drafter('GET', 'faults')).body.items[0]
  expect(late.standing).toBe('breached')
  await drafter('POST', `faults/${late.id}/answer`, { json: { state: 'answered', answer: '改好了。' } })
  await tendFaults(at.ctx)
  expect((await rows())[0]?.contact).toBe(FIELDS.contact)
  at.clock.advance(30 * DAY + HOUR)
  await tendFaults(at.ctx)
  expect(await rows()).toMatchObject([{ contact: null, answer: '改好了。' }])
})

test('where the working days of a year are not known somebody is told, and the due day follows when they are', async () => {
  at.clock.set('2026-12-30T02:00:00.000Z')
  const said = await write()
  expect(said.status).toBe(200)
  expect((await rows())[0]?.due_at).toBeNull()
  const causes = async () => (await openAlarms(at.ctx.store.db)).map((a) => `${a.cause} ${a.subject}`)
  expect(await causes()).toEqual(['calendar-missing calendar:2027'])
  const dir = join(at.ctx.config.dataDir, 'calendar')
  await mkdir(dir, { recursive: true })
  const year = { year: 2027, source: 'for this test', off: [['2027-01-01', '2027-01-03']], worked: [] }
  await writeFile(join(dir, '2027.json'), JSON.stringify(year))
  await tendFaults(at.ctx)
  expect((await rows())[0]?.due_at).toBe('2027-01-05T15:59:59.999Z')
  expect(await causes()).toEqual([])
})

test('what was written about a sealed release is sealed with it, and purged with it', async () => {
  const draft = await createRelease(
    at.ctx,
    people.own.drafter,
    policyDraft({ topics: ['farming'], documentNumber: undefined }),
  )
  const told = await write({ page: `/releases/${draft.number}/`, text: '页面写着“秘境苜蓿”，不对。' })
  const drafter = await api('league-drafter')
  const [{ id }] = (await drafter('GET', 'faults')).body.items
  const seen = async () => (await drafter('GET', 'faults')).body.items[0].text
  expect(await seen()).toContain('秘境苜蓿')
  const answer = { state: 'answered', answer: '“秘境苜蓿”已改。' }
  expect((await drafter('POST', `faults/${id}/answer`, { json: answer })).status).toBe(200)
  expect((await look(told.number, told.code)).text).toContain('秘境苜蓿')
  await quarantine(at.ctx, people.own.drafter, draft.id)
  expect(await seen()).toBe('')
  // The reader holds a number and a code; what was said of it is sealed to them too.
  const after = await look(told.number, told.code)
  expect([after.status, after.text.includes('秘境苜蓿')]).toEqual([200, false])
  await settleQuarantine(at.ctx, people.own.signer, draft.id, { outcome: 'purged', instruction: '密令1号' })
  expect(await rows()).toMatchObject([{ body: '', answer: '', contact: null, number: 'F2026-00001' }])
})

test('members answer at the desk, where time left is said by shape and word', async () => {
  await write()
  const token = await people.token('region-drafter')
  const html = await (await app.request('/desk/faults', { headers: { authorization: `Bearer ${token}` } })).text()
  expect(html).toContain('F2026-00001')
  expect(html).toContain('正常')
  expect(html).toContain('供暧')
})
