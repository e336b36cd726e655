/** The office over HTTP: agencies, roster, tokens, topics, areas; what is shown once is shown once. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, plus } from '../../src/lib/clock.ts'
import { createApp } from '../../src/web/app.ts'
import { hasWords } from '../../templates/words/index.ts'
import { type Office, office, type PersonKey, type Workplace, workplace } from '../support/office.ts'

let at: Workplace
let people: Office
let app: Awaited<ReturnType<typeof createApp>>
beforeEach(async () => {
  at = await workplace()
  people = await office(at.ctx)
  app = await createApp(at.ctx)
})
afterEach(async () => {
  expect(at.logged).toEqual([])
  await at.close()
})

/** Codes that any route may answer with; their words are the API's own. */
const OF_EVERY_ROUTE = new Set(['invalid', 'no-role', 'token-scope', 'other-agency', 'not-signed-in', 'token-unknown'])

type Answer = {
  status: number
  body: Record<string, unknown> & {
    items?: Record<string, unknown>[]
    code?: string
    issues?: { code: string; field: string }[]
  }
}
async function as(
  who: string,
  method: string,
  path: string,
  body?: object,
  extra: Record<string, string> = {},
): Promise<Answer> {
  const token = who.startsWith('ortoo_') ? who : await people.token(who)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...extra }
  const answer = await app.request(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await answer.text()
  const read = { status: answer.status, body: text ? JSON.parse(text) : {} } as Answer
  if (read.body.code && !OF_EVERY_ROUTE.has(read.body.code))
    expect(hasWords(`problem.${read.body.code}`), `words for ${read.body.code}`).toBe(true)
  for (const { code } of read.body.issues ?? []) expect(hasWords(`issue.${code}`), `words for ${code}`).toBe(true)
  return read
}
const admin = (method: string, path: string, body?: object) => as('league-admin', method, path, body)
const codes = (a: Answer) => a.body.issues?.map((i) => i.code)

test('an administrator makes an agency below their own, within its areas', async () => {
  const agency = {
    slug: 'baorihushuo',
    nameZh: '宝日胡硕旗（示例）',
    nameEn: 'Baorihushuo (sample)',
    areaCodes: ['159921'],
  }
  expect(codes(await admin('POST', '/api/v1/agencies', { ...agency, areaCodes: ['159921', '159922'] }))).toEqual([
    'area-not-listed',
  ])
  const made = await admin('POST', '/api/v1/agencies', agency)
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({ parentId: 'league', slug: 'baorihushuo' })])
  expect(codes(await admin('POST', '/api/v1/agencies', agency))).toEqual(['slug-taken'])
  expect(codes(await admin('POST', '/api/v1/agencies', { ...agency, slug: 'far', areaCodes: ['159800'] }))).toEqual([
    'area-outside-parent',
  ])
  expect(codes(await admin('POST', '/api/v1/agencies', { ...agency, slug: 'X', areaCodes: [] }))).toEqual([
    'wrong-shape',
    'wrong-shape',
  ])
  expect((await admin('POST', '/api/v1/agencies', { ...agency, slug: 'up', parentId: 'region' })).status).toBe(403)
  expect((await admin('POST', '/api/v1/agencies', { ...agency, slug: 'no', parentId: 'nowhere' })).status).toBe(404)
  expect((await as('league-drafter', 'POST', '/api/v1/agencies', agency)).status).toBe(403)
})

test('the word list of an agency is read before it is kept', async () => {
  expect(codes(await admin('PUT', '/api/v1/agencies/league', { wordList: '词,建议,提示\n只有一格' }))).toEqual([
    'wordlist-columns',
  ])
  const kept = await admin('PUT', '/api/v1/agencies/league', { wordList: '蒙古大夫,蒙医,阻断', nameEn: 'Qinggele' })
  expect(kept.body).toMatchObject({ wordList: '蒙古大夫,蒙医,阻断', nameEn: 'Qinggele' })
})

test('everybody sees their own agency and those below, not those beside or above', async () => {
  const { body } = await as('league-drafter', 'GET', '/api/v1/agencies')
  expect(body.items?.map((a) => a['id'])).toEqual(['league', 'banner'])
  const members = await as('banner-drafter', 'GET', '/api/v1/members')
  expect(new Set(members.body.items?.map((m) => m['agencyId']))).toEqual(new Set(['banner']))
  expect((await as('banner-drafter', 'GET', '/api/v1/agencies/league')).status).toBe(403)
})

test('a member is put on duty for a role they hold, and taken off again', async () => {
  const now = at.clock.now()
  const duty = { memberId: 'league-signer', role: 'signer', startsAt: now, endsAt: plus(now, DAY) }
  const { status, body } = await admin('POST', '/api/v1/roster', duty)
  expect(status).toBe(201)
  const list = await as('league-drafter', 'GET', '/api/v1/roster')
  expect(list.body.items).toEqual([
    expect.objectContaining({ memberId: 'league-signer', phone: '0000-000000', backup: false }),
  ])
  expect(codes(await admin('POST', '/api/v1/roster', { ...duty, endsAt: now, role: 'drafter' }))).toEqual([
    'duty-time',
    'duty-role',
  ])
  expect(codes(await admin('POST', '/api/v1/roster', { ...duty, endsAt: plus(now, 32 * DAY) }))).toEqual(['duty-long'])
  expect(codes(await admin('POST', '/api/v1/roster', { ...duty, memberId: 'nobody' }))).toEqual(['member-unknown'])
  expect((await as('other-admin', 'DELETE', `/api/v1/roster/${body['id']}`)).status).toBe(403)
  expect((await admin('DELETE', `/api/v1/roster/${body['id']}`)).status).toBe(204)
  expect((await admin('DELETE', `/api/v1/roster/${body['id']}`)).status).toBe(404)
})

test('a token is shown once, kept as a hash, never wider than its owner, and never decides unless asked', async () => {
  const plain = await as(
    'league-drafter',
    'POST',
    '/api/v1/tokens',
    { name: '采编系统' },
    { 'idempotency-key': 'once-and-once-only' },
  )
  expect([plain.status, plain.body['scopes']]).toEqual([201, ['read']])
  const token = String(plain.body['token'])
  expect(token).toMatch(/^ortoo_[\w-]{32,}$/)
  for (const table of ['api_token', 'idempotency', 'ledger'] as const)
    expect(JSON.stringify(await at.ctx.store.db.selectFrom(table).selectAll().execute())).not.toContain(token)
  expect((await as(token, 'GET', '/api/v1/agencies')).status).toBe(200)
  expect((await as(token, 'POST', '/api/v1/tokens', { name: 'x' })).status).toBe(403)
  const narrow = await people.token('league-drafter', ['read', 'admin'])
  expect(codes(await as(narrow, 'POST', '/api/v1/tokens', { name: 'x', scopes: ['decide'] }))).toEqual([
    'scope-too-wide',
  ])
  expect(
    codes(
      await as('league-drafter', 'POST', '/api/v1/tokens', { name: 'x', expiresAt: plus(at.clock.now(), 367 * DAY) }),
    ),
  ).toEqual(['token-time'])
  expect(codes(await as('league-drafter', 'POST', '/api/v1/tokens', { name: 'x', expiresAt: at.clock.now() }))).toEqual(
    ['token-time'],
  )
})

test('a revoked token opens nothing; others than its owner and their administrator cannot revoke it', async () => {
  const { body } = await as('league-drafter', 'POST', '/api/v1/tokens', { name: 'x' })
  const path = `/api/v1/tokens/${body['id']}`
  for (const who of ['league-signer', 'banner-admin', 'other-admin'])
    expect((await as(who, 'DELETE', path)).status).toBe(403)
  expect((await admin('DELETE', path)).status).toBe(204)
  expect((await as(String(body['token']), 'GET', '/api/v1/agencies')).status).toBe(401)
  expect((await as('league-drafter', 'DELETE', path)).status).toBe(204)
})

test('topics and areas are one list for the whole site: administrators of a topmost agency keep them', async () => {
  const topic = { nameZh: '防汛', nameEn: 'Floods', position: 5 }
  const refused = await admin('PUT', '/api/v1/topics/floods', topic)
  expect([refused.status, refused.body.code]).toEqual([403, 'top-agency-only'])
  expect((await as('region-admin', 'PUT', '/api/v1/topics/floods', topic)).status).toBe(200)
  expect((await as('region-admin', 'PUT', '/api/v1/topics/Not%20A%20Slug', topic)).status).toBe(422)
  const list = await as('league-drafter', 'GET', '/api/v1/topics')
  expect(list.body.items).toContainEqual({ slug: 'floods', ...topic, retiredAt: null })
  const place = (code: string, parent: string | null) => ({ code, nameZh: '某地（示例）', parent })
  expect((await as('region-admin', 'PUT', '/api/v1/areas', [place('159923', '159900')])).body).toEqual({ areas: 1 })
  expect(codes(await as('region-admin', 'PUT', '/api/v1/areas', [place('159924', '777777')]))).toEqual([
    'area-parent-unknown',
  ])
  expect(codes(await as('region-admin', 'PUT', '/api/v1/areas', [place('12', null)]))).toEqual(['wrong-shape'])
})

test('changes that wait are listed with whose they are, and decided over HTTP', async () => {
  await people.token('region-admin')
  const { body } = await admin('PUT', '/api/v1/members/league-drafter', { roles: ['signer'] })
  const change = (body['roles'] as { changeId: string }).changeId
  expect((await admin('GET', '/api/v1/changes')).body.items).toEqual([
    expect.objectContaining({
      id: change,
      mine: true,
      change: { kind: 'member', memberId: 'league-drafter', roles: ['signer'] },
    }),
  ])
  expect((await as('region-admin', 'GET', '/api/v1/changes')).body.items).toEqual([
    expect.objectContaining({ id: change, mine: false }),
  ])
  expect((await as('other-admin', 'GET', '/api/v1/changes')).body.items).toEqual([])
  expect((await admin('POST', `/api/v1/changes/${change}/decision`, { verdict: 'apply' })).body.code).toBe('own-change')
  expect((await as('region-admin', 'POST', `/api/v1/changes/${change}/decision`, { verdict: 'apply' })).body).toEqual({
    state: 'applied',
  })
  expect((await as('region-admin', 'POST', `/api/v1/changes/${change}/decision`, { verdict: 'apply' })).status).toBe(
    409,
  )
})

test.each<[PersonKey]>([['drafter'], ['reviewer'], ['confidentiality'], ['signer'], ['auditor']])(
  'a %s manages nobody',
  async (person) => {
    const who = `league-${person}`
    const calls: [string, string, object][] = [
      ['POST', '/api/v1/members', {}],
      ['PUT', '/api/v1/members/league-admin', {}],
      ['POST', '/api/v1/members/league-admin/invitation', {}],
      ['PUT', '/api/v1/agencies/league', {}],
      ['PUT', '/api/v1/agencies/league/chains', {}],
      ['PUT', '/api/v1/agencies/league/phone-sign-off', { enabled: true }],
      ['POST', '/api/v1/roster', {}],
      ['PUT', '/api/v1/areas', []],
      ['GET', '/api/v1/changes', {}],
    ]
    for (const [method, path, body] of calls)
      expect([path, (await as(who, method, path, method === 'GET' ? undefined : body)).status]).toEqual([path, 403])
  },
)

test('without a session or a token the office is closed', async () => {
  for (const path of [
    '/api/v1/members',
    '/api/v1/agencies',
    '/api/v1/roster',
    '/api/v1/tokens',
    '/api/v1/changes',
    '/api/v1/topics',
  ])
    expect((await app.request(path)).status).toBe(401)
})
