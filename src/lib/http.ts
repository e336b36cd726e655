/** The only door for outbound HTTP: guarded for addresses outsiders gave us, exact for origins the operator configured. */
import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isOddlyWritten, isPublicAddress, literalAddress } from './address.ts'
import { Refusal } from './errors.ts'
import { type Call, exchange } from './http-call.ts'
import { agents, overHttp1 } from './http1.ts'
import { Origins } from './http2.ts'

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

const systemResolve: Resolve = (host) => systemLookup(host, { all: true })

/** Calls addresses that outsiders gave us. No redirects, no credentials, https only, and never inside our own network. */
export function outsider(options: OutsiderOptions): Outsider {
  const resolve = options.resolve ?? systemResolve
  const allowed = new Set(options.allow.map((entry) => entry.toLowerCase()))
  const guarded = wires(publicOnly(resolve), options.ca)
  const listed = wires(anyAddress(resolve), options.ca)
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
  const plain = wires(anyAddress(options.resolve ?? systemResolve), options.ca)
  return async (text, request = {}) => {
    const url = parse(text)
    if (!known.has(url.origin)) throw refused('url-origin-not-configured', url)
    return exchange(url, request, plain)
  }
}

/** https speaks HTTP/2 where the far end does. The lookup runs where the connection is made: what was checked is what is used. */
function wires(lookup: LookupFunction, ca?: string): (call: Call) => void {
  const kept = agents(lookup, ca)
  const plain = (call: Call) => overHttp1(call, kept)
  const origins = new Origins({ lookup, ca, otherwise: plain })
  return (call) => (call.url.protocol === 'https:' ? origins.carry(call) : plain(call))
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
  const url = /[\s\\\u0000-\u001f\u007f]/.test(text) ? null : URL.parse(text)
  if (!url) throw new Refusal('invalid', 'url-malformed')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('url-not-https', url)
  if (url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(text)) throw refused('url-credentials', url)
  if (isOddlyWritten(text, url)) throw refused('url-odd-address', url)
  return url
}

/** Only the host is told: path and query may hold a subscriber's secret. */
const refused = (code: string, url: URL) => new Refusal('invalid', code, [], { host: url.host })

const hostPort = (url: URL) => `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`
