/** Answers HTTP for public files straight from node:http, by the rules of site-rules.ts: never a 5xx for a bad path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { noneMatchHits } from '../lib/negotiate.ts'
import type { HotAnswer, HotAnswers } from './site-hot.ts'
import type { SiteReader } from './site-reader.ts'
import {
  answerHit,
  malformed,
  notNow,
  redirectTo,
  type Target,
  type TextAnswer,
  targetOf,
  withoutBody,
} from './site-rules.ts'
import type { SiteHit } from './site-shape.ts'
import { isLater, type Soon, whenReady } from './soon.ts'

export type AnswerOptions = {
  /** Content-Security-Policy of HTML pages. */
  csp?: string
  /** Told of what could not be read; the visitor gets 503. */
  onError?: (err: unknown, path: string) => void
}

export function siteAnswerer(
  reader: Pick<SiteReader, 'lookup' | 'bytes' | 'refresh'>,
  hot: HotAnswers,
  options: AnswerOptions,
): Pick<SiteReader, 'handle' | 'again'> {
  function answer(req: IncomingMessage, res: ServerResponse, { path, query }: Target): Soon<boolean> {
    return whenReady(reader.lookup(path), (hit) => {
      if (hit) return sendHit(req, res, hit)
      if (path.endsWith('/')) return false
      return whenReady(reader.lookup(`${path}/`), (index) => {
        if (!index) return false
        res.writeHead(301, { ...redirectTo(index, query), 'content-length': 0 })
        res.end()
        return true
      })
    })
  }

  function sendHit(req: IncomingMessage, res: ServerResponse, hit: SiteHit): Soon<boolean> {
    const accepts = req.headers['accept-encoding']
    const { status, headers, body } = answerHit(hit, accepts, undefined, options.csp)
    const made = { status, etag: headers['etag'], headers, unchanged: withoutBody(headers), body: null }
    if (isUnchanged(req, made)) {
      hot.set(req.url as string, hit.path, accepts ?? '', made)
      return sendUnchanged(res, made)
    }
    return whenReady(reader.bytes(body as string), (bytes) => {
      const whole = { ...made, headers: { ...headers, 'content-length': bytes.length }, body: bytes }
      hot.set(req.url as string, hit.path, accepts ?? '', whole)
      return sendWhole(req, res, whole)
    })
  }

  /** What was made before, where it is whole enough for this request. */
  function sendHot(req: IncomingMessage, res: ServerResponse): boolean {
    const ready = hot.get(req.url as string, req.headers['accept-encoding'] ?? '')
    if (!ready) return false
    if (isUnchanged(req, ready)) return sendUnchanged(res, ready)
    return ready.body !== null && sendWhole(req, res, ready)
  }

  /** A purge may have deleted what an old pointer led to, so the second try starts from the pointer. */
  async function anew(req: IncomingMessage, res: ServerResponse, target: Target): Promise<boolean> {
    reader.refresh()
    return answer(req, res, target)
  }

  function failed(res: ServerResponse, path: string, err: unknown): boolean {
    options.onError?.(err, path)
    if (res.headersSent) {
      res.destroy()
      return true
    }
    return sendText(res, notNow())
  }

  const again = (req: IncomingMessage, res: ServerResponse): boolean =>
    (req.method === 'GET' || req.method === 'HEAD') && sendHot(req, res)

  function handle(req: IncomingMessage, res: ServerResponse): boolean | Promise<boolean> {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false
    if (sendHot(req, res)) return true
    const target = targetOf(req.url ?? '')
    if (target === 'malformed') return sendText(res, malformed())
    if (target === null) return false
    try {
      const done = answer(req, res, target)
      if (!isLater(done)) return done
      return done.catch(() => anew(req, res, target)).catch((err) => failed(res, target.path, err))
    } catch (err) {
      return failed(res, target.path, err)
    }
  }
  return { handle, again }
}

function isUnchanged(req: IncomingMessage, { etag }: HotAnswer): boolean {
  const asked = req.headers['if-none-match']
  return asked !== undefined && etag !== undefined && (asked === etag || noneMatchHits(asked, etag))
}

function sendUnchanged(res: ServerResponse, { unchanged }: HotAnswer): true {
  res.writeHead(304, unchanged)
  res.end()
  return true
}

function sendWhole(req: IncomingMessage, res: ServerResponse, { status, headers, body }: HotAnswer): true {
  res.writeHead(status, headers)
  res.end(req.method === 'HEAD' ? undefined : body)
  return true
}

function sendText(res: ServerResponse, { status, headers, text }: TextAnswer): true {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) })
  res.end(res.req.method === 'HEAD' ? undefined : text)
  return true
}
