/** What becomes of those half told when a text is put right: nobody gets the wrong one after approval, nobody is left with it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leave } from '../../src/audience/leave.ts'
import { type RunRow, runsOfRelease } from '../../src/delivery/run-store.ts'
import { COUNTERS } from '../../src/delivery/store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { newToken } from '../../src/lib/id.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import type { Actor } from '../../src/staff/member.ts'
import { enrolReader } from '../support/crowd.ts'
import { policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { agreeAndPublish, type Station, station } from '../support/station.ts'

let s: Station
let sink: SmtpSink
let work: { stop(): Promise<void> }
const tokens: string[] = []

beforeEach(async () => {
  sink = await startSmtpSink()
  s = await station({ SMTP_URL: sink.url, MAIL_FROM: 'Press <press@league.example>' })
  for (const n of [1, 2, 3]) {
    tokens[n] = newToken()
    await enrolReader(s.ctx, `reader${n}@mail.example`, { token: tokens[n] as string })
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
const publishIt = (id: string) => agreeAndPublish(s, id)
async function correct(id: string, core: Parameters<typeof policyDraft>[0] = {}): Promise<void> {
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  const text = policyDraft(core, '<p>补助电话更正为 0000-54321。</p>')
  const zh = { ...text.parts['zh-CN'], changeNote: '更正补助电话。' }
  await saveDraft(s.ctx, who('drafter'), id, { ...text, parts: { 'zh-CN': zh } }, null)
  await publishIt(id)
}
const mails = async (id: string) => (await runsOfRelease(s.ctx.store.db, id)).filter((r) => r.outlet === 'email')
async function until(id: string, there: (runs: RunRow[]) => boolean): Promise<RunRow[]> {
  for (let i = 0; i < 160; i++) {
    const runs = await mails(id)
    if (there(runs)) return runs
    await sleep(50)
  }
  throw new Error(`never came: ${JSON.stringify(await mails(id))}`)
}
const over = (runs: RunRow[], n: number) =>
  runs.length === n && runs.every((r) => ['done', 'stopped'].includes(r.state))
const addsUp = (r: RunRow) => expect(COUNTERS.reduce((n, c) => n + r[c], 0)).toBe(r.audience)
const held = async (id: string) =>
  s.ctx.store.db
    .updateTable('delivery')
    .set({ next_at: new Date(Date.now() + 900_000).toISOString() })
    .where('state', '=', 'deferred')
    .where(
      'dispatch_id',
      'in',
      (await mails(id)).map((r) => r.dispatch_id),
    )
    .execute()
/** Reader 3's server asks for patience: their row and the run rest for a quarter of an hour. */
async function halfTold(): Promise<string> {
  sink.script('reader3@mail.example', '450')
  const { id } = await createRelease(s.ctx, who('drafter'), policyDraft())
  await publishIt(id)
  const [run] = await until(id, (r) => r[0]?.deferred === 1)
  await held(id)
  const far = new Date(Date.now() + 900_000).toISOString()
  await sleep(300)
  await s.ctx.store.db
    .updateTable('dispatch_run')
    .set({ next_at: far })
    .where('dispatch_id', '=', run?.dispatch_id as string)
    .execute()
  sink.script('reader3@mail.example', null)
  return id
}

test('a reader told the wrong thing has the correction at once, though another reader’s server asked the first run to wait', async () => {
  const id = await halfTold()
  await correct(id)
  const [first, second] = await until(id, (r) => over(r, 2))
  expect(first).toMatchObject({ accepted: 2, superseded: 1, deferred: 0 })
  expect(second).toMatchObject({ accepted: 3, audience: 3 })
  for (const run of [first, second]) addsUp(run as RunRow)
  expect(sink.mailsTo('reader3@mail.example')).toHaveLength(1)
}, 30_000)

test('a reader mailed by an edition is mailed its correction, though the correction no longer names e-mail', async () => {
  const { id } = await createRelease(s.ctx, who('drafter'), policyDraft())
  await publishIt(id)
  await until(id, (r) => over(r, 1))
  await correct(id, { outlets: ['website', 'feeds'] })
  const runs = await until(id, (r) => over(r, 2))
  expect(runs[1]).toMatchObject({ accepted: 3 })
}, 30_000)

test('a reader not yet told still is while a correction is only being written', async () => {
  const id = await halfTold()
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  await s.ctx.store.db
    .updateTable('dispatch_run')
    .set({ next_at: s.ctx.clock.now() })
    .where('outlet', '=', 'email')
    .execute()
  await sleep(600)
  expect((await mails(id))[0]).toMatchObject({ state: 'sending', superseded: 0 })
}, 30_000)

test('a reader who leaves while their mail waits to be tried again is not written to', async () => {
  const id = await halfTold()
  await leave(s.ctx, tokens[3] as string)
  const now = s.ctx.clock.now()
  await s.ctx.store.db.updateTable('delivery').set({ next_at: now }).where('state', '=', 'deferred').execute()
  await s.ctx.store.db.updateTable('dispatch_run').set({ next_at: now }).where('outlet', '=', 'email').execute()
  const [run] = await until(id, (r) => over(r, 1))
  expect(run).toMatchObject({ accepted: 2, suppressed: 1, audience: 3 })
  expect(sink.mailsTo('reader3@mail.example')).toHaveLength(0)
}, 30_000)
