/** Deadlines over HTTP: the desk's forms say in both languages what is wrong, the file opens in a spreadsheet, the API shows the same. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepClocks } from '../../src/delivery/sweep.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let place: Workplace
let people: Office
let app: App
let fire: { id: string; number: string }
const desk = new Map<string, DeskPerson>()
const LOGINS = ['league-drafter', 'league-signer', 'league-signer2', 'region-auditor', 'other-signer']

beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx, { logins: LOGINS })
  app = await createApp(place.ctx)
  for (const who of LOGINS) desk.set(who, await new DeskPerson(app).signIn(who))
  fire = await openIncident(place.ctx, people.own.drafter, {
    titleZh: '=cmd()火灾',
    titleEn: '=cmd() fire',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: place.clock.now(),
  })
}, 60_000)
afterAll(() => place.close())

const who = (id: string) => desk.get(id) as DeskPerson
const at = () => `/desk/incidents/${fire.number}`
async function api(member: string, method: string, path: string, body?: unknown) {
  const answer = await app.request(path, {
    method,
    headers: {
      authorization: `Bearer ${await people.token(member)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as any }
}

test.each([
  ['zh', ['数值格式不对', '此项必填']],
  ['en', ['Not a figure that can stand here', 'This has to be filled in']],
] as const)('a wrong figure is refused beside what was typed, in %s', async (lang, said) => {
  const page = await who('league-drafter').get(`${at()}?lang=${lang}`)
  const bad = await who('league-drafter').submit(page, /facts$/, { what: 'deaths', value: '许多', source: '' })
  expect(bad.status).toBe(422)
  for (const words of said) expect(bad.text).toContain(words)
  expect(bad.html).toContain('value="许多"')
})

test('figures stay, a falling one is explained, and a signer confirms the grade they point to', async () => {
  const drafter = who('league-drafter')
  const record = async (value: string, explanation = '') =>
    drafter.submit(await drafter.get(`${at()}?lang=zh`), /facts$/, {
      what: 'deaths',
      value,
      source: '应急局',
      explanation,
    })
  expect((await record('31')).text).toContain('数据已登记')
  expect((await record('30')).text).toContain('比此前的31少')
  expect((await record('30', '核减1人')).text).toContain('31 （此前）')
  const page = await who('league-signer').get(`${at()}?lang=zh`)
  expect(page.text).toContain('建议：特别重大')
  const same = await who('league-signer').submit(page, /grade$/, { grade: 'major' })
  expect([same.status, same.text.includes('事件已经是这个等级')]).toEqual([409, true])
  expect((await who('league-signer').submit(page, /grade$/)).text).toContain('等级已确认')
})

test('one proposes when it was known, not alone; another signer agrees', async () => {
  const page = await who('league-signer').get(`${at()}?lang=zh`)
  const none = await who('league-signer').submit(page, /known$/, { knownAt: '', whyKnown: '' })
  expect([none.status, none.text.includes('此项必填')]).toEqual([422, true])
  const sent = await who('league-signer').submit(page, /known$/, {
    knownAt: '2026-11-23T12:00',
    whyKnown: '以接警为准',
  })
  expect(sent.text).toContain('等待另一位签发人同意')
  expect(sent.html).not.toContain('value="apply"')
  const id = /known\/([^"]+)"/.exec(sent.html)?.[1] ?? ''
  const alone = await api('league-signer', 'POST', `/api/v1/incidents/${fire.id}/known-at/${id}`, { verdict: 'apply' })
  expect([alone.status, alone.body.code]).toEqual([403, 'own-change'])
  const other = await who('league-signer2').get(`${at()}?lang=zh`)
  const done = await who('league-signer2').submit(other, /known\//, {}, { name: 'verdict', value: 'apply' })
  expect(done.text).toContain('重新计算')
  expect((await api('league-drafter', 'GET', '/api/v1/clocks')).body.items[0]).toMatchObject({
    rule: 'first-information',
    startedAt: '2026-11-23T04:00:00.000Z',
    dueAt: '2026-11-23T09:00:00.000Z',
    standing: 'on-time',
    confidence: 'V2',
  })
})

test('the file for a spreadsheet holds no formula, and who watches from above sees what is late', async () => {
  place.clock.advance(6 * HOUR)
  await sweepClocks(place.ctx)
  const get = (path: string) => app.request(path, { headers: { cookie: who('region-auditor').cookie } })
  const file = await get('/desk/clocks.csv?late=1&lang=zh')
  expect(file.headers.get('content-disposition')).toContain('clocks-late.csv')
  const [head, line] = (await file.text()).split('\r\n')
  expect(head).toContain('状态,事项')
  expect(line).toContain('超时,首次权威信息')
  expect(line?.split(',').filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([])
  expect((await who('region-auditor').get('/desk/clocks?lang=zh')).text).toContain('首次权威信息')
  expect((await who('other-signer').get('/desk/clocks?lang=zh')).text).toContain('没有未完成的时限')
  expect((await who('other-signer').get(at())).status).toBe(404)
  const late = await api('region-auditor', 'GET', '/api/v1/clocks?late=1')
  const [clock] = late.body.items
  expect(
    (await api('region-auditor', 'GET', `/api/v1/clocks/${clock.id}/events`)).body.items.map(
      (e: { kind: string }) => e.kind,
    ),
  ).toEqual(['started', 'moved', 'breached'])
  expect((await api('other-signer', 'GET', `/api/v1/clocks/${clock.id}/events`)).status).toBe(404)
  expect((await api('other-signer', 'POST', `/api/v1/clocks/${clock.id}/end`, { why: 'x' })).status).toBe(404)
  expect((await api('league-signer', 'POST', `/api/v1/clocks/${clock.id}/met`, { why: 'x' })).body.code).toBe(
    'clock-not-by-hand',
  )
  expect((await api('league-signer', 'GET', '/api/v1/clocks?standing=green')).status).toBe(422)
})

test('a word at the desk needs its reason, and ends what is not asked any more', async () => {
  const board = await who('league-signer').get('/desk/clocks?lang=en')
  const bare = await who('league-signer').get('/desk/clocks?lang=en')
  expect(bare.text).toContain('Press conference')
  const id = /desk\/clocks\/([^/"]+)\/end/.exec(board.html)?.[1] ?? ''
  const post = (why: string) =>
    app.request(`/desk/clocks/${id}/end`, {
      method: 'POST',
      headers: {
        cookie: who('league-signer').cookie,
        origin: 'http://press.example',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ [`why.${id}`]: why }),
    })
  const refused = await post('')
  expect([refused.status, (await refused.text()).includes('This has to be filled in')]).toEqual([422, true])
  expect((await post('等级降低，不再要求')).status).toBe(303)
  expect((await post('again')).status).toBe(409)
  expect(place.logged).toEqual([])
})
