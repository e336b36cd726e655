/** Sign-off by telephone at night: recorded by a member on duty who did not contribute, confirmed by the signer within 12 hours. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import type { Language } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import { contributors, note, type ReleaseRow, releaseById } from '../desk/store.ts'
import { meetClock } from '../incident/clock-store.ts'
import { startFor } from '../incident/start-clock.ts'
import { append } from '../ledger/append.ts'
import { HOUR, plus } from '../lib/clock.ts'
import { invalid, issue, notAllowed, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById, ancestorsOf, memberById, rolesOf, rosterOf } from '../staff/store.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { confidentialityInput } from './confidentiality.ts'
import { benchOf, record } from './decide.ts'
import { decisionsOf, updateDecision } from './store.ts'

export const phoneInput = z.strictObject({
  signerId: z.string().max(40),
  revisionHash: z.string().regex(/^[0-9a-f]{64}$/, 'sha256'),
  /** What the signer said, in their words. */
  words: z.string().trim().min(1).max(2000),
  confidentiality: confidentialityInput,
})

const CONFIRM_WITHIN = 12 * HOUR

/** Records what a signer said on the telephone. Flash only, off unless two admins enabled it, by a member on duty, for a signer who is not barred. */
export async function recordPhoneSignOff(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<ReleaseRow> {
  const input = readableZod(phoneInput, sent)
  return ctx.store.tx(async (trx) => {
    const bench = await benchOf(ctx, trx, by, ref, 'release.record-phone-sign-off')
    const { release } = bench
    const now = ctx.clock.now()
    const agency = await agencyById(trx, release.agency_id)
    if (agency?.phone_signoff !== 1) throw notAllowed('phone-sign-off-is-off')
    if (release.lane !== 'flash') throw wrongState('phone-sign-off-flash-only')
    const duty = await rosterOf(trx, [release.agency_id], now)
    if (!duty.some((d) => d.member_id === by.memberId)) throw notAllowed('not-on-duty')
    const signer = await memberById(trx, input.signerId)
    const agencies = [release.agency_id, ...(await ancestorsOf(trx, release.agency_id))]
    const able =
      signer &&
      signer.active === 1 &&
      agencies.includes(signer.agency_id) &&
      rolesOf(signer).includes(bench.at.role) &&
      signer.id !== by.memberId
    if (!able) throw invalid([issue('signerId', 'not-a-signer')])
    const confirmBy = plus(now, CONFIRM_WITHIN)
    await record(
      ctx,
      trx,
      bench,
      signer.id,
      JSON.parse(signer.languages) as Language[],
      {
        revisionHash: input.revisionHash,
        verdict: 'approve',
        opinion: input.words,
        confidentiality: input.confidentiality,
      },
      { recordedBy: by.memberId, confirmBy },
    )
    const subject = `release:${release.id}:${release.editions}`
    const about = { subject, from: now, due: confirmBy, agencyId: release.agency_id }
    await startFor(trx, ctx, 'phone-sign-off', about)
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

/** The signer, under their own login, confirms or denies what was recorded. The record itself is never edited. */
export async function confirmPhoneSignOff(ctx: Ctx, by: Actor, ref: string, confirmed: boolean): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.confirm-phone-sign-off', ctx.store.dialect)
    const pending = (await decisionsOf(trx, release.id)).find(
      (d) => d.member_id === by.memberId && d.recorded_by && !d.confirmed_at && !d.void,
    )
    if (!pending) throw wrongState('nothing-to-confirm')
    const barred = await contributors(trx, release.id, pending.cycle)
    if (barred.includes(by.memberId)) throw notAllowed('own-work')
    const now = ctx.clock.now()
    await updateDecision(trx, pending.id, confirmed ? { confirmed_at: now } : { void: 1 })
    await meetClock(trx, `release:${release.id}:${pending.cycle}`, 'phone-confirm', now)
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: confirmed ? 'phone-confirmed' : 'phone-denied',
      revision: pending.revision,
      edition: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: confirmed ? 'decision.confirm' : 'decision.deny',
      subject: `release:${release.id}`,
      fact: { decision: pending.id },
    })
    if (!confirmed) await raiseAlarm(trx, ctx.clock, 'phone-sign-off-denied', `release:${release.id}`)
  })
}
