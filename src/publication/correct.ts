/** Begins an erratum, a correction or an added language on a published release; or gives it up. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { addRevision } from '../desk/save.ts'
import { changeRelease, note, type ReleaseRow, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { lastPublished } from '../review/judge.ts'
import type { Actor } from '../staff/member.ts'
import { lastEditionOf } from './store.ts'

export const correctionInput = z.strictObject({
  type: z.enum(['erratum', 'correction', 'addition']),
  lane: z.enum(['flash', 'routine']).optional(),
})

/** Opens a new cycle: what was published becomes the draft, and everyone may decide again but those who now touch it. */
export async function beginCorrection(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<ReleaseRow> {
  const input = readableZod(correctionInput, sent)
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.correct', ctx.store.dialect)
    const content = await lastPublished(trx, release)
    if (!content) throw wrongState('wrong-state', { state: release.state })
    const now = ctx.clock.now()
    await changeRelease(trx, release.id, now, { state: 'draft', edition_type: input.type })
    const fresh = Object.fromEntries(
      Object.entries(content.parts).map(([l, p]) => [l, { ...p, changeNote: undefined }]),
    )
    const { notBefore: _, embargo: __, ...core } = content.core
    const begun = (await releaseById(trx, release.id)) as ReleaseRow
    await addRevision(
      ctx,
      trx,
      by,
      begun,
      JSON.parse(JSON.stringify({ ...content, core: { ...core, lane: input.lane ?? core.lane }, parts: fresh })),
      'correct',
    )
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: `began:${input.type}`,
      revision: release.revision,
      edition: release.editions,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'release.correct',
      subject: `release:${release.id}`,
      fact: { type: input.type },
    })
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

/** Gives up a correction that was begun: the release stands as it was published. */
export async function abandonCorrection(ctx: Ctx, by: Actor, ref: string): Promise<ReleaseRow> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.abandon', ctx.store.dialect)
    const content = await lastPublished(trx, release)
    if (release.face !== 'live' || !content) throw wrongState('nothing-to-abandon')
    await addRevision(ctx, trx, by, release, content, 'abandon')
    const last = await lastEditionOf(trx, release.id)
    await changeRelease(trx, release.id, ctx.clock.now(), {
      state: 'published',
      edition_type: (last?.type ?? 'first') as 'first',
    })
    await note(trx, {
      release_id: release.id,
      at: ctx.clock.now(),
      member_id: by.memberId,
      act: 'abandoned',
      revision: release.revision,
      edition: release.editions,
    })
    await append(trx, ctx, { actor: by.memberId, act: 'release.abandon', subject: `release:${release.id}` })
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}
