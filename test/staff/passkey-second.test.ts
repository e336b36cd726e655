/** A passkey as the second step: after a password, and before a flash is signed. Whose answers are taken, when, and how often. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/lib/clock.ts'
import { type App, appOf } from '../support/caller.ts'
import { DeskPerson, ORIGIN } from '../support/desk-person.ts'
import { emailOf, office, PASSWORD, type Workplace, workplace } from '../support/office.ts'
import { SoftwareKey } from '../support/software-key.ts'

let at: Workplace
let app: App
beforeAll(async () => {
  at = await workplace()
  await office(at.ctx, { logins: ['league-signer', 'league-signer2', 'league-drafter'] })
  app = await appOf(at.ctx)
})
afterEach(() => expect(at.logged).toEqual([]))
afterAll(() => at.close())

const ACCOUNT = '/desk/account'
const PROOF = `${ACCOUNT}/proof/passkey`
const AFTER = '/desk/sign-in/code/passkey'
const account = (p: DeskPerson) => p.get(`${ACCOUNT}?lang=en`)
async function comeIn(who: string): Promise<DeskPerson> {
  const p = new DeskPerson(app)
  await p.post('/desk/sign-in', { email: emailOf(who), password: PASSWORD, next: '/desk' })
  return p
}
const asked = async (p: DeskPerson, path: string) => {
  const { status, body } = await p.json(`${path}/options`, {})
  expect([path, status]).toEqual([path, 200])
  return body['options'] as { challenge: string; allowCredentials?: { id: string }[] }
}
/** A key of theirs, made at the account page. */
async function keyOf(p: DeskPerson): Promise<SoftwareKey> {
  const key = new SoftwareKey(ORIGIN)
  const { body } = await p.json(`${ACCOUNT}/passkeys/options`, { password: PASSWORD })
  const made = await p.json(`${ACCOUNT}/passkeys`, { response: key.make(body['options'] as never), name: 'of a test' })
  expect(made.status).toBe(201)
  return key
}
const said = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body['code']]
const stands = async () =>
  (
    await at.ctx.store.db
      .selectFrom('auth_session' as never)
      .selectAll()
      .execute()
  ).length
const NO = (code: string) => [403, code]

describe('a signer with a passkey', () => {
  let signer: DeskPerson
  let own: SoftwareKey
  let theirs: SoftwareKey
  let other: DeskPerson

  test('without paper codes is let in by the password as before, since a browser without script could answer nothing', async () => {
    signer = await comeIn('league-signer')
    own = await keyOf(signer)
    other = await comeIn('league-signer2')
    theirs = await keyOf(other)
    expect((await account(await comeIn('league-signer'))).text).toContain('First, confirm it is you')
  })

  test('shows it in a session, once: the same answer again is refused in words', async () => {
    const question = await asked(signer, PROOF)
    const answer = own.show(question)
    expect((await signer.json(PROOF, { response: answer })).status).toBe(200)
    expect((await account(signer)).text).toContain('Confirmed with a passkey, good until')
    const again = await signer.json(`${PROOF}?lang=en`, { response: answer })
    expect(said(again)).toEqual(NO('passkey-stale'))
    expect(again.body['detail']).toContain('Press the button again')
    at.clock.advance(6 * MINUTE)
    expect((await account(signer)).text).toContain('First, confirm it is you')
  })

  test('cannot be stood in for: another’s key, a key nobody registered, one that saw no finger, an answer to another question', async () => {
    const before = await stands()
    const answers: [SoftwareKey, string][] = [
      [theirs, 'passkey-other'],
      [new SoftwareKey(ORIGIN), 'passkey-unknown'],
    ]
    for (const [key, code] of answers) {
      const question = await asked(signer, PROOF)
      expect(said(await signer.json(PROOF, { response: key.show(question) }))).toEqual(NO(code))
    }
    own.verifies = false
    const unseen = own.show(await asked(signer, PROOF))
    own.verifies = true
    expect((await signer.json(PROOF, { response: unseen })).status).toBe(403)
    const old = await asked(signer, PROOF)
    await asked(signer, PROOF)
    expect((await signer.json(PROOF, { response: own.show(old) })).status).toBe(403)
    // A question that was asked of nobody in particular, on the page for signing in.
    const open = await asked(signer, '/desk/sign-in/passkey')
    expect(said(await signer.json(PROOF, { response: own.show(open) }))).toEqual(NO('passkey-stale'))
    for (const response of [{}, { id: 7 }, { id: 'x'.repeat(5000) }])
      expect((await signer.json(PROOF, { response })).status).toBe(403)
    expect((await account(signer)).text).toContain('First, confirm it is you')
    expect(await stands()).toBe(before)
  })

  test('nor by two questions carried at once, one to be looked at and one to be answered', async () => {
    const mark = /ortoo\.better-auth-passkey=[^;]+/
    const open = await asked(signer, '/desk/sign-in/passkey')
    const stale = mark.exec(signer.cookie)?.[0] ?? ''
    await asked(signer, PROOF)
    const fresh = mark.exec(signer.cookie)?.[0] ?? ''
    expect([stale, fresh, stale === fresh]).toEqual([expect.stringContaining('='), expect.stringContaining('='), false])
    const rest = signer.cookie.replace(mark, 'x=1')
    for (const both of [`${fresh}; ${stale}`, `${stale}; ${fresh}`]) {
      const twice = new DeskPerson(app, `${rest}; ${both}`)
      expect(said(await twice.json(PROOF, { response: own.show(open) }))).toEqual(NO('passkey-stale'))
    }
  })

  test('with paper codes is asked for a second step, and the passkey serves it', async () => {
    await signer.json(PROOF, { response: own.show(await asked(signer, PROOF)) })
    await signer.submit(await account(signer), /account\/paper$/, { password: PASSWORD })
    const p = new DeskPerson(app)
    const page = await p.post('/desk/sign-in', { email: emailOf('league-signer'), password: PASSWORD, next: '/desk' })
    expect(page.path).toContain('/desk/sign-in/code')
    expect(page.html).toContain('data-passkey="code"')
    // Script or not, the code stands beside it.
    expect(page.html).toContain('name="factor"')
    expect((await p.get('/desk')).path).toContain('/desk/sign-in')
    const question = await asked(p, AFTER)
    expect(question.allowCredentials?.map((k) => k.id)).toEqual([own.id.toString('base64url')])
    const answer = own.show(question)
    const cookie = p.cookie
    const done = await p.json(AFTER, { response: answer, next: '/desk/account' })
    expect([done.status, done.body['next']]).toEqual([200, '/desk/account'])
    expect((await account(p)).text).toContain('Confirmed with a passkey, good until')
    // Both questions are used up, for whoever copied browser and answer.
    const copy = new DeskPerson(app, cookie)
    expect((await copy.json(AFTER, { response: answer })).status).toBe(403)
    expect((await copy.get('/desk')).path).toContain('/desk/sign-in')
  })

  test('is not let in by another’s key after the password, nor by a question of before it, nor with no password', async () => {
    const p = new DeskPerson(app)
    const early = await asked(p, '/desk/sign-in/passkey')
    expect(said(await p.json(`${AFTER}/options`, {}))).toEqual(NO('code-question-over'))
    expect(said(await p.json(AFTER, { response: own.show(early) }))).toEqual(NO('code-question-over'))
    await p.post('/desk/sign-in', { email: emailOf('league-signer'), password: PASSWORD, next: '/desk' })
    const before = await stands()
    expect(said(await p.json(AFTER, { response: own.show(early) }))).toEqual(NO('passkey-stale'))
    const question = await asked(p, AFTER)
    expect(said(await p.json(AFTER, { response: theirs.show(question) }))).toEqual(NO('passkey-other'))
    expect((await p.get('/desk')).path).toContain('/desk/sign-in')
    expect(await stands()).toBe(before)
    // What was refused used nothing up that was theirs.
    expect((await p.json(AFTER, { response: own.show(question) })).status).toBe(200)
  })

  test('comes in with a paper code where there is no script, and by the password alone once the passkey is gone', async () => {
    at.clock.advance(6 * MINUTE)
    await signer.json(PROOF, { response: own.show(await asked(signer, PROOF)) })
    const printed = await signer.submit(await account(signer), /account\/paper$/, { password: PASSWORD })
    const code = /<code>(\d{5}) (\d{5})<\/code>/.exec(printed.html)
    const p = new DeskPerson(app)
    const page = await p.post('/desk/sign-in', { email: emailOf('league-signer'), password: PASSWORD, next: '/desk' })
    await p.submit(page, /sign-in\/code$/, { factor: `${code?.[1]}${code?.[2]}` })
    expect((await account(p)).text).toContain('9 left')
    await p.submit(await account(p), /passkeys\/./, {}, { name: 'do', value: 'remove' })
    expect((await account(await comeIn('league-signer'))).text).toContain('My account')
  })
})
