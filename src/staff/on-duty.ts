/** Who is on duty for a role: in the agency, or else in the nearest above it that has somebody. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Role } from './member.ts'
import { ancestorsOf, rosterOf } from './store.ts'

export type OnDuty = { id: string; name: string; phone: string }
export type Duty = { first: OnDuty | null; backup: OnDuty | null }

export async function onDuty(db: Kysely<Tables>, agencyId: string, role: Role, at: string): Promise<Duty> {
  for (const agency of [agencyId, ...(await ancestorsOf(db, agencyId))]) {
    const there = (await rosterOf(db, [agency], at)).filter((d) => d.role === role)
    const named = (d: (typeof there)[number] | undefined): OnDuty | null =>
      d ? { id: d.member_id, name: d.name, phone: d.phone } : null
    const first = there.find((d) => d.backup === 0)
    const backup = there.find((d) => d.backup === 1 && d.member_id !== first?.member_id)
    if (first || backup) return { first: named(first ?? backup), backup: named(backup) }
  }
  return { first: null, backup: null }
}
