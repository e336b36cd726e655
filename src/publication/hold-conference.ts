/** A member confirms that a press conference was held: its hour has come, and it was not called off. That meets the 24 hours. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { lockRelease, releaseByNumber } from '../desk/store.ts'
import { meetClock } from '../incident/clock-store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from '../staff/gate.ts'
import { type Actor, relationOf } from '../staff/member.ts'
import { ancestorsOf } from '../staff/store.ts'
import { isUniqueViolation } from '../store/violation.ts'
import { meetingIn } from './conference.ts'
import { insertHeld, publicConference } from './conference-store.ts'

/** When it began, where not at its hour. */
export const heldInput = z.strictObject({ heldAt: z.iso.datetime({ offset: true }).optional() })

/** @throws Refusal not-found; conference-not-yet, conference-called-off, conference-held-already; held-outside */
export async function confirmHeld(ctx: Ctx, by: Actor, number: string, sent: unknown): Promise<{ heldAt: string }> {
  const input = readableZod(heldInput, sent)
  return ctx.store.tx(async (trx) => {
    const release = await releaseByNumber(trx, number)
    if (!release) throw notFound('release')
    await lockRelease(trx, ctx.store.dialect, release.id)
    const row = await publicConference(trx, release.id)
    const meeting = row ? meetingIn(row) : null
    if (!meeting) throw notFound('release')
    const relation = relationOf(by, { id: meeting.agencyId, ancestors: await ancestorsOf(trx, meeting.agencyId) })
    if (relation !== 'own' && relation !== 'parent') throw notFound('release')
    await admitAgency(trx, by, meeting.agencyId, 'conference.confirm')
    const now = ctx.clock.now()
    const { startsAt, cancelled } = meeting.conference
    if (cancelled) throw wrongState('conference-called-off')
    if (startsAt > now) throw wrongState('conference-not-yet')
    const heldAt = input.heldAt ? new Date(input.heldAt).toISOString() : startsAt
    if (heldAt < startsAt || heldAt > now) throw invalid([issue('heldAt', 'held-outside')])
    try {
      await insertHeld(trx, { release_id: release.id, held_at: heldAt, confirmed_by: by.memberId, confirmed_at: now })
    } catch (err) {
      if (isUniqueViolation(err)) throw wrongState('conference-held-already')
      throw err
    }
    // An exercise meets no duty. What was held in time is in time, also where somebody says so later.
    if (meeting.incidentId && meeting.mode === 'live')
      await meetClock(trx, `incident:${meeting.incidentId}`, 'press-conference', heldAt, { member: by.memberId })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'conference.held',
      subject: `release:${release.id}`,
      fact: { held: heldAt },
    })
    return { heldAt }
  })
}
