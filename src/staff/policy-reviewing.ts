/** Of the policy table: what goes on beside a decision. Comments, calls, who has read a draft and who may, absences. */
import { ALL, DESK, OWN, READABLE } from './policy-terms.ts'
export const REVIEWING = {
  /** 阅看记录: those who wrote it, those who guard it, those who audit. */
  'release.read-log': {
    scope: 'read',
    grants: [
      { roles: ['drafter'], relations: OWN, contributor: 'must', states: READABLE },
      { roles: ['confidentiality', 'auditor'], relations: OWN, states: READABLE },
    ],
  },
  /** 限阅 */
  'release.limit': {
    scope: 'write',
    grants: [
      { roles: ['drafter'], relations: OWN, contributor: 'must', states: ['draft', 'in-review'] },
      { roles: ['confidentiality'], relations: OWN, states: ['draft', 'in-review'] },
    ],
  },
  /** 批注 on a passage, its answer, and that it is settled. */
  'release.comment': {
    scope: 'write',
    grants: [
      { roles: DESK, relations: OWN, states: ['draft', 'in-review'] },
      { roles: ['signer'], relations: ['parent'], states: ['in-review'] },
    ],
  },
  /** A colleague was rung up about the step that waits for them. */
  'release.record-call': { scope: 'write', grants: [{ roles: DESK, relations: OWN, states: ['in-review'] }] },
  /** One's own absence; another's is for administrators to enter. */
  'absence.own': { scope: 'write', grants: [{ roles: ALL, relations: OWN }] },
} as const
