/** One member's verdict at one step of the chain. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { type Language, languagesOf } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import type { PartHashes, PartName } from '../desk/sealed.ts'
import { changeRelease, note, type ReleaseRow, type Revision, releaseById, revisionOf } from '../desk/store.ts'
import { startFor } from '../incident/start-clock.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notAllowed, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { answersForLanguages, isProof, readsLanguages, type Step, type StepRole } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import type { Act } from '../staff/policy.ts'
import { isUniqueViolation, raisedCode } from '../store/violation.ts'
import { progress, type StepProgress, waitingAt } from './agree.ts'
import { type ConfidentialityRecord, confidentialityInput, recordIssues } from './confidentiality.ts'
import { assertFlashFactor } from './flash-factor.ts'
import { judge } from './judge.ts'
import { standsFor } from './on-behalf.ts'
import { endStepClocks, turnStepClock } from './step-clock.ts'
import { currentSubmission, type DecisionRow, decisionsOf, insertDecision, updateSubmission } from './store.ts'

type Trx = Parameters<typeof decisionsOf>[0]

/** What a decider sends: the exact revision they saw, verdict, opinion, and the confidentiality answers where the step asks for them. */
export const decisionInput = z.strictObject({
  revisionHash: z.string().regex(/^[0-9a-f]{64}$/, 'sha256'),
  verdict: z.enum(['approve', 'return']),
  opinion: z.string().max(4000).default(''),
  confidentiality: confidentialityInput.optional(),
})
export type DecisionInput = z.output<typeof decisionInput>

export const ACT_OF: Record<StepRole, Act> = {
  reviewer: 'release.decide.review',
  confidentiality: 'release.decide.confidentiality',
  signer: 'release.decide.sign',
}

/** Where a release under review stands. */
export type Bench = {
  release: ReleaseRow
  revision: Revision
  submission: { id: string; revision_hash: string }
  decisions: DecisionRow[]
  steps: StepProgress[]
  barred: string[]
  at: Step
}

/**
 * Records a verdict. Refused: a stale revision, one's own work, a second step by the same person, unanswered
 * confidentiality checks, unresolved hits, issues of severity error, flash without the second factor that is asked for. A return
 * needs an opinion.
 */
export async function decide(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<ReleaseRow> {
  const input = readableZod(decisionInput, sent)
  return ctx.store.tx(async (trx) => {
    const bench = await benchOf(ctx, trx, by, ref)
    if (input.verdict === 'approve' && bench.release.lane === 'flash' && bench.at.role === 'signer')
      await assertFlashFactor(trx, by, bench.release.agency_id, ctx.clock.now())
    await record(ctx, trx, bench, by.memberId, by.languages, input, null)
    return (await releaseById(trx, bench.release.id)) as ReleaseRow
  })
}

/** Opens the release for a decision at its waiting step, refusing whoever may not take it. */
export async function benchOf(ctx: Ctx, trx: Trx, by: Actor, ref: string, act?: Act): Promise<Bench> {
  const seen = await admit(trx, by, ref, act ?? 'release.read', ctx.store.dialect)
  const submission = await currentSubmission(trx, seen.release.id)
  if (submission?.state !== 'open') throw wrongState('wrong-state', { state: seen.release.state })
  const { release, barred } = seen
  const revision = await revisionOf(trx, release.id, submission.revision)
  if (!revision) throw wrongState('wrong-state', { state: release.state })
  const decisions = await decisionsOf(trx, release.id, release.editions)
  const steps = progress(JSON.parse(submission.chain) as Step[], decisions, barred, revision, submission.id)
  const at = waitingAt(steps)?.step
  if (!at) throw wrongState('wrong-state', { state: release.state })
  if (!act) await admit(trx, by, release.id, ACT_OF[at.role])
  return { release, revision, submission, decisions, steps, barred, at }
}

export type Phone = { recordedBy: string; confirmBy: string }

/** Writes the verdict of `memberId`, given by themselves or recorded by telephone, and moves the release on. */
export async function record(
  ctx: Ctx,
  trx: Trx,
  bench: Bench,
  memberId: string,
  languages: Language[],
  input: DecisionInput,
  phone: Phone | null,
): Promise<void> {
  const { release, revision, submission, at } = bench
  if (input.revisionHash !== submission.revision_hash) throw wrongState('stale', { revision: revision.ordinal })
  if (input.verdict === 'return' && input.opinion.trim() === '')
    throw invalid([issue('opinion', 'return-needs-reason')])
  assertOneStep(bench, memberId)
  if (input.verdict === 'approve') await assertApprovable(ctx, trx, bench, input.confidentiality)
  const chain = bench.steps.map((s) => s.step)
  if (input.verdict === 'approve') assertReads(chain, at, revision, languages)
  const parts = coveredParts(at, revision, languages, input.verdict)
  const now = ctx.clock.now()
  const others = bench.steps.filter((s) => s.step.name !== at.name).flatMap((s) => s.verdicts.map((d) => d.member_id))
  const away = phone ? null : await standsFor(trx, memberId, at, [...bench.barred, ...others], now)
  const row: DecisionRow = {
    id: newId(ctx.clock.ms()),
    release_id: release.id,
    cycle: release.editions,
    submission_id: submission.id,
    revision: revision.ordinal,
    revision_hash: revision.hash,
    parts: JSON.stringify(parts),
    step: at.name,
    duties: JSON.stringify(at.duties),
    member_id: memberId,
    verdict: input.verdict,
    opinion: input.opinion.trim(),
    confidentiality: input.confidentiality ? JSON.stringify(input.confidentiality) : null,
    at: now,
    recorded_by: phone?.recordedBy ?? null,
    confirm_by: phone?.confirmBy ?? null,
    confirmed_at: null,
    void: 0,
    on_behalf_of: away?.memberId ?? null,
  }
  await insertGuarded(trx, row)
  await note(trx, {
    release_id: release.id,
    at: now,
    member_id: memberId,
    act: phone ? 'signed-by-phone' : `${input.verdict}:${at.name}`,
    revision: revision.ordinal,
    edition: null,
    note: input.opinion.trim(),
  })
  await append(trx, ctx, {
    actor: phone?.recordedBy ?? memberId,
    act: phone ? 'decision.by-phone' : 'decision',
    subject: `release:${release.id}`,
    fact: {
      decision: row.id,
      member: memberId,
      step: at.name,
      verdict: input.verdict,
      hash: revision.hash,
      ...(away ? { for: away.memberId } : {}),
    },
  })
  if (input.verdict === 'return') {
    // 提请确定: from here on ten working days run until the authority is asked.
    if (input.confidentiality?.verdict === 'refer-out')
      await startFor(trx, ctx, 'refer-out', {
        subject: `release:${release.id}`,
        from: now,
        agencyId: release.agency_id,
      })
    return giveBack(ctx, trx, bench)
  }
  const steps = progress(chain, [...bench.decisions, row], bench.barred, revision, submission.id)
  await turnStepClock(trx, ctx, release, submission.id, chain, waitingAt(steps)?.step ?? null)
  await settle(ctx, trx, release.id, steps)
}

/** Database guards answer as the refusal they stand for. */
async function insertGuarded(trx: Trx, row: DecisionRow): Promise<void> {
  try {
    await insertDecision(trx, row)
  } catch (err) {
    if (raisedCode(err) === 'own-work') throw notAllowed('own-work')
    if (isUniqueViolation(err)) throw notAllowed('one-person-one-step')
    throw err
  }
}

/** One person, one step: whoever agreed at another step of this release may not take this one too. */
function assertOneStep(bench: Bench, memberId: string): void {
  const elsewhere = bench.steps.some(
    (s) => s.step.name !== bench.at.name && s.verdicts.some((d) => d.member_id === memberId),
  )
  if (elsewhere) throw notAllowed('one-person-one-step')
}

async function assertApprovable(
  ctx: Ctx,
  trx: Trx,
  bench: Bench,
  record: ConfidentialityRecord | undefined,
): Promise<void> {
  const { issues, unresolved } = await judge(ctx, trx, bench.release, bench.revision)
  const found = issues.filter((i) => i.severity === 'error')
  if (bench.at.duties.includes('confidentiality')) {
    if (!record) found.push(issue('confidentiality', 'confidentiality-missing'))
    else found.push(...recordIssues(record))
  }
  const guards = !readsLanguages(bench.at)
  if (guards && unresolved > 0) found.push(issue('hits', 'unresolved', { n: unresolved }))
  if (found.length) throw invalid(found)
}

/** A reader answers for the languages they are registered for; confidentiality and signature always cover the whole. */
function coveredParts(
  step: Step,
  revision: Revision,
  languages: Language[],
  verdict: 'approve' | 'return',
): PartHashes {
  if (!readsLanguages(step)) return revision.hashes
  const mine = languagesOf(revision.content).filter((l) => languages.includes(l))
  if (mine.length === 0 && verdict === 'approve')
    throw notAllowed('no-language', { languages: languagesOf(revision.content).join(', ') })
  const names: PartName[] = isProof(step) ? mine : ['core', 'attachments', ...mine]
  return Object.fromEntries(names.map((n) => [n, revision.hashes[n]]))
}

/** Where no reader goes through the languages one by one, whoever takes in the whole must be registered for all but Chinese. */
function assertReads(chain: Step[], step: Step, revision: Revision, languages: Language[]): void {
  if (!answersForLanguages(chain, step)) return
  const strange = foreignTo(languages, revision)
  if (strange.length) throw notAllowed('no-language', { languages: strange.join(', ') })
}

/** Languages of the text but Chinese that somebody is not registered for. */
export const foreignTo = (languages: readonly Language[], revision: Revision): Language[] =>
  languagesOf(revision.content).filter((l) => l !== 'zh-CN' && !languages.includes(l))

async function giveBack(ctx: Ctx, trx: Trx, bench: Bench): Promise<void> {
  const now = ctx.clock.now()
  await updateSubmission(trx, bench.submission.id, { state: 'returned', closed_at: now })
  const chain = bench.steps.map((s) => s.step)
  await endStepClocks(trx, bench.release.id, bench.submission.id, chain, now)
  await changeRelease(trx, bench.release.id, now, { state: 'draft' })
}

/** When every step is satisfied the release is approved, or scheduled where it names a time. */
async function settle(ctx: Ctx, trx: Trx, releaseId: string, steps: StepProgress[]): Promise<void> {
  if (waitingAt(steps)) return
  const now = ctx.clock.now()
  const submission = await currentSubmission(trx, releaseId)
  if (!submission) return
  const revision = await revisionOf(trx, releaseId, submission.revision)
  const planned = revision?.content.core.notBefore ?? null
  await updateSubmission(trx, submission.id, { state: 'approved' })
  await changeRelease(trx, releaseId, now, { state: planned ? 'scheduled' : 'approved', planned_at: planned })
  await note(trx, {
    release_id: releaseId,
    at: now,
    member_id: null,
    act: planned ? 'scheduled' : 'approved',
    revision: submission.revision,
    edition: null,
  })
}
