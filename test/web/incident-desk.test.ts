/** What stands beside an incident, at the desk and over the API: reports upward, public concern, conferences, and the end. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { recordFact } from '../../src/desk/record-fact.ts'
import { openIncident } from '../../src/incident/open.ts'
import type { IncidentRow } from '../../src/incident/store.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'

let place: Workplace
let people: Office
let app: App
let fire: IncidentRow
const person = new Map<string, DeskPerson>()
const LOGINS = ['league-drafter', 'league-signer']
const who = (member: string): DeskPerson => person.get(member) as DeskPerson

beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx, { logins: LOGINS })
  app = await createApp(place.ctx)
  for (const login of LOGINS) person.set(login, await new DeskPerson(app).signIn(login))
  fire = await openIncident(place.ctx, people.own.drafter, {
    titleZh: '煤矿透水事故（示例）',
    titleEn: 'Mine flooding (sample)',
    class: 'accident',
    areas: ['159921'],
    knownAt: place.clock.now(),
  })
}, 60_000)
afterAll(async () => {
  expect(place.logged).toEqual([])
  await place.close()
})

const at = (lang = 'zh') => `/desk/incidents/${fire.number}?lang=${lang}`
async function api(member: string, method: string, path: string, body?: unknown) {
  const answer = await app.request(`/api/v1${path}`, {
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
/** A page as somebody of another office has it. */
async function seenBy(member: string, path: string): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${await people.token(member)}` }
  const answer = await app.request(path, { headers })
  return { status: answer.status, text: await answer.text() }
}
const local = (ms: number) => plus(place.clock.now(), 8 * HOUR + ms).slice(0, 16)

test.each([
  ['zh', ['此项必填', '只填文号、登记号或回执号']],
  ['en', ['This has to be filled in', 'Give the number alone']],
] as const)('a report that is no report is refused beside what was typed, in %s', async (lang, said) => {
  const drafter = who('league-drafter')
  const bad = await drafter.submit(await drafter.get(at(lang)), /upward$/, {
    recipient: '',
    reportedAt: local(0),
    upwardNumber: '井下被困12人，正在救援',
  })
  expect(bad.status).toBe(422)
  for (const words of said) expect(bad.text).toContain(words)
  expect(bad.html).toContain('value="井下被困12人，正在救援"')
})

test('a drafter registers a report, its receipt and a correction; whoever watches from above sees the ladder, others nothing', async () => {
  const drafter = who('league-drafter')
  const board = await seenBy('region-auditor', '/desk/clocks?lang=zh')
  expect(board.text).toContain('上报（逐级）')
  expect(board.text).toContain('每级不超过2小时')
  place.clock.advance(HOUR)
  const done = await drafter.submit(await drafter.get(at()), /upward$/, {
    recipient: '示例自治区应急管理厅',
    means: 'phone',
    reportedAt: local(0),
  })
  expect(done.text).toContain('上报已登记')
  expect((await seenBy('region-auditor', '/desk/clocks?lang=zh')).text).not.toContain('每级不超过2小时')
  const early = await drafter.submit(done, /receipt$/, { [nameOf(done.html, 'receivedAt')]: local(-2 * HOUR) })
  expect([early.status, early.text.includes('早于上报时间')]).toEqual([422, true])
  const received = await drafter.submit(done, /receipt$/, {
    [nameOf(done.html, 'receivedAt')]: local(0),
    [nameOf(done.html, 'receiptNumber')]: '厅收〔2026〕7号',
  })
  expect(received.text).toContain('厅收〔2026〕7号')
  const right = await drafter.submit(received, /correction$/, { [nameOf(received.html, 'means.')]: 'fax' })
  expect(right.text).toContain('更正前')
  const { items } = (await api('region-auditor', 'GET', `/incidents/${fire.id}/upward-reports`)).body
  expect(items).toMatchObject([{ ordinal: 1, means: 'fax', receipt: null, corrected: [{ means: 'phone' }] }])
  expect((await api('other-signer', 'GET', `/incidents/${fire.id}/upward-reports`)).status).toBe(404)
  expect((await api('league-auditor', 'POST', `/incidents/${fire.id}/upward-reports`, {})).status).toBe(403)
  const content = { recipient: '厅', means: 'fax', reportedAt: place.clock.now(), content: '被困12人' }
  const refused = await api('league-drafter', 'POST', `/incidents/${fire.id}/upward-reports`, content)
  expect([refused.status, refused.body.issues[0].field]).toEqual([422, 'content'])
  place.clock.advance(HOUR)
  await recordFact(place.ctx, people.own.drafter, fire.id, {
    what: 'missing',
    value: '3',
    asOf: place.clock.now(),
    source: '县应急管理局',
  })
  expect((await drafter.get(at())).text).toContain('应当补报')
})
const nameOf = (html: string, begins: string): string =>
  new RegExp(`name="(${begins.replace('.', '\\.')}[^"]*)"`).exec(html.slice(html.indexOf('id="upward"')))?.[1] ?? ''

test('public concern is taken up at the desk, judged by a signer and answered by the release that is linked', async () => {
  const drafter = who('league-drafter')
  const page = await drafter.get('/desk/opinions?lang=zh')
  const bad = await drafter.submit(page, /opinions$/, { opinionTitle: '@矿工老李 的说法' })
  expect([bad.status, bad.text.includes('不写是谁说的'), bad.text.includes('选一个')]).toEqual([422, true, true])
  expect(bad.html).toContain('value="@矿工老李 的说法"')
  const made = await drafter.submit(page, /opinions$/, { opinionTitle: '关于被困人数的说法', incidentId: fire.id })
  expect(made.text).toContain('48小时开始计时')
  const consulted = await drafter.submit(made, /steps$/)
  expect(consulted.html).not.toContain('name="decision"')
  const signer = who('league-signer')
  const judging = await signer.get(made.path)
  const none = await signer.submit(judging, /steps$/, { decision: 'merge', into: 'O2026-0099' })
  expect([none.status, none.text.includes('没有可以并入')]).toEqual([422, true])
  await signer.submit(judging, /steps$/, { decision: 'respond' })
  const answering = await drafter.get(made.path)
  const wrong = await drafter.submit(answering, /answer$/, { answer: '2026-999999' })
  expect([wrong.status, wrong.text.includes('没有这篇稿件')]).toEqual([422, true])
  const release = await createRelease(place.ctx, people.own.drafter, fireDraft(fire.id, place.clock.now()))
  const linked = await drafter.submit(answering, /answer$/, { answer: release.number })
  expect(linked.text).toContain(release.number)
  await submit(place.ctx, people.own.drafter, release.id, null)
  const revisionHash = (await currentSubmission(place.ctx.store.db, release.id))?.revision_hash as string
  const yes = { revisionHash, verdict: 'approve', confidentiality: CLEAR }
  await decideAndPublish(place.ctx, people.own.signer, release.id, yes)
  expect((await drafter.get(made.path)).text).toContain('发布时自动登记')
  const number = /O2026-\d+/.exec(made.text)?.[0] as string
  const { body } = await api('region-auditor', 'GET', `/opinions/${number}`)
  expect([body.opinion.state, body.opinion.answeredBy, body.steps.at(-1).memberId]).toEqual([
    'responded',
    'release',
    null,
  ])
  expect((await api('other-signer', 'GET', `/opinions/${number}`)).status).toBe(404)
  expect((await api('other-signer', 'POST', `/opinions/${number}/steps`, { to: 'assessed' })).status).toBe(404)
  expect((await api('league-signer', 'POST', `/opinions/${number}/steps`, { to: 'judged' })).body.code).toBe(
    'opinion-not-now',
  )
  const incident = await drafter.get(at())
  expect(incident.text).toContain('关于被困人数的说法')
  expect(incident.text).toContain(release.number)
  const another = await api('league-drafter', 'POST', '/opinions', { title: '转办的说法', topic: 'fire' })
  await api('league-drafter', 'POST', `/opinions/${another.body.number}/steps`, { to: 'consulted' })
  const passed = { to: 'judged', decision: 'transfer', body: '示例县公安局' }
  expect((await api('league-signer', 'POST', `/opinions/${another.body.number}/steps`, passed)).body).toMatchObject({
    state: 'judged',
    transferredTo: '示例县公安局',
  })
  expect((await api('league-drafter', 'GET', '/clocks?rule=opinion-response')).body.items).toEqual([])
})

test('a press conference is confirmed as held at the desk, and its record begun with words to start from', async () => {
  const startsAt = plus(place.clock.now(), 3 * HOUR)
  const made = await createRelease(place.ctx, people.own.drafter, {
    core: {
      kind: 'press-conference',
      incidentId: fire.id,
      areas: ['159921'],
      conference: { startsAt, place: '新闻发布厅（示例）', capacity: 20 },
    },
    parts: { 'zh-CN': { title: '透水事故新闻发布会', blocks: { whenWhere: '新闻发布厅' }, body: '<p>请报名。</p>' } },
  })
  const drafter = who('league-drafter')
  expect((await drafter.get(`/desk/conferences/${made.number}`)).status).toBe(404)
  await submit(place.ctx, people.own.drafter, made.id, null)
  const revisionHash = (await currentSubmission(place.ctx.store.db, made.id))?.revision_hash as string
  const yes = { revisionHash, verdict: 'approve' }
  await decideAndPublish(place.ctx, people.own.reviewer, made.id, yes)
  await decideAndPublish(place.ctx, people.own.confidentiality, made.id, { ...yes, confidentiality: CLEAR })
  await decideAndPublish(place.ctx, people.own.signer, made.id, yes)
  const before = await drafter.get(`/desk/conferences/${made.number}?lang=zh`)
  expect(before.text).toContain('0人报名，共20席')
  expect(before.html).not.toContain('/held"')
  expect((await api('league-drafter', 'POST', `/conferences/${made.number}/held`, {})).body.code).toBe(
    'conference-not-yet',
  )
  place.clock.advance(4 * HOUR)
  const page = await drafter.get(`/desk/conferences/${made.number}?lang=zh`)
  const wrong = await drafter.submit(page, /held$/, { heldAt: local(2 * HOUR) })
  expect([wrong.status, wrong.text.includes('要在公布的开始时间之后')]).toEqual([422, true])
  expect((await drafter.submit(page, /held$/)).text).toContain('已登记为举行')
  const form = await drafter.submit(page, /transcript$/)
  expect(form.path).toMatch(/\/edit$/)
  expect(form.html).toContain('透水事故新闻发布会：文字实录')
  expect(form.html).toContain('【发言与答问】')
  expect((await seenBy('region-auditor', '/desk/conferences?lang=zh')).text).toContain('已举行')
  expect((await api('region-auditor', 'GET', '/conferences')).body.items).toMatchObject([
    { number: made.number, capacity: 20, held: true, coming: 0 },
  ])
  expect((await seenBy('other-signer', `/desk/conferences/${made.number}`)).status).toBe(404)
  expect((await seenBy('other-signer', '/desk/conferences?lang=zh')).text).toContain('没有已公布的发布会')
})

test('what is left of persons at the end is shown to a signer alone, kept on a ground or destroyed', async () => {
  const signer = who('league-signer')
  expect((await signer.get(at())).html).not.toContain('id="personal"')
  expect((await api('league-signer', 'GET', `/incidents/${fire.id}/personal-data`)).body.code).toBe('incident-is-open')
  await signer.submit(await signer.get('/desk/incidents'), new RegExp(`${fire.id}/close$`))
  expect((await who('league-drafter').get(at())).html).not.toContain('id="personal"')
  expect((await api('league-drafter', 'GET', `/incidents/${fire.id}/personal-data`)).status).toBe(403)
  const page = await signer.get(at())
  expect(page.text).toContain('县应急管理局')
  const items = (await api('league-signer', 'GET', `/incidents/${fire.id}/personal-data`)).body.items
  const [first] = items
  const kept = await signer.submit(page, /personal$/, { [`keep.${first.ref}`]: 'investigation' })
  expect(kept.text).toContain(`已销毁${items.length - 1}项，保留1项`)
  const strange = await api('league-signer', 'POST', `/incidents/${fire.id}/personal-data/destruction`, {
    keep: [{ ref: 'known:x', basis: 'archive' }],
  })
  expect([strange.status, strange.body.issues[0].code]).toEqual([422, 'personal-unknown'])
  expect((await api('region-signer', 'POST', `/incidents/${fire.id}/personal-data/destruction`, {})).body).toEqual({
    destroyed: 1,
    kept: 0,
  })
  expect((await signer.get(at())).text).toContain('（已销毁）')
})

test('the description of the API names every one of these calls', async () => {
  const { paths } = (await (await app.request('/api/v1/openapi.json')).json()) as { paths: Record<string, object> }
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/incidents/{id}/upward-reports',
      '/api/v1/incidents/{id}/upward-reports/{report}/receipt',
      '/api/v1/incidents/{id}/personal-data/destruction',
      '/api/v1/opinions/{number}/steps',
      '/api/v1/opinions/{number}/answer',
      '/api/v1/conferences/{number}/held',
      '/api/v1/conferences/{number}/transcript',
    ]),
  )
})
