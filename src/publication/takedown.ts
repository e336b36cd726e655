/** Takes a release off at once: number and time only, nobody mailed. Removing text needs no approval, only a person who answers for it. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { type ReleaseRow, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { endStepClocks } from '../review/step-clock.ts'
import { currentSubmission, updateSubmission } from '../review/store.ts'
import type { Step } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import { freeze } from './publish.ts'

export const takedownInput = z.strictObject({ ground: z.enum(['privacy', 'secrecy', 'law']) })

/** For privacy or law; suspected secrets go through quarantine, which does this first. @returns the takedown edition's id */
export async function takeDown(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<string> {
  const input = readableZod(takedownInput, sent)
  const id = await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.take-down', ctx.store.dialect)
    if (release.face === 'none' || release.face === 'taken-down') throw wrongState('nothing-public')
    return removeFromPublic(ctx, trx, release, by.memberId, input.ground)
  })
  ctx.bell.ring('dispatch', id)
  return id
}

/** The takedown edition inside the caller's transaction. Whatever was under review is closed. */
export async function removeFromPublic(
  ctx: Ctx,
  trx: Parameters<typeof freeze>[1],
  release: ReleaseRow,
  actor: string,
  ground: string,
): Promise<string> {
  const submission = await currentSubmission(trx, release.id)
  if (submission) {
    await updateSubmission(trx, submission.id, { state: 'taken-back', closed_at: ctx.clock.now() })
    await endStepClocks(trx, release.id, submission.id, JSON.parse(submission.chain) as Step[], ctx.clock.now())
  }
  const row = await freeze(ctx, trx, (await releaseById(trx, release.id)) as ReleaseRow, null, 'takedown')
  await append(trx, ctx, {
    actor,
    act: 'edition.takedown',
    subject: `edition:${row.id}`,
    fact: { release: release.id, number: row.number, ground, sequence: row.sequence },
  })
  return row.id
}
