/** 签收: a named contact reads a release under their own link and signs for it with one press. Opening it signs nothing. */

import { AcknowledgePage } from '../../../templates/page/acknowledge.tsx'
import { siteOf } from '../../../templates/page/assets.ts'
import { acknowledge, type MyRequest, requestAt } from '../../delivery/acknowledge.ts'
import { Refusal } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, publicly } from '../views/public-page.tsx'

const AT = '/acknowledge/{token}'
const open = { act: 'public', html: true, openForm: true, maxBytes: 4096 } as const satisfies Partial<RouteSpec>
const doc = (summary: string) => ({
  doc: { tag: 'by-hand', summary, answers: { 200: 'text/html', 404: 'text/html', 409: 'text/html' } },
})

export function mountAcknowledge(app: App): void {
  route(app, { ...open, method: 'get', path: AT, ...doc('What is to be signed for; changes nothing') }, (c) =>
    publicly(c, here(c), async () => {
      const found = await requestAt(c.var.ctx, token(c))
      return found.state === 'moved' ? c.redirect(found.path, 303) : shown(c, found)
    }),
  )
  route(app, { ...open, method: 'post', path: AT, ...doc('Sign for it') }, (c) => publicly(c, here(c), () => sign(c)))
}

const token = (c: Req): string => c.req.param('token') ?? ''
const here = (c: Req): string => `/acknowledge/${encodeURIComponent(token(c))}`

async function sign(c: Req): Promise<Response> {
  try {
    return shown(c, await acknowledge(c.var.ctx, token(c)))
  } catch (err) {
    if (!(err instanceof Refusal) || err.kind !== 'wrong-state') throw err
    // Another text has taken the place of what they read: they are shown it, and nothing was signed.
    const found = await requestAt(c.var.ctx, token(c))
    return found.state === 'moved' ? c.redirect(found.path, 303) : shown(c, found, 409)
  }
}

function shown(c: Req, found: MyRequest, status = 200): Response {
  const site = siteOf(c.var.ctx.config, found.edition.mode)
  const own = { site, lang: c.var.lang, here: here(c) }
  return answerPage(c, <AcknowledgePage {...own} request={found} action={`${here(c)}?lang=${c.var.lang}`} />, status)
}
