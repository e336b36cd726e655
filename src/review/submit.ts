/** Sends a draft for review, and takes it back. */
import type { Ctx } from '../context.ts'
import { type Lane, languagesOf } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import { canMove } from '../desk/release.ts'
import {
  changeRelease,
  contribute,
  note,
  type ReleaseRow,
  type Revision,
  releaseById,
  revisionOf,
} from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import type { Chains, Step } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import { progress, waitingAt } from './agree.ts'
import { judge } from './judge.ts'
import { lookAgain } from './look-again.ts'
import { ableTo } from './signers.ts'
import { leftIssues } from './somebody-left.ts'
import { endStepClocks, turnStepClock } from './step-clock.ts'
import { currentSubmission, decisionsOf, insertSubmission, updateSubmission } from './store.ts'

/** 送审. Refused while an issue of severity error stands, or when nobody would be left to sign. */
export async function submit(ctx: Ctx, by: Actor, ref: string, version: number | null): Promise<ReleaseRow> {
  await lookAgain(ctx, by, ref)
  return ctx.store.tx(async (trx) => {
    const { release, barred } = await admit(trx, by, ref, 'release.submit', ctx.store.dialect)
    if (version !== null && version !== release.version) throw wrongState('stale', { version: release.version })
    const revision = await revisionOf(trx, release.id, release.revision)
    if (!revision || !canMove('draft', 'in-review')) throw wrongState('wrong-state', { state: release.state })
    const { issues } = await judge(ctx, trx, release, revision)
    const errors = issues.filter((i) => i.severity === 'error')
    if (errors.length) throw invalid(errors)
    const agency = await agencyById(trx, release.agency_id)
    const chain = (JSON.parse(agency?.chains ?? '{}') as Chains)[release.lane as Lane]
    await assertSomeoneLeft(ctx, trx, release, revision, chain, [...barred, by.memberId])
    const now = ctx.clock.now()
    const submissionId = newId(ctx.clock.ms())
    await insertSubmission(trx, {
      id: submissionId,
      release_id: release.id,
      cycle: release.editions,
      revision: revision.ordinal,
      revision_hash: revision.hash,
      chain: JSON.stringify(chain),
      submitted_by: by.memberId,
      submitted_at: now,
      state: 'open',
      closed_at: null,
    })
    await contribute(trx, {
      release_id: release.id,
      cycle: release.editions,
      member_id: by.memberId,
      act: 'submit',
      at: now,
    })
    await changeRelease(trx, release.id, now, { state: 'in-review' })
    const decisions = await decisionsOf(trx, release.id, release.editions)
    const waiting = waitingAt(progress(chain, decisions, [...barred, by.memberId], revision, submissionId))
    await turnStepClock(trx, ctx, release, submissionId, chain, waiting?.step ?? null)
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'submitted',
      revision: revision.ordinal,
      edition: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'release.submit',
      subject: `release:${release.id}`,
      fact: { revision: revision.ordinal, hash: revision.hash },
    })
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

async function assertSomeoneLeft(
  ctx: Ctx,
  trx: Parameters<typeof ableTo>[0],
  release: ReleaseRow,
  revision: Revision,
  chain: Step[],
  barred: string[],
): Promise<void> {
  const able = []
  for (const step of chain) able.push(await ableTo(trx, release.agency_id, step, barred, ctx.clock.now()))
  const issues = leftIssues(chain, able, languagesOf(revision.content))
  if (issues.length) throw invalid(issues)
}

/** 撤回送审: back to a draft. Verdicts stay good for parts that are not changed. */
export async function takeBack(ctx: Ctx, by: Actor, ref: string): Promise<ReleaseRow> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.take-back', ctx.store.dialect)
    const submission = await currentSubmission(trx, release.id)
    if (!submission) throw wrongState('wrong-state', { state: release.state })
    const now = ctx.clock.now()
    await updateSubmission(trx, submission.id, { state: 'taken-back', closed_at: now })
    await endStepClocks(trx, release.id, submission.id, JSON.parse(submission.chain) as Step[], now)
    await contribute(trx, {
      release_id: release.id,
      cycle: release.editions,
      member_id: by.memberId,
      act: 'take-back',
      at: now,
    })
    await changeRelease(trx, release.id, now, { state: 'draft', planned_at: null })
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'taken-back',
      revision: release.revision,
      edition: null,
    })
    await append(trx, ctx, { actor: by.memberId, act: 'release.take-back', subject: `release:${release.id}` })
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}
