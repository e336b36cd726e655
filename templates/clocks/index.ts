/** The rules of time that come with the service. A new version of a rule is a new entry; the old one gets its last day. */
import { disclosureRules } from './disclosure.ts'
import { incidentRules } from './incident.ts'
import { officeRules } from './office.ts'
import { reviewRules } from './review.ts'
import type { ClockRule } from './rule.ts'
import { upwardRules } from './upward.ts'

export type { ClockRole, ClockRule, Happening } from './rule.ts'
export { UPWARD_RULES } from './upward.ts'
export const clockRules: readonly ClockRule[] = [
  ...incidentRules,
  ...upwardRules,
  ...disclosureRules,
  ...officeRules,
  ...reviewRules,
]
