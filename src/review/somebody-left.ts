/** Whether a chain can still be walked to its end: somebody for every step and language, and nobody for two steps. Pure. */
import type { Language } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { answersForLanguages, readsLanguages, type Step } from '../staff/chain.ts'

export type Reader = { memberId: string; languages: readonly Language[] }

/** `able`: for each step of the chain, in its order, who may take it. */
export function leftIssues(chain: Step[], able: readonly (readonly Reader[])[], languages: Language[]): Issue[] {
  const issues = chain.flatMap((step, i) => stepIssues(chain, step, able[i] ?? [], languages))
  if (issues.length) return issues
  const people = able.map((some) => some.map((r) => r.memberId))
  return canEachHaveOne(people) ? [] : [issue('chain', 'too-few-people', { n: chain.length })]
}

function stepIssues(chain: Step[], step: Step, able: readonly Reader[], languages: Language[]): Issue[] {
  if (able.length === 0) return [issue('chain', 'nobody-left', { step: step.name, role: step.role })]
  const missing = readsLanguages(step)
    ? languages.filter((l) => !able.some((r) => r.languages.includes(l)))
    : answersForLanguages(chain, step)
      ? wholeIssues(able, languages)
      : []
  return missing.map((language) => issue('chain', 'nobody-reads', { step: step.name, language }))
}

/** One person has to answer for all of them; Chinese is everybody's. */
function wholeIssues(able: readonly Reader[], languages: Language[]): Language[] {
  const foreign = languages.filter((l) => l !== 'zh-CN')
  return able.some((r) => foreign.every((l) => r.languages.includes(l))) ? [] : foreign
}

/** Whether every step can have a person of its own (Kuhn 1955: a step takes a person from another that finds a new one). */
function canEachHaveOne(people: readonly (readonly string[])[]): boolean {
  const holder = new Map<string, number>()
  const place = (step: number, tried: Set<string>): boolean =>
    (people[step] ?? []).some((person) => {
      if (tried.has(person)) return false
      tried.add(person)
      const other = holder.get(person)
      if (other !== undefined && !place(other, tried)) return false
      holder.set(person, step)
      return true
    })
  return people.every((_, step) => place(step, new Set()))
}
