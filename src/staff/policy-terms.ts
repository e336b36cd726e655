/** Groups of roles, relations and states that rows of the policy table name again and again. */

export const ALL = ['drafter', 'reviewer', 'confidentiality', 'signer', 'admin', 'auditor'] as const
export const DESK = ['drafter', 'reviewer', 'confidentiality', 'signer'] as const
export const OWN = ['own'] as const
/** What the own office reads. */
export const READABLE = [
  'draft',
  'in-review',
  'approved',
  'scheduled',
  'held',
  'published',
  'withdrawn',
  'taken-down',
] as const
export const AGREED = ['approved', 'scheduled', 'held', 'published', 'withdrawn', 'taken-down'] as const
export const PUBLIC = ['published', 'withdrawn', 'taken-down'] as const
