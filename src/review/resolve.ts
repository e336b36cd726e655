/** Settles one hit of the scanners: masked, removed, or kept with its basis. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { note, revisionOf } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import { judge } from './judge.ts'
import { insertResolution } from './store.ts'

/** keep: stays, with the basis for publishing it (个人信息保护法 art. 13, 34); false-hit: ordinary use. Changing the text needs no resolution. */
export const resolutionInput = z.strictObject({
  action: z.enum(['keep', 'false-hit']),
  note: z.string().trim().min(2).max(1000),
})

export async function resolveHit(ctx: Ctx, by: Actor, ref: string, hitKey: string, sent: unknown): Promise<void> {
  const input = readableZod(resolutionInput, sent)
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.resolve-hit', ctx.store.dialect)
    const revision = await revisionOf(trx, release.id, release.revision)
    if (!revision) throw notFound('hit')
    const hit = (await judge(ctx, trx, release, revision)).hits.find((h) => h.key === hitKey)
    if (!hit) throw notFound('hit')
    if (hit.severity === 'block' && input.action === 'keep')
      throw invalid([issue('action', 'blocking-word', { rule: hit.rule })])
    const now = ctx.clock.now()
    await insertResolution(trx, {
      release_id: release.id,
      hit_key: hitKey,
      part_hash: hit.partHash,
      action: input.action,
      note: input.note,
      member_id: by.memberId,
      at: now,
    })
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'hit-resolved',
      revision: release.revision,
      edition: null,
      note: input.note,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'hit.resolve',
      subject: `release:${release.id}`,
      fact: { hit: hitKey, action: input.action, part: hit.partHash },
    })
  })
}
