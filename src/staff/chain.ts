/** The chain a release travels before it may go out, as data of the agency. */

import type { Lane } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'

/** `proof` is one of the marks 一校, 二校, 三校: it answers for the words of the languages alone. */
export const DUTIES = ['review', 'confidentiality', 'sign', 'proof'] as const
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

/** 一校, 二校, 三校 */
export const MOST_PROOFS = 3
export const isProof = (step: Step): boolean => step.duties.includes('proof')
/** Goes through the languages and nothing more: each reader answers for those they are registered for. */
export const readsLanguages = (step: Pick<Step, 'duties'>): boolean =>
  step.duties.every((d) => d === 'review' || d === 'proof')

/** A step that takes in the whole text and answers for its languages too, because nobody before it reads them one by one. */
export function answersForLanguages(chain: Step[], step: Step): boolean {
  if (readsLanguages(step) || chain.some((s) => readsLanguages(s) && !isProof(s))) return false
  return step.duties.includes(chain.some((s) => s.duties.includes('review')) ? 'review' : 'sign')
}

/** The same chain with so many proofs, each after the last review by readers. */
export function withProofs(chain: Step[], n: number): Step[] {
  const rest = chain.filter((s) => !isProof(s))
  const after = rest.findLastIndex(readsLanguages) + 1
  const proofs = Array.from(
    { length: n },
    (_, i): Step => ({ name: `proof-${i + 1}`, role: 'reviewer', duties: ['proof'] }),
  )
  return [...rest.slice(0, after), ...proofs, ...rest.slice(after)]
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
    // A mark is one person's, and stands by itself: nobody proofreads and signs in one breath.
    if (steps.some((s) => s.duties.includes('proof') && (s.duties.length > 1 || s.role !== 'reviewer')))
      issues.push(issue(field, 'chain-proof-alone'))
  }
  return issues
}
