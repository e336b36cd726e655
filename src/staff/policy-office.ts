/** Rows of the policy table on the office itself: its people, outlets, keys and kept letters. */
import { ALL, DESK, OWN } from './policy-terms.ts'
export const OFFICE_ACTS = {
  'staff.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'staff.manage': { scope: 'admin', grants: [{ roles: ['admin'], relations: ['own', 'parent'] }] },
  /** 交班: what is one's own, or an administrator's for anybody; the use case looks whose it is. */
  'duty.hand-over': {
    scope: 'write',
    grants: [
      { roles: [...DESK, 'admin'], relations: OWN },
      { roles: ['admin'], relations: ['parent'] },
    ],
  },
  'change.decide': { scope: 'admin', grants: [{ roles: ['admin'], relations: ['own', 'parent'] }] },
  /** Whoever a change of a login is about, and auditors, stop it; the use case looks who. */
  'change.object': { scope: 'write', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'token.own': { scope: 'admin', grants: [{ roles: ALL, relations: OWN }] },
  /** Callbacks of the hub, and receivers of webhooks: who is posted what leaves the office. */
  'outlet.manage': { scope: 'admin', grants: [{ roles: ['admin'], relations: ['own', 'parent'] }] },
  'outlet.read': { scope: 'read', grants: [{ roles: ALL, relations: OWN }] },
  /** Browsers and mailboxes of our own that say what reached them. */
  'outlet.canary': { scope: 'admin', grants: [{ roles: ['admin'], relations: OWN }] },
  /** A test goes to an address of our own alone. */
  'outlet.test': { scope: 'admin', grants: [{ roles: ['admin'], relations: OWN }] },
  /** Fingerprints of the installation's keys, never the keys. */
  'key.read': { scope: 'read', grants: [{ roles: ['admin', 'auditor'], relations: OWN }] },
  /** Another key in the place of one, by two; the use case looks that it is the topmost agency. */
  'key.turn': { scope: 'admin', grants: [{ roles: ['admin'], relations: OWN }] },
  'outbox.read': { scope: 'read', grants: [{ roles: [...DESK, 'admin'], relations: OWN }] },
} as const
