/** Answers in the frame of the public site: pages of subscribers and of members on their way in, and what went wrong there. */
import { siteOf } from '../../../templates/page/assets.ts'
import type { ShownIssue } from '../../../templates/page/issues.tsx'
import { documentOf } from '../../../templates/page/layout.tsx'
import { type Own, ProblemPage } from '../../../templates/page/subscription.tsx'
import { Refusal } from '../../lib/errors.ts'
import type { Req } from '../env.ts'
import { BadRequest, problemIn, spoken, tagOf } from '../errors.ts'

/** What every such page is handed. `here` is its address without a language. */
export const ownOf = (c: Req, here: string): Own => ({
  site: siteOf(c.var.ctx.config, 'live'),
  lang: c.var.lang,
  here,
})

/** A page that holds a secret in its address: told to nobody, kept by nobody. */
export function answerPage(c: Req, page: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return c.html(documentOf(page), status as 200, {
    'content-language': tagOf(c.var.lang),
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
    ...headers,
  })
}

/** Runs a handler whose refusals are pages here, and not of the desk. */
export async function publicly(c: Req, here: string, handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (err) {
    if (!(err instanceof Refusal || err instanceof BadRequest)) throw err
    const { problem, headers } = problemIn(c, err)
    const { title, detail, issues = [], status } = problem
    return answerPage(
      c,
      <ProblemPage {...ownOf(c, here)} title={title} detail={detail} issues={issues} />,
      status,
      headers,
    )
  }
}

/** The findings of a refused form in the reader's language; anything else is thrown on. */
export function issuesOf(c: Req, err: unknown): ShownIssue[] {
  if (!(err instanceof Refusal) || err.issues.length === 0) throw err
  return err.issues.map((i) => spoken(i, c.var.lang))
}
