/** Headers of everything this layer answers. Public files have their own (store/site-answer.ts). */
import { PAGE_CSP } from '../../lib/page-csp.ts'
import type { Req } from '../env.ts'

const DATA_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** Nothing is kept by caches unless the route says so: what is here belongs to one person. */
export function setHeaders(c: Req): void {
  const html = c.res.headers.get('content-type')?.startsWith('text/html') ?? false
  const set = (name: string, value: string) => {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
  set('content-security-policy', html ? PAGE_CSP : DATA_CSP)
  set('x-content-type-options', 'nosniff')
  set('x-frame-options', 'DENY')
  // Not no-referrer: browsers would then send `Origin: null` with the desk's own forms.
  set('referrer-policy', 'same-origin')
  set('cross-origin-opener-policy', 'same-origin')
  set('cross-origin-resource-policy', 'same-origin')
  set('cache-control', 'no-store')
  set('x-request-id', c.var.requestId)
  if (c.var.ctx.config.publicUrl.startsWith('https://')) set('strict-transport-security', 'max-age=31536000')
}
