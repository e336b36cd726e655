/** PDF of a release, of its poster and of an issue of the gazette, beside the page they are made from. */

import { MINUTE, systemClock } from '../../lib/clock.ts'
import { notFound } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { type Limit, networkOf, Throttle } from '../guards/rate.ts'
import { route } from '../guards/route.ts'
import { openPrinter, type Printer } from '../printer.ts'

const ROOTS = ['', '/exercise', '/exercise/test']
const PAGE = /^((?:\/exercise(?:\/test)?)?\/releases\/\d{4}-\d{6}\/(?:(?:zh|mn|en)\/)?)(release|poster)\.pdf$/
const ISSUE = /^(\/gazette\/[\d-]+\/)(gazette)\.pdf$/
const ONE_READER: Limit = { max: 30, windowMs: MINUTE, longestMs: 5 * MINUTE }

/** Where there is no Chromium these routes answer like any address at which nothing stands. */
export function mountPrint(app: App): void {
  const throttle = new Throttle(systemClock)
  let printer: Promise<Printer> | null = null
  const answer = async (c: Req): Promise<Response> => {
    const { ctx } = c.var
    const [, page, what] = PAGE.exec(c.req.path) ?? ISSUE.exec(c.req.path) ?? []
    if (!page || !ctx.config.chromium) throw notFound()
    throttle.assertMayTry(networkOf(c), ONE_READER)
    printer ??= openPrinter(ctx)
    const pdf = await (await printer).print(what === 'poster' ? `${page}poster/` : page)
    if (pdf === 'gone') return c.body(null, 410, { 'cache-control': 'no-store' })
    const headers = {
      etag: `"${pdf.hash.slice(0, 16)}-pdf"`,
      'cache-control': 'public, max-age=5',
      'x-robots-tag': 'noindex, nofollow',
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${/\d{4}-[\d-]+/.exec(page)?.[0]}-${what}.pdf"`,
    }
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers)
    return c.body(Buffer.from(pdf.bytes), 200, headers)
  }
  route(app, { method: 'get', path: '/gazette/{number}/gazette.pdf', act: 'public', html: true }, answer)
  for (const root of ROOTS)
    for (const name of ['release.pdf', 'poster.pdf']) {
      route(app, { method: 'get', path: `${root}/releases/{number}/${name}`, act: 'public', html: true }, answer)
      route(
        app,
        { method: 'get', path: `${root}/releases/{number}/{language}/${name}`, act: 'public', html: true },
        answer,
      )
    }
}
