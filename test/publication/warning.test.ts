/** A warning from its first word to its end: who may say it, what else is said there, what is asked before it expires, how it is lifted. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryTurns } from '../../src/delivery/turns.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../../src/desk/store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { beginEnding } from '../../src/publication/ending.ts'
import { letExpire, watchExpiry } from '../../src/publication/expiry.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { decide } from '../../src/review/decide.ts'
import { judge } from '../../src/review/judge.ts'
import { resolveHit } from '../../src/review/resolve.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { changeAuthority } from '../../src/staff/authority.ts'
import { insertDuty } from '../../src/staff/store.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { capFacts, capProblems, chainProblems } from '../support/cap-rules.ts'
import { type Morning, morning } from '../support/morning.ts'
import { needs } from '../support/needs.ts'
import { CLEAR, fireWarning } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { capSchema, lint } from '../support/xmllint.ts'

let m: Morning
let sink: SmtpSink
let work: { stop(): Promise<void> }

beforeAll(async () => {
  sink = await startSmtpSink()
  m = await morning({ SMTP_URL: sink.url })
  await m.reader(1, { frequency: 'at-once' })
  work = await m.work()
}, 60_000)
afterAll(async () => {
  await work.stop()
  await m.close()
  await sink.close()
  expect(m.errors).toEqual([])
})

const now = () => m.clock.now()
const fire = (over: Partial<ContentInput['core']> = {}) => fireWarning(now(), over)
const drafted = (content: ContentInput) => createRelease(m.ctx, m.who('drafter'), content)
async function published(content: ContentInput): Promise<ReleaseRow> {
  const release = await drafted(content)
  await m.agree(release.id)
  await publishApproved(m.ctx, release.id, 'signer')
  return release
}
const refused = async (done: Promise<unknown>): Promise<string[]> => {
  const err = await done.then(
    () => null,
    (e: unknown) => e,
  )
  if (!(err instanceof Refusal)) throw new Error(`was not refused: ${err}`)
  return err.issues.length ? err.issues.map((i) => i.code) : [err.code]
}
const page = (number: string) => fetch(`${m.url}/releases/${number}/`).then((r) => r.text())
async function shows(number: string, words: string): Promise<string> {
  for (let i = 0; i < 400; i++) {
    const text = await page(number)
    if (text.includes(words)) return text
    await sleep(25)
  }
  throw new Error(`never showed ${words}: ${JSON.stringify(m.errors)}`)
}
const rule = (over: object = {}) => ({
  hazard: '11B',
  area: '159900',
  originator: null,
  station: '青格勒盟气象台',
  ...over,
})
const matrix = (...rules: object[]) => changeAuthority(m.ctx, m.who('admin'), 'league', { rules })
const weather = () => fire({ cap: { ...fire().core.cap!, category: 'Met', eventCode: '11B04' } })

test('a drafter who may not be the first to warn of snow is told whose warning to relay, and is held again at publication', async () => {
  const hint = await drafted(weather())
  const said = await judge(m.ctx, m.ctx.store.db, hint, (await revisionOf(m.ctx.store.db, hint.id, 1))!)
  expect(said.issues.map((i) => i.code).filter((code) => code !== 'place-unnamed')).toEqual(['authority-unset'])
  await m.agree(hint.id)
  await matrix(rule())
  expect(await refused(publishApproved(m.ctx, hint.id, 'signer'))).toEqual(['authority-relay'])
  expect(await refused(submit(m.ctx, m.who('drafter'), (await drafted(weather())).id, null))).toEqual([
    'authority-relay',
  ])
  // The same office may where the matrix names it: at this level, in this place.
  await matrix(rule({ levels: ['red'] }), rule({ originator: 'league', station: '', levels: ['orange'] }))
  await publishApproved(m.ctx, hint.id, 'signer')
  await shows(hint.number, '草原火险橙色预警')
  await matrix()
}, 60_000)

test('an administrator is told what is wrong with a rule: no place, no issuer, a stranger', async () => {
  expect(await refused(matrix(rule({ area: '99' })))).toEqual(['area-shape'])
  expect(await refused(matrix(rule({ station: '' })))).toEqual(['authority-nobody'])
  expect(await refused(matrix(rule({ originator: 'nobody-here' })))).toEqual(['unknown-agency'])
  expect(await refused(matrix(rule({ hazard: 'weather' })))).toEqual(['wrong-shape'])
  await expect(changeAuthority(m.ctx, m.who('drafter'), 'league', { rules: [] })).rejects.toThrow(/no-role/)
})

test('two levels for one hazard in one place cannot be signed until somebody has said why', async () => {
  const first = await published(fire())
  await shows(first.number, '草原火险橙色预警')
  const second = await drafted(fire({ warningLevel: 'red', areas: ['159900'] }))
  const { id } = await submit(m.ctx, m.who('drafter'), second.id, null)
  const revisionHash = (await currentSubmission(m.ctx.store.db, id))?.revision_hash as string
  await decide(m.ctx, m.who('reviewer'), id, { revisionHash, verdict: 'approve' })
  const agree = () =>
    decide(m.ctx, m.who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  expect(await refused(agree())).toEqual(['unresolved'])
  const { hits } = await judge(m.ctx, m.ctx.store.db, second, (await revisionOf(m.ctx.store.db, id, 1))!)
  const against = hits.filter((h) => h.scanner === 'alerts')
  expect(against.map((h) => [h.rule, h.text])).toContainEqual(['level-differs', first.number])
  for (const hit of against)
    await resolveHit(m.ctx, m.who('confidentiality'), id, hit.key, { action: 'keep', note: '升级。' })
  await agree()
  await decide(m.ctx, m.who('signer'), id, { revisionHash, verdict: 'approve' })
  expect((await releaseById(m.ctx.store.db, id))?.state).toBe('approved')
}, 60_000)

test('a warning is lifted by an edition of its own, signed like any other: its alert is cancelled and its reader told', async () => {
  const release = await published(fire())
  await m.over(release.id)
  const begun = await beginEnding(m.ctx, m.who('drafter'), release.id)
  const draft = await revisionOf(m.ctx.store.db, begun.id, begun.revision)
  expect(draft?.content.core).toMatchObject({ over: { as: 'lifted' }, kind: 'warning' })
  expect(draft?.content.core).not.toHaveProperty('cap')
  // What is to be filled in may not be left standing, and nobody lifts it alone.
  expect((await refused(submit(m.ctx, m.who('drafter'), release.id, null))).every((c) => c === 'left-to-fill')).toBe(
    true,
  )
  const { warningLevel, cap, expiresAt, ...core } = fire().core
  const zh = {
    title: '青格勒盟解除草原火险橙色预警',
    changeNote: '本预警已解除：普降大雪。',
    blocks: { facts: '普降大雪，火险等级已降低。', advice: '请继续注意野外用火。' },
    body: '',
  }
  await saveDraft(m.ctx, m.who('drafter'), release.id, { core, parts: { 'zh-CN': zh }, attachments: [] }, null)
  expect(await page(release.number)).not.toContain('解除')
  await m.agree(release.id)
  await publishApproved(m.ctx, release.id, 'signer')
  const text = await shows(release.number, '本预警已解除')
  expect(text).not.toContain('更正')
  expect(text).not.toContain('有效期已过')
  await m.over(release.id, 2)
  expect(sink.mailsTo('reader1@mail.example').length).toBeGreaterThanOrEqual(2)
  const of = (n: number) => fetch(`${m.url}/cap/ortoo-${release.number}-${n}.xml`).then((r) => r.text())
  const [alert, cancel] = await Promise.all([of(1), of(2)])
  expect(cancel).toContain('<msgType>Cancel</msgType>')
  expect(cancel).toContain('普降大雪')
  expect(capProblems(cancel)).toEqual([])
  expect(chainProblems([capFacts(alert), capFacts(cancel)])).toEqual([])
  const schema = needs('xmllint') ? capSchema() : null
  if (schema) lint(cancel, schema)
  expect(await refused(beginEnding(m.ctx, m.who('drafter'), release.id))).toEqual(['nothing-to-end'])
}, 60_000)

test('a response is ended, and a danger declared over, each by its own act and its own words', async () => {
  const incident = await openIncident(m.ctx, m.who('drafter'), {
    titleZh: '草原火灾',
    class: 'natural',
    areas: ['159921'],
    knownAt: plus(now(), -HOUR),
  })
  const core = { areas: ['159921'], topics: ['fire'], contacts: fire().core.contacts }
  const start = await published({
    core: { ...core, kind: 'response' },
    parts: { 'zh-CN': { title: '启动三级响应', blocks: { facts: '自即日起启动。', actions: '力量集结。' }, body: '' } },
    attachments: [],
  })
  expect((await beginEnding(m.ctx, m.who('drafter'), start.id)).edition_type).toBe('correction')
  const clear = await published({
    core: { ...core, kind: 'all-clear', incidentId: incident.id, asOf: now() },
    parts: {
      'zh-CN': { title: '草原火灾险情已解除', blocks: { facts: '明火扑灭。', advice: '请注意余火。' }, body: '' },
    },
    attachments: [],
  })
  expect(await shows(clear.number, '险情已解除')).toContain('险情解除')
  const revision = await revisionOf(m.ctx.store.db, clear.id, 1)
  expect(revision?.content.parts['zh-CN']).not.toHaveProperty('falseAlarm')
  const bare = { ...core, kind: 'all-clear' as const, asOf: now() }
  const without = await drafted({ core: bare, parts: { 'zh-CN': { title: '解除', blocks: {}, body: '' } } })
  expect(await refused(submit(m.ctx, m.who('drafter'), without.id, null))).toEqual([
    'required',
    'required',
    'incident-missing',
  ])
}, 60_000)

test('whoever is on duty is asked an hour and a quarter of an hour before it expires; expired is never said as lifted', async () => {
  // Another hazard than those above, which still run.
  const cap = { ...fire().core.cap!, category: 'Geo' as const, eventCode: '11A01' }
  const release = await published(fire({ cap, expiresAt: plus(now(), 2 * HOUR) }))
  await shows(release.number, '草原火险橙色预警')
  const until = plus(now(), 2 * HOUR)
  await insertDuty(m.ctx.store.db, {
    id: 'day',
    agency_id: 'league',
    member_id: 'drafter2',
    role: 'drafter',
    backup: 0,
    starts_at: plus(now(), -HOUR),
    ends_at: plus(now(), 6 * HOUR),
  })
  const asked = async () => {
    await watchExpiry(m.ctx)
    const edition = await m.ctx.store.db
      .selectFrom('edition')
      .select('id')
      .where('release_id', '=', release.id)
      .executeTakeFirstOrThrow()
    return (await openAlarms(m.ctx.store.db)).filter((a) => a.subject === `edition:${edition.id}`)
  }
  expect((await asked()).filter((a) => a.cause === 'warning-expiring')).toEqual([])
  m.clock.to(plus(until, -59 * MINUTE))
  expect(await asked()).toMatchObject([{ cause: 'warning-expiring', owner: 'drafter2' }])
  m.clock.to(plus(until, -14 * MINUTE))
  expect(await asked()).toMatchObject([{ cause: 'warning-expiring', owner: 'drafter2' }])
  await letExpire(m.ctx, m.who('drafter2'), release.id)
  expect(await asked()).toEqual([])
  expect(await refused(letExpire(m.ctx, m.who('drafter2'), release.id))).toEqual(['nothing-expires'])
  m.clock.to(plus(until, MINUTE))
  await carryTurns(m.ctx)
  const text = await shows(release.number, '有效期已过')
  expect(text.replace(/有效期已过不等于[^<]*|不代表[^<]*|并不[^<]*/g, '')).not.toMatch(/预警已解除|险情解除/)
}, 60_000)
