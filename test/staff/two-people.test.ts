/** Roles, chains and telephone sign-off change by two people as soon as there are two administrators. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyLedger } from '../../src/ledger/verify.ts'
import type { Refusal } from '../../src/lib/errors.ts'
import { actorOf } from '../../src/staff/auth.ts'
import { DEFAULT_CHAINS } from '../../src/staff/chain.ts'
import { changeChains } from '../../src/staff/change-chain.ts'
import { changeMember } from '../../src/staff/change-member.ts'
import { decideChange } from '../../src/staff/decide-change.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Actor } from '../../src/staff/member.ts'
import { changePhoneSignOff } from '../../src/staff/phone-signoff.ts'
import { agencyById, changeById, insertMember, memberById, rolesOf } from '../../src/staff/store.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let at: Workplace
let people: Office
let admin: Actor
beforeEach(async () => {
  at = await workplace()
  people = await office(at.ctx)
  admin = people.own.admin
  await people.token(admin.memberId)
})
afterEach(async () => {
  expect((await verifyLedger(at.ctx.store.db)).faults).toEqual([])
  expect(at.logged).toEqual([])
  await at.close()
})

const roles = async (id: string) => rolesOf((await memberById(at.ctx.store.db, id))!)
const codes = (err: Refusal) => [err.code, ...err.issues.map((i) => i.code)]
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (err: Refusal) => codes(err).join(' '),
  )
const decide = (by: Actor, id: string | null, verdict: 'apply' | 'refuse' = 'apply') =>
  decideChange(at.ctx, by, id ?? '', { verdict }).then(({ state }) => state)
const acts = async () =>
  (await at.ctx.store.db.selectFrom('ledger').select(['actor', 'act']).orderBy('seq').execute()).map(
    (e) => `${e.actor} ${e.act}`,
  )

/** A second administrator of the league, with a way in. */
async function second(id = 'league-admin2'): Promise<Actor> {
  await insertMember(at.ctx.store.db, {
    id,
    user_id: null,
    agency_id: 'league',
    name: id,
    email: `${id}@ortoo.example`,
    phone: '',
    languages: '[]',
    roles: '["admin"]',
    active: 1,
    created_at: at.clock.now(),
  })
  await people.token(id)
  return actorOf(at.ctx, (await memberById(at.ctx.store.db, id))!)
}

describe('while there is one administrator', () => {
  test('a change of roles or chains applies at once and stands in the ledger', async () => {
    expect(await changeMember(at.ctx, admin, 'league-drafter', { roles: ['drafter', 'reviewer'] })).toEqual({
      state: 'applied',
      changeId: null,
    })
    expect(await roles('league-drafter')).toEqual(['drafter', 'reviewer'])
    const chains = { ...DEFAULT_CHAINS, routine: DEFAULT_CHAINS.routine.slice(1) }
    expect((await changeChains(at.ctx, admin, 'league', chains)).state).toBe('applied')
    expect(JSON.parse((await agencyById(at.ctx.store.db, 'league'))!.chains)).toEqual(chains)
    expect(await acts()).toEqual(['league-admin change.apply', 'league-admin change.apply'])
  })

  test('telephone sign-off waits all the same until there is a second', async () => {
    const { state, changeId } = await changePhoneSignOff(at.ctx, admin, 'league', { enabled: true })
    expect(state).toBe('open')
    expect(await refused(decide(admin, changeId))).toBe('own-change')
    expect((await agencyById(at.ctx.store.db, 'league'))!.phone_signoff).toBe(0)
    expect(await decide(await second(), changeId)).toBe('applied')
    expect((await agencyById(at.ctx.store.db, 'league'))!.phone_signoff).toBe(1)
  })

  test('the last administrator cannot step down or be switched off', async () => {
    expect(await refused(changeMember(at.ctx, admin, admin.memberId, { roles: ['drafter'] }))).toBe(
      'invalid last-admin',
    )
    expect(await refused(changeMember(at.ctx, admin, admin.memberId, { active: false }))).toBe('invalid last-admin')
    expect(await roles(admin.memberId)).toEqual(['admin'])
  })
})

describe('as soon as there are two', () => {
  let other: Actor
  beforeEach(async () => {
    other = await second()
  })

  test('an administrator cannot apply what they proposed; a colleague can, once', async () => {
    const change = await changeMember(at.ctx, admin, 'league-drafter', { roles: ['signer'] })
    expect(change?.state).toBe('open')
    expect(await roles('league-drafter')).toEqual(['drafter'])
    expect(await refused(decide(admin, change!.changeId))).toBe('own-change')
    expect(await decide(other, change!.changeId)).toBe('applied')
    expect(await roles('league-drafter')).toEqual(['signer'])
    expect(await refused(decide(other, change!.changeId))).toBe('change-decided')
    expect(await acts()).toEqual(['league-admin change.propose', 'league-admin2 change.apply'])
  })

  test('the database refuses it too, whoever writes the row', async () => {
    const change = await changeMember(at.ctx, admin, 'league-drafter', { roles: ['signer'] })
    const write = at.ctx.store.db
      .updateTable('change_request')
      .set({ state: 'applied', decided_by: admin.memberId })
      .where('id', '=', change!.changeId)
      .execute()
    await expect(write).rejects.toThrow(/CHECK/)
  })

  test('whoever proposed may take it back; a colleague may refuse it', async () => {
    for (const by of [admin, other]) {
      const change = await changeChains(at.ctx, admin, 'league', {
        ...DEFAULT_CHAINS,
        routine: DEFAULT_CHAINS.routine.slice(1),
      })
      expect(await decide(by, change.changeId, 'refuse')).toBe('refused')
      expect((await changeById(at.ctx.store.db, change.changeId!))?.state).toBe('refused')
    }
    expect(JSON.parse((await agencyById(at.ctx.store.db, 'league'))!.chains)).toEqual(DEFAULT_CHAINS)
  })

  test('two administrators cannot apply the same change both', async () => {
    const third = await second('league-admin3')
    const change = await changeMember(at.ctx, admin, 'league-drafter', { roles: ['signer'] })
    const outcomes = await Promise.all([
      refused(decide(other, change!.changeId)),
      refused(decide(third, change!.changeId)),
    ])
    expect(outcomes.sort()).toEqual(['change-decided', 'done'])
  })

  test('one administrator cannot empty the other’s seat to be alone', async () => {
    expect((await changeMember(at.ctx, admin, other.memberId, { active: false }))?.state).toBe('open')
    expect((await changeMember(at.ctx, admin, other.memberId, { roles: ['drafter'] }))?.state).toBe('open')
    expect((await memberById(at.ctx.store.db, other.memberId))?.active).toBe(1)
  })

  test('nobody gets a puppet in by invitation: the roles wait for a colleague', async () => {
    const invitation = await invite(at.ctx, admin, {
      name: '新人（示例）',
      email: 'new@ortoo.example',
      roles: ['signer'],
    })
    expect(invitation.roles.state).toBe('open')
    expect(await roles(invitation.memberId)).toEqual([])
    await decide(other, invitation.roles.changeId)
    expect(await roles(invitation.memberId)).toEqual(['signer'])
  })

  test('a member who has left is shut out at once; to come back takes two', async () => {
    expect(await changeMember(at.ctx, admin, 'league-drafter', { active: false })).toBeNull()
    expect((await memberById(at.ctx.store.db, 'league-drafter'))?.active).toBe(0)
    expect((await changeMember(at.ctx, admin, 'league-drafter', { active: true }))?.state).toBe('open')
    expect((await memberById(at.ctx.store.db, 'league-drafter'))?.active).toBe(0)
  })

  test('names, telephone and languages change at once', async () => {
    expect(
      await changeMember(at.ctx, admin, 'league-drafter', {
        name: '值班员乙',
        phone: '0000-111111',
        languages: ['en'],
      }),
    ).toBeNull()
    expect(await memberById(at.ctx.store.db, 'league-drafter')).toMatchObject({
      name: '值班员乙',
      phone: '0000-111111',
      languages: '["en"]',
    })
  })

  test('a change that has become impossible is refused when it is applied, and stays open', async () => {
    const [a, b] = [
      await changeMember(at.ctx, admin, admin.memberId, { roles: ['drafter'] }),
      await changeMember(at.ctx, other, other.memberId, { roles: ['drafter'] }),
    ]
    expect(await decide(other, a!.changeId)).toBe('applied')
    const without = { ...(await actorOf(at.ctx, (await memberById(at.ctx.store.db, admin.memberId))!)) }
    expect(await refused(decide(without, b!.changeId))).toBe('no-role')
    expect((await changeById(at.ctx.store.db, b!.changeId!))?.state).toBe('open')
  })
})

test('an administrator above counts as the second and may decide; a child or a stranger may not', async () => {
  await people.token('region-admin')
  const change = await changeMember(at.ctx, admin, 'league-drafter', { roles: ['signer'] })
  expect(change?.state).toBe('open')
  for (const agency of ['banner', 'other'] as const)
    expect(await refused(decide(people.actors[agency].admin, change!.changeId))).toBe('other-agency')
  expect(await refused(decide(people.own.signer, change!.changeId))).toBe('no-role')
  expect(await refused(decide({ ...people.actors.region.admin, scopes: ['read', 'decide'] }, change!.changeId))).toBe(
    'token-scope',
  )
  expect(await decide(people.actors.region.admin, change!.changeId)).toBe('applied')
})

test.each([
  [{ ...DEFAULT_CHAINS, flash: [{ name: 'review', role: 'reviewer', duties: ['review'] }] }, 'chain-ends-unsigned'],
  [
    { ...DEFAULT_CHAINS, routine: DEFAULT_CHAINS.routine.filter((s) => s.name !== 'confidentiality') },
    'chain-without-confidentiality',
  ],
  [{ ...DEFAULT_CHAINS, routine: [...DEFAULT_CHAINS.routine, ...DEFAULT_CHAINS.flash] }, 'chain-signs-once'],
])('a chain that does not hold is refused', async (chains, code) => {
  expect(await refused(changeChains(at.ctx, admin, 'league', chains))).toContain(code)
})

test('an auditor holds no other role', async () => {
  expect(await refused(changeMember(at.ctx, admin, 'league-drafter', { roles: ['auditor', 'drafter'] }))).toBe(
    'invalid auditor-alone',
  )
})

test('nobody but an administrator of the agency or above changes anything of it', async () => {
  for (const by of [people.own.drafter, people.own.signer, people.own.auditor])
    expect(await refused(changeMember(at.ctx, by, 'league-drafter', { name: 'x' }))).toBe('no-role')
  for (const agency of ['banner', 'other'] as const)
    expect(await refused(changeMember(at.ctx, people.actors[agency].admin, 'league-drafter', { name: 'x' }))).toBe(
      'other-agency',
    )
  expect(await refused(changeMember(at.ctx, people.actors.region.admin, 'league-drafter', { name: 'x' }))).toBe('done')
})
