/** A push service on loopback: real subscriptions, checks as the big services make them, decryption, faults on request. */
import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { constants, createSecureServer, type ServerHttp2Stream } from 'node:http2'
import type { Server, Socket } from 'node:net'
import { decrypt } from 'http_ece'
import type { Certificate } from './certificate.ts'

export type PushFault = 400 | 401 | 403 | 404 | 410 | 413 | 429 | 500 | 503 | 'redirect' | 'timeout' | 'reset' | OfHttp2
/** Of a connection that speaks HTTP/2: one stream handed back untouched, or all that came after this one, with the connection. */
type OfHttp2 = 'refused-stream' | 'goaway'

export type PushEntry = {
  at: number
  id: string
  status: number
  headers: Record<string, string>
  /** The decrypted text, or null where it could not be read. */
  payload: string | null
  /** What a real service would have refused; [] for a good request. */
  problems: string[]
}

export type SinkSubscription = { id: string; endpoint: string; keys: { p256dh: string; auth: string } }

export type PushSink = {
  port: number
  origin: string
  log: PushEntry[]
  /** The most requests it had to answer at any one time. */
  mostAtOnce(): number
  /** The subscription a browser would hand to the site. */
  subscribe(): SinkSubscription
  script(id: string, fault: PushFault | null): void
  messagesTo(id: string): PushEntry[]
  close(): Promise<void>
}

export type PushSinkOptions = {
  port?: number
  /** The site's VAPID public key, base64url: a token by any other is refused, as services do. */
  vapidPublicKey?: string
  delayMs?: number
  retryAfter?: string
  /** Which messages are read: all, none, or every k-th, for long runs. */
  decrypt?: boolean | number
  /** The log keeps what became of each message and not how it was asked, for long runs. */
  brief?: boolean
  /** https, with HTTP/2 and HTTP/1.1 for who asks for either; without it plain HTTP/1.1. */
  tls?: Certificate
  /** HTTP/2 streams open at once per connection; default 1000. */
  streams?: number
}

type Browser = { ecdh: ECDH; auth: string; fault: PushFault | null }
/** `stream` where it goes out over HTTP/2; the two kinds are alike in all else that is used here. */
type Response = ServerResponse & { stream?: ServerHttp2Stream }

const NONE = {}

export async function startPushSink(options: PushSinkOptions = {}): Promise<PushSink> {
  const browsers = new Map<string, Browser>()
  const log: PushEntry[] = []
  let origin = ''
  let [open, most] = [0, 0]
  const problemsOf = examiner(options.vapidPublicKey)
  const every = Number(options.decrypt ?? true)
  const answering = (request: IncomingMessage, response: Response) => {
    most = Math.max(most, ++open)
    response.once('close', () => open--)
    collect(request, (body) => {
      const id = (request.url ?? '').split('/').pop() ?? ''
      const browser = browsers.get(id)
      const headers = options.brief ? NONE : (request.headers as Record<string, string>)
      const entry: PushEntry = { at: Date.now(), id, status: 0, headers, payload: null, problems: [] }
      entry.problems = problemsOf(request, origin)
      if (browser && every && log.length % every === 0) read(browser, body, entry)
      if (body.length > 4096) entry.problems.push(`body of ${body.length} bytes`)
      log.push(entry)
      entry.status = statusOf(browser, entry)
      const give = () => answer(response, entry, browser, origin, options)
      if (options.delayMs) setTimeout(give, options.delayMs)
      else give()
    })
  }
  const { server, cutAll } = serverFor(options, answering)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  origin = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`
  return {
    port,
    origin,
    log,
    mostAtOnce: () => most,
    subscribe() {
      const ecdh = createECDH('prime256v1')
      const [id, auth] = [randomBytes(18).toString('base64url'), randomBytes(16).toString('base64url')]
      const p256dh = ecdh.generateKeys('base64url')
      browsers.set(id, { ecdh, auth, fault: null })
      return { id, endpoint: `${origin}/push/${id}`, keys: { p256dh, auth } }
    },
    script(id, fault) {
      const browser = browsers.get(id)
      if (browser) browser.fault = fault
    },
    messagesTo: (id) => log.filter((entry) => entry.id === id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cutAll()
      }),
  }
}

function serverFor(
  { tls, streams }: PushSinkOptions,
  answering: (request: IncomingMessage, response: Response) => void,
) {
  const settings = { maxConcurrentStreams: streams ?? 1000 }
  const server: Server = tls
    ? createSecureServer({ ...tls, settings, allowHTTP1: true }, answering as never)
    : createServer(answering)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('sessionError', () => {})
  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return { server, cutAll }
}

function collect(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => done(Buffer.concat(chunks)))
  request.on('error', () => {})
}

function read(browser: Browser, body: Buffer, entry: PushEntry): void {
  try {
    const { ecdh, auth } = browser
    entry.payload = decrypt(body, { version: 'aes128gcm', privateKey: ecdh, authSecret: auth }).toString('utf8')
  } catch (error) {
    entry.problems.push(`cannot be decrypted: ${(error as Error).message}`)
  }
}

function statusOf(browser: Browser | undefined, entry: PushEntry): number {
  if (!browser) return 404
  if (typeof browser.fault === 'number') return browser.fault
  if (browser.fault) return browser.fault === 'redirect' ? 307 : 0
  if (entry.problems.some((p) => p.startsWith('vapid'))) return 401
  return entry.problems.length ? 400 : 201
}

function answer(
  response: Response,
  entry: PushEntry,
  browser: Browser | undefined,
  origin: string,
  options: PushSinkOptions,
): void {
  if (browser?.fault === 'timeout') return
  if (browser?.fault === 'reset') {
    if (response.stream) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
    else response.destroy()
    return
  }
  if (response.stream && (browser?.fault === 'refused-stream' || browser?.fault === 'goaway')) {
    handBack(response.stream, browser)
    return
  }
  const headers: Record<string, string> = {}
  if (entry.status === 201) headers['location'] = `${origin}/message/${entry.id}`
  if (entry.status === 307) headers['location'] = `${origin}/elsewhere`
  if (entry.status === 429 || entry.status === 503) headers['retry-after'] = options.retryAfter ?? '120'
  response.writeHead(entry.status, headers).end()
}

/** Once: whoever asks again is served. */
function handBack(stream: ServerHttp2Stream, browser: Browser): void {
  if (browser.fault === 'refused-stream') stream.close(constants.NGHTTP2_REFUSED_STREAM)
  else stream.session?.goaway(constants.NGHTTP2_INTERNAL_ERROR, stream.id)
  browser.fault = null
}

/** What Mozilla's and Apple's services check, by the RFCs' own words. */
function examiner(vapidPublicKey?: string): (request: IncomingMessage, origin: string) => string[] {
  const tokens = new Map<string, string[]>()
  return (request, origin) => {
    const { authorization = '' } = request.headers
    // A token is good or bad however often it is shown.
    const known = tokens.get(authorization) ?? vapidProblems(authorization, origin, vapidPublicKey)
    tokens.set(authorization, known)
    return [...problemsOf(request), ...known]
  }
}

function problemsOf(request: IncomingMessage): string[] {
  const problems: string[] = []
  const { ttl, topic, urgency } = request.headers as Record<string, string | undefined>
  if (request.method !== 'POST') problems.push(`method ${request.method}`)
  if (!ttl || !/^\d+$/.test(ttl)) problems.push('ttl missing or not a number')
  if (topic !== undefined && !/^[A-Za-z0-9-]{1,32}$/.test(topic)) problems.push('topic')
  if (urgency !== undefined && !/^(very-low|low|normal|high)$/.test(urgency)) problems.push('urgency')
  if (request.headers['content-encoding'] !== 'aes128gcm') problems.push('content-encoding')
  if (request.headers['encryption'] || request.headers['crypto-key']) problems.push('headers of the old encoding')
  return problems
}

function vapidProblems(authorization: string, origin: string, expectedKey?: string): string[] {
  const match = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization)
  if (!match) return ['vapid header']
  const [, head = '', claims = '', signature = '', key = ''] = match
  const raw = Buffer.from(key, 'base64url')
  if (raw.length !== 65) return ['vapid key']
  const jwk = { kty: 'EC', crv: 'P-256', x: raw.toString('base64url', 1, 33), y: raw.toString('base64url', 33) }
  const publicKey = createPublicKey({ format: 'jwk', key: jwk })
  const signed = Buffer.from(`${head}.${claims}`)
  const good = verify(
    'sha256',
    signed,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const { alg } = json(head)
  const { aud, exp, sub } = json(claims)
  const left = Number(exp) - Date.now() / 1000
  return [
    ...(good && alg === 'ES256' ? [] : ['vapid signature']),
    ...(expectedKey && key !== expectedKey ? ["vapid key is not the subscription's"] : []),
    ...(aud === origin ? [] : [`vapid aud ${aud}`]),
    ...(left > 0 && left <= 24 * 3600 ? [] : [`vapid exp in ${left} s`]),
    ...(/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(String(sub)) ? [] : [`vapid sub ${sub}`]),
  ]
}

const json = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
