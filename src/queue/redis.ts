/** The bell over several machines: Redis publish and subscribe, loaded only when it is configured. */
import type { Redis, RedisOptions } from 'ioredis'
import { type Bell, type BellTrouble, listeners } from './bell.ts'

export type RedisBellOptions = {
  /** redis://… or rediss://… */
  url: string
  /** One Redis may serve several installations; default `ortoo`. */
  name?: string
  trouble?: BellTrouble
}

/**
 * Rings reach this process's own listeners at once and without Redis; the others through it. While Redis is away rings
 * are dropped, not kept: the sweep finds the rows, and a pile of old rings would only wake everyone twice.
 */
export async function redisBell(options: RedisBellOptions): Promise<Bell> {
  const { Redis: Client } = await import('ioredis')
  const trouble = options.trouble ?? (() => {})
  const heard = listeners(trouble)
  const channel = `bell:${options.name ?? 'ortoo'}`
  const origin = crypto.randomUUID()
  const open = (more: RedisOptions): Redis => {
    const client = new Client(options.url, { ...PATIENT, ...more })
    client.on('error', (err) => trouble(err, 'the connection to Redis'))
    return client
  }
  const out = open({ enableOfflineQueue: false, maxRetriesPerRequest: 0 })
  const into = open({ autoResubscribe: true, maxRetriesPerRequest: null })
  into.on('message', (_channel: string, text: string) => {
    const ring = parse(text)
    if (ring && ring.origin !== origin) heard.deliver(ring.topic, ring.id)
  })
  // Waits in the client's own queue until there is a connection, so a Redis that is down does not stop the start.
  into.subscribe(channel).catch((err) => trouble(err, 'listening to Redis'))
  let closed = false
  return {
    ring(topic, id) {
      if (closed) return
      heard.deliver(topic, id)
      if (out.status !== 'ready') return
      out.publish(channel, JSON.stringify({ origin, topic, id })).catch((err) => trouble(err, 'a ring through Redis'))
    },
    on: heard.on,
    ready: () => !closed && out.status === 'ready' && into.status === 'ready',
    async close() {
      closed = true
      heard.clear()
      out.disconnect()
      into.disconnect()
    },
  }
}

/** For ever, soon at first, then every two seconds. */
const PATIENT: RedisOptions = {
  connectTimeout: 5_000,
  retryStrategy: (times) => Math.min(times * 50, 2_000),
}

function parse(text: string): { origin: string; topic: string; id: string } | null {
  try {
    const ring: unknown = JSON.parse(text)
    const { origin, topic, id } = ring as Record<string, unknown>
    return typeof origin === 'string' && typeof topic === 'string' && typeof id === 'string'
      ? { origin, topic, id }
      : null
  } catch {
    return null
  }
}
