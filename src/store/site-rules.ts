/** How public files are answered over HTTP: one set of rules for Node and for the edge. Pure. */
import { chooseEncoding, type Encoding, noneMatchHits } from '../lib/negotiate.ts'
import type { SiteHit } from './site-shape.ts'

type Headers = Record<string, string>

const FRESH = 'public, max-age=5, stale-while-revalidate=30'
const TOMBSTONE = 'public, max-age=0, must-revalidate'
export const SAFE: Readonly<Headers> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
}
/** An SVG opened by itself is a document: it may draw and do nothing else. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

export type Target = { path: string; query: string }

/** Path as a person reads it, and query. null for a path no file can have; `malformed` for one nobody can read. */
export function targetOf(url: string): Target | null | 'malformed' {
  if (!url.startsWith('/')) return null
  const at = url.indexOf('?')
  const path = decode(at < 0 ? url : url.slice(0, at))
  return path === null || path === 'malformed' ? path : { path, query: at < 0 ? '' : url.slice(at) }
}

/** An encoded slash, backslash or control character would mean another path. */
function decode(path: string): string | null | 'malformed' {
  if (!path.includes('%')) return path
  if (/%(2f|5c|7f|[01][0-9a-f])/i.test(path)) return null
  try {
    return decodeURIComponent(path)
  } catch {
    return 'malformed'
  }
}

/** `body` is the hash of the bytes to send; null where there are none. */
export type HitAnswer = { status: 200 | 304 | 410; headers: Headers; body: string | null }

/** What a file answers to a GET or HEAD with these request headers. */
export function answerHit(
  hit: SiteHit,
  acceptEncoding: string | undefined,
  ifNoneMatch: string | undefined,
  csp: string | undefined,
): HitAnswer {
  const encoding = chooseEncoding(acceptEncoding, encodingsOf(hit))
  const headers = headersOf(hit, encoding, csp)
  const etag = headers['etag']
  if (etag !== undefined && noneMatchHits(ifNoneMatch, etag))
    return { status: 304, headers: withoutBody(headers), body: null }
  return { status: hit.status, headers, body: hashIn(hit, encoding) }
}

/** To the address with its slash. The stored path, not the one asked for: what a visitor writes never becomes a Location. */
export const redirectTo = (index: SiteHit, query: string): Headers => ({
  ...SAFE,
  location: encodeURI(index.path) + query,
  'cache-control': FRESH,
  ...robots(index),
})

export type TextAnswer = { status: number; headers: Headers; text: string }

const plain = (status: number, text: string, more: Headers = {}): TextAnswer => ({
  status,
  headers: { ...SAFE, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8', ...more },
  text,
})

export const malformed = (): TextAnswer => plain(400, 'Bad Request')
/** The file is there, or may be, and cannot be read just now. */
export const notNow = (): TextAnswer => plain(503, 'Service Unavailable', { 'retry-after': '5' })
/** A public file is read and nothing else (RFC 9110 §15.5.6). */
export const onlyRead = (): TextAnswer => plain(405, 'Method Not Allowed', { allow: 'GET, HEAD' })

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

function headersOf(hit: SiteHit, encoding: Encoding, csp: string | undefined): Headers {
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

function policy(hit: SiteHit, csp: string | undefined): Headers {
  if (csp && hit.type.startsWith('text/html')) return { 'content-security-policy': csp }
  return hit.type.startsWith('image/svg+xml') ? { 'content-security-policy': SVG_POLICY } : {}
}

/** An exercise may not be found by searching. */
const robots = (hit: SiteHit): Headers => (hit.exercise ? { 'x-robots-tag': 'noindex, nofollow' } : {})

/** A 304 has the headers a 200 would have, but those about the body it leaves out (RFC 9110 §15.4.5). */
export function withoutBody(headers: Headers): Headers {
  const { 'content-type': _type, 'content-encoding': _encoding, ...kept } = headers
  return kept
}
