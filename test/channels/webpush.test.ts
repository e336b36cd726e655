import { createECDH } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import webpush from 'web-push'
import { create as createLog } from '../../channels/log/index.ts'
import { create } from '../../channels/webpush/index.ts'
import { bytesOf, payloadOf, topicOf } from '../../channels/webpush/payload.ts'
import { MOST_PLAINTEXT, seal } from '../../channels/webpush/seal.ts'
import type { Outcome, Target } from '../../src/delivery/channel.ts'
import { outsider } from '../../src/lib/http.ts'
import { retryAfter } from '../../src/lib/retry-after.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import {
  type PushFault,
  type PushSink,
  type PushSinkOptions,
  type SinkSubscription,
  startPushSink,
} from '../support/push-sink.ts'
import { config, deps, edition, part, target } from './sample-edition.ts'

const vapid = { ...webpush.generateVAPIDKeys(), subject: 'mailto:push@press.example' }
const sinks: PushSink[] = []
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})

async function service(options: PushSinkOptions = {}, timeoutMs = 10_000) {
  const sink = await startPushSink({ vapidPublicKey: vapid.publicKey, ...options })
  sinks.push(sink)
  const d = deps({ config: config({ vapid }), outsider: outsider({ allow: [`127.0.0.1:${sink.port}`] }) })
  const channel = create(d, { timeoutMs })
  const send = async (
    targets: Target[],
    e: Edition = edition(),
    language: Language = 'zh-CN',
    signal = new AbortController().signal,
  ) => channel.send(await channel.prepare(e, language, undefined as never), targets, signal)
  return { sink, channel, deps: d, send }
}

const to = (n: number, { endpoint, keys }: SinkSubscription): Target => target(n, endpoint, { keys })
const many = (sink: PushSink, n: number) => Array.from({ length: n }, (_, i) => ({ n: i + 1, sub: sink.subscribe() }))
const states = (outcomes: Outcome[]): string[] => outcomes.map((o) => o.state)

describe('sealing', () => {
  test('the example of RFC 8291, appendix A, comes out letter by letter', () => {
    const ecdh = createECDH('prime256v1')
    ecdh.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'))
    const once = { ecdh, salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url') }
    const keys = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    }
    const sealed = seal(Buffer.from('When I grow up, I want to be a watermelon'), keys, once)
    expect(sealed.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    )
  })

  test('the longest message fits the 4096 bytes every service must take', async () => {
    const { endpoint: _, keys } = (await service()).sink.subscribe()
    expect(seal(Buffer.alloc(MOST_PLAINTEXT), keys)).toHaveLength(4096)
    expect(() => seal(Buffer.alloc(MOST_PLAINTEXT + 1), keys)).toThrow(RangeError)
  })
})

describe('what is shown', () => {
  test('a reader sees what to do, and the same place on the screen is used for the correction', () => {
    const first = payloadOf(edition(), 'zh-CN', config())
    expect(first).toMatchObject({
      title: '哈日诺尔旗草原火灾：明火东线已控制（示例）',
      urgency: 'high',
      lang: 'zh-CN',
      mode: 'live',
    })
    expect(first.body).toMatch(/^下风向 10 公里内居民听从转移安排/)
    expect(first.url).toBe('https://press.example/releases/2026-000042/')
    const corrected = edition({ type: 'correction' }, { 'zh-CN': part({ changeNote: '人数原误为 142。' }) })
    const second = payloadOf(corrected, 'zh-CN', config())
    expect(second).toMatchObject({
      tag: first.tag,
      renotify: true,
      title: `更正：${first.title}`,
      body: '人数原误为 142。',
    })
    expect(topicOf(corrected)).toBe(topicOf(edition()))
    expect(topicOf(edition())).toMatch(/^[A-Za-z0-9]{1,32}$/)
  })

  test('an exercise says so in title and text', () => {
    const shown = payloadOf(edition({ mode: 'exercise' }), 'zh-CN', config())
    expect(shown.title).toMatch(/^【演练】/)
    expect(shown.body).toMatch(/^这是演练，不是真实事件。/)
  })

  test('a withdrawal repeats nothing of the text', () => {
    const shown = payloadOf(
      edition({ type: 'withdrawal' }, { 'zh-CN': part({ withdrawalReason: '地点有误。' }) }),
      'zh-CN',
      config(),
    )
    expect(JSON.stringify(shown)).not.toMatch(/草原火灾|关好门窗/)
    expect(shown.body).toContain('地点有误。')
  })

  test('whatever the text, it fits and no letter is cut in two', () => {
    const odd = fc.string({
      unit: fc.constantFrom('草', '😀', '"', '\\', '\u0000', '\ud83d', 'a', '\n', '👨‍👩‍👧‍👦'),
      maxLength: 3000,
    })
    fc.assert(
      fc.property(odd, odd, fc.integer({ min: 0, max: 3000 }), (title, advice, long) => {
        const e = edition(
          { address: `/${'r'.repeat(long)}/` },
          { 'zh-CN': part({ title: `题${title}`, blocks: { advice } }) },
        )
        const shown = payloadOf(e, 'zh-CN', config())
        expect(bytesOf(shown).length).toBeLessThanOrEqual(MOST_PLAINTEXT)
        expect(shown.title.isWellFormed() && shown.body.isWellFormed()).toBe(true)
        expect([...shown.body].length).toBeLessThanOrEqual(300)
      }),
      { numRuns: 200 },
    )
  })
})

describe('on the wire', () => {
  test('every browser reads its own message, and the service finds nothing to refuse', async () => {
    const { sink, send } = await service()
    const browsers = many(sink, 120)
    const outcomes = await send(browsers.map(({ n, sub }) => to(n, sub)))
    expect(states(outcomes)).toEqual(Array(120).fill('accepted'))
    expect(outcomes[0]).toMatchObject({ remoteId: expect.stringContaining('/message/') })
    expect(sink.log).toHaveLength(120)
    for (const { sub } of browsers) {
      const [entry, ...more] = sink.messagesTo(sub.id)
      expect(more).toEqual([])
      expect(entry!.problems).toEqual([])
      expect(JSON.parse(entry!.payload!)).toEqual(payloadOf(edition(), 'zh-CN', config()))
      expect(entry!.headers).toMatchObject({ ttl: '14400', urgency: 'high', topic: topicOf(edition()) })
    }
    expect(new Set(sink.log.map((m) => m.headers['authorization'])).size).toBe(1)
  })

  test('a routine release waits a day at most, and never longer than it is valid', async () => {
    const { sink, send } = await service()
    const sub = sink.subscribe()
    const routine = edition({ lane: 'routine' })
    await send([to(1, sub)], routine)
    routine.content!.core.expiresAt = '2026-11-23T07:12:04.000Z'
    await send([to(1, sub)], routine)
    routine.content!.core.expiresAt = '2026-11-22T00:00:00.000Z'
    await send([to(1, sub)], routine)
    expect(sink.log.map((m) => m.headers['ttl'])).toEqual(['86400', '3600', '0'])
  })

  const faults: [PushFault, Outcome][] = [
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
  ]
  test.each(faults)('one browser whose service answers %s does not disturb its neighbours', async (fault, expected) => {
    const { sink, send, deps } = await service({ retryAfter: '7' }, fault === 'timeout' ? 400 : undefined)
    const browsers = many(sink, 6)
    sink.script(browsers[2]!.sub.id, fault)
    const outcomes = await send(browsers.map(({ n, sub }) => to(n, sub)))
    expect(outcomes[2]).toEqual(expected)
    expect(states(outcomes.filter((_, i) => i !== 2))).toEqual(Array(5).fill('accepted'))
    expect(deps.logged.some((line) => line.level === 'error')).toBe(fault === 401 || fault === 403)
    expect(sink.log).toHaveLength(6)
  })

  test('an answer cut off may have been taken; a service that is not there has not', async () => {
    const { sink, send } = await service()
    const sub = sink.subscribe()
    sink.script(sub.id, 'reset')
    expect(states(await send([to(1, sub)]))).toEqual(['unknown'])
    await sink.close()
    expect(states(await send([to(1, sub)]))).toEqual(['again'])
  })

  test('a subscription whose keys are no keys is refused by itself, and a private address is not called', async () => {
    const { sink, send } = await service()
    const [good, bad] = [sink.subscribe(), sink.subscribe()]
    const zeros = Buffer.concat([Buffer.from([4]), Buffer.alloc(64)]).toString('base64url')
    const outcomes = await send([
      target(1, bad.endpoint, { keys: { ...bad.keys, p256dh: zeros } }),
      target(2, bad.endpoint, { keys: { p256dh: 'x', auth: 'y' } }),
      target(3, bad.endpoint),
      target(4, 'http://127.0.0.1:1/push/x', { keys: bad.keys }),
      to(5, good),
    ])
    expect(states(outcomes)).toEqual(['never', 'never', 'never', 'never', 'accepted'])
    expect(sink.log).toHaveLength(1)
  })

  test('a stop leaves what has not begun for later', async () => {
    const { sink, send } = await service({ delayMs: 60 })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 40)
    // More than are on the way to one service at once, so that some have not begun however fast the machine is.
    const outcomes = await send(
      many(sink, 400).map(({ n, sub }) => to(n, sub)),
      edition(),
      'zh-CN',
      stop.signal,
    )
    expect(states(outcomes).filter((s) => s === 'accepted')).toHaveLength(sink.log.length)
    expect(outcomes.at(-1)).toEqual({ state: 'again', why: 'stopped before it began', after: 0 })
  })

  test('a reader who asks for a test gets it on their own browser', async () => {
    const { sink, channel } = await service()
    const sub = sink.subscribe()
    expect(await channel.test?.({ address: sub.endpoint, keys: sub.keys, language: 'en' })).toMatchObject({
      state: 'accepted',
    })
    expect(JSON.parse(sink.messagesTo(sub.id)[0]!.payload!)).toMatchObject({ tag: 'test', title: 'Test notification' })
  })

  test('Retry-After is read as seconds and as a date', () => {
    const now = '2026-11-23T06:00:00.000Z'
    expect(retryAfter('120', now)).toBe(120_000)
    expect(retryAfter('Mon, 23 Nov 2026 06:01:00 GMT', now)).toBe(60_000)
    expect(retryAfter('Mon, 23 Nov 2020 06:01:00 GMT', now)).toBe(0)
    expect(retryAfter('soon', now)).toBeUndefined()
    expect(retryAfter('999999999', now)).toBe(86_400_000)
  })
})

test('the push service of these tests refuses a token made for another origin or with another key', async () => {
  const { sink } = await service()
  const sub = sink.subscribe()
  const call = outsider({ allow: [`127.0.0.1:${sink.port}`] })
  const body = seal(Buffer.from('x'), sub.keys)
  const other = webpush.generateVAPIDKeys()
  const ask = async (aud: string, keys: { publicKey: string; privateKey: string }) => {
    const { Authorization } = webpush.getVapidHeaders(aud, vapid.subject, keys.publicKey, keys.privateKey, 'aes128gcm')
    const headers = { authorization: Authorization, ttl: '60', 'content-encoding': 'aes128gcm' }
    return (await call(sub.endpoint, { method: 'POST', headers, body })).status
  }
  expect(await ask(sink.origin, vapid)).toBe(201)
  expect(await ask('https://other.example', vapid)).toBe(401)
  expect(await ask(sink.origin, other)).toBe(401)
})

test('a stand-in notes which deliveries it was given and never claims that one left', async () => {
  const d = deps()
  const channel = createLog(d, 'webpush', 'subscribers', 'No VAPID keys.', 'webpush')
  expect(channel.ready(d.config)).toBe('No VAPID keys.')
  expect(channel.variants(edition())).toEqual(['zh-CN', 'en'])
  const prepared = await channel.prepare(edition(), 'zh-CN', undefined as never)
  const outcomes = await channel.send(
    prepared,
    [target(1, 'a@b.example'), target(2, 'c@d.example')],
    new AbortController().signal,
  )
  expect(outcomes).toEqual(Array(2).fill({ state: 'suppressed', why: 'no outlet' }))
  expect(d.logged).toEqual([
    { level: 'info', fields: { outlet: 'webpush', edition: edition().id, deliveries: [1, 2] }, message: 'no outlet' },
  ])
})
