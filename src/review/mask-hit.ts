/** Masks one piece of personal data in the text of a draft, wherever in its field it stands. A new revision, derived from the one before. */
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { textFields } from '../desk/fields.ts'
import { admit } from '../desk/gate.ts'
import { addRevision } from '../desk/save.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'
import { judge } from './judge.ts'
import { maskPersonal } from './scan.ts'

/** @throws Refusal not-found for a hit that is gone; wrong-state mask-not-personal for one that is no personal data of the text */
export async function maskHit(ctx: Ctx, by: Actor, ref: string, hitKey: string): Promise<ReleaseRow> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.edit', ctx.store.dialect)
    const revision = await revisionOf(trx, release.id, release.revision)
    const hit = revision && (await judge(ctx, trx, release, revision)).hits.find((h) => h.key === hitKey)
    if (!revision || !hit) throw notFound('hit')
    if (hit.scanner !== 'personal' || hit.file) throw wrongState('mask-not-personal')
    const raw = textFields(revision.content).find((f) => f.field === hit.field)?.raw ?? ''
    await addRevision(ctx, trx, by, release, withText(revision.content, hit.field, maskPersonal(raw, hit)), 'mask')
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'text.mask',
      subject: `release:${release.id}`,
      fact: { hit: hitKey, rule: hit.rule },
    })
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

/** The content with the text at a path replaced; names of languages hold no point. */
function withText(content: Content, path: string, text: string): Content {
  const copy = structuredClone(content)
  const steps = path.split('.')
  let at = copy as unknown as Record<string, unknown>
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>
  at[steps.at(-1) as string] = text
  return copy
}
