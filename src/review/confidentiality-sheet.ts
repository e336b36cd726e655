/** 保密审查单: what the confidentiality review of a release's newest submission says, step by step (REQUIREMENTS-CN §3.1). */
import type { Ctx } from '../context.ts'
import { languagesOf } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import type { PartHashes, PartName } from '../desk/sealed.ts'
import { type ReleaseRow, type Revision, revisionOf } from '../desk/store.ts'
import { notFound } from '../lib/errors.ts'
import { type Duty, readsLanguages } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import { type AgencyRow, agencyById, memberById } from '../staff/store.ts'
import type { ConfidentialityRecord } from './confidentiality.ts'
import { type DecisionRow, decisionsOf, lastSubmission } from './store.ts'

export type SheetStep = {
  step: string
  memberId: string
  name: string
  verdict: 'approve' | 'return'
  opinion: string
  at: string
  byPhone: boolean
  /** Who was away, where a delegate decided. */
  behalfOf: string | null
}
export type ConfidentialitySheet = {
  release: ReleaseRow
  agency: AgencyRow | undefined
  revision: Revision
  submittedAt: string
  /** null until somebody has answered the list. */
  record: ConfidentialityRecord | null
  steps: SheetStep[]
}

/** @throws Refusal not-found where nothing was ever sent for review, or its text is gone */
export async function confidentialitySheet(ctx: Ctx, by: Actor, ref: string): Promise<ConfidentialitySheet> {
  const { db } = ctx.store
  const { release } = await admit(db, by, ref, 'release.inspect')
  const submission = await lastSubmission(db, release.id)
  const revision = submission && (await revisionOf(db, release.id, submission.revision))
  if (!submission || !revision) throw notFound('revision')
  const decisions = (await decisionsOf(db, release.id, submission.cycle)).filter(
    (d) => !d.void && (d.submission_id === submission.id || stillStands(d, revision)),
  )
  const record = decisions.findLast((d) => d.confidentiality)?.confidentiality
  return {
    release,
    agency: await agencyById(db, release.agency_id),
    revision,
    submittedAt: submission.submitted_at,
    record: record ? (JSON.parse(record) as ConfidentialityRecord) : null,
    steps: await Promise.all(decisions.map((d) => stepOf(ctx, d))),
  }
}

/** Given for an earlier submission: a reader's word stands for the languages that did not change, another's for exactly this text. */
function stillStands(d: DecisionRow, revision: Revision): boolean {
  const duties = JSON.parse(d.duties) as Duty[]
  if (d.verdict !== 'approve' || duties.includes('sign')) return false
  const covered = JSON.parse(d.parts) as PartHashes
  const stands = (name: string) => covered[name as PartName] === revision.hashes[name as PartName]
  return readsLanguages({ duties })
    ? languagesOf(revision.content).some(stands)
    : Object.keys(revision.hashes).every(stands)
}

const stepOf = async (ctx: Ctx, d: DecisionRow): Promise<SheetStep> => ({
  step: d.step,
  memberId: d.member_id,
  name: (await memberById(ctx.store.db, d.member_id))?.name ?? '',
  verdict: d.verdict,
  opinion: d.opinion,
  at: d.at,
  byPhone: d.recorded_by !== null,
  behalfOf: d.on_behalf_of ? ((await memberById(ctx.store.db, d.on_behalf_of))?.name ?? '') : null,
})
