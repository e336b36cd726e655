/** 疑似涉密: anyone who can see a release seals it at once. Unreadable to all; if it was public, gone from there too. */
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { forgetKeeps } from '../desk/keep-store.ts'
import { changeRelease, note, type ReleaseRow, releaseById } from '../desk/store.ts'
import { startFor } from '../incident/start-clock.ts'
import { append } from '../ledger/append.ts'
import { newId } from '../lib/id.ts'
import { removeFromPublic } from '../publication/takedown.ts'
import { endStepClocks } from '../review/step-clock.ts'
import { currentSubmission, updateSubmission } from '../review/store.ts'
import type { Step } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { insertQuarantine } from './store.ts'

/** Seals the release. No text is asked for or kept: the record is content-free. */
export async function quarantine(ctx: Ctx, by: Actor, ref: string): Promise<void> {
  const takedown = await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.quarantine', ctx.store.dialect)
    const now = ctx.clock.now()
    const wasPublic = release.face === 'live' || release.face === 'withdrawn'
    const editionId = wasPublic ? await removeFromPublic(ctx, trx, release, by.memberId, 'secrecy') : null
    await closeReview(trx, release, now)
    // What lies unsaved in browsers is unreadable from here on.
    await forgetKeeps(trx, release.id)
    await insertQuarantine(trx, {
      id: newId(ctx.clock.ms()),
      release_id: release.id,
      reported_by: by.memberId,
      reported_at: now,
      was_public: wasPublic ? 1 : 0,
      was_state: release.state,
      settled_by: null,
      settled_at: null,
      outcome: null,
      instruction: '',
      backups: '[]',
    })
    await changeRelease(trx, release.id, now, { state: 'quarantined', planned_at: null })
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'quarantined',
      revision: null,
      edition: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'release.quarantine',
      subject: `release:${release.id}`,
      fact: { public: wasPublic ? 1 : 0 },
    })
    await raiseAlarm(trx, ctx.clock, 'suspected-secret', `release:${release.id}`)
    if (wasPublic) {
      const about = { subject: `release:${release.id}`, from: now, agencyId: release.agency_id }
      await startFor(trx, ctx, 'leak', about)
    }
    return editionId
  })
  if (takedown) ctx.bell.ring('dispatch', takedown)
}

async function closeReview(
  trx: Parameters<typeof currentSubmission>[0],
  release: ReleaseRow,
  now: string,
): Promise<void> {
  const current = await releaseById(trx, release.id)
  const submission = current && (await currentSubmission(trx, release.id))
  if (!submission) return
  await updateSubmission(trx, submission.id, { state: 'taken-back', closed_at: now })
  await endStepClocks(trx, release.id, submission.id, JSON.parse(submission.chain) as Step[], now)
}
