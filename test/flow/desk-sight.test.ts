/** What each screen of the desk shows of a release, held against the policy table: a word of it only to those who may see it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { type Actor, RELATIONS, type Relation, ROLES, relationOf, SCOPES } from '../../src/staff/member.ts'
import { type Act, may, POLICY, RELEASE_STATES, type ReleaseState } from '../../src/staff/policy.ts'
import { routesOf } from '../../src/web/guards/route.ts'
import { type App, appOf } from '../support/caller.ts'
import { AGENCIES, type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let app: App
const everybody: { actor: Actor; token: string; relation: Relation }[] = []
const releases: { id: string; number: string; state: ReleaseState; canary: string }[] = []

beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx)
  app = await appOf(at.ctx)
  for (const agency of AGENCIES)
    for (const actor of Object.values(people.actors[agency]))
      everybody.push({
        actor,
        token: await people.token(actor.memberId),
        relation: relationOf(actor, { id: 'league', ancestors: ['region'] }),
      })
  for (const state of RELEASE_STATES) releases.push(await release(state))
})
afterAll(async () => {
  await at.close()
  expect(at.logged).toEqual([])
})

async function release(state: ReleaseState) {
  const canary = `金丝雀${state.replace('-', '')}词`
  const draft = policyDraft({ topics: ['farming'], documentNumber: undefined }, `<p>${canary}正文</p>`)
  const part = { ...(draft.parts['zh-CN'] as object), title: `关于${canary}的通知` }
  const row = await createRelease(at.ctx, people.own.drafter, { ...draft, parts: { 'zh-CN': part } })
  const face = state === 'published' ? 'live' : state === 'withdrawn' || state === 'taken-down' ? state : 'none'
  await at.ctx.store.db.updateTable('release').set({ state, face }).where('id', '=', row.id).execute()
  return { id: row.id, number: row.number, state, canary }
}

/** May see the words: inside the office, or because the public sees them now. */
function maySeeWords(actor: Actor, relation: Relation, state: ReleaseState): boolean {
  const q = { roles: actor.roles, relation, scopes: SCOPES, contributor: false, state }
  return may('release.inspect', q).ok || (state === 'published' && may('release.read', q).ok)
}
const maySee = (actor: Actor, relation: Relation, state: ReleaseState) =>
  may('release.read', { roles: actor.roles, relation, scopes: SCOPES, state }).ok

test('no screen, list or answer shows a word of a release to one who may not see it', async () => {
  const own = routesOf(app).filter((r) => r.method === 'get' && r.path.includes('/releases/{id}'))
  const lists = routesOf(app).filter(
    (r) => r.method === 'get' && !r.path.includes('{') && (r.path.startsWith('/desk') || r.path.startsWith('/api/v1/')),
  )
  expect(own.length).toBeGreaterThan(15)
  expect(lists.length).toBeGreaterThan(15)
  const leaks: string[] = []
  let asked = 0
  for (const { actor, token, relation } of everybody) {
    const ask = async (path: string) => {
      asked++
      const res = await app.request(path, { headers: { authorization: `Bearer ${token}`, accept: 'text/html' } })
      return { status: res.status, text: await res.text() }
    }
    for (const { id, number, state, canary } of releases) {
      for (const r of own) {
        const path = r.path
          .replace('{id}', id)
          .replace('{n}', '1')
          .replace(/\{\w+\}/g, 'x')
        const { status, text } = await ask(path)
        if (status >= 500) leaks.push(`${path} as ${actor.memberId} in ${state}: ${status}`)
        if (text.includes(canary) && !maySeeWords(actor, relation, state))
          leaks.push(`${r.path} shows words of ${state} to ${actor.memberId}`)
        // Journalists' pages send every stranger to their sign-in, whether there is such a release or not.
        const sentAway = r.path.startsWith('/media/') && status === 303 && !text.includes(number)
        const sealed = state === 'quarantined' || state === 'purged'
        const family = relation === 'own' || relation === 'parent'
        if (
          !maySee(actor, relation, state) &&
          !sentAway &&
          !(sealed && family) &&
          (status < 400 || text.includes(number))
        )
          leaks.push(`${r.path} shows ${state} to ${actor.memberId}: ${status}`)
      }
    }
    for (const r of lists) {
      const { status, text } = await ask(r.path)
      if (status >= 500) leaks.push(`${r.path} as ${actor.memberId}: ${status}`)
      for (const { canary, state } of releases)
        if (text.includes(canary) && !maySeeWords(actor, relation, state))
          leaks.push(`${r.path} shows words of ${state} to ${actor.memberId}`)
    }
  }
  expect([...new Set(leaks)].slice(0, 40)).toEqual([])
  expect(asked).toBeGreaterThan(5_000)
}, 300_000)

test('the words are there for those who may see them, so that the test above could fail', async () => {
  const drafter = await people.token('league-drafter')
  for (const { id, state, canary } of releases) {
    const res = await app.request(`/desk/releases/${id}`, { headers: { authorization: `Bearer ${drafter}` } })
    const seen = maySeeWords(people.own.drafter, 'own', state)
    expect([state, (await res.text()).includes(canary)]).toEqual([state, seen])
  }
})

test('the table lets nobody act on a release they may not see', () => {
  const blind: string[] = []
  const acts = (Object.keys(POLICY) as Act[]).filter((a) => /^(release|dispatch)\./.test(a))
  for (const act of acts)
    for (const role of ROLES)
      for (const relation of RELATIONS)
        for (const state of RELEASE_STATES)
          for (const contributor of [false, true]) {
            const q = { roles: [role], relation, scopes: SCOPES, contributor, state }
            const home = act === 'release.create' || act === 'release.list'
            if (!home && may(act, q).ok && !may('release.read', q).ok) blind.push(`${act} ${role} ${relation} ${state}`)
          }
  expect(blind).toEqual([])
})
