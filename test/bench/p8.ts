/** P8: two ROLE=work processes on PostgreSQL and Redis against one, to a relay that takes 50 ms a message. */
import { startPostgres, startRedis } from '../support/backends.ts'
import { child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { assertExact, notice, publishAndWait, scene } from './scene.ts'

const CONNECTIONS = 20
const ANSWER_MS = 50
/** What one process could send if it never waited for anything but the relay. */
const BOUND = (CONNECTIONS * 1000) / ANSWER_MS

export async function p8(): Promise<Measured> {
  const [postgres, redis] = [await startPostgres(), await startRedis()]
  try {
    const one = await rate(1, 6_000, await postgres.fresh(), redis.url)
    const two = await rate(2, 12_000, await postgres.fresh(), redis.url)
    return {
      P8: { ours: two, other: one, what: 'mails a second, two work processes / one', goal: '≥ 1.9' },
      P8each: {
        ours: Math.min(one, two / 2),
        other: BOUND,
        what: `mails a second of the slower process / ${CONNECTIONS} connections ÷ ${ANSWER_MS} ms`,
        goal: '≥ 0.9',
      },
    }
  } finally {
    await Promise.all([postgres.stop(), redis.stop()])
  }
}

/** Mails a second between the first and the last that was recorded: what comes before (pages, plan) is not sending. */
async function rate(processes: number, mails: number, databaseUrl: string, redisUrl: string): Promise<number> {
  const relay = await child('far/smtp-sink.js', [0, ANSWER_MS])
  const shared = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl }
  const s = await scene({
    readers: mails,
    smtpPort: relay.ready['port'] as number,
    connections: CONNECTIONS,
    env: { ...shared, ROLE: 'web' },
  })
  try {
    for (let i = 0; i < processes; i++) await s.beside({ ROLE: 'work' })
    await new Promise((done) => setTimeout(done, 3000))
    const { run } = await publishAndWait(s, notice('8'), 'email')
    const heard = await relay.ask<{ people: number; repeats: number }>({ ask: 'stats' })
    assertExact(run, mails, heard)
    const span = Date.parse(run.times['lastAccepted'] ?? '') - Date.parse(run.times['firstAccepted'] ?? '')
    return (mails * 1000) / span
  } finally {
    await s.close()
    await relay.end()
  }
}
