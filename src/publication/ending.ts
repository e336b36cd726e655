/** 解除预警、终止响应: an edition of what was begun, with its own words and its own signatures. Never by the clock, never of itself. */
import { kinds } from '../../templates/draft/index.ts'
import type { StartWords } from '../../templates/draft/kind.ts'
import type { Ctx } from '../context.ts'
import { type Content, type Language, languagesOf, type Over, type Part } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import { addRevision } from '../desk/save.ts'
import { changeRelease, note, type ReleaseRow, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { wrongState } from '../lib/errors.ts'
import { lastPublished } from '../review/judge.ts'
import type { Actor } from '../staff/member.ts'

/** How this text could be ended; null where nothing was begun, or it is over already. Another station's warning is not ours to lift. */
export function endingOf(content: Content): Over['as'] | null {
  const { kind, over, falseAlarmOf, relayOf, repostOf } = content.core
  if (over || falseAlarmOf !== undefined || relayOf || repostOf) return null
  return kinds[kind].ending?.as ?? null
}

/** Opens the draft: told to all who got what it ends, and to those it concerns today, as a correction is. */
export async function beginEnding(ctx: Ctx, by: Actor, ref: string): Promise<ReleaseRow> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.correct', ctx.store.dialect)
    const content = await lastPublished(trx, release)
    if (release.face !== 'live' || !content) throw wrongState('wrong-state', { state: release.state })
    const as = endingOf(content)
    if (!as) throw wrongState(content.core.relayOf ? 'ending-not-ours' : 'nothing-to-end')
    const now = ctx.clock.now()
    await changeRelease(trx, release.id, now, { state: 'draft', edition_type: 'correction' })
    const begun = (await releaseById(trx, release.id)) as ReleaseRow
    await addRevision(ctx, trx, by, begun, endingDraft(content, as, now), 'correct')
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: `began:${as}`,
      revision: release.revision,
      edition: release.editions,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'release.correct',
      subject: `release:${release.id}`,
      fact: { type: 'correction', ending: as },
    })
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

/** What held for a time holds no longer: level, terms and validity go; place, subject and who is to be told stay. Pure. */
export function endingDraft(content: Content, as: Over['as'], now: string): Content {
  const { warningLevel, cap, expiresAt, nextUpdateAt, knownAt, notBefore, embargo, ...core } = content.core
  const start = kinds[core.kind].ending?.start
  const parts = Object.fromEntries(languagesOf(content).map((l) => [l, words(start, l)]))
  return { core: { ...core, asOf: now, over: { as } }, parts, attachments: [] }
}

/** In Mongolian there are none to start from: its translator writes them, or takes the language out. */
function words(start: Record<'zh-CN' | 'en', StartWords & { note: string }> | undefined, language: Language): Part {
  const found = language === 'mn-Mong-CN' ? undefined : start?.[language]
  if (!found) return { title: '', blocks: {}, body: '' }
  return { title: found.title, blocks: { ...found.blocks }, body: '', changeNote: found.note }
}
