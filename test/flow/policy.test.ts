/** One test walks role × agency × hand in the text × route × state over HTTP and holds every answer against the policy table. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { type Actor, RELATIONS, type Relation, relationOf, SCOPES } from '../../src/staff/member.ts'
import { type Act, may, POLICY, RELEASE_STATES, type ReleaseState } from '../../src/staff/policy.ts'
import { createApp } from '../../src/web/app.ts'
import { type RegisteredRoute, routesOf } from '../../src/web/guards/route.ts'
import { AGENCIES, type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'

type Fixture = { id: string; state: ReleaseState; contributor: boolean }
type App = Awaited<ReturnType<typeof createApp>>

let at: Workplace
let people: Office
let app: App
let fixtures: Fixture[]
const everybody: { actor: Actor; token: string; relation: Relation }[] = []

beforeAll(async () => {
  at = await workplace({ sweepMs: { flash: 1e9, routine: 1e9 } } as never)
  people = await office(at.ctx)
  app = await createApp(at.ctx)
  for (const agency of AGENCIES) {
    for (const actor of Object.values(people.actors[agency])) {
      const relation = relationOf(actor, { id: 'league', ancestors: ['region'] })
      everybody.push({ actor, token: await people.token(actor.memberId), relation })
    }
  }
  fixtures = []
  for (const state of RELEASE_STATES)
    for (const contributor of [false, true]) fixtures.push(await fixture(state, contributor))
}, 60_000)
afterAll(() => at.close())

const draft = () => policyDraft({ topics: ['farming'], documentNumber: undefined, outlets: ['website'] })

async function fixture(state: ReleaseState, contributor: boolean): Promise<Fixture> {
  const release = await createRelease(at.ctx, people.own.drafter, draft())
  const { db } = at.ctx.store
  if (contributor)
    for (const { actor } of everybody)
      await db
        .insertInto('contribution')
        .values({ release_id: release.id, cycle: 0, member_id: actor.memberId, act: 'save', at: at.ctx.clock.now() })
        .onConflict((c) => c.doNothing())
        .execute()
  await db.updateTable('release').set({ state }).where('id', '=', release.id).execute()
  return { id: release.id, state, contributor }
}

/** After a call that was let through: the release as it was, so that the next question meets the same state. */
async function restore(f: Fixture): Promise<void> {
  const { db } = at.ctx.store
  const row = await db.selectFrom('release').select(['state']).where('id', '=', f.id).executeTakeFirstOrThrow()
  const hands = await db.selectFrom('contribution').select('member_id').where('release_id', '=', f.id).execute()
  await db.deleteFrom('submission').where('release_id', '=', f.id).execute()
  await db.deleteFrom('quarantine').where('release_id', '=', f.id).execute()
  if (row.state !== f.state)
    await db
      .updateTable('release')
      .set({ state: f.state, edition_type: 'first', planned_at: null })
      .where('id', '=', f.id)
      .execute()
  if (!f.contributor && hands.length > 1)
    await db
      .deleteFrom('contribution')
      .where('release_id', '=', f.id)
      .where('member_id', '<>', 'league-drafter')
      .execute()
}

const HASH = '0'.repeat(64)
/** A body each route would take, so that a refusal is about the person and not about the form. */
const BODIES: Record<string, unknown> = {
  '/draft': draft(),
  '/decisions': { revisionHash: HASH, verdict: 'approve', confidentiality: CLEAR },
  '/phone-sign-off': { signerId: 'league-signer', revisionHash: HASH, words: '同意', confidentiality: CLEAR },
  '/phone-sign-off/confirmation': { confirmed: true },
  '/comments': { revisionHash: HASH, quote: '通知', body: '请核对' },
  '/calls': { memberId: 'league-signer' },
  '/answers': { body: '已改' },
  '/post-review': { edition: 1, opinion: '同意' },
  '/resolution': { action: 'keep', note: '依据条例' },
  '/schedule': { at: '2099-01-01T00:00:00Z' },
  '/correction': { type: 'correction' },
  '/false-alarm': { edition: 1 },
  '/withdrawal': { reasons: { 'zh-CN': '有误' } },
  '/takedown': { ground: 'privacy' },
  '/manual-records': { channelId: 'x' },
  '/quarantine/settlement': { outcome: 'lifted', instruction: '示保〔2026〕1号' },
}

const releaseRoutes = (): RegisteredRoute[] => routesOf(app).filter((r) => r.path.startsWith('/api/v1/releases/{id}'))

async function ask(r: RegisteredRoute, token: string, id: string): Promise<{ status: number; code: string }> {
  const path = r.path.replace('{id}', id).replace('{n}', '1').replace('{key}', HASH)
  const ending = Object.keys(BODIES)
    .filter((e) => r.path.endsWith(e))
    .sort((a, b) => b.length - a.length)[0]
  const json = r.json && ending ? { body: JSON.stringify(BODIES[ending]) } : {}
  const form = new FormData()
  form.set('file', new File(['附件'], 'a.txt'))
  const body = r.path.endsWith('/attachments') ? { body: form } : json
  const headers: Record<string, string> = { authorization: `Bearer ${token}` }
  if (r.json) headers['content-type'] = 'application/json'
  if (r.doc?.headers?.includes('If-Match')) headers['if-match'] = '"0"'
  const res = await app.request(path, { method: r.method.toUpperCase(), headers, ...body })
  const text = await res.text()
  return { status: res.status, code: res.status >= 400 ? ((JSON.parse(text) as { code: string }).code ?? '') : '' }
}

const REFUSALS = ['no-role', 'other-agency', 'own-work', 'token-scope']

/** What the table says of this question: seen or not, allowed or not. */
function expected(
  act: Act,
  actor: Actor,
  relation: Relation,
  f: Fixture,
): 'allowed' | 'unseen' | 'refused' | 'not-now' | 'gate' {
  const contributor = f.contributor || actor.memberId === 'league-drafter'
  const q = { roles: actor.roles, relation, scopes: SCOPES, contributor, state: f.state }
  const grants: readonly { roles: readonly string[] }[] = POLICY[act].grants
  if (!grants.some((g) => g.roles.some((role) => actor.roles.includes(role as never)))) return 'gate'
  const answer = may(act, q)
  if (answer.ok) return 'allowed'
  const sealed = f.state === 'quarantined' || f.state === 'purged'
  const seen = sealed ? relation === 'own' || relation === 'parent' : may('release.read', q).ok
  if (!seen) return 'unseen'
  return answer.refused === 'state' ? 'not-now' : 'refused'
}

test('who may do what is what the table says, on every route, in every state', async () => {
  const wrong: string[] = []
  let asked = 0
  for (const r of releaseRoutes()) {
    for (const f of fixtures) {
      for (const { actor, token, relation } of everybody) {
        const want = expected(r.act as Act, actor, relation, f)
        const got = await ask(r, token, f.id)
        asked++
        const fits =
          want === 'gate'
            ? got.status === 403
            : want === 'unseen'
              ? got.status === 404
              : want === 'refused'
                ? got.status === 403 && REFUSALS.includes(got.code)
                : want === 'not-now'
                  ? got.status === 409 || got.status === 404
                  : got.status !== 401 &&
                    !(got.status === 404 && got.code === 'release') &&
                    (r.path.endsWith('/decisions') || !REFUSALS.includes(got.code))
        if (!fits)
          wrong.push(
            `${r.method} ${r.path} ${f.state}${f.contributor ? ' own' : ''} ${actor.memberId}: ${want}, got ${got.status} ${got.code}`,
          )
        if (got.status < 300 && r.method !== 'get') await restore(f)
      }
    }
  }
  console.log(`${asked} questions over ${releaseRoutes().length} routes`)
  expect(wrong.slice(0, 40)).toEqual([])
  expect(asked).toBeGreaterThan(10_000)
  expect(at.logged).toEqual([])
}, 400_000)

test('every route of the app says who may come in, and nothing answers that was not registered', () => {
  const known = new Set(routesOf(app).map((r) => `${r.method.toUpperCase()} ${r.pattern}`))
  const stray = app.routes
    .filter((r) => r.method !== 'ALL' && !known.has(`${r.method} ${r.path}`))
    .map((r) => `${r.method} ${r.path}`)
  expect(stray).toEqual([])
  expect(known.size).toBeGreaterThan(40)
  const openPaths = routesOf(app)
    .filter((r) => r.act === 'public' && r.path.startsWith('/api/v1'))
    .map((r) => r.path)
  expect(openPaths).toEqual(['/api/v1/openapi.json'])
})

test('without a token nothing of the API answers but its description', async () => {
  for (const r of routesOf(app).filter((one) => one.path.startsWith('/api/v1') && one.act !== 'public')) {
    const res = await app.request(r.path.replace(/\{\w+\}/g, 'x'), { method: r.method.toUpperCase() })
    // A write from nowhere fails on its origin before anyone asks who it is.
    expect([r.path, res.status]).toEqual([r.path, r.method === 'get' ? 401 : 403])
  }
})

test('no token decides unless its scope says so', async () => {
  const token = await people.token('league-signer', ['read', 'write', 'admin'])
  const open = fixtures.find((f) => f.state === 'in-review' && !f.contributor) as Fixture
  const res = await app.request(`/api/v1/releases/${open.id}/schedule`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"at":"2099-01-01T00:00:00Z"}',
  })
  expect(res.status).toBe(403)
  expect(RELATIONS).toContain('own')
})
