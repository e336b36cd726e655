/** Who is still able to take each step: shown from the first save, so that nobody finds at night that all have touched the draft. */
import type { Kysely } from 'kysely'
import type { Language } from '../desk/content.ts'
import { absencesAt } from '../staff/absence-store.ts'
import type { Step } from '../staff/chain.ts'
import { ancestorsOf, membersOf, rolesOf, rosterOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'

export type Able = {
  memberId: string
  name: string
  phone: string
  onDuty: boolean
  /** On duty as the backup only: called after the one on duty. */
  backup: boolean
  agencyId: string
  /** Those they may approve. */
  languages: Language[]
  /** Not here until then; somebody stands in. */
  away: { until: string; delegate: string } | null
}

/** Active members who may take the step and are not barred. A signer may be borrowed from a parent agency (上级代签). */
export async function ableTo(
  db: Kysely<Tables>,
  agencyId: string,
  step: Step,
  barred: string[],
  now: string,
): Promise<Able[]> {
  const agencies = [agencyId, ...(step.role === 'signer' ? await ancestorsOf(db, agencyId) : [])]
  const [members, duty, away] = await Promise.all([
    membersOf(db, agencies),
    rosterOf(db, agencies, now),
    absencesAt(db, agencies, now),
  ])
  const awayOf = (id: string) => {
    const found = away.find((a) => a.member_id === id)
    return found ? { until: found.ends_at, delegate: found.delegate_name } : null
  }
  return members
    .filter((m) => m.active === 1 && rolesOf(m).includes(step.role) && !barred.includes(m.id))
    .map((m) => ({
      memberId: m.id,
      name: m.name,
      phone: m.phone,
      agencyId: m.agency_id,
      languages: JSON.parse(m.languages) as Language[],
      onDuty: duty.some((d) => d.member_id === m.id),
      backup: duty.some((d) => d.member_id === m.id) && !duty.some((d) => d.member_id === m.id && d.backup === 0),
      away: awayOf(m.id),
    }))
    .sort(
      (a, b) =>
        Number(a.away !== null) - Number(b.away !== null) ||
        Number(b.onDuty) - Number(a.onDuty) ||
        Number(a.backup) - Number(b.backup) ||
        Number(b.agencyId === agencyId) - Number(a.agencyId === agencyId),
    )
}
