/** A change of roles, chains, telephone sign-off or second factors: what it says, and what it does once it may. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { invalid, issue, notFound } from '../lib/errors.ts'
import type { Turning } from '../lib/key-make.ts'
import type { Tables } from '../store/tables.ts'
import type { AuthorityRule } from './authority.ts'
import { replaceAuthority } from './authority-store.ts'
import { type Chains, chainIssues } from './chain.ts'
import { endLogin, noteReset } from './change-store.ts'
import { dropFactors, setFlashRule } from './factor-store.ts'
import { roleIssues } from './fields.ts'
import type { Role } from './member.ts'
import { adminsOver, agencyById, memberById, updateAgency, updateMember } from './store.ts'
import { turnKey } from './turn-key.ts'

type Db = Kysely<Tables>

export type Change =
  | { kind: 'member'; memberId: string; roles?: Role[]; active?: boolean }
  | { kind: 'chains'; chains: Chains }
  | { kind: 'phone-signoff'; enabled: boolean }
  /** Takes every second factor of a member away: the device is lost. */
  | { kind: 'factors'; memberId: string }
  /** Closes the login of a member, who comes in anew by a link: the password is lost. */
  | { kind: 'login'; memberId: string }
  /** Whether a signature on flash needs a second factor. */
  | { kind: 'flash-factor'; enabled: boolean }
  /** Another key takes the place of the one called `kid`. */
  | { kind: 'key'; name: Turning; kid: string }
  | { kind: 'authority'; rules: AuthorityRule[] }

/** A change as its row holds it. */
export const changeIn = (row: { kind: string; payload: string }): Change => ({
  ...(JSON.parse(row.payload) as Change),
  kind: row.kind as never,
})
export const payloadOf = ({ kind: _, ...rest }: Change): string => JSON.stringify(rest)

/** Does it, refusing what would leave the agency without a chain that holds or an administrator. */
export async function applyChange(ctx: Ctx, trx: Db, agencyId: string, change: Change): Promise<void> {
  const now = ctx.clock.now()
  switch (change.kind) {
    case 'member':
      return applyToMember(trx, agencyId, change)
    case 'chains': {
      const issues = chainIssues(change.chains)
      if (issues.length) throw invalid(issues)
      await updateAgency(trx, agencyId, { chains: JSON.stringify(change.chains) })
      return
    }
    case 'phone-signoff':
      await updateAgency(trx, agencyId, { phone_signoff: change.enabled ? 1 : 0 })
      return
    case 'factors':
      return takeFactors(trx, agencyId, change.memberId)
    case 'login':
      return closeLogin(trx, agencyId, change.memberId, now)
    case 'flash-factor':
      await setFlashRule(trx, agencyId, change.enabled ? now : null)
      return
    case 'key':
      return turnKey(ctx, trx, change.name, change.kid)
    case 'authority':
      return replaceAuthority(trx, agencyId, change.rules)
    default:
      return change satisfies never
  }
}

async function applyToMember(trx: Db, agencyId: string, change: Extract<Change, { kind: 'member' }>): Promise<void> {
  const member = await memberById(trx, change.memberId)
  if (!member || member.agency_id !== agencyId) throw notFound('member')
  const issues = change.roles ? roleIssues(change.roles) : []
  if (issues.length) throw invalid(issues)
  await updateMember(trx, member.id, {
    ...(change.roles ? { roles: JSON.stringify(change.roles) } : {}),
    ...(change.active === undefined ? {} : { active: change.active ? 1 : 0 }),
  })
  if ((await adminsOver(trx, agencyId)).length === 0) throw invalid([issue('roles', 'last-admin')])
}

async function takeFactors(trx: Db, agencyId: string, memberId: string): Promise<void> {
  const member = await memberById(trx, memberId)
  if (member?.agency_id !== agencyId) throw notFound('member')
  if (member.user_id) await dropFactors(trx, member.user_id)
}

/** Second factors stay: whoever holds the link alone comes no further than the password. */
export async function closeLogin(trx: Db, agencyId: string, memberId: string, now: string): Promise<void> {
  const member = await memberById(trx, memberId)
  if (member?.agency_id !== agencyId || !member.active) throw notFound('member')
  await updateMember(trx, member.id, { user_id: null })
  await endLogin(trx, member.id, member.user_id, now)
  await noteReset(trx, member.id, now)
}

/** The agency a change is about must be there. @throws Refusal `not-found` */
export async function agencyOrNotFound(db: Db, id: string) {
  const agency = await agencyById(db, id)
  if (!agency) throw notFound('agency')
  return agency
}
