/** Somebody else's way in: closed by two people, or by one after everybody was told and a day has passed; and the emergency at the machine. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tellAlarms } from '../../src/delivery/tell-alarms.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { HOUR, MINUTE } from '../../src/lib/clock.ts'
import type { Refusal } from '../../src/lib/errors.ts'
import { acceptInvitation } from '../../src/staff/accept-invitation.ts'
import { actorOf } from '../../src/staff/auth.ts'
import { decideChange, objectToChange } from '../../src/staff/decide-change.ts'
import { resetFactors } from '../../src/staff/factor-changes.ts'
import { inviteAgain } from '../../src/staff/invite.ts'
import { proposeReset, resetAtMachine, tendLoginAlarms } from '../../src/staff/reset-login.ts'
import { memberById, updateMember } from '../../src/staff/store.ts'
import { acknowledgeOpen, openAlarms } from '../../src/store/alarm.ts'
import { type App, appOf, caller } from '../support/caller.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { emailOf, type Office, office, PASSWORD, type Workplace, workplace } from '../support/office.ts'

let at: Workplace
let people: Office
let app: App
beforeEach(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: ['league-signer', 'league-admin', 'league-auditor', 'region-admin'] })
  app = await appOf(at.ctx)
})
afterEach(async () => {
  expect((await verifyLedger(at.ctx.store.db)).faults).toEqual([])
  expect(at.logged.filter((l) => !JSON.stringify(l).includes('alarm'))).toEqual([])
  await at.close()
})

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (err: Refusal) => [err.code, ...err.issues.map((i) => i.code)].join(' '),
  )
const actor = async (id: string) => actorOf(at.ctx, (await memberById(at.ctx.store.db, id))!)
const apply = (by: Parameters<typeof decideChange>[1], id: string | null) =>
  decideChange(at.ctx, by, id ?? '', { verdict: 'apply' })
const alarms = async () => (await openAlarms(at.ctx.store.db)).map((a) => a.cause)
const comeIn = (who: string) => new DeskPerson(app).signIn(who)
const inAt = async (p: DeskPerson) => !(await p.get('/desk/account?lang=en')).path.includes('sign-in')
/** Nobody above or beside the league's administrator is there any more. */
const alone = () => updateMember(at.ctx.store.db, 'region-admin', { active: 0 })
const tokenIn = (link = '') => link.split('/').at(-1) ?? ''

describe('where there are two administrators', () => {
  test('one alone gets no link; the second does, and everything the member had open ends', async () => {
    const signer = await comeIn('league-signer')
    const program = caller(app, await people.token('league-signer', ['read', 'decide']))
    const { admin } = people.own
    const { state, changeId } = await proposeReset(at.ctx, admin, 'league-signer')
    expect(state).toBe('open')
    expect(await refused(apply(admin, changeId))).toBe('own-change')
    expect([await inAt(signer), (await program('GET', 'releases')).status]).toEqual([true, 200])
    expect((await signer.get('/desk?lang=en')).text).toContain('you may stop it')
    expect(await alarms()).toEqual([])

    const done = await apply(await actor('region-admin'), changeId)
    expect(done.state).toBe('applied')
    expect([await inAt(signer), (await program('GET', 'releases')).status]).toEqual([false, 401])
    expect(await refused(inviteAgain(at.ctx, admin, 'league-signer'))).toBe('login-closed')
    const again = new DeskPerson(app)
    await again.post('/desk/sign-in', { email: emailOf('league-signer'), password: PASSWORD, next: '/desk' })
    expect(await inAt(again)).toBe(false)
    await acceptInvitation(at.ctx, tokenIn(done.link), 'yi-zhan-xin-ji-2027')
    expect(await refused(acceptInvitation(at.ctx, tokenIn(done.link), 'yi-zhan-xin-ji-2028'))).toBe('link-not-good')
    await again.post('/desk/sign-in', {
      email: emailOf('league-signer'),
      password: 'yi-zhan-xin-ji-2027',
      next: '/desk',
    })
    expect(await inAt(again)).toBe(true)
    // A token of before stays dead.
    expect((await program('GET', 'releases')).status).toBe(401)
  })

  test('the member it is about stops it, and so does an auditor; nobody else can', async () => {
    const one = await proposeReset(at.ctx, people.own.admin, 'league-signer')
    expect(await refused(objectToChange(at.ctx, await actor('league-drafter'), one.changeId ?? ''))).toBe(
      'not-yours-to-stop',
    )
    const signer = await comeIn('league-signer')
    const office = await signer.get('/desk/office?lang=en')
    const stopped = await signer.submit(office, /changes\/.*\/object$/)
    expect(stopped.text).toContain('Nothing about the account has changed')
    expect(await refused(apply(await actor('region-admin'), one.changeId))).toBe('change-decided')
    expect(await inAt(signer)).toBe(true)
    const two = await resetFactors(at.ctx, people.own.admin, 'league-signer')
    const auditor = await comeIn('league-auditor')
    await auditor.submit(await auditor.get('/desk/office?lang=en'), /changes\/.*\/object$/)
    expect(await refused(apply(await actor('region-admin'), two.changeId))).toBe('change-decided')
  })

  test('whoever it is about is not the second person, with a session or a token of theirs, and no button says so', async () => {
    await updateMember(at.ctx.store.db, 'league-auditor', { roles: '["admin"]' })
    const about = await actor('league-admin')
    const { changeId } = await proposeReset(at.ctx, await actor('region-admin'), 'league-admin')
    expect(await refused(apply(about, changeId))).toBe('change-about-you')
    const program = caller(app, await people.token('league-admin'))
    const answer = await program('POST', `changes/${changeId}/decision`, { json: { verdict: 'apply' } })
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([403, expect.not.stringContaining('/invitations/')])
    const page = await (await comeIn('league-admin')).get('/desk/office?lang=en')
    expect([page.html.includes('value="refuse"'), page.html.includes('value="apply"')]).toEqual([true, false])
    expect((await apply(await actor('league-auditor'), changeId)).link).toContain('/invitations/')
  })

  test('of two who agree at once one has the link', async () => {
    await updateMember(at.ctx.store.db, 'league-auditor', { roles: '["admin"]' })
    const { changeId } = await proposeReset(at.ctx, people.own.admin, 'league-signer')
    const both = [await actor('region-admin'), await actor('league-auditor')]
    const said = await Promise.all(both.map((by) => refused(apply(by, changeId))))
    expect(said.sort()).toEqual(['change-decided', 'done'])
  })

  test('the other administrator whose login it is counts as nobody who could agree', async () => {
    const { changeId } = await proposeReset(at.ctx, people.own.admin, 'region-admin').catch(() => ({ changeId: null }))
    // From below nobody resets whoever is above.
    expect(changeId).toBeNull()
    const above = await actor('region-admin')
    const { changeId: id } = await proposeReset(at.ctx, above, 'league-admin')
    expect(await alarms()).toEqual(['change-alone'])
    expect(await refused(apply(above, id))).toBe('change-untold')
  })
})

describe('where there is a single one', () => {
  beforeEach(alone)
  /** What the timetable does every minute. */
  const minute = async () => {
    await tellAlarms(at.ctx)
    await tendLoginAlarms(at.ctx)
  }

  test('it holds back a day from when the alarm was told, and then gives the link', async () => {
    const { admin } = people.own
    const signer = await comeIn('league-signer')
    const { changeId } = await proposeReset(at.ctx, admin, 'league-signer')
    expect(await alarms()).toEqual(['change-alone'])
    at.clock.advance(48 * HOUR)
    // Nobody was told: no time of waiting counts.
    expect(await refused(apply(admin, changeId))).toBe('change-untold')
    await minute()
    expect(await refused(apply(admin, changeId))).toBe('change-waits')
    at.clock.advance(23 * HOUR)
    await minute()
    const page = await (await comeIn('league-admin')).get('/desk/office?lang=en')
    expect(page.text).toContain('it can be made from')
    expect(page.html).not.toContain('value="apply"')
    expect(await refused(apply(admin, changeId))).toBe('change-waits')
    at.clock.advance(HOUR)
    const boss = await comeIn('league-admin')
    const made = await boss.submit(
      await boss.get('/desk/office?lang=en'),
      /changes\/[^/]+$/,
      {},
      { name: 'verdict', value: 'apply' },
    )
    expect(made.text).toContain('This link is shown once')
    expect(await alarms()).toEqual([])
    expect(await inAt(signer)).toBe(false)
  })

  test('a second administrator who comes meanwhile is the one to agree', async () => {
    const { admin } = people.own
    const { changeId } = await proposeReset(at.ctx, admin, 'league-signer')
    await minute()
    at.clock.advance(25 * HOUR)
    await updateMember(at.ctx.store.db, 'region-admin', { active: 1 })
    expect(await refused(apply(admin, changeId))).toBe('own-change')
    expect((await apply(await actor('region-admin'), changeId)).link).toContain('/invitations/')
  })

  test('an alarm of an earlier change lends a later one none of its time, and second factors hold back as well', async () => {
    const { admin } = people.own
    await proposeReset(at.ctx, admin, 'league-signer')
    await minute()
    at.clock.advance(24 * HOUR)
    const later = await resetFactors(at.ctx, admin, 'league-signer')
    expect(later.state).toBe('open')
    await minute()
    expect(await refused(apply(admin, later.changeId))).toBe('change-waits')
    await objectToChange(at.ctx, await actor('league-signer'), later.changeId ?? '')
    expect(await alarms()).toEqual(['change-alone'])
  })

  test('in an emergency the machine gives a link at once, with a reason in the ledger and an alarm that stays', async () => {
    const signer = await comeIn('league-signer')
    const reset = (reason: string) => resetAtMachine(at.ctx, 'league-signer', { reason, factors: false })
    // The ledger takes a kind of reason and nobody's own words.
    expect(await refused(reset('  甲忘了密码 '))).toBe('invalid not-one-of')
    expect(await inAt(signer)).toBe(true)
    const { link } = await reset(' lost-password ')
    expect(await inAt(signer)).toBe(false)
    await acceptInvitation(at.ctx, tokenIn(link), 'yi-zhan-xin-ji-2027')
    const facts = await at.ctx.store.db
      .selectFrom('ledger')
      .select(['actor', 'fact'])
      .where('act', '=', 'member.reset-login')
      .execute()
    expect(facts.map((f) => [f.actor, JSON.parse(f.fact).reason])).toEqual([['system', 'lost-password']])
    await minute()
    expect(await alarms()).toEqual(['login-reset-machine'])
    const { db } = at.ctx.store
    await acknowledgeOpen(db, 'login-reset-machine', 'member:league-signer', 'league-admin', at.clock.now())
    at.clock.advance(23 * HOUR)
    await minute()
    expect(await alarms()).toEqual(['login-reset-machine'])
    at.clock.advance(HOUR + MINUTE)
    await minute()
    expect(await alarms()).toEqual([])
  })
})
