/** Written down by hand: a colleague was rung up about the step that waits for them. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { revisionOf } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import type { Step } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import { progress, waitingAt } from './agree.ts'
import { insertSummons } from './ask-store.ts'
import { ableTo } from './signers.ts'
import { currentSubmission, decisionsOf } from './store.ts'

export const callInput = z.strictObject({ memberId: z.string().max(40) })

/** @throws Refusal wrong-state when nothing waits; invalid `not-asked` for whoever could not take the step */
export async function recordCall(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<void> {
  const { memberId } = readableZod(callInput, sent)
  await ctx.store.tx(async (trx) => {
    const { release, barred } = await admit(trx, by, ref, 'release.record-call', ctx.store.dialect)
    const submission = await currentSubmission(trx, release.id)
    const revision = submission && (await revisionOf(trx, release.id, submission.revision))
    if (submission?.state !== 'open' || !revision) throw wrongState('wrong-state', { state: release.state })
    const decisions = await decisionsOf(trx, release.id, release.editions)
    const chain = JSON.parse(submission.chain) as Step[]
    const step = waitingAt(progress(chain, decisions, barred, revision, submission.id))?.step
    if (!step) throw wrongState('wrong-state', { state: release.state })
    const able = await ableTo(trx, release.agency_id, step, barred, ctx.clock.now())
    if (memberId === by.memberId || !able.some((a) => a.memberId === memberId))
      throw invalid([issue('memberId', 'not-asked')])
    await insertSummons(trx, {
      release_id: release.id,
      submission_id: submission.id,
      step: step.name,
      member_id: memberId,
      how: 'called',
      rank: 0,
      called_by: by.memberId,
      at: ctx.clock.now(),
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'step.rang',
      subject: `release:${release.id}`,
      fact: { step: step.name, member: memberId },
    })
  })
}
