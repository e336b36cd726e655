/** Codes, codes on paper and passkeys of members: shown, spent, taken away, and what flash asks for. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { loginSubject } from '../../src/staff/lock-out.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { type App, appOf, caller } from '../support/caller.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { emailOf, type Office, office, PASSWORD, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'
import { codeOf } from '../support/totp.ts'

const LOGINS = ['signer', 'signer2', 'drafter', 'admin'].map((p) => `league-${p}`)
let at: Workplace
let people: Office
let app: App
beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: [...LOGINS, 'region-admin', 'region-signer'] })
  app = await appOf(at.ctx)
})
afterEach(() => expect(at.logged).toEqual([]))
afterAll(() => at.close())

const account = (p: DeskPerson) => p.get('/desk/account?lang=en')
const codesIn = (html: string): string[] =>
  [...html.matchAll(/<code>(\d{5}) (\d{5})<\/code>/g)].map((m) => `${m[1]}${m[2]}`)
const print = async (p: DeskPerson): Promise<string[]> =>
  codesIn((await p.submit(await account(p), /account\/paper$/, { password: PASSWORD })).html)
const enter = (p: DeskPerson, who: string, password = PASSWORD) =>
  p.post('/desk/sign-in', { email: emailOf(who), password, next: '/desk' })
/** Comes in with a password, and a code where one is asked for. */
async function comeIn(who: string, code?: string): Promise<DeskPerson> {
  const p = new DeskPerson(app)
  const asked = await enter(p, who)
  if (code) await p.submit(asked, /sign-in\/code$/, { factor: code })
  return p
}

async function flashToSign(): Promise<{ id: string; number: string; hash: string }> {
  const incident = await openIncident(at.ctx, people.own.drafter2, {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    titleEn: 'Harinur grassland fire (sample)',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: plus(at.clock.now(), -HOUR),
  })
  const r = await createRelease(at.ctx, people.own.drafter2, fireDraft(incident.id, at.clock.now()))
  await submit(at.ctx, people.own.drafter2, r.id, null)
  const hash = (await currentSubmission(at.ctx.store.db, r.id))?.revision_hash as string
  return { id: r.id, number: r.number, hash }
}
const CHECKED = Object.fromEntries(
  Object.entries(CLEAR.checks).map(([name, c]) => [`confidentiality.checks.${name}`, (c as { result: string }).result]),
)
const sign = async (p: DeskPerson, number: string, more: Record<string, string> = {}) =>
  p.submit(
    await p.get(`/desk/releases/${number}/sign?lang=en`),
    /decision$/,
    {
      word: 'sign',
      ...CHECKED,
      'confidentiality.disclosure': CLEAR.disclosure,
      'confidentiality.verdict': CLEAR.verdict,
      ...more,
    },
    { name: 'verdict', value: 'approve' },
  )

describe('a drafter with an authenticator', () => {
  let key = ''
  let used = ''
  let drafter: DeskPerson

  test('scans, confirms a first code, and is asked for one from then on', async () => {
    drafter = await comeIn('league-drafter')
    const wrong = await drafter.submit(await account(drafter), /account\/totp$/, { password: 'not-the-password-1' })
    expect([wrong.status, wrong.text.includes('The password is not right')]).toEqual([422, true])
    const scan = await drafter.submit(await account(drafter), /account\/totp$/, { password: PASSWORD })
    expect(scan.html).toContain('class="qr"')
    key = (/<code>([A-Z2-7 ]+)<\/code>/.exec(scan.html)?.[1] ?? '').replace(/ /g, '')
    const not = await drafter.submit(scan, /confirm$/, { factor: codeOf(key) === '000000' ? '000001' : '000000' })
    expect([not.status, not.text.includes('What you scanned still holds')]).toEqual([422, true])
    expect((await account(await comeIn('league-drafter'))).status).toBe(200)
    const on = await drafter.submit(not, /confirm$/, { factor: codeOf(key) })
    expect([on.status, on.text.includes('The authenticator is on')]).toEqual([200, true])

    const other = new DeskPerson(app)
    const asked = await enter(other, 'league-drafter')
    expect(asked.path).toContain('/desk/sign-in/code')
    expect((await other.get('/desk')).path).toContain('/desk/sign-in')
    const refused = await other.submit(asked, /sign-in\/code$/, { factor: '12' })
    expect([refused.status, refused.text.includes('码不对')]).toEqual([422, true])
    used = codeOf(key, 1)
    expect((await other.submit(refused, /sign-in\/code$/, { factor: used })).status).toBe(200)
    expect((await other.get('/desk/account')).status).toBe(200)
  })

  test('no code is taken twice, not even at another desk', async () => {
    const other = new DeskPerson(app)
    const asked = await enter(other, 'league-drafter')
    const again = await other.submit(asked, /sign-in\/code$/, { factor: used })
    expect([again.status, /刚才用过|a moment ago/.test(again.text)]).toEqual([422, true])
    expect((await other.get('/desk/account')).path).toContain('/desk/sign-in')
  })

  test('wrong codes count against who is asked, however the question is written and whoever else sits there', async () => {
    const victim = new DeskPerson(app)
    await enter(victim, 'league-drafter')
    const other = await comeIn('league-signer')
    const question = victim.cookie.split('; ').find((one) => one.startsWith('ortoo.two_factor=')) as string
    const [name = '', value = ''] = question.split(/=(.*)/s)
    const tries = async () =>
      (
        await at.ctx.store.db
          .selectFrom('sign_in_tally')
          .select('failures')
          .where('subject', '=', loginSubject(emailOf('league-drafter')))
          .executeTakeFirst()
      )?.failures ?? 0
    const guess = (cookie: string) =>
      app.request('/desk/sign-in/code?lang=en', {
        method: 'POST',
        body: new URLSearchParams({ factor: '000000', next: '/desk' }),
        headers: { cookie, origin: 'http://press.example' },
      })
    const before = await tries()
    expect((await guess(`${other.cookie}; ${question}`)).status).toBe(422)
    expect(await tries()).toBe(before + 1)
    for (const cookie of [`${name}="${value}"`, `${name}=%${value.charCodeAt(0).toString(16)}${value.slice(1)}`]) {
      const said = await guess(cookie)
      expect([said.status, (await said.text()).includes('code is not right')]).toEqual([403, false])
    }
    expect((await guess(`__Secure-${name}=nobody.x; ${name}=nobody.x; ${question}`)).status).toBe(403)
    expect(await tries()).toBe(before + 1)
    at.clock.advance(MINUTE)
  })

  test('has a desk that was left open: neither its password nor its code is guessed there', async () => {
    const guessed = { current: 'not-the-password-1', next: 'yi-zhan-xin-ji-2027' }
    const tried = async () => (await drafter.post('/desk/account/password?lang=en', guessed)).status
    for (let i = 0; i < 5; i++) expect(await tried()).toBe(422)
    expect(await tried()).toBe(403)
    // Of an authenticator that is on, the form that confirms one would tell which code is right.
    const told = await drafter.post('/desk/account/totp/confirm', { factor: codeOf(key, 1) })
    expect(told.status).not.toBe(200)
    at.clock.advance(MINUTE)
  })

  test('shows it again before it is turned off, and a paper code serves', async () => {
    const page = await account(drafter)
    expect(page.text).toContain('First, confirm it is you')
    const refused = await drafter.post('/desk/account/totp/off', { password: PASSWORD })
    expect([refused.status, refused.text.includes('Show your second factor first')]).toEqual([403, true])
    at.clock.advance(3 * MINUTE)
    const shown = await drafter.submit(page, /account\/proof$/, { factor: codeOf(key, -1) })
    expect(shown.text).toContain('Confirmed that it is you')
    const codes = await print(drafter)
    expect([codes.length, new Set(codes).size]).toEqual([10, 10])
    expect(
      JSON.stringify(
        await at.ctx.store.db
          .selectFrom('auth_two_factor' as never)
          .selectAll()
          .execute(),
      ),
    ).not.toContain(codes[0])

    const elsewhere = await comeIn('league-drafter', codes[0])
    expect((await account(elsewhere)).text).toContain('9 left')
    const again = new DeskPerson(app)
    const asked = await enter(again, 'league-drafter')
    expect((await again.submit(asked, /sign-in\/code$/, { factor: codes[0] as string })).status).toBe(422)

    at.clock.advance(6 * MINUTE)
    await elsewhere.submit(await account(elsewhere), /account\/proof$/, {
      factor: ` ${codes[1]?.slice(0, 5)}-${codes[1]?.slice(5)} `,
    })
    const off = await elsewhere.submit(await account(elsewhere), /totp\/off$/, { password: PASSWORD })
    expect(off.text).toContain('The authenticator is off')
    expect((await account(elsewhere)).text).toContain('You have no second factor yet')
    expect((await account(await comeIn('league-drafter'))).text).toContain('My account')
  })
})

describe('a signature on flash', () => {
  let codes: string[] = []

  let signer: DeskPerson

  test('needs no factor of a signer who has none, and warns them', async () => {
    signer = await comeIn('league-signer')
    expect((await signer.get('/desk?lang=en')).text).toContain('You have no second factor')
    const { number } = await flashToSign()
    expect((await signer.get(`/desk/releases/${number}/sign?lang=en`)).text).toContain('a password alone can sign')
    expect((await sign(signer, number)).text).toContain('Signed')
  })

  test('asks who has one for it, takes each code once and for one signature, and loses nothing typed', async () => {
    codes = await print(signer)
    // Nothing changes at the door: paper alone is not asked for there.
    expect((await account(await comeIn('league-signer'))).text).toContain('10 left')
    const one = await flashToSign()
    const none = await sign(signer, one.number, { opinion: 'agreed by the duty chief' })
    expect([none.status, none.text.includes('Signing flash needs your second factor')]).toEqual([403, true])
    expect(none.html).toContain('agreed by the duty chief')
    const wrong = await sign(signer, one.number, { factor: '1234567890' })
    expect([wrong.status, wrong.text.includes('The code is not right')]).toEqual([422, true])
    // The code was right and something else was not: it stays shown.
    const half = await sign(signer, one.number, { factor: codes[0] as string, 'confidentiality.verdict': '' })
    expect(half.status).toBe(422)
    expect(half.text).toContain('Confirmed with a paper code, good until')
    expect((await sign(signer, one.number)).text).toContain('Signed')
    const two = await flashToSign()
    expect((await sign(signer, two.number)).status).toBe(403)
    expect((await sign(signer, two.number, { factor: codes[0] as string })).status).toBe(422)
    expect((await sign(signer, two.number, { factor: codes[1] as string })).text).toContain('Signed')
    expect((await account(signer)).text).toContain('8 left')
  })

  test('a program of the session shows it first, a token with its scope needs none, and five minutes are five minutes', async () => {
    const own = caller(app)
    const headers = { cookie: signer.cookie, origin: 'http://press.example' }
    const decide = (r: { id: string; hash: string }) => ({
      path: `releases/${r.id}/decisions`,
      sent: { json: { revisionHash: r.hash, verdict: 'approve', confidentiality: CLEAR }, headers },
    })
    const show = (code: string) => own('POST', 'second-factor', { json: { code }, headers })
    const one = decide(await flashToSign())
    expect((await own('POST', one.path, one.sent)).body.code).toBe('factor-needed')
    expect((await show('9999999999')).status).toBe(422)
    expect((await show(codes[2] as string)).status).toBe(204)
    at.clock.advance(5 * MINUTE)
    expect((await own('POST', one.path, one.sent)).body.code).toBe('factor-needed')
    expect((await show(codes[3] as string)).status).toBe(204)
    expect((await own('POST', one.path, one.sent)).status).toBe(201)
    const two = await flashToSign()
    const program = caller(app, await people.token('league-signer', ['read', 'decide']))
    expect((await program('POST', 'second-factor', { json: { code: '1234567890' } })).body.code).toBe('session-only')
    const { path, sent } = decide(two)
    expect((await program('POST', path, { json: sent.json })).status).toBe(201)
  })

  test('a session that has shown no factor cannot make itself a token that decides', async () => {
    const headers = { cookie: signer.cookie, origin: 'http://press.example' }
    const issue = (scopes: string[]) => caller(app)('POST', 'tokens', { json: { name: 'x', scopes }, headers })
    expect((await issue(['read', 'decide'])).body.code).toBe('factor-first')
    expect((await issue(['read'])).status).toBe(201)
    await caller(app)('POST', 'second-factor', { json: { code: codes[4] }, headers })
    expect((await issue(['read', 'decide'])).status).toBe(201)
    at.clock.advance(6 * MINUTE)
  })

  test('five wrong codes a minute are enough, and nobody waits longer than that', async () => {
    const { number } = await flashToSign()
    for (let i = 0; i < 5; i++) expect((await sign(signer, number, { factor: '1234567890' })).status).toBe(422)
    const paced = await sign(signer, number, { factor: codes[5] as string, opinion: 'kept' })
    expect([paced.status, paced.html.includes('kept')]).toEqual([403, true])
    at.clock.advance(MINUTE)
    expect((await sign(signer, number, { factor: codes[5] as string })).text).toContain('Signed')
  })
})

describe('an office that asks for a second factor', () => {
  let admin: DeskPerson
  let above: DeskPerson
  let second: DeskPerson

  test('decides so by two administrators, and tells a signer without one who else can and how to have one now', async () => {
    ;[admin, above, second] = await Promise.all([
      comeIn('league-admin'),
      comeIn('region-admin'),
      comeIn('league-signer2'),
    ])
    const proposed = await admin.submit(
      await admin.get('/desk/office?lang=en'),
      /flash-factor$/,
      {},
      { name: 'enabled', value: 'yes' },
    )
    expect(proposed.text).toContain('Change of the second factor for flash')
    expect(proposed.text).toContain('Signers without a second factor: league signer2')
    const { number } = await flashToSign()
    expect((await second.get(`/desk/releases/${number}/sign?lang=en`)).text).toContain('a password alone can sign')
    const applied = await above.submit(
      await above.get('/desk/office?lang=en&agency=league'),
      /changes\//,
      {},
      { name: 'verdict', value: 'apply' },
    )
    expect(applied.status).toBe(200)
    expect((await admin.get('/desk/office?lang=en')).text).toContain('Signing flash: needs a second factor')

    await addDuty(at.ctx, people.own.admin, {
      memberId: 'league-signer2',
      role: 'signer',
      backup: false,
      startsAt: at.clock.now(),
      endsAt: plus(at.clock.now(), HOUR),
    })
    const page = await second.get(`/desk/releases/${number}/sign?lang=en`)
    expect(page.text).toContain('Your office asks for a second factor to sign flash, and you have none')
    expect(page.text).toContain('league signer 0000-000000')
    expect((await sign(second, number)).status).toBe(403)
    // The last signer on duty is not shut out: a minute with the password, and one code.
    const codes = await print(second)
    expect((await sign(second, number, { factor: codes[0] as string })).text).toContain('Signed')
  })

  test('asks it of a signer from above too, before they make a token that could sign its flash', async () => {
    const signer = await comeIn('region-signer')
    const headers = { cookie: signer.cookie, origin: 'http://press.example' }
    const made = await caller(app)('POST', 'tokens', { json: { name: 'x', scopes: ['read', 'decide'] }, headers })
    expect([made.status, made.body.code]).toEqual([403, 'factor-none'])
  })

  test('a lost device is forgotten by two administrators; the session ends, the password stays', async () => {
    const asked = await admin.submit(
      await admin.get('/desk/office?lang=en'),
      /league-signer2\/account$/,
      {},
      { name: 'do', value: 'factors' },
    )
    expect(asked.text).toContain('Take second factors away')
    expect((await account(second)).text).toContain('9 left')
    await above.submit(
      await above.get('/desk/office?lang=en&agency=league'),
      /changes\//,
      {},
      { name: 'verdict', value: 'apply' },
    )
    expect((await account(second)).path).toContain('/desk/sign-in')
    expect((await account(await comeIn('league-signer2'))).text).toContain('You have no second factor yet')
  })

  test('a link for a lost password leaves the factors where they are, and adds no passkey beside them', async () => {
    const asks = await admin.submit(
      await admin.get('/desk/office?lang=en'),
      /league-signer\/account$/,
      {},
      { name: 'do', value: 'link' },
    )
    expect(asks.html).not.toContain('/invitations/')
    const made = await above.submit(
      await above.get('/desk/office?lang=en&agency=league'),
      /changes\/./,
      {},
      { name: 'verdict', value: 'apply' },
    )
    const path = /\/invitations\/[\w-]+/.exec(made.html)?.[0] as string
    const asked = await caller(app)('POST', `${path}/passkey/options`, {
      json: {},
      headers: { origin: 'http://press.example' },
    })
    expect([asked.status, asked.body.code]).toEqual([409, 'link-password-only'])
    const set = await app.request(path, {
      method: 'POST',
      body: new URLSearchParams({ password: 'yi-zhan-xin-ji-2027' }),
      headers: { origin: 'http://press.example' },
    })
    expect(set.status).toBe(200)
    const signer = new DeskPerson(app)
    await enter(signer, 'league-signer', 'yi-zhan-xin-ji-2027')
    expect((await account(signer)).text).toContain('4 left')
  })
})
