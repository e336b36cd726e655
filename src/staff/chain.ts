/** The chain a release travels before it may go out, as data of the agency. */

import type { Lane } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'

export const DUTIES = ['review', 'confidentiality', 'sign'] as const
export type Duty = (typeof DUTIES)[number]
export type StepRole = 'reviewer' | 'confidentiality' | 'signer'

/** One station. Several duties may fall to one person: the flash signer also answers the confidentiality list. */
export type Step = { name: string; role: StepRole; duties: Duty[] }
export type Chains = Record<Lane, Step[]>

export const DEFAULT_CHAINS: Chains = {
  routine: [
    { name: 'review', role: 'reviewer', duties: ['review'] },
    { name: 'confidentiality', role: 'confidentiality', duties: ['confidentiality'] },
    { name: 'sign', role: 'signer', duties: ['sign'] },
  ],
  flash: [{ name: 'sign', role: 'signer', duties: ['confidentiality', 'sign'] }],
}

/** A chain must end with the signature, sign once, and answer the confidentiality list (保密法 2024 art. 35: 先审查、后公开). */
export function chainIssues(chains: Chains): Issue[] {
  const issues: Issue[] = []
  for (const [lane, steps] of Object.entries(chains)) {
    const field = `chains.${lane}`
    const last = steps.at(-1)
    if (last?.role !== 'signer' || !last.duties.includes('sign')) issues.push(issue(field, 'chain-ends-unsigned'))
    if (steps.filter((s) => s.duties.includes('sign')).length !== 1) issues.push(issue(field, 'chain-signs-once'))
    if (!steps.some((s) => s.duties.includes('confidentiality')))
      issues.push(issue(field, 'chain-without-confidentiality'))
    if (new Set(steps.map((s) => s.name)).size !== steps.length) issues.push(issue(field, 'chain-step-twice'))
    if (steps.some((s) => s.duties.length === 0)) issues.push(issue(field, 'chain-step-idle'))
  }
  return issues
}
