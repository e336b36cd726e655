/** Comments on passages: written by those who review, answered by those who write, carried along, and gone with a purge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Content } from '../../src/desk/content.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { revisionOf } from '../../src/desk/store.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import {
  addComment,
  answerComment,
  commentsOn,
  MOST_ANSWERS,
  MOST_COMMENTS,
  MOST_OPEN,
  settleComment,
} from '../../src/review/comment.ts'
import type { CommentRow } from '../../src/review/comment-store.ts'
import { decide } from '../../src/review/decide.ts'
import { passageOf, passageStands } from '../../src/review/passage.ts'
import { submit } from '../../src/review/submit.ts'
import { createApp } from '../../src/web/app.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
const desk: Record<string, DeskPerson> = {}

beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: ['league-drafter', 'league-reviewer'] })
  const app = await createApp(at.ctx)
  for (const key of ['drafter', 'reviewer']) desk[key] = await new DeskPerson(app).signIn(`league-${key}`)
})
afterAll(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

const draft = (body: string) => policyDraft({ topics: ['farming'], documentNumber: undefined }, body)
const revision = async (id: string, n: number) => (await revisionOf(at.ctx.store.db, id, n))!

async function inReview(body: string) {
  const release = await createRelease(at.ctx, people.own.drafter, draft(body))
  await submit(at.ctx, people.own.drafter, release.id, null)
  return { release, hash: (await revision(release.id, 1)).hash }
}

describe('a passage', () => {
  const content = (title: string, body: string) =>
    ({ core: { contacts: [] }, parts: { 'zh-CN': { title, body, blocks: {} } }, attachments: [] }) as unknown as Content

  test('is found by its words, whatever line ends it was picked with, also with characters of the second plane', () => {
    const text = content('关于𠮷林村的通知', '<p>第一段。</p><p>第二段。</p>')
    expect(passageOf(text, '𠮷林')).toEqual({ field: 'parts.zh-CN.title', quote: '𠮷林' })
    expect(passageOf(text, '第一段。 第二段。')?.field).toBe('parts.zh-CN.body')
    expect(passageOf(text, '(第一段', '')).toBeNull()
    expect(passageOf(text, '第一段。', 'parts.zh-CN.title')).toBeNull()
    expect(passageOf(text, '   ')).toBeNull()
  })

  test('stands while its words do, wherever they move inside the field', () => {
    const passage = { field: 'parts.zh-CN.body', quote: '补助50元' }
    expect(passageStands(content('题', '<p>每亩补助50元。</p>'), passage)).toBe(true)
    expect(passageStands(content('题', '<p>另起。</p><p>现补助50元整。</p>'), passage)).toBe(true)
    expect(passageStands(content('补助50元', '<p>每亩补助60元。</p>'), passage)).toBe(false)
  })
})

test('a reviewer comments, the drafter answers, the text changes, and both see that the words are gone', async () => {
  const { ctx } = at
  const { own } = people
  const { release, hash } = await inReview('<p>每亩补助50元，于年底前发放。</p>')
  const id = await addComment(ctx, own.reviewer, release.id, {
    revisionHash: hash,
    quote: '补助50元',
    body: '与附件不一致，请核对。',
  })
  await decide(ctx, own.reviewer, release.id, { revisionHash: hash, verdict: 'return', opinion: '见批注' })
  await answerComment(ctx, own.drafter, release.id, id, { body: '已改为60元。' })
  await expect(settleComment(ctx, own.drafter, release.id, id)).rejects.toMatchObject({ code: 'comment-not-yours' })
  const [still] = await commentsOn(ctx.store.db, release.id, await revision(release.id, 1))
  expect(still).toMatchObject({ field: 'parts.zh-CN.body', changed: false, state: 'answered' })
  await saveDraft(ctx, own.drafter, release.id, draft('<p>每亩补助60元，于年底前发放。</p>'), null)
  const [moved] = await commentsOn(ctx.store.db, release.id, await revision(release.id, 2))
  expect(moved).toMatchObject({ changed: true, answers: [{ memberId: 'league-drafter', body: '已改为60元。' }] })
  await settleComment(ctx, own.reviewer2, release.id, id)
  await expect(answerComment(ctx, own.drafter, release.id, id, { body: '再答' })).rejects.toMatchObject({
    code: 'comment-settled',
  })
  const facts = await ctx.store.db.selectFrom('ledger').selectAll().where('act', 'like', 'comment.%').execute()
  expect(facts.map((f) => f.act)).toEqual(['comment.add', 'comment.answer', 'comment.settle'])
  expect(JSON.stringify(facts)).not.toMatch(/补助|核对/)
})

test('words that do not stand in the text, an old revision, another office: each is refused and says why', async () => {
  const { ctx } = at
  const { own, actors } = people
  const { release, hash } = await inReview('<p>于12月1日前完成。</p>')
  const sent = { revisionHash: hash, quote: '12月1日', body: '请注明年份。' }
  await expect(addComment(ctx, own.reviewer, release.id, { ...sent, quote: '13月' })).rejects.toMatchObject({
    issues: [{ field: 'quote', code: 'quote-not-found' }],
  })
  await expect(
    addComment(ctx, own.reviewer, release.id, { ...sent, revisionHash: '0'.repeat(64) }),
  ).rejects.toMatchObject({ code: 'stale' })
  await expect(addComment(ctx, own.reviewer, release.id, { ...sent, body: ' ' })).rejects.toMatchObject({
    issues: [{ field: 'body' }],
  })
  for (const stranger of [actors.other.reviewer, actors.banner.signer])
    await expect(addComment(ctx, stranger, release.id, sent)).rejects.toMatchObject({ code: 'release' })
  await expect(addComment(ctx, own.auditor, release.id, sent)).rejects.toMatchObject({ code: 'no-role' })
  const id = await addComment(ctx, own.reviewer, release.id, sent)
  const other = await inReview('<p>另一份。</p>')
  await expect(answerComment(ctx, own.drafter, other.release.id, id, { body: '答' })).rejects.toMatchObject({
    code: 'comment',
  })
})

test('commenting is reading: it bars nobody from deciding', async () => {
  const { release, hash } = await inReview('<p>请各旗遵照执行。</p>')
  const sent = { revisionHash: hash, quote: '遵照执行', body: '措辞可再斟酌。' }
  await addComment(at.ctx, people.own.reviewer, release.id, sent)
  await decide(at.ctx, people.own.reviewer, release.id, { revisionHash: hash, verdict: 'approve' })
})

test('by forms alone: a passage copied in, nothing typed lost, answered with the next save', async () => {
  const reviewer = desk['reviewer']!
  const drafter = desk['drafter']!
  const { release, hash } = await inReview('<p>补贴标准为每头<b>300</b>元。</p>')
  const here = `/desk/releases/${release.number}`
  const page = await reviewer.get(`${here}/review?lang=zh`)
  const wrong = await reviewer.submit(page, /comments$/, { quote: '每头400元', body: '与去年文件不同。' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('稿中没有这段文字。')
  expect(wrong.html).toContain('value="每头400元"')
  expect(wrong.html).toContain('与去年文件不同。')
  const kept = await reviewer.submit(wrong, /comments$/, { quote: '每头300元' })
  expect(kept.text).toContain('批注已加。')
  expect(kept.text).toContain('每头300元')
  await decide(at.ctx, people.own.reviewer, release.id, { revisionHash: hash, verdict: 'return', opinion: '见批注' })
  const form = await drafter.get(`${here}/edit?lang=zh`)
  expect(form.text).toContain('与去年文件不同。')
  const field = /name="(comment\.[a-z0-9]+\.answer)"/.exec(form.html)![1]!
  const saved = await drafter.submit(
    form,
    /edit$/,
    { 'parts.zh-CN.body': '补贴标准为每头350元。', [field]: '已按新文件改。' },
    { name: 'do', value: 'save' },
  )
  expect(saved.text).toContain('已按新文件改。')
  expect(saved.text).toContain('原文已改')
})

test('any two drafts can be held against each other, and one that is not there does not exist', async () => {
  const { own } = people
  const release = await createRelease(at.ctx, own.drafter, draft('<p>受灾面积119公顷。</p><p>其余不变。</p>'))
  const save = (body: string) => saveDraft(at.ctx, own.drafter, release.id, draft(body), null)
  await save('<p>受灾面积112公顷。</p><p>其余不变。</p>')
  await save('<p>受灾面积110公顷。</p><p>其余不变。</p>')
  const here = `/desk/releases/${release.number}/changes`
  const reviewer = desk['reviewer']!
  expect((await reviewer.get(`/desk/releases/${release.number}?lang=zh`)).html).toContain(here)
  const usual = await reviewer.get(here)
  expect(usual.html).toMatch(/<del>.*?112<\/del><ins>.*?110<\/ins>/)
  const far = await reviewer.get(`${here}?from=1&to=3`)
  expect(far.html).toMatch(/<del>.*?119<\/del><ins>.*?110<\/ins>/)
  expect(far.text).toContain('1处改动')
  const back = await reviewer.get(`${here}?from=3&to=1`)
  expect(back.html).toMatch(/<del>.*?110<\/del><ins>.*?119<\/ins>/)
  for (const query of ['from=1&to=9', 'from=0&to=1', 'from=x&to=2', 'from=&to='])
    expect((await reviewer.get(`${here}?${query}`)).status, query).toBe(404)
})

test('sealed, no comment is read; purged, none is left anywhere', async () => {
  const { ctx } = at
  const { own } = people
  const { release, hash } = await inReview('<p>某某数据。</p>')
  const id = await addComment(ctx, own.reviewer, release.id, {
    revisionHash: hash,
    quote: '某某数据',
    body: '秘境批注：这段像是内部数据。',
  })
  await answerComment(ctx, own.drafter, release.id, id, { body: '秘境答复' })
  await quarantine(ctx, own.reviewer, release.id)
  expect((await desk['reviewer']!.get(`/desk/releases/${release.number}?lang=zh`)).text).not.toContain('秘境')
  expect((await desk['reviewer']!.get(`/desk/releases/${release.number}/review`)).status).not.toBe(200)
  await settleQuarantine(ctx, own.confidentiality, release.id, { outcome: 'purged', instruction: '示保〔2026〕2号' })
  for (const table of ['comment', 'comment_answer'] as const)
    expect(await ctx.store.db.selectFrom(table).selectAll().where('release_id', '=', release.id).execute()).toEqual([])
})

test('past what one page can show a comment or an answer is refused in words that say what to do, and what was typed stands', async () => {
  const { ctx } = at
  const { own } = people
  const { db } = ctx.store
  const { release, hash } = await inReview('<p>于12月1日前完成。</p>')
  const sent = { revisionHash: hash, quote: '12月1日', body: '请注明年份。' }
  const id = await addComment(ctx, own.reviewer, release.id, sent)
  const row = (await db.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirstOrThrow()) as CommentRow
  const more = (from: number, to: number, state: 'open' | 'settled') =>
    Array.from({ length: to - from }, (_, i) => ({ ...row, id: `full-${from + i}`, state }))
  await db
    .insertInto('comment')
    .values(more(1, MOST_OPEN - 1, 'open'))
    .execute()
  const last = await addComment(ctx, own.reviewer, release.id, sent)
  const page = await desk['reviewer']!.get(`/desk/releases/${release.number}/review?lang=zh`)
  const refused = await desk['reviewer']!.submit(page, /\/comments$/, { quote: '12月1日', body: '第二百零一条' })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain(`本稿已有${MOST_OPEN}条批注没有了结。请先了结处理过的批注，再写新的。`)
  expect(refused.html).toContain('第二百零一条')
  await settleComment(ctx, own.reviewer, release.id, last)
  await addComment(ctx, own.reviewer, release.id, sent)

  await db
    .insertInto('comment')
    .values(more(MOST_OPEN, MOST_COMMENTS - 1, 'settled'))
    .execute()
  await settleComment(ctx, own.reviewer, release.id, 'full-1')
  await expect(addComment(ctx, own.reviewer, release.id, sent)).rejects.toMatchObject({ code: 'comments-full' })

  for (let i = 0; i < MOST_ANSWERS; i++) await answerComment(ctx, own.reviewer2, release.id, id, { body: `答${i}` })
  await expect(answerComment(ctx, own.reviewer2, release.id, id, { body: '再答' })).rejects.toMatchObject({
    code: 'answers-full',
  })
})
