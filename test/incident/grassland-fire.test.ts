/**
 * A grassland fire from the first word to the final report and its end, with every clock it starts, reports upward, public concern and a
 * press conference; and what two people put right.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { putTopic } from '../../src/audience/store.ts'
import { acknowledge, alarmsFor } from '../../src/delivery/alarms.ts'
import { sweepClocks } from '../../src/delivery/sweep.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { recordFact } from '../../src/desk/record-fact.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { releaseById } from '../../src/desk/store.ts'
import { boardFor } from '../../src/incident/board.ts'
import { meetByHand, startByDecision } from '../../src/incident/by-hand.ts'
import { clockEvents, clockOf, clocksOf, stateOf } from '../../src/incident/clock-store.ts'
import { type ClockEvent, replay } from '../../src/incident/clocks.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { collectOpinion } from '../../src/incident/collect-opinion.ts'
import { setGrade } from '../../src/incident/grade.ts'
import { decideKnownAt, proposeKnownAt } from '../../src/incident/known-at.ts'
import { linkAnswer, moveOpinion } from '../../src/incident/move-opinion.ts'
import { openIncident } from '../../src/incident/open.ts'
import { opinionById, stepsOf } from '../../src/incident/opinion-store.ts'
import { recordReceipt, registerUpward } from '../../src/incident/register-upward.ts'
import { factsOf, incidentById } from '../../src/incident/store.ts'
import { standing } from '../../src/incident/upward.ts'
import { receiptsOf, upwardOf } from '../../src/incident/upward-store.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { confirmHeld } from '../../src/publication/hold-conference.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft, policyDraft } from '../support/sample.ts'

let place: Workplace
let people: Office
beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx)
  await putTopic(place.ctx.store.db, { slug: 'policy', name_zh: '政策', name_en: 'Policy', position: 9 })
})
afterAll(() => place.close())
beforeEach(() => expect(place.logged).toEqual([]))

const db = () => place.ctx.store.db
const now = () => place.clock.now()
const opened = (over: object = {}) =>
  openIncident(place.ctx, people.own.drafter, {
    titleZh: '哈日诺尔旗草原火灾',
    class: 'natural',
    areas: ['159921'],
    knownAt: now(),
    ...over,
  })
const clock = async (incident: string, rule: string) => {
  const row = await clockOf(db(), `incident:${incident}`, rule)
  if (!row) throw new Error(`no clock ${rule}`)
  return row
}
/** A flash report, signed by one, out at once. @returns its id */
async function report(incident: string, core: object = {}, title?: string): Promise<string> {
  const draft = fireDraft(incident, now(), core)
  if (title) Object.assign(draft.parts['zh-CN'] as object, { title })
  const made = await createRelease(place.ctx, people.own.drafter, draft)
  await submit(place.ctx, people.own.drafter, made.id, null)
  const revisionHash = (await currentSubmission(db(), made.id))?.revision_hash as string
  await decideAndPublish(place.ctx, people.own.signer, made.id, {
    revisionHash,
    verdict: 'approve',
    confidentiality: CLEAR,
  })
  return made.id
}
/** A routine release through every step of the chain, out at once. @returns its number */
async function out(draft: ContentInput | string): Promise<string> {
  const { ctx } = place
  const id = typeof draft === 'string' ? draft : (await createRelease(ctx, people.own.drafter, draft)).id
  await submit(ctx, people.own.drafter, id, null)
  const revisionHash = (await currentSubmission(db(), id))?.revision_hash as string
  const yes = { revisionHash, verdict: 'approve' as const }
  await decideAndPublish(ctx, people.own.reviewer, id, yes)
  await decideAndPublish(ctx, people.own.confidentiality, id, { ...yes, confidentiality: CLEAR })
  await decideAndPublish(ctx, people.own.signer, id, yes)
  const release = await releaseById(db(), id)
  expect(release?.state).toBe('published')
  return release?.number as string
}
const causes = async () =>
  (await alarmsFor(place.ctx, people.own.signer))
    .filter((a) => a.subject.startsWith('clock:'))
    .map((a) => [a.cause, a.owner])
const rules = async (incident: string) =>
  (await clocksOf(db(), [`incident:${incident}`])).filter((c) => !c.met_at && !c.ended_at).map((c) => c.rule)
/** The row is what its events add up to. */
async function assertWhole(): Promise<void> {
  const rows = await db().selectFrom('clock').selectAll().execute()
  for (const row of rows) {
    const events = await clockEvents(db(), [row.id])
    const told = events.map((e) => ({ kind: e.kind, at: e.at, started: e.started_at, due: e.due_at }) as ClockEvent)
    expect(replay(told), `${row.rule} ${row.subject}`).toEqual(stateOf(row))
  }
}

describe('a fire', () => {
  let fire = ''
  test('of unknown grade starts no clock; figures suggest one, a signer confirms it, and two clocks run from when it was known', async () => {
    const known = now()
    fire = (await opened()).id
    expect(await rules(fire)).toEqual([])
    const say = (value: string, more: object = {}) =>
      recordFact(place.ctx, people.own.drafter, fire, {
        what: 'deaths',
        value,
        asOf: now(),
        source: '旗应急管理局',
        ...more,
      })
    await say('11')
    await expect(say('9')).rejects.toMatchObject({ issues: [{ field: 'explanation', code: 'fact-falls' }] })
    await expect(say('一百')).rejects.toMatchObject({ issues: [{ field: 'value', code: 'fact-number' }] })
    await expect(say('12', { asOf: plus(now(), HOUR) })).rejects.toMatchObject({ issues: [{ code: 'fact-in-future' }] })
    await expect(say('12', { source: '机密★10年' })).rejects.toMatchObject({ issues: [{ code: 'secrecy-mark' }] })
    place.clock.advance(HOUR)
    await say('10', { explanation: '核减重复统计1人' })
    expect((await factsOf(db(), fire)).map((f) => f.value)).toEqual(['11', '10'])
    await expect(setGrade(place.ctx, people.own.drafter, fire, { grade: 'major' })).rejects.toMatchObject({
      code: 'no-role',
    })
    await setGrade(place.ctx, people.own.signer, fire, { grade: 'major' })
    expect(await rules(fire)).toEqual(['first-information', 'press-conference'])
    expect((await clock(fire, 'first-information')).due_at).toBe(plus(known, 5 * HOUR))
    const set = await db().selectFrom('incident_grade').selectAll().where('incident_id', '=', fire).executeTakeFirst()
    expect(set).toMatchObject({ grade: 'major', suggested: 'major', before_grade: null })
  })

  test('whoever is on duty is told at half, near the end and at the deadline, then the one behind; one alarm at a time', async () => {
    for (const [key, backup] of [
      ['signer', false],
      ['signer2', true],
    ] as const)
      await addDuty(place.ctx, people.own.admin, {
        memberId: `league-${key}`,
        role: 'signer',
        backup,
        startsAt: now(),
        endsAt: plus(now(), 3 * DAY),
      })
    await sweepClocks(place.ctx)
    expect(await causes()).toEqual([])
    place.clock.advance(1.5 * HOUR)
    await sweepClocks(place.ctx)
    await sweepClocks(place.ctx)
    expect(await causes()).toEqual([['clock-half', 'league-signer']])
    place.clock.advance(9 * MINUTE)
    await sweepClocks(place.ctx)
    expect(await causes()).toEqual([['clock-half', 'league-signer']])
    place.clock.advance(2 * MINUTE)
    await sweepClocks(place.ctx)
    expect(await causes()).toEqual([['clock-half', 'league-signer2']])
    const [first] = await alarmsFor(place.ctx, people.own.signer2)
    await acknowledge(place.ctx, people.own.signer2, first?.id as string)
    place.clock.advance(1.5 * HOUR)
    await sweepClocks(place.ctx)
    expect(await causes()).toEqual([['clock-due-soon', 'league-signer']])
  })

  test('the first report meets the first clock and promises the next, a second keeps that promise, and a late one is late', async () => {
    await report(fire)
    const done = await clock(fire, 'first-information')
    expect([done.met_at, done.breached_at]).toEqual([now(), null])
    expect(await causes()).toEqual([])
    const promised = () =>
      db().selectFrom('clock').selectAll().where('rule', '=', 'next-update').orderBy('started_at').execute()
    expect((await promised()).map((c) => c.due_at)).toEqual([plus(now(), 2 * HOUR)])
    place.clock.advance(HOUR)
    await report(fire, { kind: 'incident-update', nextUpdateAt: plus(now(), HOUR) })
    expect((await promised()).map((c) => c.met_at !== null)).toEqual([true, false])
    place.clock.advance(2 * HOUR)
    await sweepClocks(place.ctx)
    const missed = (await boardFor(place.ctx, people.own.signer, { rule: 'next-update' })).lines
    expect(missed.map((l) => l.standing)).toEqual(['breached'])
    expect((await causes()).map(([cause]) => cause)).toContain('clock-breached')
    await report(fire, { kind: 'incident-final', nextUpdateAt: undefined })
    const [, second] = await promised()
    expect([second?.breached_at !== null, second?.met_at !== null]).toEqual([true, true])
    const late = await boardFor(place.ctx, people.own.auditor, { late: '1' })
    expect(late.lines.map((l) => [l.clock.rule, l.standing])).toEqual([['next-update', 'breached']])
  })

  test('an exercise stands under no real incident and meets none of its duties; its own incident starts none', async () => {
    const other = (await opened({ grade: 'major' })).id
    const title = '【演练】哈日诺尔旗草原火灾'
    await expect(report(other, { mode: 'exercise' }, title)).rejects.toMatchObject({
      issues: [{ field: 'core.incidentId', code: 'incident-mode' }],
    })
    expect((await clock(other, 'first-information')).met_at).toBeNull()
    const own = await opened({ grade: 'major', mode: 'exercise' })
    expect(own.number).toMatch(/^E2026-/)
    await report(own.id, { mode: 'exercise' }, title)
    expect(await clocksOf(place.ctx.store.db, [`incident:${own.id}`])).toEqual([])
  })

  test('reports upward meet the ladder at the time they went up, are put right by another entry, and hold no content', async () => {
    const known = (await incidentById(db(), fire))?.known_at as string
    await startByDecision(place.ctx, people.own.signer, fire, { rule: 'upward-state', why: '重大事件' })
    expect((await clock(fire, 'upward-state')).due_at).toBe(plus(known, 4 * HOUR))
    await sweepClocks(place.ctx)
    expect((await clock(fire, 'upward-state')).breached_at).not.toBeNull()
    const say = (over: object) =>
      registerUpward(place.ctx, people.own.drafter, fire, {
        recipient: '示例自治区应急管理厅',
        means: 'phone',
        reportedAt: plus(known, 3 * HOUR),
        ...over,
      })
    await expect(say({ content: '火势' })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(say({ recipient: '应急厅：死亡11人。' })).rejects.toMatchObject({ issues: [{ code: 'upward-body' }] })
    await expect(say({ reportedAt: plus(known, -HOUR), number: '火势很大，正在扑救' })).rejects.toMatchObject({
      issues: [{ field: 'number' }, { code: 'upward-before-known' }],
    })
    // Done in time and written down afterwards: it was in time.
    const first = await say({})
    const met = await clock(fire, 'upward-state')
    expect([met.met_at, met.breached_at]).toEqual([plus(known, 3 * HOUR), null])
    await recordReceipt(place.ctx, people.own.drafter, fire, first.id, {
      receivedAt: plus(known, 3 * HOUR),
      number: '0311',
    })
    place.clock.advance(MINUTE)
    const right = await say({ reportedAt: plus(known, 5 * HOUR), supersedes: first.id })
    expect((await clock(fire, 'upward-state')).breached_at).toBe(now())
    await expect(say({ supersedes: first.id })).rejects.toMatchObject({ code: 'upward-superseded' })
    await expect(
      db().updateTable('upward_report').set({ recipient: 'x' }).where('id', '=', first.id).execute(),
    ).rejects.toThrow(/upward-report-is-permanent/)
    await say({ reportedAt: now(), means: 'system', number: '应急〔2026〕12号' })
    const rows = await upwardOf(db(), fire)
    expect(rows.map((r) => [Number(r.ordinal), r.supersedes])).toEqual([
      [1, null],
      [1, first.id],
      [2, null],
    ])
    const stands = standing(
      rows,
      await receiptsOf(
        db(),
        rows.map((r) => r.id),
      ),
    )
    expect(stands.map((u) => [u.entry.id === right.id, u.corrected.length, u.receipt])).toEqual([
      [true, 1, undefined],
      [false, 0, undefined],
    ])
  })

  test('what people say is collected, judged and answered by a clarification that names the claim without its link', async () => {
    const say = (title: string) => collectOpinion(place.ctx, people.own.drafter, { title, incidentId: fire })
    await expect(say('见 https://rumour.example/1')).rejects.toMatchObject({ issues: [{ code: 'opinion-link' }] })
    const item = await say('关于火场伤亡的说法')
    const own = () => clockOf(db(), `opinion:${item.id}`, 'opinion-response')
    expect((await own())?.due_at).toBe(plus(now(), 48 * HOUR))
    const move = (to: string, by = people.own.signer, more: object = {}) =>
      moveOpinion(place.ctx, by, item.number, { to, ...more })
    await expect(move('judged', people.own.signer, { decision: 'respond' })).rejects.toMatchObject({
      code: 'opinion-not-now',
    })
    await move('consulted', people.own.drafter)
    await expect(move('judged', people.own.drafter, { decision: 'respond' })).rejects.toMatchObject({ code: 'no-role' })
    await expect(move('judged')).rejects.toMatchObject({ issues: [{ field: 'decision', code: 'required' }] })
    await move('judged', people.own.signer, { decision: 'respond' })
    const draft = (claim: string): ContentInput => ({
      core: { kind: 'clarification', incidentId: fire, areas: ['159921'], topics: ['fire'] },
      parts: {
        'zh-CN': {
          title: '关于火场伤亡说法的情况说明',
          blocks: { claim, facts: '经核实，死亡10人，无失踪人员。' },
          body: '',
        },
      },
      attachments: [],
    })
    for (const [claim, code] of [
      ['网传“死亡百人”，见 http://t.example/x', 'claim-link'],
      ['微信号：huochang_119 称死亡百人', 'claim-account'],
      ['@草原老张 称死亡百人', 'claim-account'],
    ])
      await expect(out(draft(claim as string))).rejects.toMatchObject({ issues: [{ code }] })
    const made = await createRelease(
      place.ctx,
      people.own.drafter,
      draft('社交平台出现“火场死亡百人”的说法，与事实不符。'),
    )
    await linkAnswer(place.ctx, people.own.drafter, item.id, { releaseId: made.id }, { isPublic: false })
    expect((await own())?.met_at).toBeNull()
    await out(made.id)
    const answered = await opinionById(db(), item.id)
    expect([answered?.state, answered?.answered_by, (await own())?.met_at]).toEqual(['responded', 'release', now()])
    await move('assessed')
    expect((await stepsOf(db(), [item.id])).map((s) => s.state)).toEqual([
      'collected',
      'consulted',
      'judged',
      'responded',
      'assessed',
    ])
    await assertWhole()
  })

  test('a conference that is announced meets nothing; one that was held and is confirmed does, at its hour', async () => {
    const other = (await opened({ grade: 'major' })).id
    const startsAt = plus(now(), 20 * HOUR)
    const number = await out({
      core: {
        kind: 'press-conference',
        incidentId: other,
        conference: { startsAt, place: '新闻发布厅' },
        areas: ['159921'],
        topics: ['fire'],
      },
      parts: {
        'zh-CN': { title: '草原火灾新闻发布会', blocks: { whenWhere: '新闻发布厅' }, body: '<p>请媒体报名。</p>' },
      },
      attachments: [],
    })
    const held = (sent: object = {}, by = people.own.drafter) => confirmHeld(place.ctx, by, number, sent)
    expect((await clock(other, 'press-conference')).met_at).toBeNull()
    await expect(held()).rejects.toMatchObject({ code: 'conference-not-yet' })
    await expect(held({}, people.actors.other.signer)).rejects.toMatchObject({ kind: 'not-found' })
    place.clock.advance(25 * HOUR)
    await sweepClocks(place.ctx)
    expect((await clock(other, 'press-conference')).breached_at).not.toBeNull()
    await expect(held({ heldAt: plus(startsAt, -HOUR) })).rejects.toMatchObject({ issues: [{ code: 'held-outside' }] })
    await held({ heldAt: plus(startsAt, 10 * MINUTE) })
    const met = await clock(other, 'press-conference')
    expect([met.met_at, met.breached_at]).toEqual([plus(startsAt, 10 * MINUTE), null])
    await expect(held()).rejects.toMatchObject({ code: 'conference-held-already' })
    await assertWhole()
  })

  test('other concern is answered by decision, and the end ends what is still open and starts the destruction of personal data', async () => {
    await startByDecision(place.ctx, people.own.signer, fire, { rule: 'opinion-response', why: '网民关注起火原因' })
    await expect(
      startByDecision(place.ctx, people.own.signer, fire, { rule: 'opinion-response', why: '再次' }),
    ).rejects.toMatchObject({ code: 'clock-runs-already' })
    await expect(
      startByDecision(place.ctx, people.own.signer, fire, { rule: 'opinion-response', why: ' ' }),
    ).rejects.toMatchObject({ issues: [{ field: 'why', code: 'required' }] })
    expect(await rules(fire)).toEqual(['press-conference', 'opinion-response'])
    await meetByHand(place.ctx, people.own.signer, (await clock(fire, 'press-conference')).id, { why: '已在现场举行' })
    await closeIncident(place.ctx, people.own.signer, fire)
    expect(await rules(fire)).toEqual(['personal-data'])
    expect((await clock(fire, 'personal-data')).due_at).toBe(plus(now(), 30 * DAY))
    expect((await clock(fire, 'opinion-response')).ended_at).toBe(now())
    await expect(
      recordFact(place.ctx, people.own.drafter, fire, { what: 'deaths', value: '1', asOf: now(), source: '局' }),
    ).rejects.toMatchObject({ code: 'incident-is-closed' })
    await assertWhole()
  })
})

describe('知悉时间', () => {
  test('is put right by two people, and what hangs on it moves: what was in time may turn out late', async () => {
    const incident = (await opened({ grade: 'major' })).id
    const known = now()
    place.clock.advance(4 * HOUR)
    await report(incident)
    expect((await clock(incident, 'first-information')).breached_at).toBeNull()
    const earlier = plus(known, -2 * HOUR)
    const propose = (by = people.own.signer, over: object = {}) =>
      proposeKnownAt(place.ctx, by, incident, { knownAt: earlier, why: '接警记录为准', ...over })
    await expect(propose(people.own.signer, { knownAt: known })).rejects.toMatchObject({
      issues: [{ code: 'known-unchanged' }],
    })
    await expect(propose(people.own.signer, { knownAt: plus(now(), HOUR), why: '' })).rejects.toMatchObject({
      issues: [{ code: 'known-in-future' }, { code: 'required' }],
    })
    const id = await propose()
    await expect(propose(people.own.signer2)).rejects.toMatchObject({ code: 'one-correction-open' })
    const decide = (by: typeof people.own.signer) => decideKnownAt(place.ctx, by, incident, id, { verdict: 'apply' })
    await expect(decide(people.own.signer)).rejects.toMatchObject({ code: 'own-change' })
    await expect(decide(people.own.drafter)).rejects.toMatchObject({ code: 'no-role' })
    await expect(decide(people.actors.other.signer)).rejects.toMatchObject({ code: 'other-agency' })
    await decide(people.own.signer2)
    await expect(decide(people.actors.region.signer)).rejects.toMatchObject({ code: 'change-decided' })
    const first = await clock(incident, 'first-information')
    expect([first.started_at, first.due_at]).toEqual([earlier, plus(earlier, 5 * HOUR)])
    expect(first.breached_at).toBe(first.due_at)
    const conference = await clock(incident, 'press-conference')
    expect(conference.due_at).toBe(plus(earlier, 24 * HOUR))
    const kinds = (await clockEvents(db(), [first.id])).map((e) => [e.kind, e.due_at])
    expect(kinds).toEqual([
      ['started', plus(known, 5 * HOUR)],
      ['met', null],
      ['moved', plus(earlier, 5 * HOUR)],
    ])
    await assertWhole()
  })
})

describe('working days', () => {
  test('run from the day a document was formed, stand still while a doubt is referred, and go on', async () => {
    place.clock.set('2026-03-02T02:00:00.000Z')
    const release = await createRelease(
      place.ctx,
      people.own.drafter,
      policyDraft({ formedOn: '2026-02-27', topics: ['farming'] }),
    )
    const subject = `release:${release.id}`
    const own = async (rule: string) =>
      (await clockOf(db(), subject, rule)) as NonNullable<Awaited<ReturnType<typeof clockOf>>>
    expect((await own('proactive-publication')).due_at).toBeNull()
    await sweepClocks(place.ctx)
    // Saturday 28 February is worked.
    expect((await own('proactive-publication')).due_at?.slice(0, 10)).toBe('2026-03-26')
    await submit(place.ctx, people.own.drafter, release.id, null)
    const revisionHash = async () => (await currentSubmission(db(), release.id))?.revision_hash as string
    await decideAndPublish(place.ctx, people.own.reviewer, release.id, {
      revisionHash: await revisionHash(),
      verdict: 'approve',
    })
    await decideAndPublish(place.ctx, people.own.confidentiality, release.id, {
      revisionHash: await revisionHash(),
      verdict: 'return',
      opinion: '是否涉密不能确定',
      confidentiality: { ...CLEAR, verdict: 'refer-out' },
    })
    expect((await own('proactive-publication')).paused_at).toBe(now())
    place.clock.advance(7 * DAY)
    await meetByHand(place.ctx, people.own.confidentiality, (await own('referral')).id, { why: '已报送' })
    expect((await own('proactive-publication')).paused_at).not.toBeNull()
    place.clock.advance(7 * DAY)
    await sweepClocks(place.ctx)
    await meetByHand(place.ctx, people.own.confidentiality, (await own('referral-decision')).id, {
      why: '不属于国家秘密',
    })
    await sweepClocks(place.ctx)
    const after = await own('proactive-publication')
    // Stopped with 18 working days left; two weeks later there are still 18, over Qingming.
    expect([after.paused_at, after.due_at?.slice(0, 10)]).toEqual([null, '2026-04-10'])
    await saveDraft(
      place.ctx,
      people.own.drafter,
      release.id,
      policyDraft({ formedOn: '2026-12-10', topics: ['farming'] }),
      null,
    )
    await sweepClocks(place.ctx)
    expect((await own('proactive-publication')).due_at).toBeNull()
    expect((await alarmsFor(place.ctx, people.own.admin)).map((a) => a.subject)).toContain('calendar:2027')
    await assertWhole()
  })

  test('a leak is reported within a day, told by a person, on the board of the agency and those above and of nobody else', async () => {
    place.clock.set('2026-11-24T02:00:00.000Z')
    const incident = await opened()
    const id = await report(incident.id)
    await quarantine(place.ctx, people.own.reviewer, id)
    const leak = (await clockOf(db(), `release:${id}`, 'leak-report')) as { id: string; due_at: string }
    expect(leak.due_at).toBe(plus(now(), DAY))
    const sees = async (by: typeof people.own.signer) =>
      (await boardFor(place.ctx, by, { rule: 'leak-report' })).lines.some((l) => l.clock.id === leak.id)
    expect([await sees(people.own.auditor), await sees(people.actors.region.auditor)]).toEqual([true, true])
    expect([await sees(people.actors.banner.auditor), await sees(people.actors.other.auditor)]).toEqual([false, false])
    await expect(meetByHand(place.ctx, people.actors.other.signer, leak.id, { why: 'x' })).rejects.toMatchObject({
      kind: 'not-found',
    })
    await meetByHand(place.ctx, people.own.confidentiality, leak.id, { why: '已电话并书面报告' })
    expect(await sees(people.own.auditor)).toBe(false)
  })

  test('no event of a clock and no figure can be changed or taken away', async () => {
    for (const what of ['clock_event', 'incident_fact'] as const)
      await expect(db().deleteFrom(what).execute()).rejects.toThrow(/is-permanent/)
    await expect(db().updateTable('clock').set({ rule_version: 'x' }).execute()).rejects.toThrow(/keeps-its-rule/)
  })
})
