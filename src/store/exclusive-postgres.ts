/** One at a time over every machine that works on a PostgreSQL database: a session advisory lock on a connection of its own. */
import type { Client } from 'pg'
import { type Exclusive, inTurn, type Still } from './exclusive.ts'

/** Any fixed numbers: they only have to differ from other advisory locks of the same database (7265 ledger, 7264001 migrations). */
const SITE_LOCK = 7_264_002

/**
 * The server lets go when the session ends: with the process, or some twenty seconds after its machine or the line to it
 * died. `still` asks on the same session, so that work whose line was cut does not swap a pointer another now owns.
 * Throws after a minute's wait. Needs a session of its own: not through a pooler that shares them between transactions.
 */
export const exclusiveByDatabase = (url: string): Exclusive => inTurn((work) => locked(url, work))

async function locked<T>(url: string, work: (still: Still) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg')
  const session: Client = new pg.Client({
    connectionString: url,
    application_name: 'ortoo site writer',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // A line that breaks is told by the next query; without a listener it would end the process.
  session.on('error', () => {})
  await session.connect()
  try {
    await session.query(
      `set lock_timeout = '60s'; set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`,
    )
    await session.query('select pg_advisory_lock($1)', [SITE_LOCK])
    return await work(async () => {
      await session.query('select 1')
    })
  } finally {
    await session.end().catch(() => {})
  }
}
