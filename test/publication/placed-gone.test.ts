/** A picture in the text of what is withdrawn, taken down or purged is served no more, and one of another release is nobody's to name. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../../src/desk/store.ts'
import { placedHtml } from '../../src/lib/placed.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { verifyEditions } from '../../src/publication/verify.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { sweepPurged } from '../../src/purge/sweep.ts'
import { judge } from '../../src/review/judge.ts'
import { resolveHit } from '../../src/review/resolve.ts'
import type { Actor } from '../../src/staff/member.ts'
import { previewable, previewsOf } from '../../src/web/preview.ts'
import { lookerHere } from '../support/looker-here.ts'
import { png } from '../support/office-files.ts'
import { filesWith } from '../support/on-disk.ts'
import { policyDraft } from '../support/sample.ts'
import { agree, agreeAndPublish, runUntil, type Station, station } from '../support/station.ts'

let s: Station
let work: { stop(): Promise<void> }
beforeEach(async () => {
  s = await station({}, { looker: lookerHere() })
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
const [PIXELS, ALT, CAPTION] = ['muxu-canary-in-the-picture', '苜蓿五一', '密云五二']
/** Of the one that is purged: its bytes, its description, its caption. */
const GONE = [`${PIXELS} 53`, `${ALT}53`, `${CAPTION}53`]
const rowOf = async (id: string) => (await releaseById(s.ctx.store.db, id)) as ReleaseRow
const current = async (id: string) => (await revisionOf(s.ctx.store.db, id, (await rowOf(id)).revision))!
const shown = (id: string, sequence: number) =>
  Promise.all(
    ['website', 'feeds'].map((outlet) => runUntil(s, id, outlet, (r) => r.sequence >= sequence && r.state === 'done')),
  )

/** The body of a draft with this behind it. */
async function setBody(id: string, more: string): Promise<void> {
  const { content } = await current(id)
  const { agencyId: _, ...core } = content.core
  const zh = content.parts['zh-CN']!
  const body = `<p>通知正文（示例）。</p>${more}`
  const sent = { core, parts: { 'zh-CN': { ...zh, body } }, attachments: content.attachments }
  await saveDraft(s.ctx, who('drafter'), id, sent, null)
}

async function pictured(n: number): Promise<{ id: string; sha256: string; path: string }> {
  const { id } = await createRelease(
    s.ctx,
    who('drafter'),
    policyDraft({ documentNumber: `示政办字〔2026〕${n}号` }, '<p>通知正文（示例）。</p>'),
  )
  const bytes = png([['iCCP', Buffer.from(`${PIXELS} ${n}`)]])
  await attach(s.ctx, who('drafter'), id, { name: 'p.png', title: '', bytes }, null)
  const { sha256 } = (await current(id)).content.attachments[0]!
  await setBody(id, placedHtml({ sha256, alt: `${ALT}${n}`, caption: `${CAPTION}${n}` }))
  for (const hit of (await judge(s.ctx, s.ctx.store.db, await rowOf(id), await current(id))).hits)
    await resolveHit(s.ctx, who('confidentiality'), id, hit.key, { action: 'false-hit', note: '看过，无妨' })
  return { id, sha256, path: `/files/${sha256}/p.png` }
}
const get = async (path: string) => {
  const answer = await fetch(s.url + path)
  return { status: answer.status, text: await answer.text() }
}

test('withdrawn and taken down it is served no more, purged its bytes and its words are nowhere', async () => {
  const all = [await pictured(51), await pictured(52), await pictured(53)]
  const [back, down, gone] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]]
  for (const [i, { id, path, sha256 }] of all.entries()) {
    await agreeAndPublish(s, id)
    await shown(id, i + 1)
    const page = await get(`/releases/${(await rowOf(id)).number}/`)
    expect(page.text).toContain(`src="${path}"`)
    expect([(await get(path)).status, await s.ctx.blobs.has(sha256)]).toEqual([200, true])
  }
  expect((await verifyEditions(s.ctx)).faults).toEqual([])
  expect(filesWith(s.dir, GONE).length).toBeGreaterThan(0)

  await withdraw(s.ctx, who('drafter'), back.id, { reasons: { 'zh-CN': '已由新文件代替。' } })
  await agree(s, back.id)
  await shown(back.id, 4)
  await takeDown(s.ctx, who('signer'), down.id, { ground: 'privacy' })
  await shown(down.id, 5)
  await quarantine(s.ctx, who('reviewer'), gone.id)
  await shown(gone.id, 6)
  for (const { id, path } of all) {
    expect([404, 410], path).toContain((await get(path)).status)
    expect((await get(`/releases/${(await rowOf(id)).number}/`)).text).not.toContain(path)
  }
  await settleQuarantine(s.ctx, who('confidentiality'), gone.id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
  for (let i = 0; i < 100 && filesWith(s.dir, GONE).length > 0; i++) await sleep(100)
  expect(await s.ctx.blobs.has(gone.sha256)).toBe(false)
  expect(await revisionOf(s.ctx.store.db, gone.id, 1)).toBeUndefined()
  await sweepPurged(s.ctx)
  expect(filesWith(s.dir, GONE)).toEqual([])
  expect((await verifyEditions(s.ctx)).faults).toEqual([])
}, 60_000)

test('a body that names a file of another draft shows nothing of it and says the same of one that is nowhere', async () => {
  const secret = await pictured(54)
  const { id } = await createRelease(s.ctx, who('drafter'), policyDraft({}, '<p>通知正文（示例）。</p>'))
  const said = async (sha256: string) => {
    await setBody(id, placedHtml({ sha256, alt: '别处的图', caption: '' }))
    const { issues } = await judge(s.ctx, s.ctx.store.db, await rowOf(id), await current(id))
    const found = await previewable(s.ctx, who('drafter'), id)
    const documents = await previewsOf(s.ctx, found, found.revision!, 'zh-CN')
    const bodies = documents.map((d) => String(d.body)).join('\n')
    return { issues, bodies: bodies.replaceAll(found.revision!.hash, 'HASH') }
  }
  const other = await said(secret.sha256)
  expect(other.issues.map((i) => i.code)).toContain('picture-not-attached')
  expect(other.bodies).toContain('别处的图')
  expect(other.bodies).not.toContain(`/files/${secret.sha256}`)
  expect((await said('0'.repeat(64))).issues).toEqual(other.issues)
})

test('what is sealed covers which picture stands there and what is said of it', async () => {
  const { id, sha256 } = await pictured(55)
  const before = await current(id)
  await setBody(id, placedHtml({ sha256, alt: `${ALT}。`, caption: CAPTION }))
  const described = await current(id)
  await setBody(id, placedHtml({ sha256: '0'.repeat(64), alt: ALT, caption: CAPTION }))
  const another = await current(id)
  expect(new Set([before, described, another].map((r) => r.hash)).size).toBe(3)
})
