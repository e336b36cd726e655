/** 转载: another agency's release carried word for word, under one's own signature, for as long as its source stands. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { capTerms } from '../../channels/feeds/cap-chain.ts'
import { alarmsFor } from '../../src/delivery/alarms.ts'
import { adopt } from '../../src/delivery/sweep.ts'
import { attach } from '../../src/desk/attach.ts'
import type { Content } from '../../src/desk/content.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, revisionOf } from '../../src/desk/store.ts'
import { loadEdition } from '../../src/publication/catalogue.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { repost, repostStanding, takeNewest } from '../../src/publication/repost.ts'
import { lastEditionOf } from '../../src/publication/store.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { decide } from '../../src/review/decide.ts'
import { judge } from '../../src/review/judge.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { kitOf } from '../../templates/kit/kit.ts'
import { type AgencyKey, type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
beforeEach(async () => {
  at = await workplace()
  people = await office(at.ctx)
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

const draft = (body = '<p>为做好牧区饲草储备工作，现就有关事项通知如下。</p>') =>
  policyDraft({ topics: ['farming'], areas: ['159921'], outlets: ['website'] }, body)

async function agree(agency: AgencyKey, id: string): Promise<void> {
  const who = people.actors[agency]
  const revisionHash = (await currentSubmission(at.ctx.store.db, id))?.revision_hash as string
  await decide(at.ctx, who.reviewer, id, { revisionHash, verdict: 'approve' })
  await decide(at.ctx, who.confidentiality, id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(at.ctx, who.signer, id, { revisionHash, verdict: 'approve' })
}
async function publish(agency: AgencyKey, id: string): Promise<void> {
  await submit(at.ctx, people.actors[agency].drafter, id, null)
  await agree(agency, id)
  await publishApproved(at.ctx, id, 'system')
  await adopt(at.ctx)
}
async function source(): Promise<ReleaseRow> {
  const made = await createRelease(at.ctx, people.own.drafter, draft())
  const bytes = new TextEncoder().encode('附件内容')
  await attach(at.ctx, people.own.drafter, made.id, { name: '附件.txt', title: '附件', bytes }, null)
  await publish('league', made.id)
  return made
}
async function correctSource(id: string): Promise<void> {
  await beginCorrection(at.ctx, people.own.drafter, id, { type: 'correction' })
  const next = draft('<p>更正后的正文。</p>')
  for (const part of Object.values(next.parts)) if (part) part.changeNote = '正文有误。'
  await saveDraft(at.ctx, people.own.drafter, id, next, null)
  await publish('league', id)
}
const contentOf = async (r: Pick<ReleaseRow, 'id'>): Promise<Content> => {
  const { revision } = await at.ctx.store.db
    .selectFrom('release')
    .select('revision')
    .where('id', '=', r.id)
    .executeTakeFirstOrThrow()
  return (await revisionOf(at.ctx.store.db, r.id, revision))?.content as Content
}
const editionOf = async (id: string): Promise<Edition> =>
  loadEdition(at.ctx.store.db, (await lastEditionOf(at.ctx.store.db, id)) as never)
const problems = async (id: string): Promise<string[]> => {
  const { db } = at.ctx.store
  const release = (await db
    .selectFrom('release')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()) as ReleaseRow
  const revision = await revisionOf(db, id, release.revision)
  const { issues } = await judge(at.ctx, db, release, revision as never)
  return issues.filter((i) => i.code.startsWith('repost')).map((i) => `${i.field} ${i.code}`)
}
const alarms = async (agency: AgencyKey) =>
  (await alarmsFor(at.ctx, people.actors[agency].signer))
    .filter((a) => a.cause === 'repost-source-changed')
    .map((a) => a.subject)
const banner = () => people.actors.banner

test('a banner carries its league’s release unchanged, names the source, and signs for it itself', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.number)
  expect(mine.agency_id).toBe('banner')
  const content = await contentOf(mine)
  const original = await editionOf(from.id)
  expect(content.parts).toEqual(original.content?.parts)
  expect(content.attachments).toEqual(original.content?.attachments)
  expect(content.core.repostOf).toEqual({
    releaseId: from.id,
    releaseNumber: from.number,
    edition: 1,
    hash: original.hash,
    agencyName: { zh: '青格勒盟行政公署（示例）', en: 'Qinggele League (sample)' },
    address: `/releases/${from.number}/`,
    publishedAt: original.publishedAt,
  })
  expect(await problems(mine.id)).toEqual([])
  await publish('banner', mine.id)
  const published = await editionOf(mine.id)
  expect(published.agency.id).toBe('banner')
  expect(kitOf(at.ctx.config, published, 'zh-CN').wechat).toContain('来源：青格勒盟行政公署（示例）')
  expect(await repostStanding(at.ctx.store.db, mine.id)).toMatchObject({ changed: null, edition: 1, newest: 1 })
  expect(await alarms('banner')).toEqual([])
})

test('one changed word, fact or file, and it cannot be published', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.id)
  const content = await contentOf(mine)
  const send = (change: (c: Content) => void) => {
    const { agencyId: _, ...core } = structuredClone(content).core
    const next = { ...structuredClone(content), core } as unknown as Content
    change(next)
    return saveDraft(at.ctx, banner().drafter, mine.id, next, null)
  }
  await send((c) => {
    ;(c.parts['zh-CN'] as { title: string }).title += '（转）'
    c.core.formedOn = '2026-11-19'
    c.attachments = []
  })
  expect(await problems(mine.id)).toEqual([
    'parts.zh-CN repost-differs',
    'core.formedOn repost-differs',
    'attachments repost-differs',
  ])
  await expect(submit(at.ctx, banner().drafter, mine.id, null)).rejects.toMatchObject({ kind: 'invalid' })
  // Places, subjects and ways out are the carrier's own.
  await send((c) => {
    c.core.topics = ['fire']
    c.core.urgency = 'important'
  })
  expect(await problems(mine.id)).toEqual([])
})

test('where it is from cannot be typed, changed or left out', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.id)
  const { core, parts, attachments } = await contentOf(mine)
  const { agencyId: _, repostOf, ...rest } = core
  await saveDraft(at.ctx, banner().drafter, mine.id, { core: rest, parts, attachments }, null)
  expect((await contentOf(mine)).core.repostOf).toEqual(repostOf)
  const forged = { ...rest, repostOf: { ...(repostOf as object), agencyName: { zh: '国务院', en: 'x' } } }
  await expect(
    saveDraft(at.ctx, banner().drafter, mine.id, { core: forged, parts, attachments }, null),
  ).rejects.toMatchObject({ issues: [{ code: 'repost-fixed' }] })
  const typed = await createRelease(at.ctx, banner().drafter, {
    ...draft(),
    core: { ...draft().core, documentNumber: undefined, repostOf },
  })
  expect((await contentOf(typed)).core.repostOf).toBeUndefined()
})

test('a source corrected before the signature stops it and offers the newest', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.id)
  await submit(at.ctx, banner().drafter, mine.id, null)
  await agree('banner', mine.id)
  await correctSource(from.id)
  await expect(publishApproved(at.ctx, mine.id, 'system')).rejects.toMatchObject({
    issues: [{ code: 'repost-superseded', params: { edition: 1, newest: 2 } }],
  })
  const { takeBack } = await import('../../src/review/submit.ts')
  await takeBack(at.ctx, banner().drafter, mine.id)
  await takeNewest(at.ctx, banner().drafter, mine.id)
  expect(await problems(mine.id)).toEqual([])
  expect((await contentOf(mine)).parts['zh-CN']?.body).toBe('<p>更正后的正文。</p>')
  await publish('banner', mine.id)
  expect((await editionOf(mine.id)).content?.core.repostOf?.edition).toBe(2)
})

test('a source corrected afterwards is an alarm at the carrier until it carries the correction', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.id)
  await publish('banner', mine.id)
  await correctSource(from.id)
  expect(await alarms('banner')).toEqual([`release:${mine.id}`])
  expect(await alarms('other')).toEqual([])
  expect(await repostStanding(at.ctx.store.db, mine.id)).toMatchObject({ changed: 'corrected', edition: 1, newest: 2 })
  await beginCorrection(at.ctx, banner().drafter, mine.id, { type: 'correction' })
  await takeNewest(at.ctx, banner().drafter, mine.id)
  expect((await contentOf(mine)).parts['zh-CN']?.changeNote).toBe('正文有误。')
  await publish('banner', mine.id)
  expect(await alarms('banner')).toEqual([])
})

test('a source taken back is an alarm until the carrier takes it back too', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.id)
  await publish('banner', mine.id)
  await withdraw(at.ctx, people.own.drafter, from.id, { reasons: { 'zh-CN': '内容有误' } })
  await agree('league', from.id)
  await publishApproved(at.ctx, from.id, 'system')
  await adopt(at.ctx)
  expect(await alarms('banner')).toEqual([`release:${mine.id}`])
  // Nobody can begin to carry it now; outside the office it has a state and no more.
  await expect(repost(at.ctx, people.actors.other.drafter, from.id)).rejects.toMatchObject({ kind: 'wrong-state' })
  await withdraw(at.ctx, banner().drafter, mine.id, { reasons: { 'zh-CN': '原文已撤' } })
  await agree('banner', mine.id)
  await publishApproved(at.ctx, mine.id, 'system')
  await adopt(at.ctx)
  expect(await alarms('banner')).toEqual([])
})

test('neither one’s own release, nor a repost, nor a draft can be carried', async () => {
  const from = await source()
  await expect(repost(at.ctx, people.own.drafter2, from.id)).rejects.toMatchObject({ code: 'repost-own' })
  const mine = await repost(at.ctx, banner().drafter, from.id)
  await expect(repost(at.ctx, people.actors.other.drafter, mine.id)).rejects.toMatchObject({ kind: 'not-found' })
  await publish('banner', mine.id)
  await expect(repost(at.ctx, people.actors.other.drafter, mine.id)).rejects.toMatchObject({
    code: 'repost-of-repost',
    params: { number: from.number },
  })
  await expect(repost(at.ctx, banner().signer, from.id)).rejects.toMatchObject({ code: 'no-role' })
})

test('carrying a warning sends no second CAP alert', async () => {
  const from = await source()
  const mine = await repost(at.ctx, banner().drafter, from.id)
  await publish('banner', mine.id)
  const edition = await editionOf(mine.id)
  const warning = { ...edition, kind: 'warning' as const, content: { ...(edition.content as Content) } }
  expect(capTerms(warning)).toBeNull()
  const { repostOf: _, ...core } = warning.content.core
  expect(capTerms({ ...warning, content: { ...warning.content, core } })).not.toBeNull()
})
