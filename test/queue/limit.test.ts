/** Limits, the same suite over memory and Redis; and what Redis may do to them. */
import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/lib/clock.ts'
import { ROOT } from '../../src/lib/root.ts'
import { type Bucket, draw, type Limits, perSecond } from '../../src/queue/limit.ts'
import { memoryLimits } from '../../src/queue/limit-memory.ts'
import { redisLimits } from '../../src/queue/limit-redis.ts'
import { needs, type RedisBackend, startRedis } from '../support/backends.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function overRedis(url: string, name = 'test', trouble: string[] = []): Promise<Limits> {
  const limits = await redisLimits({ url, name, ticks: systemClock.ticks, trouble: (_err, what) => trouble.push(what) })
  open.push(limits)
  return limits
}
/** Until the connection stands, it is the local bucket that grants. */
async function connected(limits: Limits, redis: Redis, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await limits.take('warm', 0, perSecond(1))
    if (await redis.exists(`limit:${name}:warm`)) return
    await sleep(20)
  }
  throw new Error('no connection to Redis')
}
async function client(url: string): Promise<Redis> {
  const redis = new Redis(url)
  open.push({ close: async () => redis.disconnect() })
  return redis
}

const backends: ('memory' | 'redis')[] = needs('redis') ? ['memory', 'redis'] : ['memory']

describe.each(backends)('limits over %s', (backend) => {
  let redis: RedisBackend | null = null
  beforeAll(async () => {
    if (backend === 'redis') redis = await startRedis()
  })
  afterAll(async () => {
    await redis?.stop()
  })
  async function limits(name: string): Promise<Limits> {
    if (!redis) {
      const made = memoryLimits(systemClock.ticks)
      open.push(made)
      return made
    }
    const made = await overRedis(redis.url, name)
    await connected(made, await client(redis.url), name)
    return made
  }

  test('a second’s worth goes at once, the rest is told when to come again, and may then', async () => {
    const l = await limits('once')
    expect(await l.take('qq.com', 60, perSecond(5))).toEqual({ granted: 5, waitMs: expect.any(Number) })
    const { granted, waitMs } = await l.take('qq.com', 10, perSecond(5))
    expect(granted).toBeLessThan(10)
    expect(waitMs).toBeGreaterThan(0)
    expect(waitMs).toBeLessThanOrEqual(200)
    await sleep(waitMs + 5)
    expect((await l.take('qq.com', 1, perSecond(5))).granted).toBe(1)
  })

  test('one key does not use up another, and wanting nothing takes nothing', async () => {
    const l = await limits('keys')
    expect(await l.take('a', 0, perSecond(5))).toEqual({ granted: 0, waitMs: 0 })
    expect((await l.take('a', 99, perSecond(5))).granted).toBe(5)
    expect((await l.take('b', 99, perSecond(5))).granted).toBe(5)
  })

  test('a rate below one a second still lets one go, then waits seconds', async () => {
    const l = await limits('slow')
    expect((await l.take('a', 3, perSecond(0.5))).granted).toBe(1)
    const { granted, waitMs } = await l.take('a', 1, perSecond(0.5))
    expect(granted).toBe(0)
    expect(waitMs).toBeGreaterThan(1500)
    expect(waitMs).toBeLessThanOrEqual(2000)
  })

  test('who asks all the time is given the rate and no more', async () => {
    const l = await limits('steady')
    const began = systemClock.ticks()
    let got = 0
    while (systemClock.ticks() - began < 1000) {
      got += (await l.take('a', 20, { perSecond: 200, burst: 20 })).granted
      await sleep(5)
    }
    const allowed = 20 + ((systemClock.ticks() - began) * 200) / 1000
    expect(got).toBeLessThanOrEqual(allowed)
    expect(got).toBeGreaterThan(allowed * 0.5)
  })

  test('many at once share what there is', async () => {
    const l = await limits('many')
    const began = systemClock.ticks()
    const grants = await Promise.all(Array.from({ length: 50 }, () => l.take('a', 7, perSecond(100))))
    const got = grants.reduce((n, g) => n + g.granted, 0)
    expect(got).toBeGreaterThanOrEqual(100)
    expect(got).toBeLessThanOrEqual(100 + (systemClock.ticks() - began) / 10 + 1)
  })
})

test('whatever the clock does, nobody waits longer than one token takes, and a burst is all a leap ahead gives', () => {
  const clock = fc.array(fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(300)), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(clock, fc.double({ min: 0.1, max: 500, noNaN: true }), (steps, rate) => {
      let bucket: Bucket | undefined
      let now = 1e12
      for (const [step, want] of steps) {
        now += step
        const got = draw(bucket, want, perSecond(rate), now)
        bucket = got.bucket
        expect(got.granted).toBeLessThanOrEqual(Math.min(want, Math.max(1, rate)))
        expect(got.waitMs).toBeLessThanOrEqual(Math.ceil(1000 / rate))
        expect(got.granted === want).toBe(got.waitMs === 0)
      }
    }),
  )
})

/** A process of its own that asks for a second and says how much it was given. */
const greedy = (url: string) => `
  import { redisLimits } from ${JSON.stringify(`${ROOT}/src/queue/limit-redis.ts`)}
  const limits = await redisLimits({ url: ${JSON.stringify(url)}, name: 'pair', ticks: () => performance.now() })
  await new Promise((done) => setTimeout(done, 300))
  const rate = { perSecond: 100, burst: 10 }
  let got = 0
  const began = Date.now()
  while (Date.now() - began < 1500) {
    got += (await limits.take('relay', 10, rate)).granted
    await new Promise((done) => setTimeout(done, 4))
  }
  console.log(JSON.stringify({ got, began, ended: Date.now() }))
  await limits.close()`

describe.skipIf(!needs('redis'))('limits and the moods of Redis', () => {
  test('two processes share one limit', async () => {
    const redis = await startRedis()
    try {
      const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', greedy(redis.url)])
      const said = (await Promise.all([run(), run()])).map((r) => JSON.parse(r.stdout))
      const got = said[0].got + said[1].got
      const ms = Math.max(said[0].ended, said[1].ended) - Math.min(said[0].began, said[1].began)
      expect(got).toBeLessThanOrEqual(10 + ms / 10 + 1)
      expect(got).toBeGreaterThan(60)
      expect(Math.min(said[0].got, said[1].got)).toBeGreaterThan(3)
    } finally {
      await redis.stop()
    }
  })

  test('Redis dies in the middle: sending goes on at each worker’s share, and when it is back the limit is shared again', async () => {
    const first = await startRedis()
    const [a, b] = [await overRedis(first.url, 'mid'), await overRedis(first.url, 'mid')]
    const look = await client(first.url)
    await connected(a, look, 'mid')
    look.on('error', () => {})
    await b.take('x', 0, perSecond(1))
    await a.take('x', 0, perSecond(1))
    expect((await a.take('relay', 200, perSecond(100))).granted).toBe(100)
    await first.stop()
    const began = systemClock.ticks()
    const grants = await Promise.all([a.take('relay', 200, perSecond(100)), b.take('relay', 200, perSecond(100))])
    expect(systemClock.ticks() - began).toBeLessThan(1_000)
    // Two workers were seen, so each keeps to half.
    expect(grants.map((g) => g.granted)).toEqual([50, 50])
    expect((await a.take('relay', 1, perSecond(100))).waitMs).toBeLessThanOrEqual(20)
    const second = await startRedis(first.port)
    try {
      await connected(a, await client(second.url), 'mid')
      await connected(b, await client(second.url), 'mid')
      await a.take('again', 10, perSecond(10))
      expect((await b.take('again', 10, perSecond(10))).granted).toBeLessThan(10)
    } finally {
      await second.stop()
    }
  })

  test('a Redis that hangs holds nobody up for long', async () => {
    const redis = await startRedis()
    const l = await overRedis(redis.url, 'hang')
    const look = await client(redis.url)
    await connected(l, look, 'hang')
    try {
      const asleep = look.call('DEBUG', 'SLEEP', '2').catch(() => {})
      await sleep(50)
      const began = systemClock.ticks()
      expect((await l.take('relay', 10, perSecond(10))).granted).toBe(10)
      expect(systemClock.ticks() - began).toBeLessThan(1_000)
      const again = systemClock.ticks()
      await l.take('relay', 10, perSecond(10))
      expect(systemClock.ticks() - again).toBeLessThan(200)
      await asleep
    } finally {
      await redis.stop()
    }
  })

  test('a flushed Redis is a full bucket; a clock set back or forward neither blocks nor floods', async () => {
    const redis = await startRedis()
    try {
      const l = await overRedis(redis.url, 'odd')
      const look = await client(redis.url)
      await connected(l, look, 'odd')
      const rate = perSecond(10)
      const empty = async () => {
        await look.flushall()
        expect((await l.take('relay', 10, rate)).granted).toBe(10)
      }
      await empty()
      await look.script('FLUSH')
      await empty()
      for (const [at, most] of [
        [Date.now() * 1000 + 3600e6, 0],
        [Date.now() * 1000 - 3600e6, 10],
      ] as const) {
        await empty()
        await look.hset('limit:odd:relay', 'at', String(at))
        const { granted, waitMs } = await l.take('relay', 50, rate)
        expect(granted).toBe(most)
        expect(waitMs).toBeLessThanOrEqual(100)
        await sleep(150)
        expect((await l.take('relay', 1, rate)).granted).toBe(1)
      }
      await look.set('limit:odd:relay', 'somebody else’s')
      expect((await l.take('relay', 1, rate)).granted).toBe(1)
    } finally {
      await redis.stop()
    }
  })

  test('a bucket that says nothing any more is not kept', async () => {
    const redis = await startRedis()
    try {
      const l = await overRedis(redis.url, 'tidy')
      const look = await client(redis.url)
      await connected(l, look, 'tidy')
      await l.take('relay', 5, perSecond(10))
      expect(await look.pttl('limit:tidy:relay')).toBeGreaterThan(500)
      await sleep(1700)
      expect(await look.keys('limit:tidy:*')).toEqual([])
    } finally {
      await redis.stop()
    }
  })

  test('a Redis that was never there stops nothing', async () => {
    const trouble: string[] = []
    const l = await overRedis('redis://127.0.0.1:1', 'never', trouble)
    expect((await l.take('relay', 50, perSecond(20))).granted).toBe(20)
    for (let tries = 0; tries < 100 && trouble.length === 0; tries++) await sleep(20)
    expect(trouble[0]).toBe('the connection to Redis')
  })
})
