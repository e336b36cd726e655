/** How far along its chain a revision is: which steps are satisfied, by which verdicts, and what is still uncovered. Pure. */
import type { PartHashes, PartName } from '../desk/sealed.ts'
import { isProof, type Step } from '../staff/chain.ts'
import type { DecisionRow } from './store.ts'

export type StepProgress = { step: Step; satisfied: boolean; verdicts: DecisionRow[]; missing: PartName[] }

/**
 * A verdict counts while it is an approval, not void, by nobody who had a hand in the release, and the part hashes it
 * covers still stand. A signature covers the whole: it counts for exactly the revision it names,
 * in the submission it was given in, so that taking a release back takes the signature back.
 */
export function progress(
  chain: Step[],
  decisions: DecisionRow[],
  barred: string[],
  revision: { hash: string; hashes: PartHashes },
  submissionId: string,
): StepProgress[] {
  const all = Object.keys(revision.hashes) as PartName[]
  return chain.map((step) => {
    // A proof mark is of words: it stands while the part it was given on does, whatever becomes of times and outlets.
    const names = isProof(step) ? all.filter((n) => n !== 'core' && n !== 'attachments') : all
    const verdicts = decisions.filter(
      (d) => d.step === step.name && d.verdict === 'approve' && !d.void && !barred.includes(d.member_id),
    )
    const standing = step.duties.includes('sign')
      ? verdicts.filter((d) => d.revision_hash === revision.hash && d.submission_id === submissionId)
      : verdicts
    const covered = standing.map((d) => JSON.parse(d.parts) as PartHashes)
    const missing = names.filter((n) => !covered.some((c) => c[n] === revision.hashes[n]))
    return {
      step,
      satisfied: missing.length === 0,
      verdicts: standing.filter((_, i) => names.some((n) => covered[i]?.[n] === revision.hashes[n])),
      missing,
    }
  })
}

/** The station the release waits at; undefined when all have agreed. */
export const waitingAt = (steps: StepProgress[]): StepProgress | undefined => steps.find((s) => !s.satisfied)
