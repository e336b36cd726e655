/** The terms a journalist accepts before anything is shown. A changed text is a new version by itself, and is asked again. */
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'
import { isAccredited, type Journalist, journalistActor } from './journalist.ts'
import { journalistById, updateJournalist } from './journalist-store.ts'

/** Their words, in order: media.terms.<n>. */
export const TERMS = [1, 2, 3, 4, 5, 6] as const
/** The day this text was settled, for people; the fingerprint of both languages behind it, so that nobody can forget to change it. */
const SETTLED = '2026-11-24'
const words = TERMS.map((n) => `${t('zh', `media.terms.${n}`)}\n${t('en', `media.terms.${n}`)}`).join('\n')
export const termsVersion = `${SETTLED}-${sha256(words).slice(0, 8)}`

export const hasAccepted = (j: Pick<Journalist, 'terms_version'>): boolean => j.terms_version === termsVersion

/** `version` is what the page they pressed on showed. @throws Refusal `invalid` terms-not-accepted, `wrong-state` terms-changed */
export async function acceptTerms(ctx: Ctx, id: string, sent: { version: string; accept: boolean }): Promise<void> {
  if (!sent.accept) throw invalid([issue('accept', 'terms-not-accepted')])
  if (sent.version !== termsVersion) throw wrongState('terms-changed')
  await ctx.store.tx(async (trx) => {
    const journalist = await journalistById(trx, id)
    const now = ctx.clock.now()
    if (!journalist || !isAccredited(journalist, now)) throw wrongState('media-link-not-good')
    await updateJournalist(trx, id, { terms_version: termsVersion, terms_at: now })
    await append(trx, ctx, {
      actor: journalistActor(journalist),
      act: 'media.accept-terms',
      subject: `journalist:${id}`,
      fact: { version: termsVersion },
    })
  })
}
