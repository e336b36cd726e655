/** The hub's outlet against real sockets: what a callback answers decides what is recorded, and one that stalls holds up nobody. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { create } from '../../channels/websub/index.ts'
import type { Channel, Outcome, Signing, Target } from '../../src/delivery/channel.ts'
import { outsider } from '../../src/lib/http.ts'
import { type Callback, hubSignature, type Manner, startCallback } from '../support/callback.ts'
import { config, deps, target } from './sample-edition.ts'

const BODY = Buffer.from('<feed>内容 🐎</feed>')
let far: Callback
let feed = BODY
let channel: Channel
beforeEach(async () => {
  far = await startCallback()
  feed = BODY
  channel = make(outsider({ allow: [`127.0.0.1:${far.port}`] }))
})
afterEach(() => far.close())

const make = (client: ReturnType<typeof outsider>, over = {}) =>
  create(
    deps({
      config: config({ hubUrl: 'https://press.example/hub' }),
      outsider: client,
      published: async (path) =>
        path === '/feeds/topic/火.atom'
          ? { type: 'application/atom+xml; charset=utf-8', status: 200, body: feed }
          : null,
      ...over,
    }),
    { timeoutMs: 400 },
  )
const to = (n: number, path: string, signing: Signing = { secrets: [] }): Target =>
  target(n, `${far.url}${path}#/feeds/topic/火.atom`, { signing })
const send = (targets: Target[], told?: (at: number, o: Outcome) => void) =>
  channel.send(null, targets, new AbortController().signal, told)

test('is ready where the hub is on, and says how to switch it on', () => {
  expect(channel.ready(config({ hubUrl: 'https://press.example/hub' }))).toBeNull()
  expect(channel.ready(config())).toContain('WEBSUB_HUB')
  expect([channel.audience, channel.serves, channel.hub, channel.repeatable]).toEqual([
    'subscribers',
    'websub',
    true,
    true,
  ])
})

test('with a secret and without: the same bytes, and a signature over exactly them', async () => {
  const signed = { secrets: [{ locked: 'sesame' }] }
  expect(await send([to(1, '/signed?x=1', signed), to(2, '/plain')])).toEqual([
    { state: 'accepted' },
    { state: 'accepted' },
  ])
  const [a, b] = ['/signed?x=1', '/plain'].map((path) => far.posted.find((p) => p.path === path)!)
  expect([a!.body.equals(BODY), b!.body.equals(BODY)]).toEqual([true, true])
  expect(a!.headers).toMatchObject({
    'content-type': 'application/atom+xml; charset=utf-8',
    link: '<https://press.example/hub>; rel="hub", <https://press.example/feeds/topic/%E7%81%AB.atom>; rel="self"',
    'x-hub-signature': hubSignature('sesame', BODY),
  })
  expect(b!.headers['x-hub-signature']).toBeUndefined()
})

const FAULTS: [Manner, Outcome][] = [
  [201, { state: 'accepted' }],
  [204, { state: 'accepted' }],
  ['garbage', { state: 'accepted' }],
  [400, { state: 'again', why: 'HTTP 400', after: 60_000 }],
  [404, { state: 'again', why: 'HTTP 404', after: 60_000 }],
  [410, { state: 'again', why: 'HTTP 410', after: 60_000 }],
  [429, { state: 'again', why: 'HTTP 429', after: 5_000 }],
  [500, { state: 'again', why: 'HTTP 500', after: 5_000 }],
  ['redirect', { state: 'again', why: 'HTTP 302', after: 60_000 }],
  ['reset', { state: 'again', why: 'far-end-unreachable', after: 5_000 }],
  ['stall', { state: 'again', why: 'far-end-timeout', after: 5_000 }],
]
test('each answer has its outcome, none ends a subscription, and who stalls is told of last', async () => {
  for (const [post] of FAULTS) far.meet(`/${post}`, { post })
  const order: number[] = []
  const outcomes = await send(
    FAULTS.map(([post], i) => to(i + 1, `/${post}`)),
    (at) => order.push(at),
  )
  expect(outcomes).toEqual(FAULTS.map(([, outcome]) => outcome))
  expect(order.at(-1)).toBe(FAULTS.length - 1)
  expect(far.posted.map((p) => p.path)).not.toContain('/elsewhere')
})

test('one host that stalls uses up its own places, not those of others', async () => {
  const other = await startCallback()
  channel = make(outsider({ allow: [`127.0.0.1:${far.port}`, `127.0.0.1:${other.port}`] }))
  for (let i = 0; i < 30; i++) far.meet(`/s${i}`, { post: 'stall' })
  const stalling = Array.from({ length: 30 }, (_, i) => to(i + 1, `/s${i}`))
  const well = target(99, `${other.url}/well#/feeds/topic/火.atom`, { signing: { secrets: [] } })
  const order: number[] = []
  await send([...stalling, well], (at) => order.push(at))
  expect(order[0]).toBe(30)
  await other.close()
})

test('nobody gets an older feed after a newer one: a second posting waits for the first to the same callback', async () => {
  far.meet('/a', { post: 'stall' })
  const first = send([to(1, '/a')])
  await far.until(() => far.posted.length === 1)
  feed = Buffer.from('<feed>newer</feed>')
  const second = send([to(2, '/a')])
  far.meet('/a', {})
  expect((await first)[0]!.state).toBe('again')
  expect(await second).toEqual([{ state: 'accepted' }])
  expect(far.posted.map((p) => p.body.toString())).toEqual([BODY.toString(), '<feed>newer</feed>'])
})

test('a lease that ended meanwhile, a topic taken away, a secret of another house: nothing leaves', async () => {
  const over = { secrets: [], until: '2026-11-23T06:12:04.000Z' }
  expect(await send([to(1, '/a', over)])).toEqual([{ state: 'suppressed', why: 'lease over' }])
  const none = { ...to(2, '/a'), address: `${far.url}/a#/feeds/none.atom` }
  expect(await send([none])).toEqual([{ state: 'never', why: 'topic not published' }])
  const strange = () => {
    throw new Error('no')
  }
  channel = make(outsider({ allow: [`127.0.0.1:${far.port}`] }), { unlock: strange })
  expect(await send([to(3, '/a', { secrets: [{ locked: 'x' }] })])).toMatchObject([{ state: 'again', ours: true }])
  expect(far.posted).toEqual([])
})

test('a name that was good when it was confirmed and leads inside now is not called', async () => {
  const rebound = outsider({ allow: [], resolve: async () => [{ address: '169.254.169.254', family: 4 }] })
  channel = make(rebound)
  const bad = target(1, 'https://hooks.example/a#/feeds/topic/火.atom', { signing: { secrets: [] } })
  expect(await send([bad])).toEqual([{ state: 'never', why: 'url-private-address' }])
})

test('a stop leaves what had not begun for later', async () => {
  const stopped = new AbortController()
  stopped.abort()
  const outcomes = await channel.send(null, [to(1, '/a')], stopped.signal)
  expect(outcomes).toEqual([{ state: 'again', why: 'stopped before it began', after: 0 }])
  expect(far.posted).toEqual([])
})
