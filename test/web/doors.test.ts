/** Who comes in: sessions, tokens, other people's pages, too many tries. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { MINUTE } from '../../src/lib/clock.ts'
import { createLogin, setPassword } from '../../src/staff/auth.ts'
import { tokensOf, updateMember, updateToken } from '../../src/staff/store.ts'
import { type App, appOf, caller } from '../support/caller.ts'
import { emailOf, type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let app: App
beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: ['league-drafter', 'league-signer', 'league-signer2', 'banner-drafter'] })
  app = await appOf(at.ctx)
})
afterAll(async () => {
  await at.close()
  expect(at.logged).toEqual([])
})

const ORIGIN = 'http://press.example'
const draft = () => policyDraft({ topics: ['farming'], documentNumber: undefined })

async function signIn(id: string, password = people.password, ip = '203.0.113.5'): Promise<Response> {
  return app.request('/desk/sign-in', {
    method: 'POST',
    headers: {
      origin: ORIGIN,
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': ip,
    },
    body: new URLSearchParams({ email: emailOf(id), password }),
  })
}
const cookieOf = (res: Response): string =>
  res.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')

test('a drafter who has signed in is known by a cookie that no script can read and no other site sends', async () => {
  const res = await signIn('league-drafter')
  expect(res.status).toBe(303)
  expect(res.headers.getSetCookie().join()).toMatch(/HttpOnly/i)
  expect(res.headers.getSetCookie().join()).toMatch(/SameSite=Lax/i)
  const me = await caller(app)('GET', 'me', { headers: { cookie: cookieOf(res) } })
  expect(me.body).toMatchObject({ memberId: 'league-drafter', agency: { en: 'Qinggele League (sample)' } })
})

test('a page of another site cannot use the session of somebody at the desk', async () => {
  const cookie = cookieOf(await signIn('league-drafter'))
  const create = (headers: Record<string, string>) =>
    caller(app)('POST', 'releases', { json: draft(), headers: { cookie, ...headers } })
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.press.example' },
    { 'sec-fetch-site': 'cross-site', origin: ORIGIN },
  ]) {
    const refused = await create(headers as Record<string, string>)
    expect([headers, refused.status, refused.body.code]).toEqual([headers, 403, 'cross-site'])
  }
  expect((await create({ origin: ORIGIN })).status).toBe(201)
  expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(201)
})

test('a wrong password, an unknown address and a member who has left hear the same answer', async () => {
  await createLogin(at.ctx, { name: 'gone', email: 'gone@ortoo.example', password: people.password })
  await updateMember(at.ctx.store.db, 'banner-drafter', { active: 0 })
  const strip = (text: string) => text.replace(/value="[^"]*"/g, '').replace(/[0-9a-hj-kmnp-tv-z]{26}/g, '')
  const answers = await Promise.all([
    signIn('league-drafter', 'not-the-password-1', '203.0.113.21'),
    signIn('nobody-at-all', people.password, '203.0.113.22'),
    signIn('banner-drafter', people.password, '203.0.113.23'),
    signIn('gone', people.password, '203.0.113.24'),
  ])
  expect(answers.map((a) => a.status)).toEqual([403, 403, 403, 403])
  const bodies = await Promise.all(answers.map(async (a) => strip(await a.text())))
  expect(new Set(bodies).size).toBe(1)
  expect(answers.every((a) => a.headers.getSetCookie().length === 0)).toBe(true)
})

test('after five wrong passwords a minute the sixth has to wait, and each round longer', async () => {
  const guess = () => signIn('league-signer', 'guess-guess-guess', '203.0.113.9')
  for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(403)
  const first = await guess()
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '60'])
  expect((await signIn('league-signer', people.password, '203.0.113.9')).status).toBe(429)
  // The signer at another desk is not kept out by somebody else's guesses.
  expect((await signIn('league-signer', people.password, '203.0.113.10')).status).toBe(303)
  at.clock.advance(MINUTE)
  for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(403)
  expect((await guess()).headers.get('retry-after')).toBe('120')
  at.clock.advance(15 * MINUTE)
  expect((await signIn('league-signer', people.password, '203.0.113.9')).status).toBe(303)
})

test('a new password ends every session that the old one began', async () => {
  const cookie = cookieOf(await signIn('league-drafter', people.password, '203.0.113.30'))
  const member = await at.ctx.store.db
    .selectFrom('member')
    .select('user_id')
    .where('id', '=', 'league-drafter')
    .executeTakeFirstOrThrow()
  await setPassword(at.ctx, member.user_id as string, 'a-quite-new-password')
  expect((await caller(app)('GET', 'me', { headers: { cookie } })).status).toBe(401)
  expect((await signIn('league-drafter', people.password, '203.0.113.30')).status).toBe(403)
  expect((await signIn('league-drafter', 'a-quite-new-password', '203.0.113.30')).status).toBe(303)
  await expect(setPassword(at.ctx, member.user_id as string, 'short')).rejects.toMatchObject({
    issues: [{ code: 'password-short' }],
  })
})

test('a session that was signed by another installation is nobody’s', async () => {
  const cookie = cookieOf(await signIn('league-signer', people.password, '203.0.113.31')).replace(/.{6}$/, 'AAAA%3D')
  expect((await caller(app)('GET', 'me', { headers: { cookie } })).status).toBe(401)
})

test('a program comes in with its token and does no more than its scopes', async () => {
  const release = await createRelease(at.ctx, people.own.drafter, draft())
  const reads = caller(app, await people.token('league-drafter', ['read']))
  expect((await reads('GET', `releases/${release.id}`)).status).toBe(200)
  const refused = await reads('POST', 'releases', { json: draft() })
  expect([refused.status, refused.body.code]).toEqual([403, 'token-scope'])
  const writes = caller(app, await people.token('league-drafter', ['write']))
  expect((await writes('GET', 'releases')).body.code).toBe('token-scope')
})

test('a token that has run out, was revoked, is misspelt or belongs to one who has left opens nothing', async () => {
  const over = await people.token('league-drafter', ['read'], '2026-01-01T00:00:00.000Z')
  const revoked = await people.token('league-auditor', ['read'])
  for (const row of await tokensOf(at.ctx.store.db, 'league-auditor'))
    await updateToken(at.ctx.store.db, row.id, { revoked_at: at.ctx.clock.now() })
  const left = await people.token('banner-drafter', ['read'])
  for (const token of [over, revoked, left, 'ortoo_short', `ortoo_${'x'.repeat(32)}`, '']) {
    const said = await caller(app)('GET', 'me', { headers: { authorization: `Bearer ${token}` } })
    expect([said.status, said.body.code]).toEqual([401, 'token-unknown'])
    expect(said.headers.get('www-authenticate')).toContain('invalid_token')
  }
  const basic = await caller(app)('GET', 'me', { headers: { authorization: 'Basic eDp5' } })
  expect(basic.status).toBe(401)
})

test('a token notes when it was last used, at most once a minute', async () => {
  const call = caller(app, await people.token('league-reviewer', ['read']))
  const used = async () => (await tokensOf(at.ctx.store.db, 'league-reviewer'))[0]?.last_used_at
  await call('GET', 'me')
  const first = await used()
  expect(first).toBe(at.ctx.clock.now())
  at.clock.advance(MINUTE - 1)
  await call('GET', 'me')
  expect(await used()).toBe(first)
  at.clock.advance(2)
  await call('GET', 'me')
  expect(await used()).toBe(at.ctx.clock.now())
})

test('a visitor who asks for a page of the desk is led to sign in, and back to that page', async () => {
  const res = await app.request('/desk/releases?state=draft', { headers: { accept: 'text/html' } })
  expect(res.status).toBe(303)
  expect(res.headers.get('location')).toContain(encodeURIComponent('/desk/releases?state=draft'))
})

test('a visitor who mistyped an address stays on the public site; a member at the desk goes back to it', async () => {
  const asked = async (path: string) => {
    const res = await app.request(path, { headers: { accept: 'text/html' } })
    return { status: res.status, text: await res.text() }
  }
  for (const path of ['/nope', '/en/nope', '/releases/2026-999999/', '/exercise/nope']) {
    const { status, text } = await asked(path)
    expect(status, path).toBe(404)
    expect(text, path).toContain('class="brand"')
    expect(text, path).not.toContain('href="/desk')
  }
  expect((await asked('/exercise/nope')).text).toContain('band exercise')
  expect((await asked('/desk/nope')).text).toContain('href="/desk/"')
})
