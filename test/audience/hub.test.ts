/** What a stranger can have our hub do: ask, be asked, follow, leave, and nothing else. Over each database. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hubAddress, putRequest, takeRequests } from '../../src/audience/hub-store.ts'
import { driveHub, MOST_OF_HOST } from '../../src/audience/hub-verify.ts'
import { subscriberByAddress } from '../../src/audience/store.ts'
import { DAY, MINUTE, plus, SECOND } from '../../src/lib/clock.ts'
import { outsider } from '../../src/lib/http.ts'
import { unlock } from '../../src/lib/lock.ts'
import { openStore } from '../../src/store/open.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { type Callback, type Manner, startCallback } from '../support/callback.ts'
import { appOf, type Call, caller } from '../support/caller.ts'
import { type Workplace, workplace } from '../support/office.ts'

const FILES = [
  ['/feeds/all.atom', 'application/atom+xml; charset=utf-8'],
  ['/feeds/all.rss', 'application/rss+xml; charset=utf-8'],
  ['/feeds/all.json', 'application/feed+json; charset=utf-8'],
  ['/feeds/en/all.atom', 'application/atom+xml; charset=utf-8'],
  ['/feeds/topic/fire.json', 'application/feed+json; charset=utf-8'],
  ['/cap/index.atom', 'application/atom+xml; charset=utf-8'],
] as const
const ATOM = 'http://press.example/feeds/all.atom'
const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('the hub over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let far: Callback
  let at: Workplace
  let call: Call
  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    far = await startCallback()
    const store = cluster ? await openStore({ databaseUrl: await cluster.fresh() }) : undefined
    at = await workplace({ outsiders: [`127.0.0.1:${far.port}`] }, store ? { store } : {})
    const files = FILES.map(([path, type]) => ({ path, type, body: `<feed>${path}</feed>` }))
    await at.ctx.site.commit('feeds', 'live', 1, files)
    const exercise = { path: '/exercise/feeds/all.atom', type: FILES[0][1], body: '<feed/>' }
    await at.ctx.site.commit('feeds', 'exercise', 2, [exercise])
    call = caller(await appOf(at.ctx))
  })
  afterEach(async () => {
    await far.close()
    await at.close()
    expect(at.logged).toEqual([])
  })

  /** What no database has a say in is shown over one of them. */
  const once = backend === 'sqlite' ? test : () => {}

  type Form = Record<string, string> | [string, string][]
  const post = (form: Form, headers: Record<string, string> = {}) =>
    call('POST', '/hub', {
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en', ...headers },
    })
  const wants = (path = '/a', over: Record<string, string> = {}) => ({
    'hub.mode': 'subscribe',
    'hub.callback': far.url + path,
    'hub.topic': ATOM,
    ...over,
  })
  const follower = async (path = '/a', topic = '/feeds/all.atom') =>
    subscriberByAddress(at.ctx.store.db, 'websub', hubAddress(far.url + path, topic), 'live')
  const leases = () => at.ctx.store.db.selectFrom('hub_lease').selectAll().execute()
  const requests = () => at.ctx.store.db.selectFrom('hub_request').selectAll().orderBy('id').execute()

  test('whoever asks in order hears 202 with nothing in it, is asked once, and follows the feed for ten days', async () => {
    const said = await post(wants('/a?session=7&x=%2F', { 'hub.secret': 'sesame', 'hub.unknown': 'x', other: 'y' }))
    expect([said.status, said.text]).toEqual([202, ''])
    expect(far.asked).toEqual([])
    await driveHub(at.ctx)
    expect(far.asked).toHaveLength(1)
    const { query } = far.asked[0]!
    expect(Object.fromEntries(query)).toEqual({
      session: '7',
      x: '/',
      'hub.mode': 'subscribe',
      'hub.topic': ATOM,
      'hub.challenge': expect.stringMatching(/^[\w-]{32}$/),
      'hub.lease_seconds': '864000',
    })
    const row = (await follower('/a?session=7&x=%2F'))!
    expect(row.state).toBe('active')
    // The secret is in no column as it was sent.
    expect(JSON.stringify(row)).not.toContain('sesame')
    const signing = JSON.parse(row.keys!)
    expect(unlock(at.ctx.keys.secret, signing.secrets[0].locked)).toBe('sesame')
    expect(await leases()).toMatchObject([
      { topic: '/feeds/all.atom', host: `127.0.0.1:${far.port}`, expires_at: plus(at.clock.now(), 10 * DAY) },
    ])
    expect(await requests()).toEqual([])
    await driveHub(at.ctx)
    expect(far.asked).toHaveLength(1)
  })

  once('every feed we publish may be followed, and one callback may follow several', async () => {
    for (const [path] of FILES)
      expect((await post(wants('/a', { 'hub.topic': `http://press.example${path}` }))).status).toBe(202)
    await driveHub(at.ctx)
    expect((await leases()).map((l) => l.topic).sort()).toEqual(FILES.map(([path]) => path).sort())
  })

  once('a lease is as long as asked within five minutes and thirty days', async () => {
    const told: string[] = []
    for (const [i, asked] of ['60', '3600', '99999999', '', '0'].entries()) {
      await post(wants(`/l${i}`, { 'hub.lease_seconds': asked }))
      await driveHub(at.ctx)
      told.push(far.asked.at(-1)!.query.get('hub.lease_seconds')!)
    }
    expect(told).toEqual(['300', '3600', '2592000', '864000', '864000'])
  })

  const own = 'http://press.example'
  const WRONG: [what: string, starts: string, over: Record<string, string>][] = [
    ['no mode', 'hub.mode: This parameter is missing', { 'hub.mode': '' }],
    ['another mode', 'hub.mode: It must be subscribe', { 'hub.mode': 'publish' }],
    ['no callback', 'hub.callback: This parameter', { 'hub.callback': '' }],
    ['no address', 'hub.callback: This is not an address', { 'hub.callback': 'not an address' }],
    ['plain http', 'hub.callback: The address must begin with https', { 'hub.callback': 'http://hooks.example/a' }],
    ['a password', 'hub.callback: The address must not hold', { 'hub.callback': 'https://me:pw@hooks.example/a' }],
    ['a fragment', 'hub.callback: The address must not have a #', { 'hub.callback': 'https://hooks.example/a#b' }],
    ['loopback', 'hub.callback: This address is not on', { 'hub.callback': 'https://127.0.0.1/a' }],
    ['loopback v6', 'hub.callback: This address is not on', { 'hub.callback': 'https://[::1]/a' }],
    ['IPv4-mapped', 'hub.callback: This address is not on', { 'hub.callback': 'https://[::ffff:10.0.0.1]/a' }],
    ['private', 'hub.callback: This address is not on', { 'hub.callback': 'https://192.168.1.1/a' }],
    ['metadata', 'hub.callback: This address is not on', { 'hub.callback': 'https://169.254.169.254/latest' }],
    ['link-local v6', 'hub.callback: This address is not on', { 'hub.callback': 'https://[fe80::1]/a' }],
    ['decimal', 'hub.callback: The host is written', { 'hub.callback': 'https://2130706433/a' }],
    ['octal', 'hub.callback: The host is written', { 'hub.callback': 'https://0177.0.0.1/a' }],
    ['an inner name', 'hub.callback: This address is not on', { 'hub.callback': 'https://db.internal/a' }],
    ['localhost', 'hub.callback: This address is not on', { 'hub.callback': 'https://localhost/a' }],
    ['ourselves', 'hub.callback: This is an address of this very', { 'hub.callback': 'https://press.example/hub' }],
    ['no topic', 'hub.topic: This parameter is missing', { 'hub.topic': '' }],
    [
      "another site's feed",
      'hub.topic: Only feeds of this site',
      { 'hub.topic': 'https://other.example/feeds/all.atom' },
    ],
    ['a query', 'hub.topic: Only feeds of this site', { 'hub.topic': `${ATOM}?x=1` }],
    ['no feed', 'hub.topic: There is nothing to follow', { 'hub.topic': `${own}/feeds/none.atom` }],
    ['the desk', 'hub.topic: There is nothing to follow', { 'hub.topic': `${own}/desk/` }],
    ['an exercise', 'hub.topic: There is nothing to follow', { 'hub.topic': `${own}/exercise/feeds/all.atom` }],
    ['odd path', 'hub.topic: There is nothing to follow', { 'hub.topic': `${own}/feeds/%2e%2e/x` }],
    ['broken escape', 'hub.topic: Only feeds of this site', { 'hub.topic': `${own}/feeds/%ff` }],
    ['a long secret', 'hub.secret: The secret is longer', { 'hub.secret': '密'.repeat(67) }],
    ['a lease in words', 'hub.lease_seconds: It must be a number', { 'hub.lease_seconds': 'for ever' }],
    ['a negative lease', 'hub.lease_seconds: It must be a number', { 'hub.lease_seconds': '-1' }],
  ]
  once('what is wrong is said at once, in a line of text, and nobody is asked anything', async () => {
    for (const [what, starts, over] of WRONG) {
      const said = await post(wants('/a', over))
      expect([what, said.status, said.headers.get('content-type')]).toEqual([what, 400, 'text/plain; charset=UTF-8'])
      expect(said.text, what).toContain(starts)
    }
    await driveHub(at.ctx)
    expect([far.asked, await requests(), await leases()]).toEqual([[], [], []])
  })

  once('what is no form, too long, or says a thing twice is refused in Chinese as well', async () => {
    const json = await call('POST', '/hub', { json: wants() })
    expect([json.status, json.headers.get('content-type')]).toEqual([415, 'text/plain; charset=UTF-8'])
    const long = await post(wants('/a', { pad: 'x'.repeat(20_000) }))
    expect([long.status, long.headers.get('content-type')]).toEqual([413, 'text/plain; charset=UTF-8'])
    const twice = await post([...Object.entries(wants()), ['hub.topic', 'http://press.example/feeds/all.rss']], {
      'accept-language': 'zh',
    })
    expect([twice.status, twice.text]).toEqual([400, 'hub.topic: 同一参数只能出现一次。请只保留一个。\n'])
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const bytes = await call('POST', '/hub', { body: Buffer.from('hub.mode=\xff', 'latin1'), headers })
    expect(bytes.status).toBe(400)
    expect(await requests()).toEqual([])
  })

  once('a callback that lies, turns away or falls over follows nothing, and no redirect is gone after', async () => {
    const times: [Manner, number][] = [
      ['wrong-challenge', 1],
      ['longer-challenge', 1],
      ['garbage', 1],
      ['redirect', 1],
      [404, 1],
      [403, 1],
      [500, 4],
      ['reset', 4],
    ]
    for (const [verify] of times) {
      far.meet(`/${verify}`, { verify })
      await post(wants(`/${verify}`))
    }
    for (let i = 0; i < 8; i++) {
      await driveHub(at.ctx)
      at.clock.advance(10 * MINUTE)
    }
    const asked = Map.groupBy(far.asked, (a) => a.path)
    expect(Object.fromEntries([...asked].map(([path, all]) => [path, all.length]))).toEqual(
      Object.fromEntries(times.map(([verify, n]) => [`/${verify}`, n])),
    )
    // Each time another challenge.
    expect(new Set(far.asked.map((a) => a.query.get('hub.challenge'))).size).toBe(far.asked.length)
    expect([await leases(), await requests()]).toEqual([[], []])
    expect(await at.ctx.store.db.selectFrom('subscriber').select('id').execute()).toEqual([])
  })

  test('asking again replaces secret and lease only once the callback has confirmed it', async () => {
    await post(wants('/a', { 'hub.secret': 'first', 'hub.lease_seconds': '3600' }))
    await driveHub(at.ctx)
    const before = await follower()
    at.clock.advance(MINUTE)
    far.meet('/a', { verify: 'wrong-challenge' })
    await post(wants('/a', { 'hub.secret': 'second', 'hub.lease_seconds': '7200' }))
    await driveHub(at.ctx)
    expect(await follower()).toEqual(before)
    far.meet('/a', {})
    await post(wants('/a', { 'hub.secret': 'third', 'hub.lease_seconds': '7200' }))
    await driveHub(at.ctx)
    const after = (await follower())!
    expect(after.id).toBe(before!.id)
    expect(unlock(at.ctx.keys.secret, JSON.parse(after.keys!).secrets[0].locked)).toBe('third')
    expect(await leases()).toMatchObject([{ expires_at: plus(at.clock.now(), 2 * 3_600_000) }])
  })

  test('a later word about the same topic is the one that counts, also while the earlier is being asked about', async () => {
    await post(wants('/a', { 'hub.secret': 'old' }))
    far.meet('/a', { verify: 'stall' })
    const first = driveHub(at.ctx)
    await far.until(() => far.asked.length === 1)
    await post(wants('/a', { 'hub.secret': 'new' }))
    far.meet('/a', {})
    await driveHub(at.ctx)
    const row = (await follower())!
    expect(unlock(at.ctx.keys.secret, JSON.parse(row.keys!).secrets[0].locked)).toBe('new')
    await far.close()
    await first
    expect((await follower())?.keys).toBe(row.keys)
    far = await startCallback()
  })

  test('leaving is asked about like joining; who did not mean it stays', async () => {
    await post(wants())
    await driveHub(at.ctx)
    far.meet('/a', { verify: 404 })
    await post(wants('/a', { 'hub.mode': 'unsubscribe' }))
    await driveHub(at.ctx)
    expect((await follower())?.state).toBe('active')
    far.meet('/a', {})
    await post(wants('/a', { 'hub.mode': 'unsubscribe' }))
    await driveHub(at.ctx)
    expect(far.asked.at(-1)!.query.get('hub.mode')).toBe('unsubscribe')
    expect(far.asked.at(-1)!.query.has('hub.lease_seconds')).toBe(false)
    const left = (await follower())!
    expect([left.state, left.keys, await leases()]).toEqual(['left', null, []])
    // And whoever comes back is the same subscriber.
    await post(wants())
    await driveHub(at.ctx)
    expect(await follower()).toMatchObject({ id: left.id, state: 'active' })
  })

  test('a lease that is over ends the subscription and its secret', async () => {
    await post(wants('/a', { 'hub.lease_seconds': '300', 'hub.secret': 's' }))
    await post(wants('/b'))
    await driveHub(at.ctx)
    at.clock.advance(299 * SECOND)
    await driveHub(at.ctx)
    expect((await follower())?.state).toBe('active')
    at.clock.advance(2 * SECOND)
    await driveHub(at.ctx)
    expect(await follower()).toMatchObject({ state: 'left', keys: null })
    expect((await follower('/b'))?.state).toBe('active')
  })

  test('who may not follow is told so: the feed is gone, or the host has too many', async () => {
    await post(wants('/a', { 'hub.topic': 'http://press.example/feeds/topic/fire.json' }))
    await at.ctx.site.remove('feeds', 'live', 3, ['/feeds/topic/fire.json'])
    await driveHub(at.ctx)
    await driveHub(at.ctx)
    expect(far.asked.map((a) => Object.fromEntries(a.query))).toEqual([
      {
        'hub.mode': 'denied',
        'hub.topic': 'http://press.example/feeds/topic/fire.json',
        'hub.reason': 'the topic is no longer published',
      },
    ])
    const { db } = at.ctx.store
    await post(wants('/b'))
    await driveHub(at.ctx)
    const { id: _, ...row } = (await follower('/b'))!
    const host = `127.0.0.1:${far.port}`
    const others = Array.from({ length: MOST_OF_HOST - 1 }, (_, i) => `${far.url}/n${i}#/feeds/all.atom`)
    const made = await db
      .insertInto('subscriber')
      .values(others.map((address, i) => ({ ...row, address, token: String(i).padStart(32, '0') })))
      .returning('id')
      .execute()
    const lease = { topic: '/feeds/all.atom', host, expires_at: plus(at.clock.now(), DAY) }
    await db
      .insertInto('hub_lease')
      .values(made.map(({ id }) => ({ ...lease, subscriber_id: Number(id) })))
      .execute()
    await post(wants('/c'))
    await post(wants('/b'))
    await driveHub(at.ctx)
    await driveHub(at.ctx)
    const reasons = far.asked.filter((a) => a.path === '/c').map((a) => a.query.get('hub.reason'))
    expect(reasons).toEqual(['too many subscriptions of this host'])
    expect((await follower('/b'))?.state).toBe('active')
    expect(await requests()).toEqual([])
  })

  once('nobody has us knock at one door without end', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 52; i++) statuses.push((await post(wants(`/n${i}`))).status)
    expect(statuses.slice(0, 50).every((s) => s === 202)).toBe(true)
    expect(statuses.slice(50)).toEqual([429, 429])
    expect((await post(wants('/again'))).headers.get('retry-after')).toBe('60')
    // The same callback again waits in the same place.
    await driveHub(at.ctx)
    expect(far.asked).toHaveLength(50)
  })

  test('two workers ask each callback once; what one died with is asked about by the other', async () => {
    for (let i = 0; i < 30; i++) await post(wants(`/n${i}`))
    await Promise.all([driveHub(at.ctx), driveHub(at.ctx)])
    expect(far.asked.map((a) => a.path).sort()).toEqual(Array.from({ length: 30 }, (_, i) => `/n${i}`).sort())
    await post(wants('/dead'))
    const now = at.clock.now()
    const { store } = at.ctx
    const taken = await store.tx((trx) => takeRequests(trx, store.dialect, now, plus(now, 20 * SECOND), 10))
    expect(taken).toHaveLength(1)
    await driveHub(at.ctx)
    expect(far.asked).toHaveLength(30)
    at.clock.advance(21 * SECOND)
    await driveHub(at.ctx)
    expect(far.asked).toHaveLength(31)
    expect((await follower('/dead'))?.state).toBe('active')
  })

  once('a name that leads into a network when it is called is never called', async () => {
    const looked: string[] = []
    const resolve = async (host: string) => {
      looked.push(host)
      return [
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.7', family: 4 },
      ]
    }
    at.ctx.outsider = outsider({ allow: [], resolve })
    await post(wants('/a', { 'hub.callback': 'https://rebound.example/a' }))
    await driveHub(at.ctx)
    expect([looked, await leases(), await requests()]).toEqual([['rebound.example'], [], []])
  })

  once('the hub that is switched off says so', async () => {
    at.ctx.config.hub = false
    const said = await post(wants())
    expect([said.status, said.text]).toEqual([404, 'The WebSub hub of this site is switched off.\n'])
  })

  test('requests about one callback and topic never stand twice, whoever is first', async () => {
    const row = (id: string) => ({
      ...{
        id,
        mode: 'subscribe' as const,
        callback: 'https://a.example/',
        topic: '/x',
        topic_url: 'x',
        host: 'a.example',
      },
      ...{ lease_seconds: 300, secret: null, reason: '', asked_at: '', attempts: 0, next_at: '9', lease_until: null },
    })
    await Promise.all(['1', '2', '3'].map((id) => at.ctx.store.tx((trx) => putRequest(trx, row(id)))))
    expect(await requests()).toHaveLength(1)
  })
})
