/** Answers HTTP for public files straight from node:http, by the rules of site-rules.ts: never a 5xx for a bad path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SiteReader } from './site-reader.ts'
import { answerHit, malformed, notNow, redirectTo, type Target, type TextAnswer, targetOf } from './site-rules.ts'
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
  options: AnswerOptions,
): SiteReader['handle'] {
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
    const { status, headers, body } = answerHit(
      hit,
      req.headers['accept-encoding'],
      req.headers['if-none-match'],
      options.csp,
    )
    if (body === null) {
      res.writeHead(status, headers)
      res.end()
      return true
    }
    return whenReady(reader.bytes(body), (bytes) => {
      res.writeHead(status, { ...headers, 'content-length': bytes.length })
      res.end(req.method === 'HEAD' ? undefined : bytes)
      return true
    })
  }

  /** A purge may have deleted what an old pointer led to, so the second try starts from the pointer. */
  async function again(req: IncomingMessage, res: ServerResponse, target: Target): Promise<boolean> {
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

  return (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false
    const target = targetOf(req.url ?? '')
    if (target === 'malformed') return sendText(res, malformed())
    if (target === null) return false
    try {
      const done = answer(req, res, target)
      if (!isLater(done)) return done
      return done.catch(() => again(req, res, target)).catch((err) => failed(res, target.path, err))
    } catch (err) {
      return failed(res, target.path, err)
    }
  }
}

function sendText(res: ServerResponse, { status, headers, text }: TextAnswer): true {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) })
  res.end(res.req.method === 'HEAD' ? undefined : text)
  return true
}
