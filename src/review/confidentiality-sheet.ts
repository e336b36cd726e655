/** 保密审查单: what the confidentiality review of a release's newest submission says, step by step (REQUIREMENTS-CN §3.1). */
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { type ReleaseRow, type Revision, revisionOf } from '../desk/store.ts'
import { notFound } from '../lib/errors.ts'
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
    (d) => d.submission_id === submission.id && !d.void,
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

const stepOf = async (ctx: Ctx, d: DecisionRow): Promise<SheetStep> => ({
  step: d.step,
  memberId: d.member_id,
  name: (await memberById(ctx.store.db, d.member_id))?.name ?? '',
  verdict: d.verdict,
  opinion: d.opinion,
  at: d.at,
  byPhone: d.recorded_by !== null,
})
