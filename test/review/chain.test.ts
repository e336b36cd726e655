/** Who must still agree: proofs, languages by those registered for them, colleagues who stand in, steps that wait too long. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sweepClocks } from '../../src/delivery/sweep.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { runningClocks } from '../../src/incident/board-store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../src/lib/clock.ts'
import { summonsOf } from '../../src/review/ask-store.ts'
import { turnsBy } from '../../src/review/call-next.ts'
import { confidentialitySheet } from '../../src/review/confidentiality-sheet.ts'
import { decide } from '../../src/review/decide.ts'
import { changeLimits, USUAL } from '../../src/review/limit.ts'
import { recordCall } from '../../src/review/record-call.ts'
import { leftIssues } from '../../src/review/somebody-left.ts'
import { currentSubmission, decisionsOf } from '../../src/review/store.ts'
import { submit, takeBack } from '../../src/review/submit.ts'
import { endAbsence, enterAbsence } from '../../src/staff/absence.ts'
import { actorOf } from '../../src/staff/auth.ts'
import { chainIssues, DEFAULT_CHAINS, type Step, withProofs } from '../../src/staff/chain.ts'
import type { Actor } from '../../src/staff/member.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { memberById, updateAgency, updateMember } from '../../src/staff/store.ts'
import { acknowledgeAlarm, openAlarms } from '../../src/store/alarm.ts'
import { createApp } from '../../src/web/app.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft, policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let own: Office['own']

beforeEach(async () => {
  at = await workplace()
  people = await office(at.ctx)
  own = people.own
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

const db = () => at.ctx.store.db
const draft = (body = '<p>请遵照执行。</p>'): ContentInput =>
  policyDraft({ topics: ['farming'], documentNumber: undefined }, body)
function bilingual(english = '<p>Please comply.</p>'): ContentInput {
  const content = draft()
  content.parts.en = { title: 'Notice on fodder', blocks: {}, body: english }
  return content
}

/** Registers a member for these languages and comes back as them. */
async function speaking(id: string, languages: string[]): Promise<Actor> {
  await updateMember(db(), id, { languages: JSON.stringify(languages) })
  return actorOf(at.ctx, (await memberById(db(), id))!)
}

async function sent(content: ContentInput) {
  const release = await createRelease(at.ctx, own.drafter, content)
  await submit(at.ctx, own.drafter, release.id, null)
  return release
}
const hashOf = async (id: string) => (await currentSubmission(db(), id))!.revision_hash
/** A second later than what was before, as in an office. */
const agree = async (by: Actor, id: string, more = {}) => {
  at.clock.advance(SECOND)
  return decide(at.ctx, by, id, { revisionHash: await hashOf(id), verdict: 'approve', ...more })
}
const stepClocks = async () => (await runningClocks(db(), ['league'], 9)).filter((c) => c.rule.startsWith('step-'))
const steps = async (id: string) => (await decisionsOf(db(), id)).map((d) => `${d.step} ${d.member_id}`)

describe('a language', () => {
  test('is agreed to by somebody registered for it, and nobody signs before', async () => {
    const chinese = await speaking('league-reviewer', ['zh-CN'])
    const english = await speaking('league-reviewer2', ['en'])
    const release = await sent(bilingual())
    await agree(chinese, release.id)
    await expect(agree(own.confidentiality, release.id, { confidentiality: CLEAR })).rejects.toMatchObject({
      code: 'no-role',
    })
    await agree(english, release.id)
    await agree(own.confidentiality, release.id, { confidentiality: CLEAR })
    await agree(own.signer, release.id)
    expect(await steps(release.id)).toHaveLength(4)
  })

  test('that nobody is registered for is found when the draft is sent, not at the last step', async () => {
    await speaking('league-reviewer', ['zh-CN'])
    await speaking('league-reviewer2', ['zh-CN'])
    const release = await createRelease(at.ctx, own.drafter, bilingual())
    await expect(submit(at.ctx, own.drafter, release.id, null)).rejects.toMatchObject({
      issues: [{ field: 'chain', code: 'nobody-reads', params: { step: 'review', language: 'en' } }],
    })
  })

  test('in a chain without a reader is answered for by the signer, registered for all of them', async () => {
    await updateAgency(db(), 'league', { chains: JSON.stringify({ ...DEFAULT_CHAINS, routine: DEFAULT_CHAINS.flash }) })
    const plain = await speaking('league-signer', ['zh-CN'])
    await speaking('league-signer2', ['zh-CN', 'en'])
    const release = await sent(bilingual())
    await expect(agree(plain, release.id, { confidentiality: CLEAR })).rejects.toMatchObject({
      code: 'no-language',
      params: { languages: 'en' },
    })
    await agree(await speaking('league-signer2', ['zh-CN', 'en']), release.id, { confidentiality: CLEAR })
    const chineseOnly = await sent(draft())
    await agree(await speaking('league-signer', []), chineseOnly.id, { confidentiality: CLEAR })
  })
})

describe('proofs', () => {
  beforeEach(async () => {
    await updateAgency(db(), 'league', {
      chains: JSON.stringify({ ...DEFAULT_CHAINS, routine: withProofs(DEFAULT_CHAINS.routine, 1) }),
    })
  })

  test('are marks of other people than the drafter and the reviewer, and stand on the sheet', async () => {
    const release = await sent(draft())
    await agree(own.reviewer, release.id)
    await expect(agree(own.reviewer, release.id)).rejects.toMatchObject({ code: 'one-person-one-step' })
    await agree(own.reviewer2, release.id)
    await agree(own.confidentiality, release.id, { confidentiality: CLEAR })
    const sheet = await confidentialitySheet(at.ctx, own.auditor, release.id)
    expect(sheet.steps.map((s) => [s.step, s.memberId])).toEqual([
      ['review', 'league-reviewer'],
      ['proof-1', 'league-reviewer2'],
      ['confidentiality', 'league-confidentiality'],
    ])
  })

  test('stand while the words do: a new place for it to go leaves them, a new word takes them away', async () => {
    const release = await sent(draft())
    await agree(own.reviewer, release.id)
    await agree(own.reviewer2, release.id)
    await takeBack(at.ctx, own.drafter, release.id)
    const elsewhere = draft()
    elsewhere.core.areas = ['159921']
    await saveDraft(at.ctx, own.drafter, release.id, elsewhere, null)
    await submit(at.ctx, own.drafter, release.id, null)
    // The reviewer answered for the core as well; the proof is of the words alone.
    const waits = async () => (await stepClocks()).map((c) => c.subject.split(':').at(-1))
    expect(await waits()).toEqual(['review'])
    await agree(own.reviewer, release.id)
    expect(await waits()).toEqual(['confidentiality'])
    expect((await confidentialitySheet(at.ctx, own.auditor, release.id)).steps.map((s) => s.step)).toContain('proof-1')
    await takeBack(at.ctx, own.drafter, release.id)
    await saveDraft(at.ctx, own.drafter, release.id, draft('<p>请认真遵照执行。</p>'), null)
    await submit(at.ctx, own.drafter, release.id, null)
    await agree(own.reviewer, release.id)
    expect(await waits()).toEqual(['proof-1'])
    expect((await confidentialitySheet(at.ctx, own.auditor, release.id)).steps.map((s) => s.step)).toEqual(['review'])
  })

  test('more than there are people for are found when the draft is sent', async () => {
    await updateAgency(db(), 'league', {
      chains: JSON.stringify({ ...DEFAULT_CHAINS, routine: withProofs(DEFAULT_CHAINS.routine, 3) }),
    })
    const release = await createRelease(at.ctx, own.drafter, draft())
    await expect(submit(at.ctx, own.drafter, release.id, null)).rejects.toMatchObject({
      issues: [{ code: 'too-few-people', params: { n: 6 } }],
    })
  })

  test('are steps of their own in a chain that still ends with the signature', () => {
    const three = withProofs(DEFAULT_CHAINS.routine, 3)
    expect(three.map((s) => s.name)).toEqual(['review', 'proof-1', 'proof-2', 'proof-3', 'confidentiality', 'sign'])
    expect(chainIssues({ ...DEFAULT_CHAINS, routine: three })).toEqual([])
    expect(withProofs(three, 0)).toEqual(DEFAULT_CHAINS.routine)
    const mixed: Step[] = [{ name: 'sign', role: 'signer', duties: ['confidentiality', 'sign', 'proof'] }]
    expect(chainIssues({ ...DEFAULT_CHAINS, flash: mixed }).map((i) => i.code)).toEqual(['chain-proof-alone'])
  })
})

test('two steps that only one person could take are one person too few', () => {
  const chain = DEFAULT_CHAINS.routine
  const who = (...ids: string[]) => ids.map((memberId) => ({ memberId, languages: ['zh-CN'] as const }))
  expect(leftIssues(chain, [who('a', 'b'), who('a'), who('b', 'c')], ['zh-CN'])).toEqual([])
  expect(leftIssues(chain, [who('a'), who('a'), who('c')], ['zh-CN'])).toMatchObject([{ code: 'too-few-people' }])
  expect(leftIssues(chain, [who('a'), [], who('c')], ['zh-CN'])).toMatchObject([{ code: 'nobody-left' }])
})

describe('somebody who is away', () => {
  const away = (memberId: string, delegateId: string, over = {}) => ({
    memberId,
    delegateId,
    startsAt: at.clock.now(),
    endsAt: plus(at.clock.now(), 3 * DAY),
    ...over,
  })

  test('is stood in for: the decision says for whom, and is the delegate’s own', async () => {
    await enterAbsence(at.ctx, own.signer, away('league-signer', 'league-signer2'))
    const release = await sent(draft())
    await agree(own.reviewer, release.id)
    await agree(own.confidentiality, release.id, { confidentiality: CLEAR })
    await agree(own.signer2, release.id)
    const signed = (await decisionsOf(db(), release.id)).at(-1)
    expect(signed).toMatchObject({ member_id: 'league-signer2', on_behalf_of: 'league-signer' })
    const sheet = await confidentialitySheet(at.ctx, own.auditor, release.id)
    expect(sheet.steps.at(-1)).toMatchObject({ name: 'league signer2', behalfOf: 'league signer' })
  })

  test('gives nobody a role, and lifts nobody over the bar of their own work', async () => {
    await updateMember(db(), 'league-signer2', { roles: '["signer","drafter"]' })
    const both = await actorOf(at.ctx, (await memberById(db(), 'league-signer2'))!)
    await enterAbsence(at.ctx, own.signer, away('league-signer', 'league-signer2'))
    const release = await createRelease(at.ctx, both, draft())
    await submit(at.ctx, both, release.id, null)
    await agree(own.reviewer, release.id)
    await agree(own.confidentiality, release.id, { confidentiality: CLEAR })
    await expect(agree(both, release.id)).rejects.toMatchObject({ code: 'own-work' })
    await expect(enterAbsence(at.ctx, own.drafter, away('league-drafter', 'league-signer'))).rejects.toMatchObject({
      issues: [{ field: 'delegateId', code: 'delegate-role' }],
    })
    expect((await decisionsOf(db(), release.id)).every((d) => d.on_behalf_of === null)).toBe(true)
  })

  test('enters it for themselves, an administrator for anybody in the office, and each wrong entry is named', async () => {
    const { ctx } = at
    const codes = (sent: object, by: Actor = own.signer) =>
      enterAbsence(ctx, by, sent).then(
        () => 'taken',
        (err) => err.issues?.map((i: { code: string }) => i.code).join() || err.code,
      )
    const to = (hours: number) => plus(at.clock.now(), hours * HOUR)
    expect(await codes(away('league-signer', 'league-signer'))).toBe('delegate-self')
    expect(await codes(away('league-signer', 'banner-signer'))).toBe('member-unknown')
    expect(await codes(away('league-signer', 'league-signer2', { endsAt: at.clock.now() }))).toBe('absence-time')
    expect(await codes(away('league-signer', 'league-signer2', { startsAt: to(-9), endsAt: to(-1) }))).toBe(
      'absence-over',
    )
    expect(await codes(away('league-signer', 'league-signer2', { endsAt: to(24 * 400) }))).toBe('absence-long')
    expect(await codes(away('league-reviewer', 'league-reviewer2'), own.signer)).toBe('no-role')
    expect(await codes(away('league-reviewer', 'league-reviewer2'), own.admin)).toBe('taken')
    expect(await codes(away('league-reviewer', 'league-reviewer2'), own.admin)).toBe('absence-twice')
    expect(await codes(away('league-reviewer2', 'league-reviewer'), own.admin)).toBe('delegate-away')
    const id = await enterAbsence(ctx, own.signer, away('league-signer', 'league-signer2'))
    await expect(endAbsence(ctx, own.reviewer, id)).rejects.toMatchObject({ code: 'no-role' })
    await endAbsence(ctx, own.signer, id)
    await expect(endAbsence(ctx, own.signer, id)).rejects.toMatchObject({ code: 'absence-over' })
  })
})

test('over the API a program keeps officials, limits and absences, with the same rules', async () => {
  const app = await createApp(at.ctx)
  const admin = await people.token('league-admin')
  const signer = await people.token('league-signer')
  const ask = async (method: string, path: string, token: string, body?: object) => {
    const res = await app.request(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await res.text()
    return { status: res.status, json: text ? JSON.parse(text) : null }
  }
  const csv = '姓名,职务,任职日期,离任日期\n李示例甲,盟长,2025-07-01,\n'
  expect((await ask('PUT', '/agencies/league/officials', admin, { csv })).json).toEqual({ n: 1 })
  expect((await ask('GET', '/agencies/league/officials', signer)).json.items).toEqual([
    { name: '李示例甲', title: '盟长', from: '2025-07-01', until: null },
  ])
  const wrong = await ask('PUT', '/agencies/league/officials', admin, { csv: '李示例甲,盟长,去年\n' })
  expect([wrong.status, wrong.json.issues[0].field]).toEqual([422, 'csv.row.1'])
  expect((await ask('PUT', '/agencies/league/officials', signer, { csv })).status).toBe(403)
  expect((await ask('PUT', '/agencies/other/officials', admin, { csv })).status).toBe(403)
  const limits = structuredClone(USUAL)
  limits.flash.signer = 5
  expect((await ask('PUT', '/agencies/league/review-limits', admin, limits)).status).toBe(204)
  expect((await ask('GET', '/agencies/league/review-limits', signer)).json.flash.signer).toBe(5)
  const away = { delegateId: 'league-signer2', startsAt: at.clock.now(), endsAt: plus(at.clock.now(), DAY) }
  const { json } = await ask('POST', '/absences', signer, away)
  expect((await ask('GET', '/absences', admin)).json.items).toMatchObject([{ id: json.id, memberId: 'league-signer' }])
  expect((await ask('DELETE', `/absences/${json.id}`, signer)).status).toBe(204)
  expect((await ask('GET', '/absences', admin)).json.items).toEqual([])
})

describe('a step that waits', () => {
  async function flash() {
    const incident = await openIncident(at.ctx, own.drafter, {
      titleZh: '哈日诺尔旗草原火灾',
      class: 'natural',
      areas: ['159921'],
      knownAt: at.clock.now(),
    })
    return sent(fireDraft(incident.id, at.clock.now()))
  }
  const duty = (key: string, backup: boolean) =>
    addDuty(at.ctx, own.admin, {
      memberId: `league-${key}`,
      role: 'signer',
      backup,
      startsAt: at.clock.now(),
      endsAt: plus(at.clock.now(), 12 * HOUR),
    })
  const told = async (id: string) =>
    (await summonsOf(db(), (await currentSubmission(db(), id))!.id)).map((s) => `${s.how} ${s.member_id}`)
  const alarm = async () => (await openAlarms(db())).find((a) => a.subject.startsWith('clock:'))

  test('in a flash: the one on duty is told at once, the backup after ten minutes, then whoever is able, until somebody takes it', async () => {
    await duty('signer', false)
    await duty('signer2', true)
    const release = await flash()
    await sweepClocks(at.ctx)
    expect(await told(release.id)).toEqual(['told league-signer'])
    expect(await alarm()).toMatchObject({ cause: 'step-waits', owner: 'league-signer' })
    at.clock.advance(9 * MINUTE)
    await sweepClocks(at.ctx)
    expect(await told(release.id)).toHaveLength(1)
    at.clock.advance(MINUTE + 1)
    await sweepClocks(at.ctx)
    expect(await told(release.id)).toEqual(['told league-signer', 'told league-signer2'])
    expect(await alarm()).toMatchObject({ cause: 'clock-breached', owner: 'league-signer2', tell_at: null })
    at.clock.advance(10 * MINUTE)
    await sweepClocks(at.ctx)
    const three = await told(release.id)
    expect(three[2]).toMatch(/^told region-signer/)
    await acknowledgeAlarm(db(), (await alarm())!.id, 'region-signer', at.clock.now())
    at.clock.advance(HOUR)
    await sweepClocks(at.ctx)
    expect(await told(release.id)).toEqual(three)
    await agree(own.signer2, release.id, { confidentiality: CLEAR })
    expect(await alarm()).toBeUndefined()
    const acts = await db().selectFrom('ledger').select('act').where('act', '=', 'step.call').execute()
    expect(acts).toHaveLength(3)
  })

  test('whoever is away is passed over for the one who stands in', async () => {
    await duty('signer', false)
    await enterAbsence(at.ctx, own.signer, {
      delegateId: 'league-signer2',
      startsAt: at.clock.now(),
      endsAt: plus(at.clock.now(), DAY),
    })
    const release = await flash()
    await sweepClocks(at.ctx)
    expect(await told(release.id)).toEqual(['told league-signer2'])
  })

  test('a call by telephone is written down with who rang, for those who may take the step alone', async () => {
    const release = await flash()
    await recordCall(at.ctx, own.drafter, release.id, { memberId: 'league-signer' })
    expect(await told(release.id)).toEqual(['called league-signer'])
    for (const memberId of ['league-reviewer', 'league-drafter', 'nobody'])
      await expect(recordCall(at.ctx, own.drafter, release.id, { memberId })).rejects.toMatchObject({
        issues: [{ code: 'not-asked' }],
      })
  })

  test('in the routine lane has one working day, with weekends and make-up days, and the office may give it more', async () => {
    at.clock.set('2026-11-27T09:00:00.000Z')
    const first = await sent(draft())
    await sweepClocks(at.ctx)
    const due = async () => (await stepClocks()).map((c) => [c.rule, c.due_at])
    // Friday: until the end of Monday, in China.
    expect(await due()).toEqual([['step-routine-reviewer', '2026-11-30T15:59:59.999Z']])
    const limits = structuredClone(USUAL)
    limits.routine.reviewer = 3
    await expect(changeLimits(at.ctx, own.drafter, 'league', limits)).rejects.toMatchObject({ code: 'no-role' })
    await expect(
      changeLimits(at.ctx, own.admin, 'league', { ...limits, flash: { ...limits.flash, signer: 0 } }),
    ).rejects.toMatchObject({ issues: [{ field: 'flash.signer' }] })
    await changeLimits(at.ctx, own.admin, 'league', limits)
    await takeBack(at.ctx, own.drafter, first.id)
    await submit(at.ctx, own.drafter, first.id, null)
    await sweepClocks(at.ctx)
    expect(await due()).toEqual([['step-routine-reviewer', '2026-12-02T15:59:59.999Z']])
    await agree(own.reviewer, first.id)
    expect((await due()).map(([rule]) => rule)).toEqual(['step-routine-confidentiality'])
  })

  test('one more person for each limit that has passed', () => {
    const clock = { started_at: '2026-11-23T06:00:00.000Z', due_at: '2026-11-23T06:10:00.000Z' }
    expect([0, 9, 10, 19, 20].map((m) => turnsBy(clock, plus(clock.started_at, m * MINUTE)))).toEqual([1, 1, 2, 2, 3])
    expect(turnsBy({ ...clock, due_at: null }, clock.started_at)).toBe(1)
  })
})
