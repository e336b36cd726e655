/** The bell, the same suite over memory and Redis. */
import { execFileSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import type { Bell, BellTrouble } from '../../src/queue/bell.ts'
import { memoryBell } from '../../src/queue/memory.ts'
import { redisBell } from '../../src/queue/redis.ts'
import { needs, type RedisBackend, startRedis } from '../support/backends.ts'

const bells: Bell[] = []
afterEach(async () => {
  for (const bell of bells.splice(0)) await bell.close()
})

/** Rings until somebody else heard it: a subscription over the wire takes a moment to stand. */
async function ringUntil(ring: () => void, heard: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !heard(); tries++) {
    ring()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const moment = () => new Promise((resolve) => setTimeout(resolve, 60))

const backends: ('memory' | 'redis')[] = needs('redis') ? ['memory', 'redis'] : ['memory']

describe.each(backends)('the bell over %s', (backend) => {
  let redis: RedisBackend | null = null
  beforeAll(async () => {
    if (backend === 'redis') redis = await startRedis()
  })
  afterAll(async () => {
    await redis?.stop()
  })

  async function bell(name: string, trouble?: BellTrouble): Promise<Bell> {
    const made = redis ? await redisBell({ url: redis.url, name, trouble }) : memoryBell({ name, trouble })
    bells.push(made)
    return made
  }
  /** Two bells that are known to hear each other. */
  async function pair(name: string): Promise<[Bell, Bell]> {
    const [one, two] = [await bell(name), await bell(name)]
    for (const [from, to] of [
      [one, two],
      [two, one],
    ] as const) {
      let heard = false
      const off = to.on('warm', () => {
        heard = true
      })
      await ringUntil(
        () => from.ring('warm', ''),
        () => heard,
      )
      off()
    }
    return [one, two]
  }

  test('a ring is heard here and elsewhere, once each', async () => {
    const [one, two] = await pair('once')
    const heard: string[] = []
    one.on('dispatch', (id) => heard.push(`one ${id}`))
    two.on('dispatch', (id) => heard.push(`two ${id}`))
    one.ring('dispatch', '7')
    two.ring('dispatch', '8')
    await moment()
    expect(heard.sort()).toEqual(['one 7', 'one 8', 'two 7', 'two 8'])
  })

  test('only the topic asked for is heard, and nothing of another installation', async () => {
    const [one, two] = await pair('topics')
    const stranger = await bell('another')
    const heard: string[] = []
    for (const to of [one, two, stranger]) to.on('a', (id) => heard.push(id))
    one.ring('b', 'wrong topic')
    stranger.ring('b', 'wrong topic')
    one.ring('a', 'right')
    await moment()
    expect(heard).toEqual(['right', 'right'])
  })

  test('who took itself off hears nothing more, and the same function may listen twice', async () => {
    const one = await bell('off')
    const heard: string[] = []
    const fn = (id: string) => heard.push(id)
    const off = one.on('a', fn)
    const offAgain = one.on('a', fn)
    one.ring('a', '1')
    await moment()
    off()
    off()
    one.ring('a', '2')
    await moment()
    offAgain()
    one.ring('a', '3')
    await moment()
    expect(heard).toEqual(['1', '1', '2'])
  })

  test('a listener that throws is reported and stops neither the ringer nor the others', async () => {
    const troubles: string[] = []
    const one = await bell('throws', (err, what) => troubles.push(`${what}: ${(err as Error).message}`))
    const heard: string[] = []
    one.on('a', () => {
      throw new Error('boom')
    })
    one.on('a', (id) => heard.push(id))
    one.ring('a', '1')
    expect(heard).toEqual([])
    await moment()
    expect([heard, troubles]).toEqual([['1'], ['a listener to a: boom']])
  })

  test('a closed bell neither rings nor hears, and does not throw', async () => {
    const [one, two] = await pair('closed')
    const heard: string[] = []
    one.on('a', (id) => heard.push(`one ${id}`))
    two.on('a', (id) => heard.push(`two ${id}`))
    await one.close()
    await one.close()
    one.ring('a', '1')
    two.ring('a', '2')
    await moment()
    expect(heard).toEqual(['two 2'])
  })
})

const MEMORY = JSON.stringify(`${ROOT}/src/queue/memory.ts`)

test('a worker thread hears the main thread and answers', async () => {
  const worker = new Worker(
    `import { parentPort } from 'node:worker_threads'
     import { memoryBell } from ${MEMORY}
     const bell = memoryBell({ name: 'threads' })
     bell.on('ping', (id) => bell.ring('pong', id + '!'))
     setInterval(() => {}, 1_000)
     parentPort.postMessage('ready')`,
    { eval: true, execArgv: ['--input-type=module'] },
  )
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  const bell = memoryBell({ name: 'threads' })
  bells.push(bell)
  const answer = new Promise((resolve) => bell.on('pong', resolve))
  bell.ring('ping', '7')
  expect(await answer).toBe('7!')
  await worker.terminate()
})

test('a bell somebody listens to does not keep a process from ending', () => {
  const script = `import { memoryBell } from ${MEMORY}
    const bell = memoryBell()
    bell.on('a', (id) => console.log(id))
    bell.ring('a', 'heard')`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 })
  expect(said.toString()).toBe('heard\n')
})

test.skipIf(!needs('redis'))(
  'when Redis goes away nothing throws, and when it is back rings arrive again',
  async () => {
    let redis = await startRedis()
    const troubles: string[] = []
    const made = () => redisBell({ url: redis.url, name: 'away', trouble: (_err, what) => troubles.push(what) })
    const [one, two] = [await made(), await made()]
    bells.push(one, two)
    const heard: string[] = []
    two.on('a', (id) => heard.push(id))
    const here: string[] = []
    one.on('a', (id) => here.push(id))
    await ringUntil(
      () => one.ring('a', 'before'),
      () => heard.includes('before'),
    )
    await redis.stop()
    one.ring('a', 'away')
    await moment()
    expect(here).toContain('away')
    expect(heard).not.toContain('away')
    redis = await startRedis(redis.port)
    await ringUntil(
      () => one.ring('a', 'after'),
      () => heard.includes('after'),
    )
    expect(heard).toContain('after')
    expect(heard).not.toContain('away')
    expect(troubles.length).toBeGreaterThan(0)
    await redis.stop()
  },
)

test('a Redis that was never there does not stop the start', async () => {
  const bell = await redisBell({ url: 'redis://127.0.0.1:1', name: 'never' })
  bells.push(bell)
  const heard: string[] = []
  bell.on('a', (id) => heard.push(id))
  bell.ring('a', '1')
  await moment()
  expect(heard).toEqual(['1'])
})
