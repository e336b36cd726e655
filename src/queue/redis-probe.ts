/** Asks a Redis for its time, once. */

/** Milliseconds since the epoch by the clock of Redis. @throws when it does not answer within a few seconds */
export async function redisTime(url: string): Promise<number> {
  const { Redis } = await import('ioredis')
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3000,
    commandTimeout: 3000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // Told to the caller by the promise; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    const [seconds, micros] = await client.time()
    return Number(seconds) * 1000 + Math.round(Number(micros) / 1000)
  } finally {
    client.disconnect()
  }
}
