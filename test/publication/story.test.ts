/** One release through the real chain to site, feeds and SMTP, in one process: the thin whole. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { recount } from '../../src/delivery/store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { releaseById } from '../../src/desk/store.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { addComment, answerComment } from '../../src/review/comment.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { enrolReader } from '../support/crowd.ts'
import { filesWith } from '../support/on-disk.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { type Station, station } from '../support/station.ts'

let s: Station
let sink: SmtpSink
let work: { stop(): Promise<void> }

beforeEach(async () => {
  sink = await startSmtpSink()
  s = await station({ SMTP_URL: sink.url, MAIL_FROM: 'Press <press@league.example>' })
  for (const n of [1, 2, 3]) {
    await enrolReader(s.ctx, `reader${n}@mail.example`)
  }
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
  await sink.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
async function agree(id: string): Promise<void> {
  const submission = await currentSubmission(s.ctx.store.db, id)
  const revisionHash = submission?.revision_hash as string
  await decide(s.ctx, who('reviewer'), id, { revisionHash, verdict: 'approve' })
  await decide(s.ctx, who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve' })
}
async function settled(id: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const runs = await runsOfRelease(s.ctx.store.db, id)
    if (runs.length > 0 && runs.every((r) => ['done', 'stopped'].includes(r.state))) return
    await sleep(50)
  }
  throw new Error(`not settled: ${JSON.stringify(await runsOfRelease(s.ctx.store.db, id))} ${JSON.stringify(s.errors)}`)
}

test('a notice is drafted, agreed, published, mailed, corrected, withdrawn, and every step adds up', async () => {
  const draft = await createRelease(s.ctx, who('drafter'), policyDraft())
  await submit(s.ctx, who('drafter'), draft.id, null)
  await agree(draft.id)
  await publishApproved(s.ctx, draft.id, 'signer')
  await settled(draft.id)
  const page = await fetch(`${s.url}/releases/${draft.number}/`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('关于做好牧区饲草储备工作的通知')
  expect(await (await fetch(`${s.url}/feeds/all.atom`)).text()).toContain('关于做好牧区饲草储备工作的通知')
  expect(sink.log.flatMap((m) => m.to).sort()).toEqual([
    'reader1@mail.example',
    'reader2@mail.example',
    'reader3@mail.example',
  ])

  await beginCorrection(s.ctx, who('drafter'), draft.id, { type: 'correction' })
  const corrected = policyDraft({}, '<p>补助电话更正为 0000-54321。</p>')
  const zh = corrected.parts['zh-CN']
  await saveDraft(
    s.ctx,
    who('drafter'),
    draft.id,
    { ...corrected, parts: { 'zh-CN': { ...zh, changeNote: '更正补助电话。' } } },
    null,
  )
  await submit(s.ctx, who('drafter'), draft.id, null)
  await agree(draft.id)
  await publishApproved(s.ctx, draft.id, 'signer')
  await settled(draft.id)
  expect(sink.log).toHaveLength(6)

  await withdraw(s.ctx, who('drafter'), draft.id, { reasons: { 'zh-CN': '该通知已由新文件代替。' } })
  await agree(draft.id)
  await publishApproved(s.ctx, draft.id, 'signer')
  await settled(draft.id)
  const tomb = await fetch(`${s.url}/releases/${draft.number}/`)
  expect(tomb.status).toBe(410)
  const text = await tomb.text()
  expect(text).toContain('该通知已由新文件代替')
  expect(text).not.toContain('饲草')
  expect(sink.log).toHaveLength(9)
  for (const run of await runsOfRelease(s.ctx.store.db, draft.id)) {
    expect(await recount(s.ctx.store.db, run.dispatch_id)).toMatchObject({
      accepted: run.accepted,
      planned: 0,
      sending: 0,
    })
  }
  expect((await verifyLedger(s.ctx.store.db)).faults).toEqual([])
}, 30_000)

test('a suspected secret is off the public side at once and, on a second word, nowhere at all', async () => {
  const canary = '秘境苜蓿'
  const draft = await createRelease(s.ctx, who('drafter'), policyDraft({}, `<p>${canary}</p>`))
  await submit(s.ctx, who('drafter'), draft.id, null)
  const { revision_hash: revisionHash } = (await currentSubmission(s.ctx.store.db, draft.id))!
  const noted = { revisionHash, quote: canary, body: `${canary}一词请核对` }
  const comment = await addComment(s.ctx, who('reviewer'), draft.id, noted)
  await answerComment(s.ctx, who('drafter'), draft.id, comment, { body: `${canary}已核` })
  await agree(draft.id)
  await publishApproved(s.ctx, draft.id, 'signer')
  await settled(draft.id)
  await quarantine(s.ctx, who('reviewer'), draft.id)
  await settled(draft.id)
  const tomb = await fetch(`${s.url}/releases/${draft.number}/`)
  expect(tomb.status).toBe(410)
  expect(await tomb.text()).not.toContain('饲草')
  expect(sink.log).toHaveLength(3)
  await expect(
    settleQuarantine(s.ctx, who('reviewer'), draft.id, { outcome: 'purged', instruction: '示保〔2026〕1号' }),
  ).rejects.toThrow()
  await settleQuarantine(s.ctx, who('confidentiality'), draft.id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
  expect((await releaseById(s.ctx.store.db, draft.id))?.state).toBe('purged')
  expect(filesWith(s.dir, canary)).toEqual([])
}, 30_000)
