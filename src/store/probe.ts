/** What a database says of itself, changing nothing: its clock, its soundness, and what migrations it lacks. */
import { sql } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Store } from './open.ts'

export type Probe = {
  /** Milliseconds since the epoch by the database's own clock; null where it has none of its own. */
  clockMs: number | null
  /** What its own check of its file says; empty when sound. */
  problems: string[]
  /** Migrations this version has and the database has not, in order. */
  missing: string[]
}

export async function probe(store: Store): Promise<Probe> {
  const { db } = store
  const postgres = store.dialect === 'postgres'
  const clock = postgres
    ? await sql<{ ms: number }>`select extract(epoch from clock_timestamp()) * 1000 as ms`.execute(db)
    : null
  const sound = postgres ? null : await sql<{ quick_check: string }>`pragma quick_check`.execute(db)
  const table = postgres
    ? await sql`select 1 from information_schema.tables where table_name = 'migration' and table_schema = current_schema()`.execute(
        db,
      )
    : await sql`select 1 from sqlite_master where type = 'table' and name = 'migration'`.execute(db)
  const applied = table.rows.length
    ? (await sql<{ name: string }>`select name from migration`.execute(db)).rows.map((r) => r.name)
    : []
  return {
    clockMs: clock ? Number(clock.rows[0]?.ms) : null,
    problems: (sound?.rows ?? []).map((r) => r.quick_check).filter((line) => line !== 'ok'),
    missing: migrations.map((m) => m.name).filter((name) => !applied.includes(name)),
  }
}
