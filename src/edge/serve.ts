/** Answers a request for a public file by the rules Node answers by, and says how old the copy is. */
import { COPY, READ_BACK } from '../lib/edge-sign.ts'
import { PAGE_CSP } from '../lib/page-csp.ts'
import {
  answerHit,
  type HitAnswer,
  malformed,
  notNow,
  onlyRead,
  redirectTo,
  type Target,
  type TextAnswer,
  targetOf,
} from '../store/site-rules.ts'
import type { SiteHit } from '../store/site-shape.ts'
import type { Copy, Found } from './copy.ts'
import { type Body, wholeOf } from './files.ts'
import { pageOf, withNote } from './pages.ts'
import type { Origin } from './pass.ts'

/** Cloudflare asks us for the encodings it can take; what the visitor can take it says beside. */
type FromVisitor = Request & { cf?: { clientAcceptEncoding?: string } }
/** Bytes that are packed already go out as they are. */
type Packed = ResponseInit & { encodeBody?: 'manual' }

export type Asked = {
  request: Request
  /** Path and query as they were asked for. */
  url: string
  client: string
  beside: (work: Promise<unknown>) => void
  /** What is no file there goes on to the origin. */
  passes: boolean
  /** Offset of the times a page says. */
  offset: string
}

/** null: no public file stands there. */
export async function servePublic(copy: Copy, origin: Origin, asked: Asked): Promise<Response | null> {
  const { request } = asked
  const target = targetOf(asked.url)
  if (target === 'malformed') return textOf(request, malformed())
  if (target === null) return null
  const isReadBack = request.headers.has(READ_BACK)
  const sureness = await copy.ready(target.path, isReadBack, asked.beside)
  // Whether what is held is still public is not known: who keeps the originals is asked first.
  const relayed = sureness === 'sure' ? null : await fromOrigin(origin, asked)
  if (relayed) return relayed
  if (sureness === 'lost') return asked.passes ? null : textOf(request, notNow())
  try {
    return await answer(copy, origin, asked, target, sureness === 'unsure')
  } catch {
    return (await fromOrigin(origin, asked)) ?? (asked.passes ? null : textOf(request, notNow()))
  }
}

async function answer(
  copy: Copy,
  origin: Origin,
  asked: Asked,
  target: Target,
  unsure: boolean,
): Promise<Response | null> {
  const { request } = asked
  const found = await copy.lookup(target.path)
  const index = isNothing(found) && !target.path.endsWith('/') ? await copy.lookup(`${target.path}/`) : found
  const there = isNothing(found) ? index : found
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead) return there === 'gone' || there.hit ? textOf(request, onlyRead()) : null
  if (there === 'gone') return pageOf(request, 410, { 'cache-control': 'public, max-age=0, must-revalidate' })
  if (!there.hit) return null
  if (there !== found) return bare(301, { ...redirectTo(there.hit, target.query), 'content-length': '0' }, there.at)
  const noted = !request.headers.has(READ_BACK) && (unsure || origin.isDown) && isPage(there.hit)
  return noted ? notedPage(copy, asked, there.hit, there.at) : plainFile(copy, request, there.hit, there.at)
}

const isNothing = (found: Found): boolean => typeof found === 'object' && found.hit === null
const isPage = (hit: SiteHit): boolean => hit.status === 200 && hit.type.startsWith('text/html')

const encodingsIn = (request: FromVisitor): string | undefined =>
  request.cf?.clientAcceptEncoding ?? request.headers.get('accept-encoding') ?? undefined

async function plainFile(copy: Copy, request: Request, hit: SiteHit, at: string): Promise<Response> {
  const given = answerHit(hit, encodingsIn(request), request.headers.get('if-none-match') ?? undefined, PAGE_CSP)
  return given.body === null
    ? bare(given.status, given.headers, at)
    : send(request, given, await copy.body(given.body), at)
}

/** With its note the page is another: bytes and entity tag of its own, so that no cache takes one for the other. */
async function notedPage(copy: Copy, { request, offset }: Asked, hit: SiteHit, at: string): Promise<Response> {
  const { br: _br, gz: _gz, ...plain } = hit
  const noted = { ...plain, hash: `n${hit.hash.slice(0, 7)}${Date.parse(at).toString(36)}` }
  const given = answerHit(noted, undefined, request.headers.get('if-none-match') ?? undefined, PAGE_CSP)
  if (given.body === null) return bare(given.status, given.headers, at)
  const text = withNote(new TextDecoder().decode(await wholeOf(await copy.body(hit.hash))), at, offset)
  return send(request, given, new TextEncoder().encode(text), at)
}

function send(request: Request, { status, headers }: HitAnswer, body: Body, at: string): Response {
  const size = body instanceof Uint8Array ? body.length : body.size
  const init: Packed = {
    status,
    headers: { ...headers, 'content-length': String(size), [COPY]: at },
    ...(headers['content-encoding'] ? { encodeBody: 'manual' as const } : {}),
  }
  if (request.method !== 'HEAD') return new Response(body instanceof Uint8Array ? body : body.stream, init)
  if (!(body instanceof Uint8Array)) void body.stream.cancel()
  return new Response(null, init)
}

const bare = (status: number, headers: Record<string, string>, at: string): Response =>
  new Response(null, { status, headers: { ...headers, [COPY]: at } })

export const textOf = (request: Request, { status, headers, text }: TextAnswer): Response =>
  new Response(request.method === 'HEAD' ? null : text, {
    status,
    headers: { ...headers, 'content-length': String(text.length) },
  })

/** Only what reads, and not from an origin that was silent a moment ago. */
async function fromOrigin(origin: Origin, { request, client }: Asked): Promise<Response | null> {
  if (!origin.isThere || origin.isLeftAlone || (request.method !== 'GET' && request.method !== 'HEAD')) return null
  return origin.ask(request, client, 3000)
}
