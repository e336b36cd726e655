/** 事后补审: a second look at what went out by the short path, within 24 hours, by someone who neither signed it nor took the call. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { contributors, note } from '../desk/store.ts'
import { meetClock } from '../incident/clock-store.ts'
import { append } from '../ledger/append.ts'
import { notAllowed, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { decisionsOf } from '../review/store.ts'
import type { Actor } from '../staff/member.ts'
import { clearAlarm } from '../store/alarm.ts'
import { editionsOf, setPostReview } from './store.ts'

export const postReviewInput = z.strictObject({
  edition: z.number().int().positive(),
  opinion: z.string().trim().min(1).max(4000),
})

export async function postReview(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<void> {
  const input = readableZod(postReviewInput, sent)
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.post-review', ctx.store.dialect)
    const edition = (await editionsOf(trx, release.id)).find((e) => e.number === input.edition)
    if (!edition?.post_review_due || edition.post_reviewed_at) throw wrongState('no-post-review-due')
    const cycle = await decisionsOf(trx, release.id, edition.number - 1)
    const wrote = await contributors(trx, release.id, edition.number - 1)
    const agreed = cycle.some((d) => d.member_id === by.memberId || d.recorded_by === by.memberId)
    if (agreed || wrote.includes(by.memberId)) throw notAllowed('own-work')
    const now = ctx.clock.now()
    await setPostReview(trx, edition.id, now, by.memberId)
    await meetClock(trx, `edition:${edition.id}`, 'post-review', now)
    await clearAlarm(trx, ctx.clock, 'clock-breached', `edition:${edition.id}`)
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'post-reviewed',
      revision: edition.revision,
      edition: edition.number,
      note: input.opinion,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'edition.post-review',
      subject: `edition:${edition.id}`,
      fact: { release: release.id },
    })
  })
}
