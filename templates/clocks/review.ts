/** Clocks of review: how long a step may wait for its person. Lengths are each agency's own, in templates only their kind. */
import type { ClockRole, ClockRule } from './rule.ts'

const ROLES = ['reviewer', 'confidentiality', 'signer'] as const satisfies readonly ClockRole[]

const ofLane = (lane: 'flash' | 'routine', role: (typeof ROLES)[number]): ClockRule => ({
  id: `step-${lane}-${role}`,
  version: 'review-2026',
  from: '2000-01-01',
  source: ['审核、签发时限（本单位设定）', 'How long a step may wait, as set by the agency'],
  confidence: 'D',
  starts: ['step'],
  meets: ['step-done'],
  length: lane === 'flash' ? { given: true } : { setting: 'own', unit: 'working-days' },
  role,
  tellAt: lane === 'flash' ? [] : [0.8],
  // In minutes there is no time to look up who is next: review calls one after another.
  ...(lane === 'flash' ? { ladder: true as const } : {}),
})

export const reviewRules: readonly ClockRule[] = (['flash', 'routine'] as const).flatMap((lane) =>
  ROLES.map((role) => ofLane(lane, role)),
)
