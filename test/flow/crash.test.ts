/** The power is cut in the middle of sending. When it is back, everyone is counted and nobody is lost. */
import { afterAll, describe, expect, test } from 'vitest'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { ordeal } from '../support/crash.ts'

const READERS = 3000
let postgres: PostgresBackend | undefined
afterAll(() => postgres?.stop())

const BACKENDS = needs('postgres') ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)

async function database(backend: 'sqlite' | 'postgres'): Promise<{ databaseUrl?: string }> {
  if (backend === 'sqlite') return {}
  postgres ??= await startPostgres()
  return { databaseUrl: await postgres.fresh() }
}

describe.each(BACKENDS)('on %s', (backend) => {
  test('a flash release killed three times in mid-send reaches everyone; repeats are counted', async () => {
    const { run } = await ordeal({ lane: 'flash', readers: READERS, kills: 3, ...(await database(backend)) })
    expect(run.counts['accepted']).toBe(READERS)
  }, 240_000)

  test('a routine release killed in mid-send never sends twice by itself: what is unknown waits for a signer', async () => {
    const { run } = await ordeal({ lane: 'routine', readers: READERS, kills: 2, ...(await database(backend)) })
    expect(run.counts['accepted']).toBe(READERS)
  }, 240_000)
})
