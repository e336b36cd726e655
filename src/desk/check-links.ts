/** Links of a body: how they are written, whether a page of our own is there, and, only when asked, whether the far end answers. */
import { parseDocument } from 'htmlparser2'
import type { Ctx } from '../context.ts'
import { type Issue, issue, Refusal } from '../lib/errors.ts'
import { sanitise } from '../lib/html.ts'

const MOST = 30
const AT_ONCE = 4
const EACH_MS = 5000
const ALL_MS = 20_000

/**
 * Findings are hints, never errors: a far end may be down for an hour. `outside` calls each address once, without redirects, through
 * the guard for addresses of strangers; without it no byte leaves the building.
 */
export async function checkLinks(ctx: Ctx, field: string, typed: string, outside: boolean): Promise<Issue[]> {
  const { html, dropped } = sanitise(typed)
  const hint = (code: string, params: Record<string, string | number>) => issue(field, code, params, 'hint')
  const lost = dropped.flatMap((d) => /^a\[href=(.*)\]$/.exec(d)?.[1] ?? [])
  const found = [...new Set(hrefsOf(html))]
  const own = new URL(ctx.config.publicUrl).origin
  const issues = lost.map((url) => hint('link-malformed', { url }))
  for (const url of found.filter((u) => u.startsWith(`${own}/`)))
    if (!(await isThere(ctx, new URL(url).pathname))) issues.push(hint('link-own-missing', { url }))
  const web = found.filter((u) => /^https?:/.test(u) && !u.startsWith(`${own}/`))
  issues.push(...web.filter((u) => u.startsWith('http:')).map((url) => hint('link-http', { url })))
  if (!outside) return issues
  const calls = web.filter((u) => u.startsWith('https:'))
  const answers = await inTurn(calls.slice(0, MOST), (url) => ask(ctx, url))
  issues.push(...answers.flatMap((a) => (a ? [hint(a.code, a.params)] : [])))
  if (calls.length > MOST) issues.push(hint('link-too-many', { max: MOST }))
  return issues
}

type Node = { name?: string; attribs?: Record<string, string>; children?: Node[] }
function hrefsOf(html: string): string[] {
  const walk = (nodes: Node[]): string[] =>
    nodes.flatMap((n) => [
      ...(n.name === 'a' && n.attribs?.['href'] ? [n.attribs['href']] : []),
      ...walk(n.children ?? []),
    ])
  return walk(parseDocument(html).children as Node[])
}

/** Null for what is no UTF-8: /%E0%A4 is a good address, and no page has it. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

async function isThere(ctx: Ctx, path: string): Promise<boolean> {
  const asked = decoded(path)
  const hit = asked === null ? null : await ctx.site.entry(asked).catch(() => null)
  return hit !== null && (hit.status ?? 200) < 400 && !hit.exercise
}

type Answer = { code: string; params: Record<string, string | number> } | null

/** HEAD, and GET for those who know no HEAD. */
async function ask(ctx: Ctx, url: string): Promise<Answer> {
  try {
    const head = await ctx.outsider(url, { method: 'HEAD', timeoutMs: EACH_MS })
    const { status, headers } =
      head.status === 405 || head.status === 501
        ? await ctx.outsider(url, { timeoutMs: EACH_MS, maxBytes: 16_384 })
        : head
    if (status === 404 || status === 410) return { code: 'link-gone', params: { url, status } }
    if (status === 301 || status === 308) return { code: 'link-moved', params: { url, to: headers['location'] ?? '' } }
    return status >= 500 ? { code: 'link-silent', params: { url, status } } : null
  } catch (err) {
    if (!(err instanceof Refusal)) throw err
    return { code: err.kind === 'invalid' ? 'link-not-called' : 'link-silent', params: { url, status: 0 } }
  }
}

/** A few at a time; what has not answered when the time is up is passed over. */
async function inTurn<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const out: R[] = []
  const rest = [...items]
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) out.push(await work(next))
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const enough = new Promise<void>((done) => {
    timer = setTimeout(done, ALL_MS)
  })
  await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, worker)), enough])
  clearTimeout(timer)
  rest.length = 0
  return out
}
