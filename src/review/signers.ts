/** Who is still able to take each step: shown from the first save, so that nobody finds at night that all have touched the draft. */
import type { Kysely } from 'kysely'
import type { Step } from '../staff/chain.ts'
import { ancestorsOf, membersOf, rolesOf, rosterOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'

export type Able = { memberId: string; name: string; phone: string; onDuty: boolean; agencyId: string }

/** Active members who may take the step and are not barred. A signer may be borrowed from a parent agency (上级代签). */
export async function ableTo(
  db: Kysely<Tables>,
  agencyId: string,
  step: Step,
  barred: string[],
  now: string,
): Promise<Able[]> {
  const agencies = [agencyId, ...(step.role === 'signer' ? await ancestorsOf(db, agencyId) : [])]
  const [members, duty] = await Promise.all([membersOf(db, agencies), rosterOf(db, agencies, now)])
  return members
    .filter((m) => m.active === 1 && rolesOf(m).includes(step.role) && !barred.includes(m.id))
    .map((m) => ({
      memberId: m.id,
      name: m.name,
      phone: m.phone,
      agencyId: m.agency_id,
      onDuty: duty.some((d) => d.member_id === m.id),
    }))
    .sort(
      (a, b) =>
        Number(b.onDuty) - Number(a.onDuty) || Number(b.agencyId === agencyId) - Number(a.agencyId === agencyId),
    )
}
