/** What each screen of the desk shows of a release, held against the policy table: a word of it only to those who may see it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { limitReaders } from '../../src/desk/read-log.ts'
import { meetByHand } from '../../src/incident/by-hand.ts'
import { insertClock } from '../../src/incident/clock-store.ts'
import { collectOpinion } from '../../src/incident/collect-opinion.ts'
import { openIncident } from '../../src/incident/open.ts'
import { type Actor, RELATIONS, type Relation, ROLES, relationOf, SCOPES } from '../../src/staff/member.ts'
import { type Act, may, POLICY, RELEASE_STATES, type ReleaseState } from '../../src/staff/policy.ts'
import { raiseAlarm } from '../../src/store/alarm.ts'
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

test('what is kept to others (限阅) shows not even its number or id on any list, screen or table, nor in what stands beside it', async () => {
  const { db } = at.ctx.store
  const now = at.ctx.clock.now()
  const soon = new Date(Date.parse(now) + 3_600_000).toISOString()
  const incident = await openIncident(at.ctx, people.own.signer, {
    titleZh: '哈日诺尔旗草原火灾',
    titleEn: 'Grassland fire in Harinur',
    class: 'natural',
    grade: 'large',
    areas: ['159921'],
    knownAt: now,
  })
  const opinion = await collectOpinion(at.ctx, people.own.drafter, { title: '草原火灾', incidentId: incident.id })
  const kept: { id: string; number: string }[] = []
  for (const state of ['draft', 'in-review', 'approved', 'scheduled', 'held'] as const)
    for (const mode of ['live', 'exercise'] as const) {
      const draft = policyDraft({ topics: ['farming'], documentNumber: undefined, mode })
      const row = await createRelease(at.ctx, people.own.drafter, draft)
      await limitReaders(at.ctx, people.own.drafter, row.id, { limited: true })
      const planned_at = state === 'scheduled' || state === 'held' ? soon : null
      await db
        .updateTable('release')
        .set({ state, planned_at, incident_id: incident.id })
        .where('id', '=', row.id)
        .execute()
      for (const [i, subject] of [`release:${row.id}`, `release:${row.id}:step:review`].entries()) {
        const id = `clock${kept.length}x${i}`
        await insertClock(db, {
          id,
          subject,
          rule: 'referral',
          rule_version: '保密法实施条例2024-25',
          agency_id: 'league',
          started_at: now,
          due_at: soon,
        })
        await at.ctx.store.tx((trx) => raiseAlarm(trx, at.clock, 'clock-breached', `clock:${id}`))
      }
      await at.ctx.store.tx((trx) => raiseAlarm(trx, at.clock, 'phone-sign-off-denied', `release:${row.id}`))
      kept.push({ id: row.id, number: row.number })
    }
  await db.updateTable('opinion').set({ release_id: kept[0]!.id }).where('id', '=', opinion.id).execute()

  const lists = routesOf(app)
    .filter(
      (r) =>
        r.method === 'get' && !r.path.includes('{') && (r.path.startsWith('/desk') || r.path.startsWith('/api/v1/')),
    )
    .map((r) => r.path)
  const beside = [
    '/desk/clocks?late=1',
    `/desk/incidents/${incident.number}`,
    `/desk/opinions/${opinion.number}`,
    `/api/v1/opinions/${opinion.number}`,
  ]
  const shows = async (actor: Actor) => {
    const headers = { authorization: `Bearer ${await people.token(actor.memberId)}`, accept: 'text/html' }
    const found = new Map<string, number>()
    for (const path of [...lists, ...beside]) {
      const text = await (await app.request(path, { headers })).text()
      const n = kept.filter((k) => text.includes(k.number) || text.includes(k.id)).length
      if (n) found.set(path, n)
    }
    return found
  }
  const { own, actors } = people
  for (const actor of [own.drafter2, own.admin, actors.region.drafter, actors.region.admin])
    expect([actor.memberId, [...(await shows(actor))]]).toEqual([actor.memberId, []])
  // The same lists tell it to who may see it, or the walk above would prove nothing.
  const told = await shows(own.drafter)
  for (const path of ['/desk/releases', '/desk/clocks', '/desk/clocks.csv', '/desk/alarms', '/desk/calendar'])
    expect([path, (told.get(path) ?? 0) > 0]).toEqual([path, true])
  for (const path of [
    '/desk/exercises',
    '/desk/exercises.csv',
    '/api/v1/clocks',
    '/api/v1/alarms',
    '/api/v1/exercises',
  ])
    expect([path, (told.get(path) ?? 0) > 0]).toEqual([path, true])
  for (const path of beside.slice(1)) expect([path, (told.get(path) ?? 0) > 0]).toEqual([path, true])

  // A clock that is on nobody's board here cannot be asked about or answered by its id either.
  const id = 'clock0x0'
  const headers = { authorization: `Bearer ${await people.token('league-drafter2')}` }
  expect((await app.request(`/api/v1/clocks/${id}/events`, { headers })).status).toBe(404)
  await expect(meetByHand(at.ctx, own.drafter2, id, { why: '已报' })).rejects.toMatchObject({ kind: 'not-found' })
}, 120_000)
