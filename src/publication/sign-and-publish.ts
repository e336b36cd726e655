/** A verdict and what follows at once from it: the last signature on a release without a planned time publishes it. */
import type { Ctx } from '../context.ts'
import { type ReleaseRow, releaseById } from '../desk/store.ts'
import { Refusal } from '../lib/errors.ts'
import { decide } from '../review/decide.ts'
import { recordPhoneSignOff } from '../review/phone.ts'
import type { Actor } from '../staff/member.ts'
import { publishApproved } from './publish.ts'

/** `editionId` where the verdict published the release. */
export type Signed = { release: ReleaseRow; editionId: string | null }

/** Records a verdict; the signature that completes the chain publishes. */
export const decideAndPublish = async (ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<Signed> =>
  publishIfAgreed(ctx, by, await decide(ctx, by, ref, sent))

/** The same for a signature recorded by telephone. */
export const phoneAndPublish = async (ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<Signed> =>
  publishIfAgreed(ctx, by, await recordPhoneSignOff(ctx, by, ref, sent))

/** The verdict stands whatever becomes of the publication: the timetable tries again, or holds the release with an alarm. */
async function publishIfAgreed(ctx: Ctx, by: Actor, release: ReleaseRow): Promise<Signed> {
  if (release.state !== 'approved') return { release, editionId: null }
  const editionId = await publishApproved(ctx, release.id, by.memberId).catch((err) => {
    if (err instanceof Refusal) return null
    throw err
  })
  return { release: (await releaseById(ctx.store.db, release.id)) as ReleaseRow, editionId }
}
