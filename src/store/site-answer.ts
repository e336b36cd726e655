/** Answers HTTP for public files straight from node:http: conditional, compressed, and never a 5xx for a bad path. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { chooseEncoding, type Encoding, noneMatchHits } from '../lib/negotiate.ts'
import type { SiteHit, SiteReader } from './site-reader.ts'
import { isLater, type Soon, whenReady } from './soon.ts'

export type AnswerOptions = {
  /** Content-Security-Policy of HTML pages. */
  csp?: string
  /** Told of what could not be read; the visitor gets 503. */
  onError?: (err: unknown, path: string) => void
}

const FRESH = 'public, max-age=5, stale-while-revalidate=30'
const TOMBSTONE = 'public, max-age=0, must-revalidate'
const SAFE: OutgoingHttpHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
}
/** An SVG opened by itself is a document: it may draw and do nothing else. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

export function siteAnswerer(
  reader: Pick<SiteReader, 'lookup' | 'bytes' | 'refresh'>,
  options: AnswerOptions,
): SiteReader['handle'] {
  function answer(req: IncomingMessage, res: ServerResponse, path: string, query: string): Soon<boolean> {
    return whenReady(reader.lookup(path), (hit) => {
      if (hit) return sendHit(req, res, hit)
      if (path.endsWith('/')) return false
      return whenReady(reader.lookup(`${path}/`), (index) => {
        if (!index) return false
        // The stored path, not the one asked for: what a visitor writes never becomes a Location.
        const location = encodeURI(index.path) + query
        return sendEmpty(res, 301, { ...SAFE, location, 'cache-control': FRESH, ...robots(index) })
      })
    })
  }

  function sendHit(req: IncomingMessage, res: ServerResponse, hit: SiteHit): Soon<boolean> {
    const encoding = chooseEncoding(req.headers['accept-encoding'], encodingsOf(hit))
    const headers = headersOf(hit, encoding, options.csp)
    const etag = headers['etag']
    if (typeof etag === 'string' && noneMatchHits(req.headers['if-none-match'], etag)) {
      return sendEmpty(res, 304, withoutBody(headers))
    }
    return whenReady(reader.bytes(hashIn(hit, encoding)), (body) => {
      res.writeHead(hit.status, { ...headers, 'content-length': body.length })
      res.end(req.method === 'HEAD' ? undefined : body)
      return true
    })
  }

  /** A purge may have deleted what an old pointer led to, so the second try starts from the pointer. */
  async function again(req: IncomingMessage, res: ServerResponse, path: string, query: string): Promise<boolean> {
    reader.refresh()
    return answer(req, res, path, query)
  }

  function failed(res: ServerResponse, path: string, err: unknown): boolean {
    options.onError?.(err, path)
    if (res.headersSent) {
      res.destroy()
      return true
    }
    return sendText(res, 503, 'Service Unavailable', { 'retry-after': '5' })
  }

  return (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false
    const target = splitTarget(req.url ?? '')
    if (!target) return false
    const path = decode(target.path)
    if (path === 'malformed') return sendText(res, 400, 'Bad Request')
    if (path === null) return false
    try {
      const done = answer(req, res, path, target.query)
      if (!isLater(done)) return done
      return done.catch(() => again(req, res, path, target.query)).catch((err) => failed(res, path, err))
    } catch (err) {
      return failed(res, path, err)
    }
  }
}

function splitTarget(url: string): { path: string; query: string } | null {
  if (!url.startsWith('/')) return null
  const at = url.indexOf('?')
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at) }
}

/** null for a path no file can have: an encoded slash, backslash or control character would mean another path. */
function decode(path: string): string | null | 'malformed' {
  if (!path.includes('%')) return path
  if (/%(2f|5c|7f|[01][0-9a-f])/i.test(path)) return null
  try {
    return decodeURIComponent(path)
  } catch {
    return 'malformed'
  }
}

const encodingsOf = (hit: SiteHit): Encoding[] => [
  ...(hit.br ? ['br' as const] : []),
  ...(hit.gz ? ['gzip' as const] : []),
]

function hashIn(hit: SiteHit, encoding: Encoding): string {
  switch (encoding) {
    case 'br':
      return hit.br ?? hit.hash
    case 'gzip':
      return hit.gz ?? hit.hash
    case 'identity':
      return hit.hash
  }
}

const SUFFIX: Record<Encoding, string> = { br: '-br', gzip: '-gz', identity: '' }

function headersOf(hit: SiteHit, encoding: Encoding, csp: string | undefined): OutgoingHttpHeaders {
  return {
    ...SAFE,
    'cache-control': FRESH,
    ...policy(hit, csp),
    ...hit.headers,
    ...robots(hit),
    ...(hit.status === 410
      ? { 'cache-control': TOMBSTONE }
      : { etag: `"${hit.hash.slice(0, 16)}${SUFFIX[encoding]}"` }),
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    'content-type': hit.type,
    vary: 'Accept-Encoding',
  }
}

function policy(hit: SiteHit, csp: string | undefined): OutgoingHttpHeaders {
  if (csp && hit.type.startsWith('text/html')) return { 'content-security-policy': csp }
  return hit.type.startsWith('image/svg+xml') ? { 'content-security-policy': SVG_POLICY } : {}
}

/** An exercise may not be found by searching. */
const robots = (hit: SiteHit): OutgoingHttpHeaders => (hit.exercise ? { 'x-robots-tag': 'noindex, nofollow' } : {})

/** A 304 has the headers a 200 would have, but those about the body it leaves out (RFC 9110 §15.4.5). */
function withoutBody(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { 'content-type': _type, 'content-encoding': _encoding, ...kept } = headers
  return kept
}

function sendEmpty(res: ServerResponse, status: 301 | 304, headers: OutgoingHttpHeaders): true {
  res.writeHead(status, status === 304 ? headers : { ...headers, 'content-length': 0 })
  res.end()
  return true
}

function sendText(res: ServerResponse, status: 400 | 503, text: string, more: OutgoingHttpHeaders = {}): true {
  const headers = { ...SAFE, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8', ...more }
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) })
  res.end(res.req.method === 'HEAD' ? undefined : text)
  return true
}
