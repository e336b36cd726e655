/** 验真 answered: by number, fingerprint, seal or receipt (GET), or by text (POST). Nothing that is asked is kept. */
import { z } from 'zod'
import { siteOf } from '../../../templates/page/assets.ts'
import { VerifyPage } from '../../../templates/page/verify.tsx'
import { t, wordKeys } from '../../../templates/words/index.ts'
import { genuineText, standingOf, type Verdict } from '../../publication/genuine.ts'
import type { App, Req } from '../env.ts'
import { BadRequest } from '../errors.ts'
import { assertMayAsk } from '../guards/asking.ts'
import { formOf } from '../guards/form.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, publicly } from '../views/public-page.tsx'

const HERE = '/verify/check'
const MOST_LETTERS = 100_000
const HTML = 'text/html'
const open = { path: HERE, act: 'public', html: true, openForm: true } as const satisfies Partial<RouteSpec>

export function mountVerify(app: App): void {
  route(
    app,
    {
      ...open,
      method: 'get',
      query: z.object({ number: z.string().optional() }),
      doc: {
        tag: 'public',
        summary: 'Whether a number, fingerprint, seal or receipt is ours and still stands',
        answers: { 200: HTML },
      },
    },
    (c, { query }) =>
      publicly(c, HERE, async () => {
        await assertMayAsk(c, 'verify')
        const claim = query.number ?? ''
        return said(c, claim, undefined, await standingOf(c.var.ctx, claim, c.var.lang))
      }),
  )
  route(
    app,
    {
      ...open,
      method: 'post',
      maxBytes: 512 * 1024,
      doc: {
        tag: 'public',
        summary: 'Whether a text is that of a release, word by word',
        answers: { 200: HTML, 413: HTML },
      },
    },
    (c) =>
      publicly(c, HERE, async () => {
        await assertMayAsk(c, 'verify')
        const form = await formOf(c)
        const text = form.one('text')
        if (text.length > MOST_LETTERS) throw new BadRequest(413, 'too-large', { max: MOST_LETTERS })
        const claim = form.one('number')
        return said(c, claim, text, await genuineText(c.var.ctx, claim, text, c.var.lang, frameWords()))
      }),
  )
}

function said(c: Req, claim: string, text: string | undefined, verdict: Verdict): Response {
  const site = siteOf(c.var.ctx.config, 'live')
  const shown = { site, lang: c.var.lang, verdict, claim: claim.slice(0, 4000).toWellFormed() }
  return answerPage(c, <VerifyPage {...shown} {...(text ? { text: text.toWellFormed() } : {})} />)
}

let frame: string[] | undefined
/** What pages of the site print around a text, in both languages. */
function frameWords(): string[] {
  frame ??= wordKeys()
    .filter((key) => key.startsWith('public.'))
    .flatMap((key) => [t('zh', key), t('en', key)])
    .filter((word) => word.length < 40 && !word.includes('{'))
  return frame
}
