/** Rewrites the database so that no freed page and no log frame keeps a word. */
import { sql } from 'kysely'
import type { Store } from './open.ts'
import { BUSY_MS } from './sqlite.ts'

const PATIENCE_MS = 250

/** Tables that ever hold words of a release, or what is destroyed once an incident is over. */
export const WORDED = [
  'release',
  'revision',
  'edition',
  'attachment',
  'file_scan',
  'timeline',
  'decision',
  'hit_resolution',
  'idempotency',
  'delivery',
  'digest',
  'manual_record',
  'acknowledgement',
  'media_read',
  'search_doc',
  'search_index',
  'fault',
  'draft_keep',
  'comment',
  'comment_answer',
  'relay',
  'incident_fact',
  'clock_event',
  'known_correction',
  'conference_attendance',
]

/** @returns false when a reader held the log; try again later */
export async function compactDatabase(store: Store): Promise<boolean> {
  if (store.dialect === 'postgres') {
    for (const table of WORDED) await sql.raw(`vacuum full "${table}"`).execute(store.db)
    return true
  }
  await sql.raw('vacuum').execute(store.db)
  // A backup reads for minutes: whoever waits on the spot for it holds up everything else of this thread.
  await sql`pragma busy_timeout = ${sql.lit(PATIENCE_MS)}`.execute(store.db)
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(store.db)
  await sql`pragma busy_timeout = ${sql.lit(BUSY_MS)}`.execute(store.db)
  return rows[0]?.busy === 0
}
