/** A push service on loopback: real subscriptions, checks as the big services make them, decryption, faults on request. */
import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { decrypt } from 'http_ece'

export type PushFault = 400 | 401 | 403 | 404 | 410 | 413 | 429 | 500 | 503 | 'redirect' | 'timeout' | 'reset'

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
  /** false keeps no decrypted text, for long runs. */
  decrypt?: boolean
}

type Browser = { ecdh: ECDH; auth: string; fault: PushFault | null }

export async function startPushSink(options: PushSinkOptions = {}): Promise<PushSink> {
  const browsers = new Map<string, Browser>()
  const log: PushEntry[] = []
  let origin = ''
  const server = createServer((request, response) => {
    collect(request, (body) => {
      const id = (request.url ?? '').split('/').pop() ?? ''
      const browser = browsers.get(id)
      const headers = request.headers as Record<string, string>
      const entry: PushEntry = { at: Date.now(), id, status: 0, headers, payload: null, problems: [] }
      entry.problems = problemsOf(request, origin, options.vapidPublicKey)
      if (browser && options.decrypt !== false) read(browser, body, entry)
      if (body.length > 4096) entry.problems.push(`body of ${body.length} bytes`)
      log.push(entry)
      entry.status = statusOf(browser, entry)
      setTimeout(() => answer(response, entry, browser, origin, options), options.delayMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  origin = `http://127.0.0.1:${port}`
  return {
    port,
    origin,
    log,
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
        server.closeAllConnections()
      }),
  }
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
  response: ServerResponse,
  entry: PushEntry,
  browser: Browser | undefined,
  origin: string,
  options: PushSinkOptions,
): void {
  if (browser?.fault === 'timeout') return
  if (browser?.fault === 'reset') {
    response.destroy()
    return
  }
  const headers: Record<string, string> = {}
  if (entry.status === 201) headers['location'] = `${origin}/message/${entry.id}`
  if (entry.status === 307) headers['location'] = `${origin}/elsewhere`
  if (entry.status === 429 || entry.status === 503) headers['retry-after'] = options.retryAfter ?? '120'
  response.writeHead(entry.status, headers).end()
}

/** What Mozilla's and Apple's services check, by the RFCs' own words. */
function problemsOf(request: IncomingMessage, origin: string, vapidPublicKey?: string): string[] {
  const problems: string[] = []
  const { ttl, topic, urgency, authorization = '' } = request.headers as Record<string, string | undefined>
  if (request.method !== 'POST') problems.push(`method ${request.method}`)
  if (!ttl || !/^\d+$/.test(ttl)) problems.push('ttl missing or not a number')
  if (topic !== undefined && !/^[A-Za-z0-9-]{1,32}$/.test(topic)) problems.push('topic')
  if (urgency !== undefined && !/^(very-low|low|normal|high)$/.test(urgency)) problems.push('urgency')
  if (request.headers['content-encoding'] !== 'aes128gcm') problems.push('content-encoding')
  if (request.headers['encryption'] || request.headers['crypto-key']) problems.push('headers of the old encoding')
  problems.push(...vapidProblems(authorization, origin, vapidPublicKey))
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
