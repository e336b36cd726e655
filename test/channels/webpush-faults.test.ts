/** Push services in trouble, over both protocols and real sockets: each reader ends in the right state, and no neighbour notices. */
import { createECDH, randomBytes } from 'node:crypto'
import { createServer as createTls } from 'node:tls'
import { decrypt } from 'http_ece'
import { afterEach, describe, expect, test } from 'vitest'
import webpush from 'web-push'
import { create } from '../../channels/webpush/index.ts'
import { Sealer } from '../../channels/webpush/sealer.ts'
import type { Outcome, Target } from '../../src/delivery/channel.ts'
import { outsider } from '../../src/lib/http.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { selfSigned } from '../support/certificate.ts'
import {
  type PushFault,
  type PushSink,
  type PushSinkOptions,
  type SinkSubscription,
  startPushSink,
} from '../support/push-sink.ts'
import { config, deps, edition, target } from './sample-edition.ts'

const tls = selfSigned('IP:127.0.0.1')
const vapid = { ...webpush.generateVAPIDKeys(), subject: 'mailto:push@press.example' }
const ends: (() => Promise<unknown> | undefined)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function office(port: number, ca: string | undefined = tls.cert, timeoutMs = 400) {
  const d = deps({ config: config({ vapid }), outsider: outsider({ allow: [`127.0.0.1:${port}`], ca }) })
  const channel = create(d, { timeoutMs })
  ends.push(async () => channel.close?.())
  const send = async (targets: Target[], e: Edition = edition(), signal = new AbortController().signal) =>
    channel.send(await channel.prepare(e, 'zh-CN', undefined as never), targets, signal)
  return { deps: d, send }
}

async function service(options: PushSinkOptions, ca?: string, timeoutMs?: number) {
  const sink = await startPushSink({ vapidPublicKey: vapid.publicKey, retryAfter: '7', ...options })
  ends.push(() => sink.close())
  return { sink, ...office(sink.port, ca, timeoutMs) }
}

const to = (n: number, { endpoint, keys }: SinkSubscription): Target => target(n, endpoint, { keys })
const many = (sink: PushSink, n: number) => Array.from({ length: n }, () => sink.subscribe())
const slices = <T>(all: T[], size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
const states = (outcomes: Outcome[]): string[] => outcomes.map((o) => o.state)
const accepted = { state: 'accepted', remoteId: expect.stringContaining('/message/') }

const FAULTS: [PushFault, Outcome][] = [
  [400, { state: 'never', why: 'HTTP 400' }],
  [401, { state: 'again', why: 'HTTP 401', after: 3_600_000, ours: true }],
  [403, { state: 'again', why: 'HTTP 403', after: 3_600_000, ours: true }],
  [404, { state: 'gone', why: 'HTTP 404' }],
  [410, { state: 'gone', why: 'HTTP 410' }],
  [413, { state: 'never', why: 'HTTP 413' }],
  [429, { state: 'again', why: 'HTTP 429', after: 7_000 }],
  [500, { state: 'again', why: 'HTTP 500', after: 60_000 }],
  [503, { state: 'again', why: 'HTTP 503', after: 7_000 }],
  ['redirect', { state: 'never', why: 'HTTP 307' }],
  ['timeout', { state: 'unknown', why: 'far-end-timeout' }],
  ['reset', { state: 'unknown', why: 'far-end-unreachable' }],
]

describe.each([
  ['HTTP/1.1', {}],
  ['HTTP/2', { tls }],
] as const)('over %s', (_version, over) => {
  test('every fault at once in one run: each reader ends in their own state, the others are told', async () => {
    const { sink, send, deps } = await service(over, undefined, 1_500)
    const browsers = many(sink, 200)
    const at = FAULTS.map(([fault], i) => {
      const place = i * 16 + (i % 5)
      sink.script(browsers[place]!.id, fault)
      return place
    })
    const targets = browsers.map((sub, i) => to(i + 1, sub))
    const outcomes = (await Promise.all(slices(targets, 50).map((slice) => send(slice)))).flat()
    expect(at.map((place) => outcomes[place])).toEqual(FAULTS.map(([, outcome]) => outcome))
    const others = outcomes.filter((_, i) => !at.includes(i))
    expect(others).toEqual(Array(200 - FAULTS.length).fill(accepted))
    // Asked once each, the redirect's other address not at all, and only our own key is anybody's alarm.
    expect(sink.log.map(({ id }) => id).sort()).toEqual(browsers.map(({ id }) => id).sort())
    expect(new Set(deps.logged.filter(({ level }) => level === 'error').map(({ message }) => message))).toEqual(
      new Set(['VAPID key refused']),
    )
    expect(sink.log.filter(({ status }) => status === 201).flatMap(({ problems }) => problems)).toEqual([])
  })

  test("a key refused for everybody ends nobody's subscription and is said once per batch", async () => {
    const { sink, send, deps } = await service({ ...over, vapidPublicKey: webpush.generateVAPIDKeys().publicKey })
    const outcomes = await send(many(sink, 40).map((sub, i) => to(i + 1, sub)))
    expect(outcomes).toEqual(Array(40).fill({ state: 'again', why: 'HTTP 401', after: 3_600_000, ours: true }))
    expect(deps.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('four slices share what may be open at once, and a flash overtakes the routine that waits', async () => {
    const { sink, send } = await service({ ...over, delayMs: 100 }, undefined, 10_000)
    const routine = many(sink, 400).map((sub, i) => to(i + 1, sub))
    const running = Promise.all(slices(routine, 50).map((slice) => send(slice, edition({ lane: 'routine' }))))
    await expect.poll(() => sink.log.length).toBeGreaterThan(60)
    const urgent = many(sink, 30)
    const begun = sink.log.length
    expect(states(await send(urgent.map((sub, i) => to(500 + i, sub))))).toEqual(Array(30).fill('accepted'))
    expect((await running).flat().every(({ state }) => state === 'accepted')).toBe(true)
    // Ahead of it is what was open already, and not the hundreds that wait.
    const last = Math.max(...urgent.map(({ id }) => sink.log.findIndex((entry) => entry.id === id)))
    expect(last - begun).toBeLessThan(200)
    expect(sink.mostAtOnce()).toBeLessThanOrEqual(200)
    expect(sink.log).toHaveLength(430)
  })

  test('ours and the package everybody uses say the same in the same headers, and a browser reads both', async () => {
    const { sink, send } = await service(over)
    const [mine, theirs] = [sink.subscribe(), sink.subscribe()]
    await send([to(1, mine)])
    const call = outsider({ allow: [`127.0.0.1:${sink.port}`], ca: tls.cert })
    const text = sink.log[0]!.payload as string
    const made = webpush.generateRequestDetails(theirs, text, {
      vapidDetails: vapid,
      TTL: 14_400,
      urgency: 'high',
      topic: sink.log[0]!.headers['topic'],
      contentEncoding: 'aes128gcm',
    })
    const headers = Object.fromEntries(Object.entries(made.headers).map(([name, value]) => [name, String(value)]))
    await call(theirs.endpoint, { method: 'POST', headers, body: made.body as Buffer })
    const [a, b] = sink.log as [PushSink['log'][0], PushSink['log'][0]]
    const said = ({ headers }: typeof a) => ({ ...headers, authorization: '', ':path': '' })
    expect(said(a)).toEqual(said(b))
    expect(b.payload).toBe(a.payload)
    expect([a.status, b.status, a.problems, b.problems]).toEqual([201, 201, [], []])
  })
})

describe('what only HTTP/2 can do', () => {
  test('a stream handed back untouched is asked again and accepted', async () => {
    const { sink, send } = await service({ tls })
    const browsers = many(sink, 20)
    sink.script(browsers[4]!.id, 'refused-stream')
    expect(states(await send(browsers.map((sub, i) => to(i + 1, sub))))).toEqual(Array(20).fill('accepted'))
    expect(sink.messagesTo(browsers[4]!.id).map(({ status }) => status)).toEqual([0, 201])
  })

  test('a connection ended in the middle: who may have been told is unknown, who was not is told, nobody is lost', async () => {
    const { sink, send } = await service({ tls, delayMs: 15 })
    const browsers = many(sink, 200)
    sink.script(browsers[70]!.id, 'goaway')
    const targets = browsers.map((sub, i) => to(i + 1, sub))
    const outcomes = (await Promise.all(slices(targets, 50).map((slice) => send(slice)))).flat()
    const ended = new Set(states(outcomes))
    expect([...ended].filter((state) => state !== 'accepted' && state !== 'unknown')).toEqual([])
    const heard = new Set(sink.log.map(({ id }) => id))
    for (const [i, { id }] of browsers.entries()) {
      expect(heard.has(id)).toBe(true)
      if (outcomes[i]!.state === 'accepted') expect(sink.messagesTo(id).at(-1)!.status).toBe(201)
    }
    expect(outcomes[70]!.state).toBe('unknown')
    expect(states(outcomes).filter((state) => state === 'accepted').length).toBeGreaterThan(90)
    // And the next window finds a new connection.
    expect(states(await send(targets.slice(0, 10)))).toEqual(Array(10).fill('accepted'))
  })

  test('a service that cannot prove who it is is sent nothing, and everybody waits for another try', async () => {
    const { sink, send } = await service({ tls }, selfSigned('DNS:other.example').cert)
    const outcomes = await send(many(sink, 10).map((sub, i) => to(i + 1, sub)))
    expect(outcomes).toEqual(Array(10).fill({ state: 'again', why: 'far-end-unreachable', after: 15_000 }))
    expect(sink.log).toEqual([])
  })

  test('a service that never says what it allows was sent nothing either', async () => {
    const mute = createTls({ ...tls, ALPNProtocols: ['h2'] }, (socket) => socket.on('error', () => {}).resume())
    await new Promise<void>((up) => mute.listen(0, '127.0.0.1', up))
    ends.push(async () => void mute.close())
    const { port } = mute.address() as { port: number }
    const { send } = office(port)
    const sink = await startPushSink()
    ends.push(() => sink.close())
    const here = many(sink, 6).map((sub, i) =>
      to(i + 1, { ...sub, endpoint: sub.endpoint.replace(sink.origin, `https://127.0.0.1:${port}`) }),
    )
    const outcomes = await send(here)
    expect(outcomes).toEqual(Array(6).fill({ state: 'again', why: 'far-end-timeout', after: 15_000 }))
  })

  test('a service that takes few streams is kept to, and all are told in the end', async () => {
    const { sink, send } = await service({ tls, streams: 5, delayMs: 3 }, undefined, 5_000)
    const outcomes = await send(many(sink, 150).map((sub, i) => to(i + 1, sub)))
    expect(states(outcomes)).toEqual(Array(150).fill('accepted'))
    expect(sink.mostAtOnce()).toBeLessThanOrEqual(20)
  })
})

describe('sealing beside the sending', () => {
  const browser = () => {
    const ecdh = createECDH('prime256v1')
    const keys = { p256dh: ecdh.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') }
    const read = (body: Buffer) =>
      decrypt(body, { version: 'aes128gcm', privateKey: ecdh, authSecret: keys.auth }).toString()
    return { keys, read }
  }
  const browsers = Array.from({ length: 100 }, browser)
  const keys = browsers.map((b) => b.keys)
  const sealed = async (sealer: Sealer, begun = () => {}) => {
    const bodies: Buffer[] = []
    const all = sealer.seal(Buffer.from('同一条消息'), keys, true, (from, { bytes, bad }) => {
      const each = bytes.length / bad.length
      for (const i of bad.keys()) bodies[from + i] = bytes.subarray(i * each, (i + 1) * each)
    })
    begun()
    await all
    return bodies
  }

  test.each([
    ['a thread of its own', 2],
    ['the one core there is', 1],
  ])('on %s each browser reads its own, and no key pair or salt is used twice', async (_where, cores) => {
    const failures: Error[] = []
    const sealer = new Sealer((err) => failures.push(err), cores)
    ends.push(() => sealer.close())
    const bodies = [...(await sealed(sealer)), ...(await sealed(sealer))]
    expect(bodies.map((body, i) => browsers[i % 100]!.read(body))).toEqual(Array(200).fill('同一条消息'))
    expect(new Set(bodies.map((body) => body.toString('hex', 0, 16))).size).toBe(200)
    expect(new Set(bodies.map((body) => body.toString('hex', 21, 86))).size).toBe(200)
    expect(failures).toEqual([])
  })

  test('a thread that ends in the middle loses no message', async () => {
    const sealer = new Sealer(() => {}, 2)
    await sealed(sealer)
    const bodies = await sealed(sealer, () => void sealer.close())
    expect(bodies.map((body, i) => browsers[i]!.read(body))).toEqual(Array(100).fill('同一条消息'))
  })
})
