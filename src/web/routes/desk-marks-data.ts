/** Who has read which language, and who still must: one line for each reader's step and language. */
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { languagesOf } from '../../desk/content.ts'
import type { PartHashes } from '../../desk/sealed.ts'
import { ableTo } from '../../review/signers.ts'
import { isProof, readsLanguages } from '../../staff/chain.ts'
import { namesOf } from '../desk-store.ts'
import { stepName } from '../views/bits.tsx'
import type { MarkLine } from '../views/marks.tsx'
import type { Bench } from './desk-decide-data.ts'

type Lang = 'zh' | 'en'

/** Empty where the relay line says all there is: one language and no proofs. */
export async function markLines(ctx: Ctx, lang: Lang, bench: Bench): Promise<MarkLine[]> {
  const { steps, revision, at } = bench
  const languages = languagesOf(revision.content)
  const readers = steps.filter((s) => readsLanguages(s.step))
  if (languages.length < 2 && !readers.some((s) => isProof(s.step))) return []
  const { db } = ctx.store
  const names = await namesOf(
    db,
    readers.flatMap((s) => s.verdicts.flatMap((d) => [d.member_id, d.on_behalf_of])),
  )
  const taken = steps.flatMap((s) => s.verdicts.map((d) => d.member_id))
  const lines = await Promise.all(
    readers.map(async ({ step, verdicts }) => {
      const able = await ableTo(db, at.release.agency_id, step, [...at.barred, ...taken], ctx.clock.now())
      return languages.map((language): MarkLine => {
        const given = verdicts.findLast(
          (d) => (JSON.parse(d.parts) as PartHashes)[language] === revision.hashes[language],
        )
        const behalf = given?.on_behalf_of ? names.get(given.on_behalf_of) : undefined
        return {
          step: stepName(lang, step.name),
          language,
          given: given
            ? {
                name: names.get(given.member_id) ?? '',
                at: given.at,
                ...(behalf ? { behalfOf: t(lang, 'desk.behalf', { name: behalf }) } : {}),
              }
            : null,
          able: given ? [] : able.filter((a) => a.languages.includes(language) && !a.away).map((a) => a.name),
        }
      })
    }),
  )
  return lines.flat()
}
