import { afterEach, beforeEach, expect, test } from 'vitest'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { scansOf } from '../../src/desk/file-scan-store.ts'
import { attachmentsOf, type Revision, releaseById, revisionOf, timelineOf } from '../../src/desk/store.ts'
import { sweepBlobs } from '../../src/desk/sweep-blobs.ts'
import { DAY, plus } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { sha256 } from '../../src/lib/id.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { decide } from '../../src/review/decide.ts'
import { judge } from '../../src/review/judge.ts'
import { openLooker } from '../../src/review/looker.ts'
import { maskFile } from '../../src/review/mask-file.ts'
import { maskHit } from '../../src/review/mask-hit.ts'
import { resolveHit } from '../../src/review/resolve.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { createApp } from '../../src/web/app.ts'
import { lookerHere } from '../support/looker-here.ts'
import { giveToken } from '../support/office.ts'
import { IDS, png, subsidyXlsx } from '../support/office-files.ts'
import { filesWith } from '../support/on-disk.ts'
import { CLEAR } from '../support/sample.ts'
import { agree, agreeAndPublish, runUntil, type Station, station } from '../support/station.ts'

let s: Station
beforeEach(async () => {
  s = await station({}, { looker: lookerHere() })
})
afterEach(async () => {
  await s.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
const NAME = '补贴名单.xlsx'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const display = (body = '<p>现将草畜平衡补贴名单予以公示。</p>') => ({
  core: {
    kind: 'notice',
    areas: ['159900'],
    topics: ['policy'],
    displayUntil: plus(s.ctx.clock.now(), 7 * DAY),
  },
  parts: { 'zh-CN': { title: '关于草畜平衡补贴名单的公示', body, blocks: {} } },
  attachments: [],
})

const current = async (id: string): Promise<Revision> => {
  const release = await releaseById(s.ctx.store.db, id)
  return (await revisionOf(s.ctx.store.db, id, release?.revision ?? 0)) as Revision
}
const hitsOf = async (id: string) => {
  const release = await releaseById(s.ctx.store.db, id)
  return (await judge(s.ctx, s.ctx.store.db, release as never, await current(id))).hits
}
const codes = (asked: Promise<unknown>): Promise<string[]> =>
  asked.then(
    () => [],
    (err: unknown) => {
      if (!(err instanceof Refusal)) throw err
      return err.issues.length ? err.issues.map((i) => i.code) : [err.code]
    },
  )
const yes = async (id: string) => ({
  revisionHash: (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string,
  verdict: 'approve' as const,
})

async function listed(bytes = subsidyXlsx()): Promise<{ id: string; old: string }> {
  const { id } = await createRelease(s.ctx, who('drafter'), display())
  await attach(s.ctx, who('drafter'), id, { name: NAME, title: '补贴名单', bytes }, null)
  return { id, old: (await current(id)).content.attachments[0]?.sha256 as string }
}

test('the list is stopped, masked into another revision, agreed anew, and its original is nowhere any more', async () => {
  s.ctx.looker = openLooker()
  const original = subsidyXlsx()
  const raw = sha256(original)
  const { id, old } = await listed(original)
  expect(old).not.toBe(raw)
  expect(await s.ctx.blobs.has(raw)).toBe(false)
  expect((await hitsOf(id)).map((h) => h.rule)).toEqual(
    expect.arrayContaining(['file-hidden-columns', 'file-hidden-sheet', 'file-comment', 'id-number', 'mobile']),
  )

  await submit(s.ctx, who('drafter'), id, null)
  await decide(s.ctx, who('reviewer'), id, await yes(id))
  expect(
    await codes(decide(s.ctx, who('confidentiality'), id, { ...(await yes(id)), confidentiality: CLEAR })),
  ).toEqual(['unresolved'])
  const column = (await hitsOf(id)).find((h) => h.rule === 'file-hidden-columns')?.key as string
  expect(await codes(resolveHit(s.ctx, who('confidentiality'), id, column, { action: 'keep', note: '无妨' }))).toEqual([
    'blocking-word',
  ])
  const order = { take: ['hidden', 'comments', 'personal'], columns: [] }
  expect(await codes(maskFile(s.ctx, who('drafter'), id, old, order, null))).toEqual(['wrong-state'])
  await decide(s.ctx, who('confidentiality'), id, {
    revisionHash: (await yes(id)).revisionHash,
    verdict: 'return',
    opinion: '请遮盖身份证号',
  })

  const before = await current(id)
  await maskFile(s.ctx, who('drafter'), id, old, order, null)
  const after = await current(id)
  expect(after.ordinal).toBe(before.ordinal + 1)
  expect(after.derivedFrom).toBe(before.ordinal)
  expect(after.hashes.attachments).not.toBe(before.hashes.attachments)
  expect((await timelineOf(s.ctx.store.db, id)).at(-1)).toMatchObject({ act: 'masked', revision: after.ordinal })
  expect(await hitsOf(id)).toEqual([])
  expect(await s.ctx.blobs.has(old)).toBe(false)
  expect(filesWith(s.dir, [...IDS, '此户待核实', '13800138000'])).toEqual([])

  const work = await s.work()
  await submit(s.ctx, who('drafter'), id, null)
  // What the reviewer agreed to was another list: it waits for a reviewer again.
  expect(
    await codes(decide(s.ctx, who('confidentiality'), id, { ...(await yes(id)), confidentiality: CLEAR })),
  ).toEqual(['no-role'])
  await agree(s, id)
  await runUntil(s, id, 'website', (r) => r.state === 'done')
  const file = after.content.attachments[0]
  const answer = await fetch(`${s.url}/files/${file?.sha256}/${encodeURIComponent(NAME)}`)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
    200,
    XLSX,
    'nosniff',
  ])
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(file?.sha256)

  const app = await createApp(s.ctx)
  const token = await giveToken(s.ctx, 'drafter')
  const headers = { authorization: `Bearer ${token}` }
  const release = await releaseById(s.ctx.store.db, id)
  for (const hash of [old, raw]) {
    expect((await fetch(`${s.url}/files/${hash}/${encodeURIComponent(NAME)}`)).status).toBe(404)
    for (const path of [
      `/desk/releases/${release?.number}/files/${hash}`,
      `/desk/releases/${id}/files/${hash}/look`,
      `/api/v1/releases/${id}/attachments/${hash}/findings`,
    ])
      expect((await app.request(path, { headers })).status, path).toBe(404)
  }
  const kept = await app.request(`/desk/releases/${release?.number}/files/${file?.sha256}`, { headers })
  expect([
    kept.status,
    kept.headers.get('x-content-type-options'),
    kept.headers.get('content-security-policy'),
  ]).toEqual([200, 'nosniff', "default-src 'none'; sandbox"])
  await work.stop()
  expect(filesWith(s.dir, IDS)).toEqual([])
}, 40_000)

test('whoever masks has had a hand in it, and a stranger’s file answers like one that is not there', async () => {
  const { id, old } = await listed()
  await maskFile(s.ctx, who('drafter2'), id, old, { take: ['hidden', 'comments'], columns: [] }, null)
  expect(await codes(maskFile(s.ctx, who('drafter'), id, old, { take: ['hidden'], columns: [] }, null))).toEqual([
    'attachment',
  ])
  const now = (await current(id)).content.attachments[0]?.sha256 as string
  expect(await codes(maskFile(s.ctx, who('drafter'), id, now, { take: ['hidden'], columns: [] }, null))).toEqual([
    'mask-unchanged',
  ])
  expect(await codes(maskFile(s.ctx, who('drafter'), id, now, { take: [], columns: [] }, null))).toEqual([
    'mask-nothing',
  ])
  expect(await codes(maskFile(s.ctx, who('drafter'), id, now, { take: ['all'] }, null))).toEqual(['not-one-of'])
  expect(await codes(maskFile(s.ctx, who('drafter'), id, now, { take: ['personal'], columns: [] }, 1))).toEqual([
    'stale',
  ])
})

test('a file that a published edition offers stays until nothing offers it, and one another release carries stays with that one', async () => {
  const plain = subsidyXlsx({ sheet2: 'visible', comment: false })
  const work = await s.work()
  const { id, old } = await listed(plain)
  const other = await createRelease(s.ctx, who('drafter'), display())
  await attach(s.ctx, who('drafter'), other.id, { name: NAME, title: '', bytes: plain }, null)
  // Nobody should; the numbers are answered as false hits so that there is an edition to put right.
  for (const hit of await hitsOf(id))
    await resolveHit(s.ctx, who('confidentiality'), id, hit.key, { action: 'false-hit', note: '示例数据' })
  await agreeAndPublish(s, id)
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  await maskFile(s.ctx, who('drafter'), id, old, { take: ['hidden', 'personal'], columns: [] }, null)
  expect(await s.ctx.blobs.has(old)).toBe(true)
  expect((await attachmentsOf(s.ctx.store.db, id)).map((a) => a.sha256)).toContain(old)
  await maskFile(s.ctx, who('drafter'), other.id, old, { take: ['hidden', 'personal'], columns: [] }, null)
  expect((await attachmentsOf(s.ctx.store.db, other.id)).map((a) => a.sha256)).not.toContain(old)
  expect(await s.ctx.blobs.has(old)).toBe(true)
  await work.stop()
}, 30_000)

test('bytes whose end the power cut came before are gone with the next sweep', async () => {
  const { id, old } = await listed()
  const { blobs } = s.ctx
  const failing = { ...s.ctx, blobs: { ...blobs, delete: () => Promise.reject(new Error('power')) } }
  await expect(maskFile(failing, who('drafter'), id, old, { take: ['hidden'], columns: [] }, null)).rejects.toThrow(
    'power',
  )
  expect(await blobs.has(old)).toBe(true)
  await sweepBlobs(s.ctx)
  expect(await blobs.has(old)).toBe(false)
})

test('an answer about one file stands when another is added, and a picture waits for a person', async () => {
  const { id } = await createRelease(s.ctx, who('drafter'), display())
  await attach(s.ctx, who('drafter'), id, { name: '现场.png', title: '受灾草场现场', bytes: png() }, null)
  const [picture] = await hitsOf(id)
  expect([picture?.rule, picture?.severity]).toEqual(['file-picture', 'notice'])
  await submit(s.ctx, who('drafter'), id, null)
  await decide(s.ctx, who('reviewer'), id, await yes(id))
  const sign = { ...(await yes(id)), confidentiality: CLEAR }
  expect(await codes(decide(s.ctx, who('confidentiality'), id, sign))).toEqual(['unresolved'])
  await resolveHit(s.ctx, who('confidentiality'), id, picture?.key as string, { action: 'keep', note: '已看过' })
  expect(await codes(decide(s.ctx, who('confidentiality'), id, sign))).toEqual([])
  await decide(s.ctx, who('signer'), id, { revisionHash: sign.revisionHash, verdict: 'return', opinion: '补一份表' })
  await attach(
    s.ctx,
    who('drafter'),
    id,
    { name: '说明.txt', title: '', bytes: new TextEncoder().encode('说明。\n') },
    null,
  )
  expect((await hitsOf(id)).map((h) => [h.rule, h.resolution?.action])).toEqual([['file-picture', 'keep']])
})

test('new words of the agency are looked for again when it goes to review, and a file from before the scanner too', async () => {
  const { id } = await createRelease(s.ctx, who('drafter'), display())
  await attach(
    s.ctx,
    who('drafter'),
    id,
    { name: '说明.txt', title: '', bytes: new TextEncoder().encode('沙尘暴预警。\n') },
    null,
  )
  expect(await hitsOf(id)).toEqual([])
  const { db } = s.ctx.store
  await db.updateTable('agency').set({ word_list: '沙尘暴,沙尘天气,提示\n' }).where('id', '=', 'league').execute()
  await db.deleteFrom('file_scan').execute()
  expect((await hitsOf(id)).map((h) => h.rule)).toEqual(['file-unlooked'])
  await submit(s.ctx, who('drafter'), id, null)
  expect((await hitsOf(id)).map((h) => [h.rule, h.suggestion])).toEqual([['word', '沙尘天气']])
})

test('a number in the text is masked on the spot: a derived revision', async () => {
  const { id } = await createRelease(
    s.ctx,
    who('drafter'),
    display(`<p>联系人身份证号${IDS[0]}，电话138<b>00138000</b>。</p>`),
  )
  for (const rule of ['id-number', 'mobile']) {
    const key = (await hitsOf(id)).find((h) => h.rule === rule)?.key as string
    await maskHit(s.ctx, who('drafter'), id, key)
  }
  const now = await current(id)
  expect(now.content.parts['zh-CN']?.body).not.toContain(IDS[0])
  expect(now.content.parts['zh-CN']?.body).toContain('138****8000')
  expect([now.ordinal, now.derivedFrom]).toEqual([3, 2])
  expect(await hitsOf(id)).toEqual([])
})

test('a purge leaves nothing of what was found in a file', async () => {
  const { id } = await listed(subsidyXlsx({ lead: ['苜蓿三九保密要求'] }))
  const before = JSON.stringify(await scansOf(s.ctx.store.db, id))
  expect(before).toContain('苜蓿三九')
  await quarantine(s.ctx, who('reviewer'), id)
  await settleQuarantine(s.ctx, who('confidentiality'), id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
  expect(await scansOf(s.ctx.store.db, id)).toEqual([])
  expect(filesWith(s.dir, ['此户待核实'])).toEqual([])
})
