/** 代: in whose place a delegate decides. It changes what is recorded and nothing of what is allowed. */
import type { Kysely } from 'kysely'
import { absencesAt } from '../staff/absence-store.ts'
import type { Step } from '../staff/chain.ts'
import { memberById, rolesOf, rosterOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'

export type Principal = { memberId: string; name: string }

/**
 * The colleague who is away, has the step's role, and could have decided themselves. Whoever is on duty for the role in their
 * own right decides in their own name.
 * @param barred members who had a hand in the release or agreed at another step of it
 */
export async function standsFor(
  db: Kysely<Tables>,
  memberId: string,
  step: Step,
  barred: readonly string[],
  now: string,
): Promise<Principal | null> {
  const member = await memberById(db, memberId)
  if (!member || !rolesOf(member).includes(step.role)) return null
  const away = (await absencesAt(db, [member.agency_id], now)).find(
    (a) =>
      a.delegate_id === memberId && a.active === 1 && rolesOf(a).includes(step.role) && !barred.includes(a.member_id),
  )
  if (!away) return null
  const duty = await rosterOf(db, [member.agency_id], now)
  const inOwnRight = duty.some((d) => d.member_id === memberId && d.role === step.role)
  return inOwnRight ? null : { memberId: away.member_id, name: away.name }
}
