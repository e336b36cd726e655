/** A press conference from its notice to its record: journalists say they come, papers wait under embargo, it is held, and the answers stand on its page. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type Revision, releaseById, revisionOf } from '../../src/desk/store.ts'
import { fixedClock, HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { beginTranscript } from '../../src/publication/begin-transcript.ts'
import { conferenceFor, conferencesFor } from '../../src/publication/conference.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { confirmHeld } from '../../src/publication/hold-conference.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { type Browser, type MediaScene, mediaScene } from '../support/media-scene.ts'
import { agreeAndPublish, publishNew } from '../support/station.ts'

const clock = fixedClock('2026-11-24T02:00:00.000Z')
let scene: MediaScene
let notice = { id: '', number: '' }
let first: Browser & { id: string }
let second: Browser & { id: string }
const who = (name: string) => scene.station.people[name] as Actor
const ctx = () => scene.station.ctx
const startsAt = plus(clock.now(), 6 * HOUR)

const announcement = (conference: object = {}) => ({
  core: {
    kind: 'press-conference',
    areas: ['159921'],
    topics: ['fire'],
    conference: { startsAt, endsAt: plus(startsAt, HOUR), place: '盟新闻发布厅（示例）', capacity: 1, ...conference },
  },
  parts: {
    'zh-CN': {
      title: '青格勒盟将召开草原防火新闻发布会',
      blocks: { whenWhere: '盟新闻发布厅（示例）' },
      body: '<p>请已备案记者在媒体专区报名。</p>',
    },
  },
})

beforeAll(async () => {
  scene = await mediaScene(clock)
  const id = await publishNew(scene.station, announcement())
  notice = (await releaseById(ctx().store.db, id)) as typeof notice
  first = await scene.journalist('first@news.example')
  second = await scene.journalist('second@news.example')
  await scene.render()
}, 60_000)
afterAll(async () => {
  await scene?.close()
  expect(scene.station.errors).toEqual([])
})

const press = (b: Browser, act: 'attend' | 'stay-away', id = notice.id, headers?: Record<string, string>) =>
  b.post(`/media/meetings/${id}/${act}?lang=zh`, {}, headers)
const listOf = async (b: Browser) => (await b.get('/media/?lang=zh')).text
const coming = async () =>
  (await conferenceFor(ctx(), who('auditor'), notice.number)).attending.map((a) => a.journalistId)

test('a journalist says that they come, the last place is given once, and is free again when they do not', async () => {
  expect(await listOf(first)).toContain('我要参加')
  expect((await press(scene.browser(), 'attend')).location).toContain('/media/sign-in')
  expect((await press(first, 'attend', notice.id, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await press(first, 'attend', 'no-such-release')).status).toBe(404)
  expect((await press(first, 'attend')).status).toBe(303)
  expect((await press(first, 'attend')).status).toBe(303)
  expect(await coming()).toEqual([first.id])
  expect(await listOf(first)).toContain('已报名')
  const full = await listOf(second)
  expect([full.includes('席位已满'), full.includes('/attend')]).toEqual([true, false])
  const refused = await press(second, 'attend')
  expect([refused.status, /role="alert">\s*席位已满/.test(refused.text)]).toEqual([409, true])
  await press(first, 'stay-away')
  expect(await coming()).toEqual([])
  await press(second, 'attend')
  const [line] = await conferencesFor(ctx(), who('drafter'))
  expect([line?.number, line?.coming, line?.held]).toEqual([notice.number, 1, false])
  const acts = await ctx().store.db.selectFrom('ledger').selectAll().where('act', 'like', 'conference.%').execute()
  expect(acts.map((a) => a.act)).toEqual(['conference.attend', 'conference.stay-away', 'conference.attend'])
  expect(JSON.stringify(acts)).not.toContain('其木格')
})

test('papers under embargo stand beside the conference for those who may read them, and what names no conference is refused', async () => {
  const relatesTo = [{ releaseId: notice.id, as: 'paper-of' as const }]
  const paper = await scene.hold({ notBefore: startsAt, relatesTo })
  const seen = await listOf(first)
  expect(seen).toContain('材料（限时发布）')
  expect(seen.split(`/media/releases/${paper.id}/`).length).toBeGreaterThan(2)
  const { links } = await conferenceFor(ctx(), who('drafter'), notice.number)
  expect(links).toMatchObject([{ number: paper.number, relation: 'paper-of', state: 'scheduled' }])
  // An administrator reads no drafts: to them there is none.
  expect((await conferenceFor(ctx(), who('admin'), notice.number)).links).toEqual([])
  const other = await publishNew(scene.station, {
    core: { kind: 'notice', areas: ['159921'], topics: ['fire'] },
    parts: { 'zh-CN': { title: '关于防火的公告', body: '<p>禁止野外用火。</p>', blocks: {} } },
  })
  const wrong = await createRelease(ctx(), who('drafter'), {
    core: { kind: 'notice', relatesTo: [{ releaseId: other, as: 'paper-of' }] },
    parts: { 'zh-CN': { title: '关于防火的公告', body: '<p>内容。</p>', blocks: {} } },
  })
  await expect(submit(ctx(), who('drafter'), wrong.id, null)).rejects.toMatchObject({
    issues: [{ field: 'core.relatesTo.0', code: 'conference-unknown' }],
  })
})

test('the record is refused before it began, and afterwards stands on the page of the conference', async () => {
  const draft = await beginTranscript(ctx(), who('drafter'), notice.number)
  const { content } = (await revisionOf(ctx().store.db, draft.id, 1)) as Revision
  expect(content.core).toMatchObject({
    kind: 'press-conference',
    topics: ['fire'],
    relatesTo: [{ releaseId: notice.id, as: 'transcript-of' }],
  })
  const { agencyId: _, ...core } = content.core
  const written = {
    core,
    parts: { 'zh-CN': { ...content.parts['zh-CN'], body: '<p>问：火情如何？</p><p>答：明火已经扑灭。</p>' } },
  }
  await saveDraft(ctx(), who('drafter'), draft.id, written, null)
  await expect(submit(ctx(), who('drafter'), draft.id, null)).rejects.toMatchObject({
    issues: [{ field: 'core.relatesTo.0', code: 'transcript-early' }],
  })
  await expect(confirmHeld(ctx(), who('drafter'), notice.number, {})).rejects.toMatchObject({
    code: 'conference-not-yet',
  })
  clock.advance(6 * HOUR + MINUTE)
  expect((await press(first, 'attend')).status).toBe(409)
  expect(await listOf(first)).not.toContain('草原防火新闻发布会')
  await confirmHeld(ctx(), who('drafter'), notice.number, {})
  await agreeAndPublish(scene.station, draft.id)
  await scene.render()
  const page = (await scene.browser().get(`/releases/${notice.number}/`)).text
  expect(page).toContain('文字实录与答问')
  expect(page).toContain(draft.number)
  expect((await scene.browser().get(`/releases/${draft.number}/`)).text).toContain('明火已经扑灭')
  const found = await conferenceFor(ctx(), who('drafter'), notice.number)
  expect([found.held?.held_at, found.links.map((l) => l.relation).sort()]).toEqual([
    startsAt,
    ['paper-of', 'transcript-of'],
  ])
})

test('one that is called off takes nobody, is held by nobody, and its page says so', async () => {
  const later = plus(clock.now(), 5 * HOUR)
  const id = await publishNew(scene.station, announcement({ startsAt: later, endsAt: undefined, capacity: undefined }))
  const { number } = (await releaseById(ctx().store.db, id)) as typeof notice
  expect((await press(first, 'attend', id)).status).toBe(303)
  await beginCorrection(ctx(), who('drafter'), id, { type: 'correction' })
  const off = announcement({ startsAt: later, endsAt: undefined, capacity: undefined, cancelled: true })
  Object.assign(off.parts['zh-CN'], { changeNote: '发布会取消。' })
  await saveDraft(ctx(), who('drafter'), id, off, null)
  await agreeAndPublish(scene.station, id)
  expect((await press(second, 'attend', id)).status).toBe(409)
  const seen = await listOf(second)
  expect([seen.includes('已取消'), seen.includes(`/media/meetings/${id}/attend`)]).toEqual([true, false])
  clock.advance(6 * HOUR)
  await expect(confirmHeld(ctx(), who('signer'), number, {})).rejects.toMatchObject({ code: 'conference-called-off' })
})
