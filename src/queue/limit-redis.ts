/** Limits that hold over several machines: one script in Redis, by the clock of Redis. Loaded only when it is configured. */
import type { Redis } from 'ioredis'
import type { Grant, Limits, Rate } from './limit.ts'
import { memoryLimits } from './limit-memory.ts'

export type RedisLimitsOptions = {
  /** redis://… or rediss://… */
  url: string
  /** One Redis may serve several installations; default `ortoo`. */
  name?: string
  ticks: () => number
  trouble?: (err: unknown, what: string) => void
}

/**
 * `draw` of limit.ts in Lua: bucket, workers · want, per second, burst, who asks. Times are whole microseconds of Redis's clock,
 * which may jump: backwards counts as standing still, forwards fills the bucket once. The second key knows who asked within
 * the last minute, so that each can keep to its share when Redis is away.
 */
const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local want, rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens, at = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
tokens = math.min(burst, tokens + math.max(0, now - at) * rate / 1000000)
local granted = math.max(0, math.min(want, math.floor(tokens)))
tokens = tokens - granted
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) * 1000 / rate) + 1000)
redis.call('ZADD', KEYS[2], t[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', t[1] - 60)
redis.call('EXPIRE', KEYS[2], 120)
local wait = 0
if granted < want then wait = math.ceil((1 - tokens) * 1000 / rate) end
return { granted, wait, redis.call('ZCARD', KEYS[2]) }
`

/** An answer later than this helps nobody: sending goes on by the local bucket. */
const PATIENCE_MS = 250
/** After a failure Redis is left alone so long. */
const AWAY_MS = 1_000

type Taking = Redis & {
  take(bucket: string, workers: string, want: number, rate: number, burst: number, who: string): Promise<number[]>
}

export async function redisLimits(options: RedisLimitsOptions): Promise<Limits> {
  const { Redis: Client } = await import('ioredis')
  const trouble = options.trouble ?? (() => {})
  const prefix = `limit:${options.name ?? 'ortoo'}`
  const who = crypto.randomUUID()
  const local = memoryLimits(options.ticks)
  const client = new Client(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: PATIENCE_MS,
    retryStrategy: (times) => Math.min(times * 50, 2_000),
  }) as Taking
  client.on('error', (err) => trouble(err, 'the connection to Redis'))
  client.defineCommand('take', { numberOfKeys: 2, lua: TAKE })
  let workers = 1
  let awayUntil = 0

  async function shared(key: string, want: number, rate: Rate): Promise<Grant> {
    const [granted = 0, waitMs = 0, seen = 1] = await client.take(
      `${prefix}:${key}`,
      `${prefix}-workers`,
      want,
      rate.perSecond,
      rate.burst,
      who,
    )
    workers = Math.max(1, seen)
    return { granted, waitMs }
  }
  /** Our share, as many as asked when they last could; one at least, so that nobody stands still. */
  const alone = (key: string, want: number, rate: Rate): Grant =>
    local.takeNow(key, want, { perSecond: rate.perSecond / workers, burst: Math.max(1, rate.burst / workers) })

  return {
    async take(key, want, rate) {
      if (client.status !== 'ready' || options.ticks() < awayUntil) return alone(key, Math.floor(want), rate)
      try {
        return await shared(key, Math.floor(want), rate)
      } catch (err) {
        awayUntil = options.ticks() + AWAY_MS
        trouble(err, 'a limit through Redis')
        return alone(key, Math.floor(want), rate)
      }
    },
    async close() {
      client.disconnect()
      await local.close()
    },
  }
}
