/** Who has read a draft, and to whom it is kept. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { limitReaders } from '../../src/desk/read-log.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission, decisionsOf } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { raiseAlarm } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let app: App
const desk: Record<string, DeskPerson> = {}
const KEYS = ['drafter', 'drafter2', 'reviewer', 'confidentiality', 'auditor']

beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: [...KEYS.map((k) => `league-${k}`), 'other-reviewer'] })
  app = await createApp(at.ctx)
  for (const key of KEYS) desk[key] = await new DeskPerson(app).signIn(`league-${key}`)
  desk['other'] = await new DeskPerson(app).signIn('other-reviewer')
})
afterAll(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

const who = (key: string) => desk[key]!
const begun = (over = {}) =>
  createRelease(at.ctx, people.own.drafter, policyDraft({ topics: ['farming'], documentNumber: undefined, ...over }))
const rows = async (id: string) =>
  (
    await at.ctx.store.db.selectFrom('draft_reading').selectAll().where('release_id', '=', id).orderBy('id').execute()
  ).map((r) => `${r.member_id.replace('league-', '')} ${r.place} ${r.revision}`)

test('each opening of a draft is written down with who, when and which one, and nothing where nothing was shown', async () => {
  const release = await begun()
  const here = `/desk/releases/${release.number}`
  const file = { name: '名单.txt', title: '名单', bytes: new TextEncoder().encode('名单一份') }
  await attach(at.ctx, people.own.drafter, release.id, file, null)
  const [kept] = await at.ctx.store.db
    .selectFrom('attachment')
    .selectAll()
    .where('release_id', '=', release.id)
    .execute()
  await who('drafter').get(`${here}/edit`)
  await who('reviewer').get(`${here}/review`)
  await who('reviewer').get(`${here}/changes`)
  await who('reviewer').get(`${here}/files/${kept!.sha256}`)
  const token = await people.token('league-confidentiality')
  await app.request(`/api/v1/releases/${release.id}/revisions/1`, { headers: { authorization: `Bearer ${token}` } })
  expect((await who('other').get(`${here}/review`)).status).toBe(404)
  expect(await rows(release.id)).toEqual([
    'drafter edit 2',
    'reviewer review 2',
    'reviewer changes 2',
    'reviewer file 2',
    'confidentiality api 1',
  ])
  for (const key of ['drafter', 'confidentiality', 'auditor']) {
    const page = await who(key).get(`${here}/readers?lang=zh`)
    expect(page.text).toContain('看过的人（3）')
    expect(page.text).toContain('league reviewer')
    expect(page.text).toContain('3次，看到第2稿')
  }
  expect((await who('reviewer').get(`${here}/readers`)).status).toBe(403)
  // Another office learns nothing: a number that is there answers like one that is not.
  const [there, nowhere] = [
    await who('other').get(`${here}/readers`),
    await who('other').get('/desk/releases/2026-999999/readers'),
  ]
  const said = (page: { text: string }) => page.text.replace(/no-role · \w+/, '')
  expect([there.status, said(there)]).toEqual([403, said(nowhere)])
})

test('kept to those who work on it, a draft does not exist for other drafters, in lists, pages and the API, until they are named', async () => {
  const release = await begun()
  const title = '关于做好牧区饲草储备工作的通知'
  const here = `/desk/releases/${release.number}`
  const api = async (path: string) => {
    const headers = { authorization: `Bearer ${await people.token('league-drafter2')}` }
    return (await app.request(`/api/v1/releases${path}`, { headers })).status
  }
  const listed = async (key: string) => (await who(key).get('/desk/releases?lang=zh')).text.includes(release.number)
  expect(await listed('drafter2')).toBe(true)
  const form = await who('drafter').get(`${here}/readers?lang=zh`)
  expect(form.text).toContain('未限阅')
  const done = await who('drafter').submit(form, /readers$/, {}, { name: 'limited', value: 'yes' })
  expect(done.text).toContain('限阅：只给参与的人看')
  expect(await listed('drafter2')).toBe(false)
  expect((await who('drafter2').get('/desk?lang=zh')).text).not.toContain(release.number)
  for (const path of ['', '/edit', '/review', '/changes', '/readers'])
    expect((await who('drafter2').get(here + path)).status, path).toBe(404)
  await at.ctx.store.tx((trx) => raiseAlarm(trx, at.clock, 'phone-sign-off-denied', `release:${release.id}`))
  expect((await who('drafter2').get('/desk/alarms')).html).not.toContain(release.number)
  expect((await who('drafter').get('/desk/alarms')).html).toContain(release.number)
  for (const asked of [title, release.number, release.number.slice(5)])
    expect((await who('drafter2').get(`/desk/search?q=${encodeURIComponent(asked)}`)).html, asked).not.toContain(
      `/desk/releases/${release.number}`,
    )
  expect([await api(`/${release.id}`), await api(`/${release.id}/timeline`)]).toEqual([404, 404])
  for (const key of ['drafter', 'reviewer', 'confidentiality', 'auditor']) {
    expect(await listed(key), key).toBe(true)
    expect((await who(key).get(`${here}?lang=zh`)).text).toContain(title)
    expect((await who(key).get(`/desk/search?q=${encodeURIComponent(title)}`)).html).toContain(here)
  }
  await limitReaders(at.ctx, people.own.confidentiality, release.id, { limited: true, readers: ['league-drafter2'] })
  expect(await listed('drafter2')).toBe(true)
  expect((await who('drafter2').get(`${here}/review`)).status).toBe(200)
  await limitReaders(at.ctx, people.own.drafter, release.id, { limited: false })
  expect(await listed('drafter2')).toBe(true)
})

test('a text looked at as a preview, taken away as a Word file, or shown under a refused verdict is written down too', async () => {
  const release = await begun()
  const here = `/desk/releases/${release.number}`
  await who('reviewer').get(`${here}/preview/website.page`)
  await who('reviewer').get(`${here}/preview`)
  await who('reviewer').get(`${here}/draft.docx`)
  expect(await rows(release.id)).toEqual(['reviewer preview 1', 'reviewer word 1'])
  const shown = await who('confidentiality').post(`${here}/decision`, {
    verdict: 'approve',
    revisionHash: 'x',
    at: 'review',
  })
  expect(shown.text).toContain('关于做好牧区饲草储备工作的通知')
  expect((await rows(release.id)).at(-1)).toBe('confidentiality review 1')
  expect((await who('auditor').get(`${here}/readers?lang=zh`)).text).toContain('下载Word稿')
})

test('only those who write it or guard it may keep it to some, and only for people of the office', async () => {
  const release = await begun()
  const { own } = people
  const sent = { limited: true, readers: [] }
  await expect(limitReaders(at.ctx, own.drafter2, release.id, sent)).rejects.toMatchObject({ code: 'own-work' })
  await expect(limitReaders(at.ctx, own.reviewer, release.id, sent)).rejects.toMatchObject({ code: 'no-role' })
  await expect(
    limitReaders(at.ctx, own.drafter, release.id, { limited: true, readers: ['other-drafter'] }),
  ).rejects.toMatchObject({ issues: [{ field: 'readers', code: 'member-unknown' }] })
})

test('what is public is read by everybody and written down for nobody', async () => {
  const release = await begun()
  await at.ctx.store.db
    .updateTable('release')
    .set({ state: 'published', face: 'live' })
    .where('id', '=', release.id)
    .execute()
  expect((await who('reviewer').get(`/desk/releases/${release.number}/review`)).status).toBe(200)
  expect(await rows(release.id)).toEqual([])
})

test('in doubt a confidentiality reviewer refers it with one button: it goes back, ten working days begin, and no word is kept', async () => {
  const { ctx } = at
  const release = await begun()
  await submit(ctx, people.own.drafter, release.id, null)
  const { revision_hash: revisionHash } = (await currentSubmission(ctx.store.db, release.id))!
  await decide(ctx, people.own.reviewer, release.id, { revisionHash, verdict: 'approve' })
  const page = await who('confidentiality').get(`/desk/releases/${release.number}/review?lang=zh`)
  const typed = { opinion: '第三段像是内部数据' }
  const done = await who('confidentiality').submit(page, /decision$/, typed, { name: 'verdict', value: 'refer' })
  expect(done.text).toContain('已退回修改')
  const last = (await decisionsOf(ctx.store.db, release.id)).find((d) => d.verdict === 'return')!
  expect([last.opinion, JSON.parse(last.confidentiality!).verdict]).toEqual(['提请确定', 'refer-out'])
  const rows = await ctx.store.db
    .selectFrom('clock')
    .select('rule')
    .where('subject', '=', `release:${release.id}`)
    .execute()
  expect(rows.map((r) => r.rule)).toContain('referral')
})
