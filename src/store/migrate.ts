/** Brings a database up to the schema this code knows: each migration once, in order, all or nothing. */
import { sql, type Transaction } from 'kysely'
import { systemClock } from '../lib/clock.ts'
import { migrations } from './migrations/index.ts'
import type { Store } from './open.ts'
import type { Tables } from './tables.ts'

/** One step of the schema; each text may hold several statements and triggers. Never edited once released. */
export type Migration = { name: string; sqlite: string; postgres: string }

/** Any fixed number: it only has to differ from other advisory locks taken in the same database. */
const LOCK = 7_264_001

/**
 * Applies what is missing and returns the names applied. Processes that start together wait for one another.
 * Throws when the database was migrated by newer code, or when an applied name stands out of order.
 */
export async function migrate(
  store: Store,
  list: readonly Migration[] = migrations,
  now: () => string = systemClock.now,
): Promise<string[]> {
  return store.tx((trx) => migrateWithin(store, trx, list, now))
}

/** The same inside a transaction of the caller's. */
export async function migrateWithin(
  store: Store,
  trx: Transaction<Tables>,
  list: readonly Migration[] = migrations,
  now: () => string = systemClock.now,
): Promise<string[]> {
  if (store.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(trx)
  await sql`create table if not exists migration (name text primary key, applied_at text not null)`.execute(trx)
  const missing = stillMissing(list, await applied(trx))
  for (const step of missing) {
    await run(store, trx, step)
    await sql`insert into migration (name, applied_at) values (${step.name}, ${now()})`.execute(trx)
  }
  return missing.map((step) => step.name)
}

async function applied(trx: Transaction<Tables>): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(trx)
  return new Set(rows.map((row) => row.name))
}

function stillMissing(list: readonly Migration[], done: Set<string>): Migration[] {
  const known = new Set(list.map((step) => step.name))
  for (const name of done) {
    if (!known.has(name)) throw new Error(`the database has migration ${name}, which this version does not know`)
  }
  const missing = list.slice(done.size)
  const stray = missing.find((step) => done.has(step.name))
  if (stray) throw new Error(`migration ${stray.name} was applied before one that stands ahead of it`)
  return missing
}

/** A text of many statements: node:sqlite prepares only the first, so it goes through exec on the same handle. */
async function run(store: Store, trx: Transaction<Tables>, step: Migration): Promise<void> {
  if (store.raw) store.raw.exec(step.sqlite)
  else await sql.raw(step.postgres).execute(trx)
}
