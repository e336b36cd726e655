/** Putting right what was published longer ago than its recipients are kept: nobody is told in silence that nobody was told. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { retire } from '../../src/delivery/retire.ts'
import { runsOfRelease, updateRun } from '../../src/delivery/run-store.ts'
import { resumeRun } from '../../src/delivery/stop.ts'
import { createRelease } from '../../src/desk/create.ts'
import { DAY, plus } from '../../src/lib/clock.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { t } from '../../templates/words/index.ts'
import { enrolReader } from '../support/crowd.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { type Station, station } from '../support/station.ts'

let s: Station
let sink: SmtpSink
let work: { stop(): Promise<void> }
const who = (name: string) => s.people[name] as Actor

beforeEach(async () => {
  sink = await startSmtpSink()
  s = await station({ SMTP_URL: sink.url, MAIL_FROM: 'press@league.example' })
  for (const n of [1, 2]) await enrolReader(s.ctx, `reader${n}@mail.example`)
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
  await sink.close()
  expect(s.errors).toEqual([])
})

async function out(id: string): Promise<string> {
  const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
  await decide(s.ctx, who('reviewer'), id, { revisionHash, verdict: 'approve' })
  await decide(s.ctx, who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve' })
  await publishApproved(s.ctx, id, 'signer')
  for (let i = 0; i < 200; i++) {
    const runs = await runsOfRelease(s.ctx.store.db, id)
    if (runs.length > 0 && runs.every((r) => ['done', 'stopped'].includes(r.state))) return id
    await sleep(50)
  }
  throw new Error(`not settled: ${JSON.stringify(await runsOfRelease(s.ctx.store.db, id))}`)
}
async function publish(documentNumber: string): Promise<string> {
  const { id } = await createRelease(s.ctx, who('drafter'), policyDraft({ documentNumber }))
  await submit(s.ctx, who('drafter'), id, null)
  return out(id)
}
async function takeBack(id: string) {
  await withdraw(s.ctx, who('drafter'), id, { reasons: { 'zh-CN': '已由新文件代替。' } })
  await out(id)
  const run = (await runsOfRelease(s.ctx.store.db, id)).findLast((r) => r.outlet === 'email')
  return { audience: run?.audience, edition: run?.edition_id }
}
const alarms = async () => (await openAlarms(s.ctx.store.db)).map((a) => `${a.cause} ${a.subject}`)

test('a withdrawal whose first readers are no longer known raises an alarm; one whose readers are known reaches them', async () => {
  const [old, young] = [await publish('示政办字〔2024〕1号'), await publish('示政办字〔2026〕2号')]
  for (const run of await runsOfRelease(s.ctx.store.db, old))
    await updateRun(s.ctx.store.db, run.dispatch_id, { done_at: plus(s.ctx.clock.now(), -500 * DAY) })
  await retire(s.ctx)
  const mailed = (await runsOfRelease(s.ctx.store.db, old)).find((r) => r.outlet === 'email')
  expect(mailed).toMatchObject({ audience: 2, accepted: 2, retired_rows: 2 })

  const known = await takeBack(young)
  expect(known.audience).toBe(2)
  expect(await alarms()).toEqual([])
  const forgotten = await takeBack(old)
  expect(forgotten.audience).toBe(0)
  expect(await alarms()).toEqual([`retired-audience edition:${forgotten.edition}`])
  for (const lang of ['zh', 'en'] as const)
    for (const key of ['desk.alarm.retired-audience', 'desk.alarm.retired-audience.do'])
      expect(t(lang, key)).not.toBe(key)

  await updateRun(s.ctx.store.db, mailed!.dispatch_id, { state: 'stopped', why: 'stop' })
  await expect(resumeRun(s.ctx, who('signer'), mailed!.dispatch_id, {})).rejects.toMatchObject({ code: 'run-retired' })
}, 30_000)

test('a stopped run whose rows have grown old keeps no correction waiting', async () => {
  const id = await publish('示政办字〔2024〕3号')
  await publish('示政办字〔2026〕4号')
  for (const run of await runsOfRelease(s.ctx.store.db, id)) {
    // As if it had been stopped before the second reader's turn.
    const left = run.outlet === 'email' ? { state: 'stopped', why: 'stop', accepted: 1, planned: 1 } : {}
    await updateRun(s.ctx.store.db, run.dispatch_id, { done_at: plus(s.ctx.clock.now(), -500 * DAY), ...left })
  }
  await retire(s.ctx)
  expect((await takeBack(id)).audience).toBe(0)
}, 30_000)
