/** 首报, 续报（一）…, 终报: numbers that come by themselves, a final report that ends it, and figures that may not fall unsaid. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { limitReaders } from '../../src/desk/read-log.ts'
import { recordFact } from '../../src/desk/record-fact.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { chinese, hanOf } from '../../src/desk/series.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../../src/desk/store.ts'
import { forbiddenIn } from '../../src/incident/claim-words.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { statedIn } from '../../src/review/check-figures.ts'
import { judge } from '../../src/review/judge.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'

let place: Workplace
let people: Office
let fire = ''
beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx)
  fire = await opened('live')
})
afterAll(() => place.close())
beforeEach(() => expect(place.logged).toEqual([]))

const db = () => place.ctx.store.db
const now = () => place.clock.now()
type Core = Partial<ContentInput['core']>
const draft = (title: string, core: Core, facts?: string): ContentInput => {
  const content = fireDraft(fire, now(), core)
  const part = content.parts['zh-CN'] as NonNullable<ContentInput['parts']['zh-CN']>
  return {
    ...content,
    parts: { 'zh-CN': { ...part, title, blocks: { ...part.blocks, ...(facts ? { facts } : {}) } } },
  }
}
const write = (title: string, core: Core = {}, facts?: string) =>
  createRelease(place.ctx, people.own.drafter, draft(title, core, facts))
const opened = async (mode: 'live' | 'exercise'): Promise<string> => {
  const made = await openIncident(place.ctx, people.own.drafter, {
    titleZh: '草原火灾',
    class: 'natural',
    areas: ['159921'],
    knownAt: place.clock.now(),
    mode,
  })
  return made.id
}
const update: Core = { kind: 'incident-update' }
const final: Core = { kind: 'incident-final', nextUpdateAt: undefined }
const titleOf = async (id: string) => {
  const release = (await releaseById(db(), id)) as ReleaseRow
  return (await revisionOf(db(), id, release.revision))?.content.parts['zh-CN']?.title
}
async function sign(id: string): Promise<void> {
  if ((await releaseById(db(), id))?.state === 'draft') await submit(place.ctx, people.own.drafter, id, null)
  const revisionHash = (await currentSubmission(db(), id))?.revision_hash as string
  await decideAndPublish(place.ctx, people.own.signer, id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
}
const issuesOf = async (id: string) => {
  const release = (await releaseById(db(), id)) as ReleaseRow
  const revision = await revisionOf(db(), id, release.revision)
  return (await judge(place.ctx, db(), release, revision as never)).issues.map((i) => i.code)
}

describe('the series of reports on an incident', () => {
  test('gives an update its number by being saved, over whatever was typed', async () => {
    expect([hanOf(1), hanOf(10), hanOf(12), hanOf(20), hanOf(34), hanOf(120)]).toEqual([
      '一',
      '十',
      '十二',
      '二十',
      '三十四',
      '120',
    ])
    expect(chinese('火灾续报（九）：进展；见续报', 2)).toBe('火灾续报（二）：进展；见续报')
    const first = await write('草原火灾首报')
    await sign(first.id)
    const one = await write('草原火灾续报：火势减弱', update)
    expect(await titleOf(one.id)).toBe('草原火灾续报（一）：火势减弱')
    await saveDraft(place.ctx, people.own.drafter, one.id, draft('草原火灾续报（七）：火势减弱', update), null)
    expect(await titleOf(one.id)).toBe('草原火灾续报（一）：火势减弱')
    const second = await write('草原火灾续报：明火扑灭', update)
    expect(await titleOf(second.id)).toBe('草原火灾续报（一）：明火扑灭')
    await limitReaders(place.ctx, people.own.drafter, one.id, { limited: true })
    await submit(place.ctx, people.own.drafter, one.id, null)
    // On its way and kept to some: its number is taken, and by which release is not told.
    await expect(submit(place.ctx, people.own.drafter, second.id, null)).rejects.toMatchObject({
      issues: [expect.objectContaining({ code: 'series-taken-untold', params: { words: '续报（一）' } })],
    })
    await sign(one.id)
    expect(await issuesOf(second.id)).toContain('series-taken')
    await expect(submit(place.ctx, people.own.drafter, second.id, null)).rejects.toMatchObject({
      issues: [expect.objectContaining({ code: 'series-taken', params: { words: '续报（一）', number: one.number } })],
    })
    await saveDraft(place.ctx, people.own.drafter, second.id, draft('草原火灾续报：明火扑灭', update), null)
    expect(await titleOf(second.id)).toBe('草原火灾续报（二）：明火扑灭')
    await sign(second.id)
  })

  test('keeps an update’s number when it is corrected, and counts an exercise by itself', async () => {
    const found = await db().selectFrom('series_number').selectAll().orderBy('number').execute()
    const change = await beginCorrection(place.ctx, people.own.drafter, found[0]?.release_id as string, {
      type: 'correction',
    })
    const again = draft('草原火灾续报：火势已减弱', update)
    Object.assign(again.parts['zh-CN'] as object, { changeNote: '更正用词。' })
    await saveDraft(place.ctx, people.own.drafter, change.id, again, null)
    expect(await titleOf(change.id)).toBe('草原火灾续报（一）：火势已减弱')
    await sign(change.id)
    const own = { mode: 'exercise', incidentId: await opened('exercise') } as const
    const drill = await write('【演练】草原火灾续报', { ...update, ...own })
    expect(await titleOf(drill.id)).toBe('【演练】草原火灾续报（一）')
    const nameless = await write('草原火灾最新进展', update)
    expect(await issuesOf(nameless.id)).toContain('series-unnamed')
    expect(await issuesOf((await write('草原火灾', {})).id)).toContain('series-second-first')
  })

  test('ends with the final report: nothing is added after it unless it is taken back', async () => {
    const waiting = await write('草原火灾续报：清理余火', update)
    await submit(place.ctx, people.own.drafter, waiting.id, null)
    const promise = await write('草原火灾终报', { ...final, nextUpdateAt: plus(now(), HOUR) })
    await expect(submit(place.ctx, people.own.drafter, promise.id, null)).rejects.toMatchObject({
      issues: [{ field: 'core.nextUpdateAt', code: 'final-promises' }],
    })
    const last = await write('草原火灾终报：火已扑灭', final)
    await sign(last.id)
    const closed = { code: 'series-closed', params: { number: last.number } }
    // Also what was on its way when it went out.
    const revisionHash = (await currentSubmission(db(), waiting.id))?.revision_hash as string
    await expect(
      decideAndPublish(place.ctx, people.own.signer, waiting.id, {
        revisionHash,
        verdict: 'approve',
        confidentiality: CLEAR,
      }),
    ).rejects.toMatchObject({ issues: [expect.objectContaining(closed)] })
    for (const core of [{}, update, final]) {
      const made = await write('草原火灾续报', core)
      await expect(submit(place.ctx, people.own.drafter, made.id, null)).rejects.toMatchObject({
        issues: [expect.objectContaining(closed)],
      })
    }
    await withdraw(place.ctx, people.own.drafter, last.id, { reasons: { 'zh-CN': '复燃' } })
    await sign(last.id)
    const after = await write('草原火灾续报：复燃', update)
    await sign(after.id)
    expect((await releaseById(db(), after.id))?.state).toBe('published')
  })
})

describe('a casualty figure in a text', () => {
  const part = (facts: string) => ({ title: '火灾', blocks: { facts, claim: '网传死亡100人' }, body: '' })
  test.each([
    ['死亡3人，2人失踪', { deaths: 3, missing: 2 }],
    ['截至9时，已有十二人遇难，重伤4人', { deaths: 12, injured: 4 }],
    ['早前通报2名群众死亡，现死亡人数为5人', { deaths: 5 }],
    ['造成1人死亡、3人重伤、1人失联', { deaths: 1, injured: 3, missing: 1 }],
    ['转移186人，无人员伤亡', {}],
    ['过火面积300公顷', {}],
  ])('%s', (facts, wanted) => {
    const found = statedIn('zh-CN', part(facts))
    expect(Object.fromEntries(Object.entries(found).map(([k, v]) => [k, v.value]))).toEqual(wanted)
  })
  test.each([
    ['12 people were killed and 3 are still missing', { deaths: 12, missing: 3 }],
    ['The fire killed 2; 1 was seriously injured', { deaths: 2, injured: 1 }],
  ])('%s', (facts, wanted) => {
    const found = statedIn('en', part(facts))
    expect(Object.fromEntries(Object.entries(found).map(([k, v]) => [k, v.value]))).toEqual(wanted)
  })

  test('may not be lower than what is recorded until the lower one is recorded with its reason', async () => {
    const incident = await openIncident(place.ctx, people.own.drafter, {
      titleZh: '另一场火',
      class: 'natural',
      areas: ['159921'],
      knownAt: now(),
    })
    const record = (value: string, more: object = {}) =>
      recordFact(place.ctx, people.own.drafter, incident.id, {
        what: 'deaths',
        value,
        asOf: now(),
        source: '旗应急管理局',
        ...more,
      })
    await record('5')
    place.clock.advance(HOUR)
    const text = await write('另一场火首报', { incidentId: incident.id, asOf: now() }, '死亡4人，正在核实。')
    await expect(submit(place.ctx, people.own.drafter, text.id, null)).rejects.toMatchObject({
      issues: [{ field: 'parts.zh-CN.blocks.facts', code: 'figure-below-deaths', params: { said: 4, recorded: 5 } }],
    })
    await record('4', { explanation: '核减重复统计1人' })
    await sign(text.id)
    // What was true at nine o'clock is held against what was recorded as of then.
    place.clock.advance(HOUR)
    await record('6')
    const early = await write(
      '另一场火续报',
      { ...update, incidentId: incident.id, asOf: plus(now(), -HOUR) },
      '死亡4人。',
    )
    expect(await issuesOf(early.id)).not.toContain('figure-below-deaths')
    const more = await write('另一场火续报', { ...update, incidentId: incident.id, asOf: now() }, '死亡7人。')
    expect(await issuesOf(more.id)).toContain('figure-not-recorded')
  })
})

describe('a claim named to be set right', () => {
  test.each([
    ['社交平台出现“自来水停供”的说法，与事实不符', null],
    ['有网友“大火烧到旗里”的说法不实', null],
    ['微信群里流传的说法不实', null],
    ['过火约3.5公顷的说法不实', null],
    ['http://t.example/abc 的视频', 'link'],
    ['见 www.rumour.com', 'link'],
    ['来源 weibo.com/12345', 'link'],
    ['邮箱 zhang@mail.example', 'account'],
    ['＠草原老张 发布', 'account'],
    ['微信号 huochang_119', 'account'],
    ['微信：lao-zhang', 'account'],
    ['QQ群 123456789', 'account'],
    ['账号“草原快讯员”发布', 'account'],
  ])('%s', (text, what) => expect(forbiddenIn(text)?.what ?? null).toBe(what))
})
