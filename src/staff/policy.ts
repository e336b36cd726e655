/** Who may do what: one pure table, default deny. Walked whole by test/flow/policy.test.ts. */
import type { Relation, Role, Scope } from './member.ts'
import { INCIDENT_ACTS } from './policy-incident.ts'
import { OFFICE_ACTS } from './policy-office.ts'
import { REVIEWING } from './policy-reviewing.ts'
import { AGREED, ALL, DESK, OWN, PUBLIC, READABLE } from './policy-terms.ts'

export const RELEASE_STATES = [
  'draft',
  'in-review',
  'approved',
  'scheduled',
  'held',
  'published',
  'withdrawn',
  'taken-down',
  'quarantined',
  'purged',
] as const
export type ReleaseState = (typeof RELEASE_STATES)[number]

type Grant = {
  roles: readonly Role[]
  relations: readonly Relation[]
  /** 'must' have, or 'must-not' have, had a hand in the release since its last edition. */
  contributor?: 'must' | 'must-not'
  states?: readonly ReleaseState[]
}
type Rule = { scope: Scope; grants: readonly Grant[] }

export const POLICY = {
  // releases
  'release.list': { scope: 'read', grants: [{ roles: ALL, relations: OWN }] },
  'release.create': { scope: 'write', grants: [{ roles: ['drafter'], relations: OWN }] },
  'release.read': {
    scope: 'read',
    grants: [
      { roles: [...DESK, 'auditor'], relations: OWN, states: READABLE },
      { roles: ['signer', 'auditor'], relations: ['parent'], states: ['in-review', ...AGREED] },
      { roles: ALL, relations: ['own', 'parent', 'child', 'unrelated'], states: PUBLIC },
    ],
  },
  /** What stays inside the office: drafts, opinions, timeline, who wrote what. Publication opens none of it. */
  'release.inspect': {
    scope: 'read',
    grants: [
      { roles: [...DESK, 'auditor'], relations: OWN, states: READABLE },
      { roles: ['signer', 'auditor'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  'release.edit': { scope: 'write', grants: [{ roles: ['drafter'], relations: OWN, states: ['draft'] }] },
  'release.submit': { scope: 'write', grants: [{ roles: ['drafter'], relations: OWN, states: ['draft'] }] },
  'release.take-back': {
    scope: 'write',
    grants: [{ roles: ['drafter'], relations: OWN, states: ['in-review', 'approved', 'scheduled', 'held'] }],
  },
  'release.decide.review': {
    scope: 'decide',
    grants: [{ roles: ['reviewer'], relations: OWN, contributor: 'must-not', states: ['in-review'] }],
  },
  'release.decide.confidentiality': {
    scope: 'decide',
    grants: [{ roles: ['confidentiality'], relations: OWN, contributor: 'must-not', states: ['in-review'] }],
  },
  /** 上级代签: a small office borrows a signer from its parent agency. */
  'release.decide.sign': {
    scope: 'decide',
    grants: [{ roles: ['signer'], relations: ['own', 'parent'], contributor: 'must-not', states: ['in-review'] }],
  },
  'release.record-phone-sign-off': {
    scope: 'decide',
    grants: [{ roles: DESK, relations: OWN, contributor: 'must-not', states: ['in-review'] }],
  },
  'release.confirm-phone-sign-off': {
    scope: 'decide',
    grants: [
      { roles: ['signer'], relations: OWN, states: READABLE },
      { roles: ['signer'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  'release.resolve-hit': {
    scope: 'write',
    grants: [{ roles: ['drafter', 'confidentiality'], relations: OWN, states: ['draft', 'in-review'] }],
  },
  ...REVIEWING,
  'release.publish': {
    scope: 'decide',
    grants: [{ roles: ['signer'], relations: ['own', 'parent'], states: ['approved', 'scheduled', 'held'] }],
  },
  'release.schedule': {
    scope: 'decide',
    grants: [{ roles: ['signer'], relations: ['own', 'parent'], states: ['approved', 'scheduled', 'held'] }],
  },
  'release.abandon': { scope: 'write', grants: [{ roles: ['drafter'], relations: OWN, states: ['draft'] }] },
  'release.correct': { scope: 'write', grants: [{ roles: ['drafter'], relations: OWN, states: ['published'] }] },
  /** 误发更正: words two people agreed to with the alert. Of the desk whoever is on duty, else a signer (publication/false-alarm). */
  'release.false-alarm': {
    scope: 'decide',
    grants: [
      { roles: DESK, relations: OWN, states: READABLE },
      { roles: ['signer'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  /** Somebody has looked at what is about to expire. Extending or lifting it is a draft, as any other. */
  'release.let-expire': {
    scope: 'write',
    grants: [{ roles: ['drafter', 'signer'], relations: OWN, states: ['published'] }],
  },
  'release.withdraw': {
    scope: 'write',
    grants: [{ roles: ['drafter'], relations: OWN, states: ['published', 'draft'] }],
  },
  'release.take-down': {
    scope: 'decide',
    grants: [
      { roles: ['confidentiality', 'signer'], relations: OWN, states: READABLE },
      { roles: ['confidentiality', 'signer'], relations: ['parent'], states: PUBLIC },
      { roles: ['signer'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  'release.post-review': {
    scope: 'decide',
    grants: [{ roles: ['reviewer', 'signer'], relations: ['own', 'parent'], contributor: 'must-not', states: PUBLIC }],
  },
  /** Anyone who can see it, at once. */
  'release.quarantine': {
    scope: 'write',
    grants: [
      { roles: [...DESK, 'auditor'], relations: OWN, states: READABLE },
      { roles: ['signer', 'auditor'], relations: ['parent'], states: ['in-review', ...AGREED] },
      { roles: ['confidentiality'], relations: ['parent'], states: PUBLIC },
    ],
  },
  'quarantine.list': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'quarantine.settle': {
    scope: 'decide',
    grants: [{ roles: ['confidentiality', 'signer', 'admin'], relations: ['own', 'parent'], states: ['quarantined'] }],
  },
  // delivery
  // The own office also while a correction is being written: the release is a draft then, and the wrong text still going out.
  'dispatch.stop': {
    scope: 'decide',
    grants: [
      { roles: DESK, relations: OWN, states: READABLE },
      { roles: DESK, relations: ['parent'], states: PUBLIC },
      { roles: ['signer'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  /** Whoever may stop it for good may also hold it for a while. */
  'dispatch.pause': {
    scope: 'decide',
    grants: [
      { roles: DESK, relations: OWN, states: READABLE },
      { roles: DESK, relations: ['parent'], states: PUBLIC },
      { roles: ['signer'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  'dispatch.resume': {
    scope: 'decide',
    grants: [
      { roles: ['signer'], relations: OWN, states: READABLE },
      { roles: ['signer'], relations: ['parent'], states: ['in-review', ...AGREED] },
    ],
  },
  'dispatch.read': {
    scope: 'read',
    grants: [
      { roles: [...DESK, 'auditor'], relations: OWN, states: READABLE },
      { roles: ['signer', 'auditor'], relations: ['parent'], states: ['in-review', ...AGREED] },
      { roles: ALL, relations: ['own', 'parent'], states: PUBLIC },
    ],
  },
  // the manual outlet: what people do by hand is written down by those who watch the release go out
  'manual.record': {
    scope: 'write',
    grants: [
      { roles: DESK, relations: OWN, states: READABLE },
      { roles: DESK, relations: ['parent'], states: PUBLIC },
    ],
  },
  'manual-channel.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'manual-channel.manage': { scope: 'write', grants: [{ roles: ['drafter', 'signer', 'admin'], relations: OWN }] },
  /** Who has signed for it and who has not, with names and telephones: the office and those above it. */
  'acknowledgement.read': {
    scope: 'read',
    grants: [
      { roles: [...DESK, 'auditor'], relations: OWN, states: READABLE },
      { roles: ['admin'], relations: OWN, states: PUBLIC },
      { roles: [...DESK, 'admin', 'auditor'], relations: ['parent'], states: PUBLIC },
    ],
  },
  'contact.read': { scope: 'read', grants: [{ roles: [...DESK, 'admin'], relations: ['own', 'parent'] }] },
  'contact.manage': { scope: 'write', grants: [{ roles: ['drafter', 'admin'], relations: ['own', 'parent'] }] },
  /** 转载: any published release; one's own is refused by the use case, with its own words. */
  'release.repost': {
    scope: 'write',
    grants: [{ roles: ['drafter'], relations: ['own', 'parent', 'child', 'unrelated'], states: ['published'] }],
  },
  'audience.count': { scope: 'read', grants: [{ roles: DESK, relations: OWN }] },
  /** An issue holds nothing but what was approved and published; a signer answers for its making. */
  'gazette.compile': { scope: 'decide', grants: [{ roles: ['signer'], relations: OWN }] },
  // incidents
  'incident.list': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent', 'child', 'unrelated'] }] },
  'incident.open': { scope: 'write', grants: [{ roles: ['drafter', 'signer'], relations: OWN }] },
  'incident.confirm-cause': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  'incident.close': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  'incident.grade': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  'incident.record-fact': { scope: 'write', grants: [{ roles: DESK, relations: OWN }] },
  /** 知悉时间: one proposes, another agrees; every deadline that hangs on it moves. */
  'incident.propose-known': {
    scope: 'write',
    grants: [{ roles: ['drafter', 'signer'], relations: ['own', 'parent'] }],
  },
  'incident.confirm-known': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  ...INCIDENT_ACTS,
  // clocks and the monitoring board (电子监察)
  'clock.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'clock.start': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  'clock.meet': {
    scope: 'write',
    grants: [
      { roles: DESK, relations: OWN },
      { roles: ['confidentiality', 'signer'], relations: ['parent'] },
    ],
  },
  'clock.end': { scope: 'decide', grants: [{ roles: ['signer'], relations: ['own', 'parent'] }] },
  // 找错: what readers wrote about pages of the site
  'fault.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'fault.answer': { scope: 'write', grants: [{ roles: [...DESK, 'admin'], relations: ['own', 'parent'] }] },
  // 限时发布: who is accredited, and whose copy a number was
  'media.read': { scope: 'read', grants: [{ roles: ALL, relations: ['own', 'parent'] }] },
  'media.accredit': { scope: 'admin', grants: [{ roles: ['admin'], relations: ['own', 'parent'] }] },
  // alarms, ledger, figures
  'alarm.read': { scope: 'read', grants: [{ roles: ALL, relations: OWN }] },
  'alarm.acknowledge': { scope: 'write', grants: [{ roles: [...DESK, 'admin'], relations: OWN }] },
  'ledger.read': { scope: 'read', grants: [{ roles: ['auditor'], relations: OWN }] },
  'figures.read': { scope: 'read', grants: [{ roles: ['auditor', 'admin'], relations: OWN }] },
  ...OFFICE_ACTS,
} as const satisfies Record<string, Rule>

export type Act = keyof typeof POLICY

export type Question = {
  roles: readonly Role[]
  relation: Relation
  scopes: readonly Scope[]
  contributor?: boolean
  state?: ReleaseState
}
/** `refused` says which column of the table failed last; `roles` who could. */
export type Answer =
  | { ok: true }
  | { ok: false; refused: 'scope' | 'role' | 'relation' | 'contributor' | 'state'; roles: Role[] }

/** May these roles, in this relation, do the act in this state? Pure. */
export function may(act: Act, q: Question): Answer {
  const rule: Rule = POLICY[act]
  const roles = [...new Set(rule.grants.flatMap((g) => g.roles))]
  if (!q.scopes.includes(rule.scope)) return { ok: false, refused: 'scope', roles }
  let refused: Extract<Answer, { ok: false }>['refused'] = 'role'
  for (const grant of rule.grants) {
    if (!grant.roles.some((r) => q.roles.includes(r))) continue
    if (!grant.relations.includes(q.relation)) {
      if (refused === 'role') refused = 'relation'
      continue
    }
    if (grant.states && (!q.state || !grant.states.includes(q.state))) {
      refused = 'state'
      continue
    }
    if (grant.contributor === 'must' && !q.contributor) refused = 'contributor'
    else if (grant.contributor === 'must-not' && q.contributor !== false) refused = 'contributor'
    else return { ok: true }
  }
  return { ok: false, refused, roles }
}
