/** Prepares a withdrawal: a notice of number, time and reason in place of the text, sent for review at once. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import { addRevision } from '../desk/save.ts'
import { changeRelease, note, type ReleaseRow, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { lastPublished } from '../review/judge.ts'
import { submit } from '../review/submit.ts'
import type { Actor } from '../staff/member.ts'

const reason = z.string().trim().min(1).max(1000)
export const withdrawalInput = z.strictObject({
  reasons: z.strictObject({ 'zh-CN': reason.optional(), 'mn-Mong-CN': reason.optional(), en: reason.optional() }),
  lane: z.enum(['flash', 'routine']).optional(),
})

/** The reason is what the public will read: asked for in every language the release was published in. */
export async function withdraw(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<ReleaseRow> {
  const input = readableZod(withdrawalInput, sent)
  const begun = await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.withdraw', ctx.store.dialect)
    const last = await lastPublished(trx, release)
    if (release.face !== 'live' || !last) throw wrongState('nothing-to-withdraw')
    const now = ctx.clock.now()
    await changeRelease(trx, release.id, now, { state: 'draft', edition_type: 'withdrawal' })
    await addRevision(ctx, trx, by, (await releaseById(trx, release.id)) as ReleaseRow, notice(last, input), 'withdraw')
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'began:withdrawal',
      revision: release.revision,
      edition: release.editions,
    })
    await append(trx, ctx, { actor: by.memberId, act: 'release.withdraw', subject: `release:${release.id}` })
    return release.id
  })
  return submit(ctx, by, begun, null)
}

/** Of what was published only where it went and to whom stays: no title, no text, no contacts. */
function notice(last: Content, input: z.output<typeof withdrawalInput>): Content {
  const missing = languagesOf(last).filter((l) => !input.reasons[l])
  const dirty = languagesOf(last).flatMap((l) => textIssues(`reasons.${l}`, input.reasons[l] ?? '', l))
  if (missing.length || dirty.length)
    throw invalid([...missing.map((l) => issue(`reasons.${l}`, 'reason-in-every-language', { language: l })), ...dirty])
  const part = (l: Language): Part => ({
    title: '',
    blocks: {},
    body: '',
    withdrawalReason: cleanText(input.reasons[l] as string).text,
  })
  const { kind, mode, agencyId, incidentId, areas, topics, outlets, urgency, warningLevel, cap, lane } = last.core
  const core = { kind, lane: input.lane ?? lane, mode, agencyId, areas, topics, outlets, urgency, contacts: [] }
  return {
    core: {
      ...core,
      ...(incidentId ? { incidentId } : {}),
      ...(warningLevel ? { warningLevel } : {}),
      ...(cap ? { cap } : {}),
    },
    parts: Object.fromEntries(languagesOf(last).map((l) => [l, part(l)])),
    attachments: [],
  }
}
