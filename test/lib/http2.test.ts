/** HTTP/2 through the same door: what is certain not to have arrived, whose limits are kept, and what a bad far end may cost. */
import { getEventListeners } from 'node:events'
import {
  constants,
  createSecureServer,
  type IncomingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer as createTls } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../src/lib/errors.ts'
import { type HttpRequest, outsider } from '../../src/lib/http.ts'
import { selfSigned } from '../support/certificate.ts'

const pem = selfSigned('IP:127.0.0.1', 'DNS:push.example')
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function listen(server: Server, port = 0): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  ends.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await new Promise<void>((up) => server.listen(port, '127.0.0.1', () => up()))
  return (server.address() as AddressInfo).port
}

type Asked = IncomingHttpHeaders & { ':path': string }
type Answering = (stream: ServerHttp2Stream, headers: Asked, n: number) => void

/** A server that counts its connections and the most streams it had open at once. */
async function serve(answer: Answering, settings: SecureServerOptions['settings'] = {}) {
  const server = createSecureServer({ ...pem, settings })
  const seen = { sessions: [] as ServerHttp2Session[], paths: [] as string[], open: 0, most: 0 }
  server.on('session', (session) => {
    seen.sessions.push(session)
    session.on('error', () => {})
  })
  server.on('stream', (raw, given) => {
    const [stream, headers] = [raw as ServerHttp2Stream, given as Asked]
    seen.paths.push(headers[':path'])
    seen.most = Math.max(seen.most, ++seen.open)
    stream.on('error', () => {})
    stream.once('close', () => seen.open--)
    answer(stream, headers, seen.paths.length)
  })
  const port = await listen(server)
  return { server, seen, get: door(port) }
}

function door(port: number) {
  const call = outsider({ allow: [`127.0.0.1:${port}`], ca: pem.cert })
  return (path: string, request: HttpRequest = {}) => call(`https://127.0.0.1:${port}${path}`, request)
}

const ok: Answering = (stream) => stream.respond({ ':status': 201 }, { endStream: true })
const afterMs =
  (ms: number): Answering =>
  (stream, headers, n) =>
    setTimeout(() => !stream.destroyed && ok(stream, headers, n), ms)

async function fate(answer: Promise<unknown>): Promise<unknown[]> {
  const err = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(err).toBeInstanceOf(Refusal)
  const { kind, code, params } = err as Refusal
  expect(kind).toBe('unavailable')
  return [code, params['sent']]
}
const many = <T>(n: number, one: (i: number) => Promise<T>) => Promise.all(Array.from({ length: n }, (_, i) => one(i)))

describe('one exchange', () => {
  test('method, headers and bytes arrive, and the answer comes back whole', async () => {
    let asked = {} as Asked
    const { get } = await serve(async (stream, headers) => {
      asked = headers
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      stream.respond({ ':status': 202, 'set-cookie': ['a=1', 'b=2'] })
      stream.end(Buffer.concat(chunks))
    })
    const headers = { TTL: '60', Host: 'evil.example', Connection: 'close', 'Content-Length': '9' }
    const answer = await get('/a?b', { method: 'POST', headers, body: new Uint8Array([0, 1, 255]) })
    expect(answer).toMatchObject({ status: 202, headers: { 'set-cookie': 'a=1, b=2' } })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith(':'))).toEqual([])
    expect([...answer.body]).toEqual([0, 1, 255])
    expect(asked).toMatchObject({ ':method': 'POST', ':path': '/a?b', ttl: '60', 'content-length': '3' })
    expect(asked.host).toBeUndefined()
  })

  test('a redirect is handed back, not followed', async () => {
    const { get, seen } = await serve((stream) =>
      stream.respond({ ':status': 307, location: 'https://169.254.169.254/' }, { endStream: true }),
    )
    expect(await get('/')).toMatchObject({ status: 307, headers: { location: 'https://169.254.169.254/' } })
    expect(seen.paths).toEqual(['/'])
  })

  test('only the allowed number of answer bytes is kept, and the connection serves on', async () => {
    const { get, seen } = await serve((stream, headers, n) => {
      if (headers[':path'] !== '/endless') return ok(stream, headers, n)
      stream.respond({ ':status': 200 })
      const pour = () => {
        while (!stream.destroyed && stream.write(Buffer.alloc(10_000)));
      }
      stream.on('drain', pour)
      pour()
    })
    expect((await get('/endless')).body).toHaveLength(64 * 1024)
    expect((await get('/endless', { maxBytes: 10 })).body).toHaveLength(10)
    expect((await get('/')).status).toBe(201)
    expect(seen.sessions).toHaveLength(1)
  })

  test('a refusal that comes before the body was read is an answer', async () => {
    const { get } = await serve((stream) => {
      stream.respond({ ':status': 413 }, { endStream: true })
      setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), 5)
    })
    expect((await get('/', { method: 'POST', body: Buffer.alloc(3_000_000) })).status).toBe(413)
  })

  test('a header that cannot be written never leaves, and its neighbours do', async () => {
    const { get } = await serve(ok)
    const [bad, good] = await Promise.allSettled([get('/', { headers: { topic: 'a\nb' } }), get('/')])
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled'])
    expect(await fate(get('/', { headers: { topic: 'a\nb' } }))).toEqual(['far-end-unreachable', 0])
  })

  test.each(['before the answer', 'in the middle of the answer'])('one deadline ends a stall %s', async (when) => {
    const { get, seen } = await serve((stream) => {
      if (when !== 'before the answer') stream.respond({ ':status': 200 })
    })
    expect(await fate(get('/', { timeoutMs: 80 }))).toEqual(['far-end-timeout', 1])
    await expect.poll(() => seen.open).toBe(0)
  })

  test('a signal ends the call, and nothing is left listening on it', async () => {
    const { get } = await serve((stream, headers, n) => headers[':path'] === '/' || ok(stream, headers, n))
    const stop = new AbortController()
    expect((await get('/answered', { signal: stop.signal })).status).toBe(201)
    const stopped = get('/', { signal: stop.signal })
    setTimeout(() => stop.abort(), 30)
    expect(await fate(stopped)).toEqual(['far-end-aborted', 1])
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0)
    expect(await fate(get('/', { signal: stop.signal }))).toEqual(['far-end-aborted', 0])
  })
})

describe('connections and streams', () => {
  test('one connection carries many calls, one after the other and at once', async () => {
    const { get, seen } = await serve(afterMs(5))
    for (let i = 0; i < 3; i++) await get('/')
    const answers = await many(60, () => get('/'))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect([seen.sessions.length, seen.paths.length]).toEqual([1, 63])
    expect(seen.most).toBeGreaterThan(30)
  })

  test('a kept connection gathers no listeners', async () => {
    const { get, seen } = await serve(ok)
    await get('/')
    const socket = seen.sessions[0]!.socket
    const count = () => socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0)
    const before = count()
    await many(200, () => get('/'))
    expect(count()).toBe(before)
  })

  test('the far end says how many streams; more connections are opened only up to four', async () => {
    const { get, seen } = await serve(afterMs(3), { maxConcurrentStreams: 3 })
    const answers = await many(100, () => get('/'))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect(seen.sessions.length).toBe(4)
    expect(seen.most).toBeLessThanOrEqual(12)
  })

  test('a limit that falls to nothing is kept, and what waits was not sent', async () => {
    const { get, seen } = await serve(ok, { maxConcurrentStreams: 0 })
    expect(await fate(get('/', { timeoutMs: 100 }))).toEqual(['far-end-timeout', 0])
    expect(seen.paths).toEqual([])
  })

  test('an idle connection is given up, and the next call opens another', async () => {
    const { get, seen } = await serve(ok)
    await get('/')
    await expect.poll(() => seen.sessions[0]!.destroyed, { timeout: 6_000 }).toBe(true)
    await get('/')
    expect(seen.sessions).toHaveLength(2)
  })

  test('a server of HTTP/1.1 only is spoken to in HTTP/1.1, from the first call on', async () => {
    const sockets = new Set<unknown>()
    const port = await listen(
      createHttps(pem, (request, response) => {
        sockets.add(request.socket)
        response.end(request.httpVersion)
      }),
    )
    const get = door(port)
    const answers = await many(20, () => get('/'))
    expect(new Set(answers.map(({ body }) => Buffer.from(body).toString()))).toEqual(new Set(['1.1']))
    const before = sockets.size
    await get('/')
    expect(sockets.size).toBe(before)
  })

  test('a server that takes the call back to HTTP/1.1 gets it there', async () => {
    const server = createSecureServer({ ...pem, allowHTTP1: true }, (request, response) => {
      if (request.httpVersion === '2.0') response.stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED)
      else response.end('old')
    })
    const get = door(await listen(server))
    const answers = await many(5, () => get('/'))
    expect(answers.map(({ body }) => Buffer.from(body).toString())).toEqual(Array(5).fill('old'))
  })

  test('the name is looked up and checked for the connection that is made, and nothing is sent to a private one', async () => {
    const { server, seen } = await serve(ok)
    const { port } = server.address() as AddressInfo
    let connections = 0
    server.on('connection', () => connections++)
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const url = `https://push.example:${port}/`
    const guarded = outsider({ allow: [], resolve, ca: pem.cert })
    const listed = outsider({ allow: [`push.example:${port}`], resolve, ca: pem.cert })
    await expect(guarded(url)).rejects.toMatchObject({ kind: 'invalid', code: 'url-private-address' })
    expect(connections).toBe(0)
    expect((await listed(url)).status).toBe(201)
    // Each keeps its own connections: the guarded one cannot come in by the other's.
    await expect(guarded(url)).rejects.toMatchObject({ code: 'url-private-address' })
    expect([connections, seen.paths.length]).toEqual([1, 1])
  })
})

describe('a far end in trouble', () => {
  test('a refused stream was not taken: it is asked again, and its neighbours do not notice', async () => {
    const { get, seen } = await serve((stream, headers, n) => {
      if (headers[':path'] === '/3' && seen.paths.filter((path) => path === '/3').length === 1)
        stream.close(constants.NGHTTP2_REFUSED_STREAM)
      else ok(stream, headers, n)
    })
    const answers = await many(6, (i) => get(`/${i}`))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
    expect(seen.paths.filter((path) => path === '/3')).toHaveLength(2)
  })

  test('one that always refuses is given back to its caller as not sent', async () => {
    const { get, seen } = await serve((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM))
    expect(await fate(get('/'))).toEqual(['far-end-unreachable', 0])
    expect(seen.paths).toHaveLength(3)
  })

  test.each([
    ['reset in the middle', (stream: ServerHttp2Stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
    ['cancelled', (stream: ServerHttp2Stream) => stream.close(constants.NGHTTP2_CANCEL)],
    ['asked to calm down', (stream: ServerHttp2Stream) => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)],
  ])('a stream that is %s may have been taken, and its neighbours are answered', async (_how, end) => {
    const { get } = await serve((stream, headers, n) =>
      headers[':path'] === '/2' ? end(stream) : ok(stream, headers, n),
    )
    const answers = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => get(`/${i}`)))
    expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true])
    expect(await fate(get('/2'))).toEqual(['far-end-unreachable', 1])
  })

  test('a polite GOAWAY: what was taken is answered, the rest goes over a new connection, each once', async () => {
    const { get, seen } = await serve((stream, headers, n) => {
      // Node's server answers what comes in until it knows that its GOAWAY arrived: only what it numbers as taken is.
      if (seen.sessions.length > 1) return ok(stream, headers, n)
      if (n === 5) stream.session?.goaway(constants.NGHTTP2_NO_ERROR, 9)
      if ((stream.id ?? 0) <= 9) afterMs(30)(stream, headers, n)
    })
    const answers = await many(12, (i) => get(`/${i}`))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201))
    expect(seen.sessions).toHaveLength(2)
    const again = new Set(seen.paths.filter((path, i) => seen.paths.indexOf(path) !== i))
    expect([...again].every((path) => Number(path.slice(1)) >= 5)).toBe(true)
  })

  test('a GOAWAY before anything was taken: the far end is not called again as fast as it hangs up', async () => {
    const { server, get, seen } = await serve(ok, { maxConcurrentStreams: 0 })
    server.on('session', (session) => setTimeout(() => session.close(), 1))
    const answers = Array.from({ length: 20 }, () => fate(get('/nobody-gets-in', { timeoutMs: 1_500 })))
    for (const answer of await Promise.all(answers)) expect(answer).toEqual(['far-end-timeout', 0])
    expect(seen.sessions.length).toBeLessThan(12)
  })

  test('a GOAWAY in anger: what it numbers as taken may have been, what lies above it is asked again', async () => {
    const { get, seen } = await serve((stream, headers, n) => {
      if (seen.sessions.length > 1) return ok(stream, headers, n)
      if (n === 10) stream.session?.goaway(constants.NGHTTP2_INTERNAL_ERROR, 7)
    })
    const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => get(`/${i}`)))
    expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([
      ...Array(4).fill(false),
      ...Array(6).fill(true),
    ])
    for (const answer of answers.slice(0, 4)) {
      const { code, params } = (answer as PromiseRejectedResult).reason as Refusal
      expect([code, params['sent']]).toEqual(['far-end-unreachable', 1])
    }
  })

  test('told to calm down, we rest and then ask less at once', async () => {
    const { get, seen } = await serve((stream, headers, n) => {
      if (seen.sessions.length > 1) return afterMs(5)(stream, headers, n)
      if (n === 80) stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 1)
    })
    const began = performance.now()
    const answers = await Promise.allSettled(Array.from({ length: 80 }, () => get('/')))
    expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([false, ...Array(79).fill(true)])
    expect(performance.now() - began).toBeGreaterThan(900)
    seen.most = 0
    await many(50, () => get('/'))
    expect(seen.most).toBeLessThanOrEqual(50)
  })

  test('a connection that breaks leaves doubt about what was on it and none about what waited', async () => {
    const { get, seen } = await serve((stream, _headers, n) => n === 4 && stream.session?.socket.destroy(), {
      maxConcurrentStreams: 4,
    })
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => get('/', { timeoutMs: 2_000 })))
    const sent = answers.map((answer) => ((answer as PromiseRejectedResult).reason as Refusal).params['sent'])
    expect(sent).toEqual([1, 1, 1, 1])
    expect(seen.sessions).toHaveLength(1)
  })

  test('a server that never says what it allows is sent nothing', async () => {
    let bytes = 0
    const port = await listen(
      createTls({ ...pem, ALPNProtocols: ['h2'] }, (socket) => {
        socket.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        socket.on('error', () => {})
      }),
    )
    const get = door(port)
    const fates = await many(5, () => fate(get('/', { timeoutMs: 150 })))
    expect(fates).toEqual(Array(5).fill(['far-end-timeout', 0]))
    // The preface and our own settings, and no request.
    expect(bytes).toBeLessThan(120)
  })

  test('a server that speaks something else after the handshake is not sent to', async () => {
    const port = await listen(
      createTls({ ...pem, ALPNProtocols: ['h2'] }, (socket) => {
        socket.on('error', () => {})
        socket.write('220 smtp.example ESMTP\r\n'.repeat(20))
      }),
    )
    expect((await fate(door(port)('/', { timeoutMs: 2_000 })))[1]).toBe(0)
  })

  test('a connection on which nothing is answered any more is not used for the next call', async () => {
    const { get, seen } = await serve((stream, headers, n) => seen.sessions.length > 1 && ok(stream, headers, n))
    expect(await fate(get('/', { timeoutMs: 80 }))).toEqual(['far-end-timeout', 1])
    expect((await get('/', { timeoutMs: 1_000 })).status).toBe(201)
    expect(seen.sessions).toHaveLength(2)
  })

  test('a far end that takes one connection and no second is served over the one', async () => {
    const { server, get, seen } = await serve(afterMs(3), { maxConcurrentStreams: 2 })
    let refused = 0
    await get('/')
    server.on('connection', (socket: Socket) => {
      refused++
      socket.destroy()
    })
    const answers = await many(30, () => get('/'))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect([seen.sessions.length, refused]).toEqual([1, 1])
  })

  test('a closed port was not sent to, and a server that comes back is found', async () => {
    const first = await serve(ok)
    const { port } = first.server.address() as AddressInfo
    expect((await first.get('/')).status).toBe(201)
    for (const end of ends.splice(0)) end()
    await sleep(20)
    expect(await fate(first.get('/'))).toEqual(['far-end-unreachable', 0])
    const second = createSecureServer(pem)
    second.on('stream', (stream) => (stream as ServerHttp2Stream).respond({ ':status': 200 }, { endStream: true }))
    await listen(second, port)
    expect((await first.get('/')).status).toBe(200)
  })

  test('a certificate of an unknown authority is refused for every call that waits, before anything is sent', async () => {
    const { server, seen } = await serve(ok)
    const { port } = server.address() as AddressInfo
    const call = outsider({ allow: [`127.0.0.1:${port}`] })
    const fates = await many(5, () => fate(call(`https://127.0.0.1:${port}/`)))
    expect(fates).toEqual(Array(5).fill(['far-end-unreachable', 0]))
    expect(seen.paths).toEqual([])
  })
})
