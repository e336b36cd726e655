/** 03:41, the wrong banner: sending is stopped, the words agreed with the alert go out, everybody who got it is told, and nobody else. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { progressOf } from '../../src/delivery/progress.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { resumeRun, stopRun } from '../../src/delivery/stop.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { releaseById, revisionOf } from '../../src/desk/store.ts'
import { clocksOf, runningOf } from '../../src/incident/clock-store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { type Asked, readAsked } from '../../src/publication/asked.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { releaseFalseAlarm } from '../../src/publication/false-alarm.ts'
import { find } from '../../src/publication/find.ts'
import { postReview } from '../../src/publication/post-review.ts'
import { verifyEditions } from '../../src/publication/verify.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { insertDuty } from '../../src/staff/store.ts'
import { capFacts, capProblems, chainProblems } from '../support/cap-rules.ts'
import { enrolReader } from '../support/crowd.ts'
import { needs } from '../support/needs.ts'
import { filesWith } from '../support/on-disk.ts'
import { fireDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { agreeAndPublish, type Station, station } from '../support/station.ts'
import { capSchema, lint } from '../support/xmllint.ts'

let s: Station
let sink: SmtpSink
let work: { stop(): Promise<void> }

const PLACE = '牧草暗语'
const kit = {
  wrong: `该信息系误发，${PLACE}没有起火。`,
  advice: '请勿转移，也不要转发；已转移的群众可以返回。以本更正为准。',
}

beforeAll(async () => {
  sink = await startSmtpSink()
  s = await station({ SMTP_URL: sink.url, MAIL_FROM: 'Press <press@league.example>' })
  for (const n of [1, 2, 3, 4, 5, 6]) await enrolReader(s.ctx, `reader${n}@mail.example`)
  work = await s.work()
}, 60_000)
afterAll(async () => {
  await work.stop()
  await s.close()
  await sink.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
const refusalOf = async (done: Promise<unknown>): Promise<Refusal> => {
  const err = await done.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(err instanceof Refusal)) throw new Error(`was not refused: ${err}`)
  return err
}

async function alert(over: object = {}, falseAlarm: object | undefined = kit) {
  const incident = await openIncident(s.ctx, who('drafter'), {
    titleZh: '草原火灾',
    class: 'natural',
    areas: ['159921'],
    knownAt: s.ctx.clock.now(),
  })
  const draft = fireDraft(incident.id, s.ctx.clock.now(), over)
  const zh = { ...draft.parts['zh-CN'], ...(falseAlarm ? { falseAlarm } : {}) }
  const parts = { 'zh-CN': zh } as typeof draft.parts
  return {
    incident,
    draft: { ...draft, parts },
    release: await createRelease(s.ctx, who('drafter'), { ...draft, parts }),
  }
}

const mailRun = async (id: string, edition: number) =>
  (await runsOfRelease(s.ctx.store.db, id)).filter((r) => r.outlet === 'email')[edition - 1]
async function until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = await look()
    if (found) return found
    await sleep(25)
  }
  throw new Error(`never came: ${what} ${JSON.stringify(s.errors)}`)
}
const put = (path: string) => fetch(`${s.url}${path}`).then(async (r) => ({ status: r.status, text: await r.text() }))
const search = (q: string) => find(s.ctx.store, readAsked({ q }) as Asked, { language: 'zh-CN', offset: '+08:00' })
/** Files of everything public, and mails, wherever these words lie in them. */
function publicBytesWith(words: string): string[] {
  const mails = sink.log.filter((m) => Buffer.from(decoded(m.raw)).includes(words))
  return [...filesWith(`${s.dir}/site`, words), ...mails.map((m) => `mail to ${m.to}`)]
}
/** Quoted-printable and base64 bodies as text; enough to find words in them. */
const decoded = (raw: Buffer): string => {
  const text = raw.toString('latin1')
  const quoted = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  const words = text.replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, b) => Buffer.from(b, 'base64').toString('latin1'))
  return Buffer.from(`${quoted}\n${words}`, 'latin1').toString('utf8')
}

test('who got the wrong banner is told that it was wrong, who did not is left in peace, and everything is counted', async () => {
  const { db } = s.ctx.store
  sink.script('reader5@mail.example', '450')
  sink.script('reader6@mail.example', '450')
  const { release } = await alert()
  await agreeAndPublish(s, release.id, 'flash')
  const going = await until(async () => {
    const run = await mailRun(release.id, 1)
    return run && run.accepted === 4 && run.deferred === 2 && run
  }, 'four told and two not')
  await until(
    async () => (await runsOfRelease(db, release.id)).filter((r) => r.verified_at).length === 2,
    'page read back',
  )

  // Nothing of the text that stands ready has left the office: page, feeds, CAP, JSON, search, mail.
  expect(publicBytesWith('发生草原火灾').length).toBeGreaterThan(5)
  expect(publicBytesWith(PLACE)).toEqual([])
  for (const path of ['/feeds/all.atom', '/feeds/all.rss', '/feeds/all.json', `/releases/${release.number}/`]) {
    const { status, text } = await put(path)
    expect(status, path).toBe(200)
    expect(text, path).toContain('哈日诺尔旗草原火灾')
    expect(text, path).not.toContain(PLACE)
    expect(text, path).not.toContain('误发')
  }
  expect((await search(PLACE)).hits).toEqual([])

  // 停止: from now on it is counted how long the wrong text stands.
  await stopRun(s.ctx, who('reviewer'), going.dispatch_id)
  const [wrong] = (await progressOf(s.ctx, who('signer'), release.id)).slice(-1)
  expect(wrong?.error?.correctedAt).toBeNull()
  const stopped = wrong?.error?.knownAt as string

  // 误发更正: a drafter at home may not; on duty they may, though they wrote it, for two others agreed to these words.
  const early = await refusalOf(releaseFalseAlarm(s.ctx, who('drafter'), release.id, { edition: 1 }))
  expect(early.code).toBe('false-alarm-not-on-duty')
  await insertDuty(db, {
    id: 'night',
    agency_id: 'league',
    member_id: 'drafter',
    role: 'drafter',
    backup: 0,
    starts_at: plus(s.ctx.clock.now(), -HOUR),
    ends_at: plus(s.ctx.clock.now(), HOUR),
  })
  sink.script('reader4@mail.example', 'drop-after-dot')
  sink.script('reader5@mail.example', null)
  sink.script('reader6@mail.example', null)
  await releaseFalseAlarm(s.ctx, who('drafter'), release.id, { edition: 1 })
  const second = await until(async () => {
    const run = await mailRun(release.id, 2)
    return run && run.plan_end > 0 && run.accepted === 3 && run.unknown === 1 && run
  }, 'three told again, one unknown')
  const first = await until(async () => {
    const run = await mailRun(release.id, 1)
    return run?.state === 'stopped' && run.superseded === 2 && run
  }, 'the first run over')

  // The unsent get nothing wrong, and nothing at all: they were never told.
  expect(sink.mailsTo('reader5@mail.example')).toEqual([])
  expect(sink.mailsTo('reader6@mail.example')).toEqual([])
  expect(first).toMatchObject({ accepted: 4, superseded: 2, deferred: 0, planned: 0 })
  expect(second.audience).toBe(4)
  for (const n of [1, 2, 3]) {
    const mails = sink.mailsTo(`reader${n}@mail.example`)
    expect(mails).toHaveLength(2)
    const said = decoded(mails[1]!.raw)
    expect(said).toContain('误发更正：《哈日诺尔旗草原火灾》系误发')
    expect(said).toContain(PLACE)
    expect(said).toContain('可以返回')
    expect(said).not.toMatch(/解除|更正：误发更正/)
  }
  // n of n, with those of whom nothing is known by their number.
  const [correction, alarm] = await progressOf(s.ctx, who('auditor'), release.id)
  expect(correction?.told).toEqual({ all: 4, done: 3, unknown: 1, left: 0, failed: 0 })

  // The timer: from the stop, not from the second press.
  const error = await until(async () => (await progressOf(s.ctx, who('auditor'), release.id))[1]?.error, 'the timer')
  expect(error?.knownAt).toBe(stopped)
  const met = await until(
    async () => (await clocksOf(db, [`edition:${alarm?.edition.id}`])).find((c) => c.met_at),
    'the clock met',
  )
  expect(met.rule).toBe('error-corrected')
  expect(Date.parse(met.met_at as string)).toBeGreaterThanOrEqual(Date.parse(stopped))
  expect(met.breached_at).toBeNull()

  // The address stays, and says first what was wrong.
  const page = await until(async () => {
    const found = await put(`/releases/${release.number}/`)
    return found.text.includes('误发更正') && found
  }, 'the page put right')
  expect(page.status).toBe(200)
  expect(page.text).toContain('误发更正')
  expect(page.text).toContain(PLACE)
  expect(page.text).not.toContain('解除')
  expect(page.text).not.toContain('下风向居民')

  // The alert is cancelled, in a file that holds against the schema.
  const paths = [...(await put('/cap/index.atom')).text.matchAll(/href="[^"]*(\/cap\/[^"]+\.xml)"/g)].map((m) => m[1]!)
  const messages = await Promise.all([...new Set(paths)].map(async (p) => (await put(p)).text))
  const cancel = messages.find((m) => m.includes('<msgType>Cancel</msgType>')) as string
  expect(cancel).toContain('误发更正')
  expect(cancel).not.toContain('解除')
  expect(capProblems(cancel)).toEqual([])
  const schema = needs('xmllint') ? capSchema() : null
  if (schema) lint(cancel, schema)
  expect(capFacts(cancel).references).toHaveLength(1)
  const alerted = await put(`/cap/${/ortoo-[\d-]+/.exec(capFacts(cancel).references[0] as string)?.[0]}.xml`)
  expect(chainProblems([capFacts(alerted.text), capFacts(cancel)])).toEqual([])

  // It is used once, held by the seal of what was signed, and looked at again by somebody else.
  const again = await refusalOf(releaseFalseAlarm(s.ctx, who('signer'), release.id, { edition: 2 }))
  expect(again.code).toBe('false-alarm-none')
  await expect(postReview(s.ctx, who('drafter'), release.id, { edition: 2, opinion: '看过' })).rejects.toThrow()
  await postReview(s.ctx, who('reviewer'), release.id, { edition: 2, opinion: '更正及时。' })
  expect((await verifyEditions(s.ctx)).faults).toEqual([])
  expect((await verifyLedger(db)).faults).toEqual([])
  sink.script('reader4@mail.example', null)
}, 60_000)

test('a newer edition lets the old text lapse and carries its own, agreed with it', async () => {
  const { release, draft } = await alert()
  await agreeAndPublish(s, release.id, 'flash')
  await beginCorrection(s.ctx, who('drafter'), release.id, { type: 'correction' })
  const zh = {
    ...draft.parts['zh-CN'],
    changeNote: '补充位置。',
    blocks: { ...draft.parts['zh-CN']?.blocks, whenWhere: '哈日诺尔旗东部草场' },
    falseAlarm: { ...kit, wrong: '该信息系误发，东部草场没有火情。' },
  }
  await saveDraft(s.ctx, who('drafter'), release.id, { ...draft, parts: { 'zh-CN': zh } }, null)
  await agreeAndPublish(s, release.id, 'flash')
  const old = await refusalOf(releaseFalseAlarm(s.ctx, who('signer'), release.id, { edition: 1 }))
  expect(old.code).toBe('false-alarm-lapsed')
  // A further correction that somebody has sent for signing gives way, and nobody is called to sign it any more.
  await beginCorrection(s.ctx, who('drafter2'), release.id, { type: 'correction' })
  const further = { ...zh, changeNote: '再次补充位置。', blocks: { ...zh.blocks, whenWhere: '哈日诺尔旗东南部草场' } }
  await saveDraft(s.ctx, who('drafter2'), release.id, { ...draft, parts: { 'zh-CN': further } }, null)
  await submit(s.ctx, who('drafter2'), release.id, null)
  const waiting = async () =>
    (await runningOf(s.ctx.store.db, ['step-flash-signer'])).filter((c) =>
      c.subject.startsWith(`release:${release.id}:`),
    )
  expect(await waiting()).toHaveLength(1)
  await releaseFalseAlarm(s.ctx, who('signer'), release.id, { edition: 2 })
  const row = await releaseById(s.ctx.store.db, release.id)
  expect(row).toMatchObject({ state: 'published', editions: 3 })
  expect(await waiting()).toEqual([])
  await until(async () => (await put(`/releases/${release.number}/`)).text.includes('东部草场没有火情'), 'the new text')
  // What is written on it later is never an alert again.
  await beginCorrection(s.ctx, who('drafter'), release.id, { type: 'correction' })
  const later = await revisionOf(s.ctx.store.db, release.id, (await releaseById(s.ctx.store.db, release.id))!.revision)
  expect(later?.content.core).toMatchObject({ falseAlarmOf: 2 })
  expect(later?.content.core.cap).toBeUndefined()
  expect(later?.content.parts['zh-CN']?.falseAlarm).toBeUndefined()
}, 60_000)

test('a drafter who writes 险情解除 into it, or not that it was an error, is told why, and one who writes nothing has words that hold', async () => {
  const lifted = await alert({}, { wrong: '险情已解除，该信息有误。', advice: '请以本更正为准。' })
  const why = await refusalOf(submit(s.ctx, who('drafter'), lifted.release.id, null))
  expect(why.issues.map((i) => [i.field, i.code])).toEqual([['parts.zh-CN.falseAlarm.wrong', 'false-alarm-lifts']])
  const vague = await alert({}, { wrong: '请注意。', advice: '请放心。' })
  const unsaid = await refusalOf(submit(s.ctx, who('drafter'), vague.release.id, null))
  expect(unsaid.issues.map((i) => i.code)).toEqual(['false-alarm-unsaid'])
  const bare = await alert({}, undefined)
  await submit(s.ctx, who('drafter'), bare.release.id, null)
  const revision = await revisionOf(s.ctx.store.db, bare.release.id, 1)
  expect(revision?.content.parts['zh-CN']?.falseAlarm?.note).toContain(bare.release.number)
}, 60_000)

test('what is let go on after a stop was no error, and nobody is reproached for it', async () => {
  sink.script('reader6@mail.example', '450')
  const { release } = await alert()
  await agreeAndPublish(s, release.id, 'flash')
  const run = await until(async () => {
    const r = await mailRun(release.id, 1)
    return r?.deferred === 1 && r
  }, 'one put off')
  await stopRun(s.ctx, who('signer'), run.dispatch_id)
  await until(async () => (await mailRun(release.id, 1))?.state === 'stopped', 'stopped')
  sink.script('reader6@mail.example', null)
  await resumeRun(s.ctx, who('signer'), run.dispatch_id, { answer: 'go-on' })
  expect((await progressOf(s.ctx, who('signer'), release.id))[0]?.error).toBeNull()
}, 60_000)

test('after a purge no word of a text that stood ready is left, neither where it waited nor where it went out', async () => {
  const ready = await alert({}, { ...kit, wrong: '该信息系误发，备用暗记在此。' })
  const used = await alert({}, { ...kit, wrong: '该信息系误发，发出暗记在此。' })
  for (const { release } of [ready, used]) await agreeAndPublish(s, release.id, 'flash')
  await releaseFalseAlarm(s.ctx, who('signer'), used.release.id, { edition: 1 })
  await until(async () => (await put(`/releases/${used.release.number}/`)).text.includes('发出暗记'), 'it went out')
  for (const { release } of [ready, used]) {
    await quarantine(s.ctx, who('reviewer'), release.id)
    await until(async () => (await put(`/releases/${release.number}/`)).status === 410, 'off the site')
    await until(
      async () => (await runsOfRelease(s.ctx.store.db, release.id)).every((r) => ['done', 'stopped'].includes(r.state)),
      'off the feeds',
    )
    const instruction = '示保〔2026〕1号'
    await settleQuarantine(s.ctx, who('confidentiality'), release.id, { outcome: 'purged', instruction })
  }
  await until(async () => filesWith(s.dir, ['备用暗记', '发出暗记']).length === 0, 'no word of either left')
}, 60_000)
