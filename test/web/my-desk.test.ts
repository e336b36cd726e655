/** One person's desk over HTTP: the days ahead with holidays, what goes out now, the next report, keys switched off. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import type { ReleaseRow } from '../../src/desk/store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, HOUR, plus } from '../../src/lib/clock.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { createApp } from '../../src/web/app.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'

let place: Workplace
let people: Office
const desk = {} as Record<'drafter' | 'signer' | 'auditor' | 'other', DeskPerson>

beforeAll(async () => {
  place = await workplace()
  // The last days before 中秋 and 国庆 of 2026.
  place.clock.set('2026-09-23T02:00:00.000Z')
  const logins = ['league-drafter', 'league-signer', 'league-auditor', 'other-drafter']
  people = await office(place.ctx, { logins })
  const app = await createApp(place.ctx)
  for (const login of logins) {
    const key = login.startsWith('other') ? 'other' : (login.split('-')[1] as 'drafter')
    desk[key] = await new DeskPerson(app).signIn(login)
  }
}, 60_000)
afterAll(() => place.close())
afterEach(() => expect(place.logged.splice(0)).toEqual([]))

const draft = (kind: string, title: string, over: object = {}): ContentInput => ({
  core: { kind: kind as 'notice', areas: ['159921'], topics: ['farming'], ...over },
  parts: {
    'zh-CN': {
      title,
      body: '<p>正文。</p>',
      blocks: kind === 'press-conference' ? { whenWhere: '9月28日10时，盟行署新闻发布厅' } : {},
    },
  },
  attachments: [],
})

async function published(by: Office['own'], content: ContentInput, lane = 'routine'): Promise<ReleaseRow> {
  const { ctx } = place
  const release = await createRelease(ctx, by.drafter, content)
  await submit(ctx, by.drafter, release.id, null)
  const revisionHash = (await currentSubmission(ctx.store.db, release.id))?.revision_hash as string
  const agree = (who: Actor, more = {}) =>
    decideAndPublish(ctx, who, release.id, { revisionHash, verdict: 'approve', ...more })
  if (lane === 'routine') {
    await agree(by.reviewer)
    await agree(by.confidentiality, { confidentiality: CLEAR })
    await agree(by.signer)
  } else await agree(by.signer, { confidentiality: CLEAR })
  return release
}

const dayOf = (page: { html: string }, day: string): string =>
  page.html.split('<section').find((part) => part.includes(`id="day-${day}"`)) ?? ''

test('a signer sees the two weeks ahead: what is planned, held, ending and due, and which days are worked', async () => {
  const now = place.clock.now()
  await published(people.own, draft('notice', '定于周五发布的公告（示例）', { notBefore: plus(now, 2 * DAY) }))
  await published(
    people.own,
    draft('press-conference', '新闻发布会（示例）', {
      conference: { startsAt: '2026-09-28T02:00:00.000Z', place: '盟行署新闻发布厅' },
    }),
  )
  await published(people.own, draft('notice', '补助名单公示（示例）', { displayUntil: '2026-10-03T16:00:00.000Z' }))
  await openIncident(place.ctx, people.own.drafter, {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: plus(now, -HOUR),
  })
  const page = await desk.signer.get('/desk/calendar?lang=zh')
  expect(dayOf(page, '2026-09-23')).toMatch(/今天.*首次权威信息/s)
  expect(dayOf(page, '2026-09-25')).toMatch(/放假.*10:00.*定于周五发布的公告.*定时发布/s)
  expect(dayOf(page, '2026-09-28')).toMatch(/10:00.*新闻发布会.*盟行署新闻发布厅/s)
  expect(dayOf(page, '2026-10-04')).toMatch(/放假.*公示期满/s)
  expect(dayOf(page, '2026-09-24')).not.toContain('放假')
  const later = await desk.signer.get('/desk/calendar?lang=zh&from=2026-10-07')
  expect(dayOf(later, '2026-10-10')).toContain('调休上班')
  expect(dayOf(later, '2026-10-11')).not.toContain('调休上班')
  const english = await desk.signer.get('/desk/calendar?lang=en&from=2026-12-25')
  expect(english.text).toContain('Holidays are not marked for a year')
  for (const odd of ['2026-02-31', 'tomorrow', '1999-01-01'])
    expect((await desk.signer.get(`/desk/calendar?lang=zh&from=${odd}`)).text).toContain('今天')
})

test('a stranger sees nothing of it, and what is sealed is in nobody’s calendar', async () => {
  const other = (await desk.other.get('/desk/calendar?lang=zh')).text
  expect(other).toContain('这两周没有安排')
  expect(other).not.toMatch(/公告|公示|发布会（/)
  const planned = await published(
    people.own,
    draft('notice', '将被封存的公告（示例）', { notBefore: plus(place.clock.now(), 3 * DAY) }),
  )
  expect((await desk.signer.get('/desk/calendar?lang=zh')).text).toContain('将被封存的公告')
  await quarantine(place.ctx, people.own.reviewer, planned.id)
  const page = (await desk.signer.get('/desk/calendar?lang=zh')).text
  expect(page).not.toContain('将被封存')
  expect(page).not.toContain(planned.number)
})

test('a deadline that ran out stands on top until it is met', async () => {
  place.clock.advance(6 * HOUR)
  const page = await desk.signer.get('/desk/calendar?lang=zh')
  expect(page.html).toMatch(/id="late"[\s\S]*首次权威信息[\s\S]*已超时/)
})

test('the next report begins with the incident, the place and whom to call, and with words of its own', async () => {
  const incident = await openIncident(place.ctx, people.own.drafter, {
    titleZh: '另一场火灾（示例）',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: place.clock.now(),
  })
  const first = await published(people.own, fireDraft(incident.id, place.clock.now()), 'flash')
  const page = await desk.drafter.get(`/desk/releases/${first.number}?lang=zh`)
  const href = /href="([^"]*kind=incident-update[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') as string
  expect(page.text).toContain('发续报')
  const form = await desk.drafter.get(href)
  expect(form.status).toBe(200)
  expect(form.html).toMatch(new RegExp(`<option value="${incident.id}" selected`))
  expect(form.html).toContain('value="0479-0000000"')
  expect(form.html).toContain(`value="${first.number}"`)
  expect(form.html).not.toContain('正在核实面积')
  expect((await desk.signer.get(`/desk/releases/${first.number}?lang=zh`)).text).not.toContain('发续报')
  expect((await desk.other.get(href)).status).toBe(403)
  // 24 hours for the second look, counted down beside it.
  expect(page.text).toMatch(/事后补审.*还剩2[34]小时/)
})

test('somebody whose screen reader hears every key switches them off, in this browser', async () => {
  const page = await desk.auditor.get('/desk/shortcuts?lang=zh')
  expect(page.text).toContain('审核和签发没有快捷键')
  expect(page.html).toContain('data-keys="on"')
  expect(page.text).not.toContain('新建稿件')
  const off = await desk.auditor.submit(page, /shortcuts$/, {}, { name: 'keys', value: 'off' })
  expect(off.text).toContain('已关闭')
  expect((await desk.auditor.get('/desk/releases?lang=en')).html).toContain('data-keys="off"')
  expect((await desk.drafter.get('/desk?lang=zh')).html).toContain('data-keys="on"')
})

test('the flash screen is begun as an exercise or as the real thing, never in doubt which', async () => {
  const live = await desk.drafter.get('/desk/flash?lang=zh')
  expect(live.html).toContain('d-band live')
  expect(live.html).toMatch(/<a class="d-call" href="tel:0000000000">/)
  const exercise = await desk.drafter.get('/desk/flash?lang=zh&mode=exercise')
  expect(exercise.html).toContain('d-band exercise')
  expect(exercise.html).toContain('name="core.mode" value="exercise"')
  const refused = await desk.drafter.submit(
    live,
    /flash$/,
    { 'parts.zh-CN.title': '', 'core.areas': '' },
    { name: 'do', value: 'submit' },
  )
  expect(refused.status).toBe(422)
  expect(refused.html).toMatch(/class="d-found-n"><a class="late" href="#issue-list">/)
})
