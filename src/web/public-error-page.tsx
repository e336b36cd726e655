/** What a visitor of the public site sees when there is no such page, or it cannot be given. */
import { siteOf } from '../../templates/page/assets.ts'
import { documentOf } from '../../templates/page/layout.tsx'
import { tagOf } from '../../templates/page/site.ts'
import { NotFoundPage } from '../../templates/page/statics.tsx'
import { ProblemPage } from '../../templates/page/subscription.tsx'
import type { Req } from './env.ts'
import type { Problem } from './errors.ts'

export function publicErrorPage(c: Req, problem: Problem, headers: Record<string, string>): Response {
  const { status, title, detail, issues = [] } = problem
  const { lang } = c.var
  const missing = status === 404
  const site = siteOf(c.var.ctx.config, c.req.path.startsWith('/exercise/') ? 'exercise' : 'live')
  const page = missing ? (
    <NotFoundPage site={site} />
  ) : (
    <ProblemPage site={site} lang={lang} here="/" title={title} detail={detail} issues={issues} />
  )
  return c.html(documentOf(page), status as 400, {
    'x-robots-tag': 'noindex, nofollow',
    ...headers,
    'content-language': missing ? 'zh-CN, en' : tagOf(lang),
  })
}
