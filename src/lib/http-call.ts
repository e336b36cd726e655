/** One HTTP exchange under way: its deadline, its signal, what may have left, and who carries it now. */
import { Refusal } from './errors.ts'
import type { HttpAnswer, HttpRequest } from './http.ts'

const DEADLINE_MS = 15_000
const KEPT_BYTES = 64 * 1024

export class Call {
  /** 1 from the moment a byte of the request can have arrived. */
  sent: 0 | 1 = 0
  /** How often a far end has handed it back untouched. */
  returned = 0
  over = false
  /** Set by the wire that carries the call: gives it up. */
  drop: (() => void) | undefined
  readonly url: URL
  readonly request: HttpRequest
  readonly #resolve: (answer: HttpAnswer) => void
  readonly #reject: (err: Error) => void
  readonly #deadline: NodeJS.Timeout
  readonly #aborted: (() => void) | undefined

  constructor(url: URL, request: HttpRequest, resolve: (answer: HttpAnswer) => void, reject: (err: Error) => void) {
    this.url = url
    this.request = request
    this.#resolve = resolve
    this.#reject = reject
    this.#deadline = setTimeout(() => this.#stop('far-end-timeout'), request.timeoutMs ?? DEADLINE_MS)
    if (request.signal) {
      this.#aborted = () => this.#stop('far-end-aborted')
      request.signal.addEventListener('abort', this.#aborted, { once: true })
    }
  }

  get most(): number {
    return this.request.maxBytes ?? KEPT_BYTES
  }

  done(answer: HttpAnswer): void {
    if (this.#end()) this.#resolve(answer)
  }

  /** A Refusal says what it says; any other error becomes `far-end-unreachable` or `far-end-unknown-name`. */
  fail(err: Error): void {
    if (this.#end()) this.#reject(err instanceof Refusal ? err : unreachable(err, this.url, this.sent))
  }

  #stop(code: string): void {
    this.fail(new Refusal('unavailable', code, [], { host: this.url.host, sent: this.sent }))
    this.drop?.()
  }

  #end(): boolean {
    if (this.over) return false
    this.over = true
    clearTimeout(this.#deadline)
    if (this.#aborted) this.request.signal?.removeEventListener('abort', this.#aborted)
    return true
  }
}

/** Starts the exchange on the wire given; the deadline runs from here. */
export function exchange(url: URL, request: HttpRequest, carry: (call: Call) => void): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    if (request.signal?.aborted)
      return reject(new Refusal('unavailable', 'far-end-aborted', [], { host: url.host, sent: 0 }))
    const call = new Call(url, request, resolve, reject)
    try {
      carry(call)
    } catch (err) {
      call.fail(err as Error)
    }
  })
}

const NO_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'])

function unreachable(err: Error & { code?: string }, url: URL, sent: 0 | 1): Refusal {
  const code = NO_NAME.has(err.code ?? '') ? 'far-end-unknown-name' : 'far-end-unreachable'
  return new Refusal('unavailable', code, [], { host: url.host, sent, why: err.code ?? err.message })
}

/** What describes one connection, or the body's length, is ours to say. */
const OURS = new Set(
  'host content-length transfer-encoding connection keep-alive proxy-connection upgrade te http2-settings'.split(' '),
)

/** The headers a caller may set, names in lower case, and the body's length. */
export function sendable({ headers, body }: HttpRequest): Record<string, string | number> {
  const kept: Record<string, string | number> = {}
  for (const given in headers) {
    const name = given.toLowerCase()
    const value = headers[given] as string
    // HTTP/2 would carry a line break; whoever passes the request on in HTTP/1.1 would read a header of its own there.
    if (/[\0\r\n]/.test(value)) throw Object.assign(new Error(`a line break in ${name}`), { code: 'ERR_INVALID_CHAR' })
    if (!OURS.has(name)) kept[name] = value
  }
  if (body !== undefined) kept['content-length'] = Buffer.byteLength(body)
  return kept
}

/** Header values as one string each; HTTP/2's own (`:status`) are left out. */
export function plainHeaders(headers: NodeJS.Dict<string | string[] | number>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined && name[0] !== ':') plain[name] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return plain
}
