/** What a browser sends to change something must come from a page of this service. */
import { notAllowed } from '../../lib/errors.ts'
import type { Req } from '../env.ts'

/**
 * Sec-Fetch-Site where the browser says it, else Origin. A bearer token is never sent by a browser on its own, so a call
 * that was admitted by one needs no proof.
 */
export function assertSameOrigin(c: Req): void {
  if (c.var.via === 'token') return
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined ? site !== 'same-origin' : !isOwn(c, c.req.header('origin'))) throw notAllowed('cross-site')
}

/** The configured public origin, or the very host that was asked (a desk reached by another name inside the office). */
function isOwn(c: Req, origin: string | undefined): boolean {
  if (!origin || !URL.canParse(origin)) return false
  return origin === new URL(c.var.ctx.config.publicUrl).origin || new URL(origin).host === c.req.header('host')
}
