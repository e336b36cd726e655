/** Where the linter gets its pages: the public tree on this machine, or the site as the world sees it. */
import type { Ctx } from '../../context.ts'
import { TREES } from '../../store/site-pointer.ts'
import { type PageFacts, readPage } from './page-facts.ts'
import { ownPaths } from './site-rules.ts'

export type ReadSite = { pages: PageFacts[]; files: Set<string> }

const text = new TextDecoder()
const isHtml = (type = '') => /^text\/html/.test(type)

/** Every file of the real site; exercises are no pages of it. */
export async function readTree(ctx: Ctx, step: (n: number) => void): Promise<ReadSite> {
  const pages: PageFacts[] = []
  const files = new Set<string>()
  for (const tree of TREES.filter((name) => !name.startsWith('exercise'))) {
    for await (const hit of ctx.site.walk(tree)) {
      files.add(hit.path)
      if (!isHtml(hit.type)) continue
      pages.push(readPage(hit.path, hit.status ?? 200, text.decode(await ctx.site.bytes(hit.hash))))
      step(pages.length)
    }
  }
  return { pages: pages.sort((a, b) => (a.path < b.path ? -1 : 1)), files }
}

/** Pages asked for at most; a site has more, but what is wrong with its frame is wrong on these. */
const MOST = 2000

/** Follows links from the home pages over the public address, one request at a time. */
export async function readServed(ctx: Ctx, step: (n: number) => void): Promise<ReadSite> {
  const { publicUrl } = ctx.config
  const waiting = ['/', '/en/']
  const seen = new Set(waiting)
  const pages: PageFacts[] = []
  const files = new Set<string>()
  for (let path = waiting.shift(); path !== undefined && seen.size <= MOST; path = waiting.shift()) {
    const answer = await ctx.configured(publicUrl + encodeURI(path), { maxBytes: 4 * 1024 * 1024, timeoutMs: 15_000 })
    if (answer.status !== 404) files.add(path)
    if (!isHtml(answer.headers['content-type']) || answer.status === 404) continue
    const page = readPage(path, answer.status, text.decode(answer.body))
    pages.push(page)
    step(pages.length)
    for (const next of ownPaths(page, publicUrl)) {
      if (seen.has(next) || /^\/(desk|api|subscriptions|exercise|fault)(\/|$)/.test(next)) continue
      seen.add(next)
      waiting.push(next)
    }
  }
  return { pages, files }
}
