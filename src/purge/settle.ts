/** A second person's word on a quarantined release: purge it, or lift the seal. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { forgetDigests } from '../delivery/digest-store.ts'
import { forgetManual } from '../delivery/manual-store.ts'
import { forgetDelivery } from '../delivery/store.ts'
import type { Content } from '../desk/content.ts'
import { forgetFaults } from '../desk/fault-store.ts'
import { admit } from '../desk/gate.ts'
import { attachmentsOf, attachmentsWith, changeRelease, forgetDesk, note } from '../desk/store.ts'
import { endClocks } from '../incident/start-clock.ts'
import { append } from '../ledger/append.ts'
import { notAllowed, wrongState } from '../lib/errors.ts'
import { filePlaces } from '../lib/file-path.ts'
import { sha256 } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { forgetPublication } from '../publication/forget.ts'
import { forgetMedia } from '../publication/media-store.ts'
import { forgetSearch } from '../publication/search.ts'
import { editionsOf, lastEditionOf } from '../publication/store.ts'
import { forgetReview } from '../review/store.ts'
import type { Actor } from '../staff/member.ts'
import { clearAlarm } from '../store/alarm.ts'
import { forgetAnswers, noteAddresses, quarantineOf, setSweepDue, updateQuarantine } from './store.ts'
import { namesOfBackups, sweepFiles } from './sweep.ts'

export const settlementInput = z.strictObject({
  outcome: z.enum(['purged', 'lifted']),
  /** Number of the order this follows (文号): a reference, not content. */
  instruction: z.string().trim().min(1).max(120),
})

/**
 * Purges every word of the release from every place one file lists (sweep.ts), or lifts the seal: back to a draft, or, if
 * it was public, to taken down, since a number once taken down stays so.
 */
export async function settleQuarantine(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<void> {
  const input = readableZod(settlementInput, sent)
  const blobs = await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'quarantine.settle', ctx.store.dialect)
    const record = await quarantineOf(trx, release.id)
    if (!record) throw wrongState('wrong-state', { state: release.state })
    if (record.reported_by === by.memberId) throw notAllowed('second-person')
    const now = ctx.clock.now()
    const backups = JSON.stringify(await namesOfBackups(trx, ctx.config, release.created_at))
    await updateQuarantine(trx, release.id, {
      settled_by: by.memberId,
      settled_at: now,
      outcome: input.outcome,
      instruction: input.instruction,
      backups,
    })
    const state = input.outcome === 'purged' ? 'purged' : release.face === 'none' ? 'draft' : 'taken-down'
    await changeRelease(trx, release.id, now, { state })
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: input.outcome,
      revision: null,
      edition: null,
    })
    await append(trx, ctx, { actor: by.memberId, act: `quarantine.${input.outcome}`, subject: `release:${release.id}` })
    await clearAlarm(trx, ctx.clock, 'suspected-secret', `release:${release.id}`)
    if (input.outcome === 'lifted') return null
    await endClocks(trx, `release:${release.id}`, now, ['proactive-publication', 'mongolian-version'])
    const files = await filesOf(trx, release.id)
    const desk = await forgetDesk(trx, release.id)
    const last = (await lastEditionOf(trx, release.id))?.sequence ?? 0
    await noteAddresses(trx, await addressesOf(trx, files), Number(last))
    await forgetFaults(trx, release.id, [...new Set(files.map((file) => file.sha256))])
    await forgetReview(trx, release.id)
    await forgetPublication(trx, release.id)
    await forgetSearch(trx, ctx.store.dialect, release.id)
    await forgetDelivery(trx, release.id)
    await forgetDigests(trx, release.id)
    await forgetManual(trx, release.id)
    await forgetMedia(trx, release.id)
    await forgetAnswers(trx, release.id)
    await setSweepDue(trx)
    if (ctx.edge) await setSweepDue(trx, 'purge-edge')
    return { releaseId: release.id, blobs: desk.blobs }
  })
  if (blobs) await sweepFiles(ctx, blobs.releaseId, blobs.blobs)
}

type Trx = Parameters<typeof forgetDesk>[0]
type Named = { sha256: string; name: string }

/** Every file any edition offered, and those of the draft. */
async function filesOf(trx: Trx, releaseId: string): Promise<Named[]> {
  const editions = await editionsOf(trx, releaseId)
  const offered = editions.flatMap((e) => (e.content ? (JSON.parse(e.content) as Content).attachments : []))
  return [...offered, ...(await attachmentsOf(trx, releaseId))].map(({ sha256, name }) => ({ sha256, name }))
}

/** SHA-256 of the public addresses that hold their names, but for those another release has in common with this one. */
async function addressesOf(trx: Trx, files: Named[]): Promise<string[]> {
  const hashes = [...new Set(files.map((file) => file.sha256))]
  const kept = new Set((await attachmentsWith(trx, hashes)).flatMap(filePlaces))
  return [...new Set(files.flatMap(filePlaces))].filter((path) => !kept.has(path)).map((path) => sha256(path))
}
