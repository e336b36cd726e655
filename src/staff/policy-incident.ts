/** Rows of the policy table on what stands beside an incident: reports that went up, public concern, press conferences, its end, exercises. */
import { ALL, DESK, OWN } from './policy-terms.ts'
export const INCIDENT_ACTS = {
  /** What is destroyed once it is over: seen and done by who may close it. */
  'incident.read-personal': { scope: 'read', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  'incident.destroy-personal': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  /** 上报登记: that a report went up, by whoever is at the desk. */
  'upward.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'upward.register': { scope: 'write', grants: [{ roles: DESK, relations: OWN }] },
  /** 舆情: whoever is at the desk collects and consults; a signer judges and says how it went. */
  'opinion.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'opinion.collect': { scope: 'write', grants: [{ roles: DESK, relations: OWN }] },
  'opinion.decide': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  /** Who comes to a press conference, and that it was held. */
  'conference.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'conference.confirm': {
    scope: 'write',
    grants: [
      { roles: DESK, relations: OWN },
      { roles: ['signer'], relations: ['parent'] },
    ],
  },
  // 演练: a release of an exercise travels by the acts of every release; these are about the office that rehearses
  'exercise.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'exercise.audience': { scope: 'write', grants: [{ roles: ['drafter', 'signer', 'admin'], relations: OWN }] },
} as const
