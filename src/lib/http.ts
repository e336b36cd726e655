/** The only door for outbound HTTP: guarded for addresses outsiders gave us, exact for origins the operator configured. */
import { lookup as systemLookup } from 'node:dns/promises'
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isOddlyWritten, isPublicAddress, literalAddress } from './address.ts'
import { Refusal } from './errors.ts'

export type HttpRequest = {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** Whole deadline over DNS, connect and answer; default 15,000. */
  timeoutMs?: number
  /** Answer bytes kept; default 64 KiB. */
  maxBytes?: number
}
export type HttpAnswer = { status: number; headers: Record<string, string>; body: Uint8Array }

/**
 * One exchange; a redirect is an answer like any other and is not followed. Rejects with a Refusal: `invalid` when the
 * address may not be called (`url-*`), `unavailable` when the far end did not answer (`far-end-*`). The latter carries
 * `sent`: 0 when no byte of the request can have arrived, 1 when it may have.
 */
export type Outsider = (url: string, request?: HttpRequest) => Promise<HttpAnswer>

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>

export type OutsiderOptions = {
  /** Exact host:port the operator lists (127.0.0.1:4999): http and a private address are allowed there, nowhere else. */
  allow: string[]
  /** Every address of a name; default the system's resolver. What it says is checked just the same. */
  resolve?: Resolve
  /** Another certificate authority to trust, PEM. */
  ca?: string
}

const DEADLINE_MS = 15_000
const KEPT_BYTES = 64 * 1024
/** Shorter than servers usually keep an idle connection, so that a request rarely meets one just closed. */
const IDLE_MS = 4_000

const systemResolve: Resolve = (host) => systemLookup(host, { all: true })

/** Calls addresses that outsiders gave us. No redirects, no credentials, https only, and never inside our own network. */
export function outsider(options: OutsiderOptions): Outsider {
  const resolve = options.resolve ?? systemResolve
  const allowed = new Set(options.allow.map((entry) => entry.toLowerCase()))
  const guarded = agents(publicOnly(resolve), options.ca)
  const listed = agents(anyAddress(resolve), options.ca)
  return async (text, request = {}) => {
    const url = assertOutside(text, allowed)
    return exchange(url, request, allowed.has(hostPort(url)) ? listed : guarded)
  }
}

/**
 * What can be said of an outsider's address before any call: `allowed` holds host:port in lower case. The addresses behind
 * its name are looked at when it is called.
 * @throws Refusal `invalid` with a `url-*` code
 */
export function assertOutside(text: string, allowed: ReadonlySet<string>): URL {
  const url = parse(text)
  if (allowed.has(hostPort(url))) return url
  if (url.protocol !== 'https:') throw refused('url-not-https', url)
  const literal = literalAddress(url)
  if (literal && !isPublicAddress(literal)) throw refused('url-private-address', url)
  return url
}

/** Calls exact origins from the configuration (`https://relay.example:8443`) and refuses every other. */
export function configured(origins: string[], options: Omit<OutsiderOptions, 'allow'> = {}): Outsider {
  const known = new Set(origins.map((origin) => new URL(origin).origin))
  const plain = agents(anyAddress(options.resolve ?? systemResolve), options.ca)
  return async (text, request = {}) => {
    const url = parse(text)
    if (!known.has(url.origin)) throw refused('url-origin-not-configured', url)
    return exchange(url, request, plain)
  }
}

type Agents = { http: HttpAgent; https: HttpsAgent }

/** Agents keep connections per origin. The lookup runs where the connection is made, so what was checked is what is used. */
function agents(lookup: LookupFunction, ca?: string): Agents {
  const common = { keepAlive: true, timeout: IDLE_MS, maxSockets: 64, maxFreeSockets: 16, lookup }
  return { http: new HttpAgent(common), https: new HttpsAgent({ ...common, ...(ca ? { ca } : {}) }) }
}

const anyAddress = (resolve: Resolve) => asLookup(resolve)

/** One bad address among good ones is refused too: the next connection might draw it. */
const publicOnly = (resolve: Resolve) =>
  asLookup(async (host) => {
    const found = await resolve(host)
    if (!found.every(({ address }) => isPublicAddress(address))) {
      throw new Refusal('invalid', 'url-private-address', [], { host })
    }
    return found
  })

function asLookup(resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    const family = options.family === 4 || options.family === 6 ? options.family : 0
    resolve(host).then(
      (found) => {
        const fit = family ? found.filter((one) => one.family === family) : found
        const [first] = fit
        if (!first) return done(new Refusal('unavailable', 'far-end-unknown-name', [], { host, sent: 0 }), '')
        if (options.all) done(null, fit)
        else done(null, first.address, first.family)
      },
      (err: Error) => done(err, ''),
    )
  }
}

/** A URL parser forgives what an attacker relies on: blanks, line breaks, backslashes and odd numbers are refused first. */
function parse(text: string): URL {
  if (/[\s\\\u0000-\u001f\u007f]/.test(text) || !URL.canParse(text)) throw new Refusal('invalid', 'url-malformed')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('url-not-https', url)
  if (url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(text)) throw refused('url-credentials', url)
  if (isOddlyWritten(text, url)) throw refused('url-odd-address', url)
  return url
}

/** Only the host is told: path and query may hold a subscriber's secret. */
const refused = (code: string, url: URL) => new Refusal('invalid', code, [], { host: url.host })

const hostPort = (url: URL) => `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`

function exchange(url: URL, request: HttpRequest, { http, https }: Agents): Promise<HttpAnswer> {
  const secure = url.protocol === 'https:'
  const options = { method: request.method ?? 'GET', headers: headersFor(request) }
  return new Promise((resolve, reject) => {
    if (request.signal?.aborted)
      return reject(new Refusal('unavailable', 'far-end-aborted', [], { host: url.host, sent: 0 }))
    const call = secure
      ? httpsRequest(url, { ...options, agent: https })
      : httpRequest(url, { ...options, agent: http })
    const sent = watchSent(call, secure)
    const stop = (code: string) => call.destroy(new Refusal('unavailable', code, [], { host: url.host, sent: sent() }))
    const deadline = setTimeout(() => stop('far-end-timeout'), request.timeoutMs ?? DEADLINE_MS)
    const aborted = () => stop('far-end-aborted')
    request.signal?.addEventListener('abort', aborted, { once: true })
    const settle = () => {
      clearTimeout(deadline)
      request.signal?.removeEventListener('abort', aborted)
    }
    const fail = (err: Error) => {
      settle()
      reject(err instanceof Refusal ? err : unreachable(err, url, sent()))
    }
    call.on('error', fail)
    call.on('response', (answer) => {
      collect(answer, request.maxBytes ?? KEPT_BYTES, fail, (body) => {
        settle()
        resolve({ status: answer.statusCode ?? 0, headers: plainHeaders(answer), body })
      })
    })
    call.end(request.body)
  })
}

function headersFor({ headers = {}, body }: HttpRequest): Record<string, string | number> {
  const kept = Object.entries(headers).filter(([name]) => !/^(host|content-length|transfer-encoding)$/i.test(name))
  const sendable: Record<string, string | number> = Object.fromEntries(kept)
  if (body !== undefined) sendable['content-length'] = Buffer.byteLength(body)
  return sendable
}

/** 1 from the moment a connection stands, because from then on bytes may have arrived. */
function watchSent(call: ClientRequest, secure: boolean): () => 0 | 1 {
  let sent: 0 | 1 = 0
  call.on('socket', (socket) => {
    // A connection that stands does not connect again: a listener left on it would stay as long as it does.
    if (call.reusedSocket) {
      sent = 1
      return
    }
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      sent = 1
    })
  })
  return () => sent
}

/** Keeps the first `most` bytes; what comes after is not read, and the connection is given up. */
function collect(answer: IncomingMessage, most: number, fail: (err: Error) => void, done: (body: Uint8Array) => void) {
  const chunks: Buffer[] = []
  let size = 0
  const finish = () => done(Buffer.concat(chunks).subarray(0, most))
  answer.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size <= most) return
    finish()
    answer.destroy()
  })
  answer.on('end', finish)
  answer.on('error', fail)
}

function plainHeaders(answer: IncomingMessage): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}

const NO_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'])

function unreachable(err: Error & { code?: string }, url: URL, sent: 0 | 1): Refusal {
  const code = NO_NAME.has(err.code ?? '') ? 'far-end-unknown-name' : 'far-end-unreachable'
  return new Refusal('unavailable', code, [], { host: url.host, sent, why: err.code ?? err.message })
}
