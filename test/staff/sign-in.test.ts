/** Ways in and out: bad passwords, one's own sessions, too many tries, the last signer on duty, the office's own sign-on. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/config.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import type { Refusal } from '../../src/lib/errors.ts'
import { assertMaySignIn, forgetFailures, isLastSigner, LOCK_AFTER, noteFailure } from '../../src/staff/lock-out.ts'
import { assertPassword } from '../../src/staff/password.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { callbackOf } from '../../src/staff/sso.ts'
import { updateMember } from '../../src/staff/store.ts'
import { openAlarms } from '../../src/store/alarm.ts'
import { type App, appOf } from '../support/caller.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { emailOf, type Office, office, PASSWORD, type Workplace, workplace } from '../support/office.ts'
import { agreeAs, type Idp, startIdp } from '../support/oidc.ts'

const URL_OF = 'http://press.example'
const PEOPLE = {
  drafter: { email: emailOf('league-drafter'), email_verified: true, name: 'D' },
  unverified: { email: emailOf('league-drafter'), email_verified: false, name: 'D' },
  stranger: { email: 'stranger@ortoo.example', email_verified: true, name: 'S' },
  left: { email: emailOf('league-reviewer'), email_verified: true, name: 'L' },
}
let idp: Idp
let at: Workplace
let people: Office
let app: App
beforeAll(async () => {
  idp = await startIdp(callbackOf(URL_OF), PEOPLE)
  const { issuer, clientId, clientSecret } = idp
  at = await workplace({ oidc: { issuer, clientId, clientSecret, name: '盟行署统一认证' } })
  people = await office(at.ctx, {
    logins: ['drafter', 'reviewer', 'signer', 'signer2', 'admin'].map((p) => `league-${p}`),
  })
  app = await appOf(at.ctx)
})
afterEach(() => expect(at.logged).toEqual([]))
afterAll(async () => {
  await at.close()
  await idp.close()
})

const enter = (p: DeskPerson, who: string, password = PASSWORD) =>
  p.post('/desk/sign-in', { email: emailOf(who), password, next: '/desk' })
const acts = async (act: string) =>
  (await at.ctx.store.db.selectFrom('ledger').selectAll().where('act', '=', act).execute()).map((e) => e.subject)

describe('a password', () => {
  const said = (password: string) =>
    assertPassword(password, 'wulan.tuya@ortoo.example').then(
      () => 'taken',
      (err) => (err as Refusal).issues[0]?.code,
    )
  test('that was leaked, dressed up or put together of two is refused, and an honest sentence is taken', async () => {
    for (const bad of ['password12345', 'P@ssw0rd2026!', 'qwertyuiop12', 'dragonmonkey2026', '!!iloveyou1234'])
      expect([bad, await said(bad)]).toEqual([bad, 'password-common'])
    for (const bad of ['wulan.tuya2026', 'aaaabbbbaaaabbbb'])
      expect([bad, await said(bad)]).toEqual([bad, 'password-simple'])
    expect(await said('short')).toBe('password-short')
    for (const good of [
      'yi-zhan-chuan-ji-2026',
      '草原上的风吹过来了一二三',
      'love&8$kQ!2#x-9',
      'three rivers meet at dusk',
    ])
      expect([good, await said(good)]).toEqual([good, 'taken'])
  })
})

describe('somebody’s own account', () => {
  test('shows where they are signed in, ends one, all others, and all others with a new password', async () => {
    const [here, there, third] = [new DeskPerson(app), new DeskPerson(app), new DeskPerson(app)]
    await Promise.all([here, there, third].map((p) => enter(p, 'league-reviewer')))
    const page = await here.get('/desk/account?lang=en')
    expect(page.text.match(/Unknown device/g)).toHaveLength(3)
    expect(page.text.match(/this one/g)).toHaveLength(1)
    expect(page.html).not.toMatch(/session_token|"token"/)
    expect((await here.submit(page, /sessions\/[\w-]+$/)).text).toContain('That device is signed out')
    const alive = async (p: DeskPerson) => (await p.get('/desk/account')).path.startsWith('/desk/account')
    expect((await Promise.all([alive(there), alive(third)])).filter(Boolean)).toHaveLength(1)
    expect((await here.post('/desk/account/sessions/nobody-s', {})).status).toBe(404)

    const sent = { current: 'not-it-at-all-1', next: 'caoyuan-de-feng-2027' }
    const wrong = await here.submit(page, /account\/password$/, sent)
    expect([wrong.status, wrong.text.includes('The password is not right')]).toEqual([422, true])
    const common = await here.submit(page, /account\/password$/, { current: PASSWORD, next: 'password12345' })
    expect([common.status, common.text.includes('common or was leaked')]).toEqual([422, true])
    const done = await here.submit(page, /account\/password$/, { ...sent, current: PASSWORD })
    expect(done.text).toContain('The password is changed')
    expect([await alive(here), await alive(there), await alive(third)]).toEqual([true, false, false])
    expect(await acts('password.change')).toEqual(['member:league-reviewer'])
  })

  test('is nothing for a program with a token', async () => {
    const token = await people.token('league-drafter')
    const answer = await app.request('/desk/account', { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(403)
  })

  test('an administrator ends every session of a member, and nobody else does', async () => {
    const [admin, drafter] = [new DeskPerson(app), new DeskPerson(app)]
    await Promise.all([enter(admin, 'league-admin'), enter(drafter, 'league-drafter')])
    const path = '/desk/office/members/league-drafter/account'
    expect((await drafter.post(path, { do: 'sessions' })).status).toBe(403)
    expect((await admin.post(path, { do: 'sessions' })).status).toBe(200)
    expect((await drafter.get('/desk/account')).path).toContain('/desk/sign-in')
  })
})

describe('too many wrong passwords', () => {
  const may = (who: string, network: string) =>
    isLastSigner(at.ctx.store.db, emailOf(who), at.clock.now()).then((last) =>
      assertMaySignIn(at.ctx, emailOf(who), network, last).then(
        () => 'may',
        (err: Refusal) => `${err.code} ${err.params['seconds']}`,
      ),
    )
  const guess = async (who: string, times: number, network = (i: number) => `203.0.113.${i % 200}`) => {
    for (let i = 0; i < times; i++) await noteFailure(at.ctx, emailOf(who), network(i))
  }

  test('from anywhere shut the login for a while, longer each time, with an alarm, and an administrator opens it', async () => {
    await guess('league-drafter', LOCK_AFTER - 1)
    expect(await may('league-drafter', '198.51.100.1')).toBe('may')
    await guess('league-drafter', 1)
    expect(await may('league-drafter', '198.51.100.1')).toBe('sign-in-locked 900')
    const refused = await enter(new DeskPerson(app), 'league-drafter')
    expect([refused.status, refused.text.includes('已暂停约15分钟')]).toEqual([429, true])
    expect(await acts('sign-in-locked')).toEqual(['member:league-drafter'])
    expect((await openAlarms(at.ctx.store.db)).map((a) => a.subject)).toEqual(['member:league-drafter'])
    at.clock.advance(15 * MINUTE)
    expect(await may('league-drafter', '198.51.100.1')).toBe('may')
    await guess('league-drafter', LOCK_AFTER)
    expect(await may('league-drafter', '198.51.100.1')).toBe('sign-in-locked 1800')
    const admin = new DeskPerson(app)
    await enter(admin, 'league-admin')
    expect((await admin.get('/desk/alarms?lang=en')).text).toContain('a login is paused')
    const page = await admin.get('/desk/office?lang=en')
    expect(page.text).toContain('sign-in paused')
    const open = await admin.submit(page, /league-drafter\/account$/, {}, { name: 'do', value: 'unlock' })
    expect(open.text).toContain('They can sign in again')
    expect((await enter(new DeskPerson(app), 'league-drafter')).status).toBe(200)
    expect(await openAlarms(at.ctx.store.db)).toEqual([])
  })

  test('of an address nobody has sound the same', async () => {
    await guess('nobody-at-all', LOCK_AFTER)
    expect(await may('nobody-at-all', '198.51.100.1')).toBe('sign-in-locked 900')
  })

  test('never shut out the last signer on duty: a short wait at that network, an alarm, and the right password at any other', async () => {
    for (const [who, backup] of [
      ['league-signer', false],
      ['league-signer2', true],
    ] as const)
      await addDuty(at.ctx, people.own.admin, {
        memberId: who,
        role: 'signer',
        backup,
        startsAt: at.clock.now(),
        endsAt: plus(at.clock.now(), 12 * HOUR),
      })
    await guess('league-signer2', LOCK_AFTER)
    expect(await may('league-signer2', '198.51.100.1')).toBe('sign-in-locked 900')
    // One of two is shut, so the other is the last.
    await guess('league-signer', 3, () => '203.0.113.7')
    expect(await may('league-signer', '203.0.113.7')).toBe('may')
    await guess('league-signer', 1, () => '203.0.113.7')
    expect(await may('league-signer', '203.0.113.7')).toBe('too-many-tries 2')
    await guess('league-signer', 60, () => '203.0.113.7')
    expect(await may('league-signer', '203.0.113.7')).toBe('too-many-tries 30')
    expect((await openAlarms(at.ctx.store.db)).map((a) => a.cause).sort()).toEqual([
      'sign-in-attacked',
      'sign-in-locked',
    ])
    expect((await enter(new DeskPerson(app), 'league-signer')).status).toBe(200)
    expect((await openAlarms(at.ctx.store.db)).map((a) => a.cause)).toEqual(['sign-in-locked'])

    // A colleague who leaves, or a duty that ends, makes whoever is shut the last: the lock holds them no more.
    await updateMember(at.ctx.store.db, 'league-signer', { active: 0 })
    expect(await may('league-signer2', '198.51.100.1')).toBe('may')
    await updateMember(at.ctx.store.db, 'league-signer', { active: 1 })
    await forgetFailures(at.ctx, emailOf('league-signer2'), 'any')
  })

  test('from one network shut that network, but not for the last signer', async () => {
    for (let i = 0; i < 100; i++) await noteFailure(at.ctx, `guess-${i}@ortoo.example`, '192.0.2.9')
    expect(await may('league-reviewer', '192.0.2.9')).toMatch(/^sign-in-locked/)
    expect(await may('league-reviewer', '192.0.2.10')).toBe('may')
    await guess('league-signer2', LOCK_AFTER)
    expect(await may('league-signer', '192.0.2.9')).toBe('may')
    expect((await openAlarms(at.ctx.store.db)).map((a) => a.cause)).toContain('sign-in-network')
  })
})

describe('the office’s own sign-on', () => {
  async function through(account: string, change: (back: URL) => void = () => {}) {
    const p = new DeskPerson(app)
    const page = await p.get('/desk/sign-in?next=/desk/releases&lang=zh')
    expect(page.text).toContain('用盟行署统一认证登录')
    const begun = await p.raw('/desk/sign-in/office?next=/desk/releases')
    const asked = new URL(begun.headers.get('location') as string)
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)).toBeTruthy()
    const back = await agreeAs(asked.href, account)
    change(back)
    return { p, back, seen: await p.get(back.pathname + back.search) }
  }

  test('lets a member in whose verified address it names, and leads where they were going', async () => {
    const { p, seen, back } = await through('drafter')
    expect(seen.path).toBe('/desk/releases')
    expect((await p.get('/desk/account')).text).toContain(emailOf('league-drafter'))
    // What it brought is good once.
    expect((await new DeskPerson(app).get(back.pathname + back.search)).path).not.toBe('/desk/releases')
    const account = await at.ctx.store.db
      .selectFrom('auth_account' as never)
      .selectAll()
      .execute()
    expect(JSON.stringify(account)).not.toContain('eyJ')
  })

  test('makes nobody a member, trusts no unverified address, and lets nobody in who has left', async () => {
    const count = async () =>
      (
        await at.ctx.store.db
          .selectFrom('auth_user' as never)
          .selectAll()
          .execute()
      ).length
    const before = await count()
    for (const account of ['stranger', 'unverified']) {
      const { p, seen } = await through(account)
      expect([account, seen.status, seen.text.includes('没有对应的工作人员')]).toEqual([account, 403, true])
      expect((await p.get('/desk/account')).path).toContain('/desk/sign-in')
    }
    await updateMember(at.ctx.store.db, 'league-reviewer', { active: 0 })
    const { p, seen } = await through('left')
    expect([seen.status, (await p.get('/desk/account')).path.includes('/desk/sign-in')]).toEqual([403, true])
    expect(await count()).toBe(before)
  })

  test('an answer with another state is refused, and a silent provider keeps nobody from their password', async () => {
    const { seen } = await through('drafter', (back) => back.searchParams.set('state', 'x'.repeat(32)))
    expect([seen.status, seen.text.includes('统一登录没有完成')]).toEqual([403, true])
    const far = await workplace({ oidc: { issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b', name: 'X' } })
    await office(far.ctx, { logins: ['league-drafter'] })
    const other = await appOf(far.ctx)
    const p = new DeskPerson(other)
    const said = await p.get('/desk/sign-in/office?lang=en')
    expect([said.status, said.text.includes('does not answer')]).toEqual([503, true])
    expect((await enter(p, 'league-drafter')).status).toBe(200)
    await far.close()
  })

  test('is all three settings or none', () => {
    expect(readConfig({}).oidc).toBeNull()
    const all = { OIDC_ISSUER: 'https://id.example/', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }
    expect(readConfig(all).oidc).toEqual({
      issuer: 'https://id.example',
      clientId: 'a',
      clientSecret: 'b',
      name: 'SSO',
    })
    expect(() => readConfig({ ...all, OIDC_CLIENT_SECRET: undefined })).toThrow(ConfigError)
    expect(() => readConfig({ ...all, OIDC_ISSUER: 'http://id.example' })).toThrow(/OIDC_ISSUER/)
  })
})
