/** Who is on duty for a role: in the agency, or else in the nearest above it that has somebody. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { type Absence, absencesAt } from './absence-store.ts'
import type { Role } from './member.ts'
import { ancestorsOf, rosterOf } from './store.ts'

export type OnDuty = { id: string; name: string; phone: string }
export type Duty = { first: OnDuty | null; backup: OnDuty | null }

/** Who is there in the place of somebody on duty who is away. */
function standIn(away: Absence[], memberId: string, role: Role): OnDuty | null {
  const a = away.find((one) => one.member_id === memberId)
  if (a?.delegate_active !== 1 || !(JSON.parse(a.delegate_roles) as Role[]).includes(role)) return null
  return { id: a.delegate_id, name: a.delegate_name, phone: a.delegate_phone }
}

export async function onDuty(db: Kysely<Tables>, agencyId: string, role: Role, at: string): Promise<Duty> {
  for (const agency of [agencyId, ...(await ancestorsOf(db, agencyId))]) {
    const there = (await rosterOf(db, [agency], at)).filter((d) => d.role === role)
    const away = there.length ? await absencesAt(db, [agency], at) : []
    const named = (d: (typeof there)[number] | undefined): OnDuty | null =>
      d ? (standIn(away, d.member_id, role) ?? { id: d.member_id, name: d.name, phone: d.phone }) : null
    const first = there.find((d) => d.backup === 0)
    const backup = there.find((d) => d.backup === 1 && d.member_id !== first?.member_id)
    if (first || backup) return { first: named(first ?? backup), backup: named(backup) }
  }
  return { first: null, backup: null }
}
