/** Opens the database the configuration names: SQLite by default, PostgreSQL past one machine. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely, type Transaction } from 'kysely'
import { openPostgres, type PoolSizes, postgresDialect } from './postgres.ts'
import { openSqlite, sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'
import { inTransaction, txGuard } from './tx.ts'

export type { Transaction } from 'kysely'

export type Store = {
  /** For single statements and reads. Throws when used inside a transaction's async context. */
  db: Kysely<Tables>
  /**
   * The same connections for better-auth (`database: { db: store.auth, type: store.dialect }`), which on PostgreSQL
   * binds Dates and booleans to its own tables; store.db refuses both.
   */
  auth: Kysely<Tables>
  dialect: 'sqlite' | 'postgres'
  /** One transaction; BEGIN IMMEDIATE on SQLite. Rethrows the driver's error: see violation.ts to read it. */
  tx<T>(fn: (trx: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
  /** The SQLite handle, for backup, checkpoints and migrations; null on PostgreSQL. */
  raw: DatabaseSync | null
}

export type StoreOptions = {
  /** `sqlite:/path/file.db`, `sqlite::memory:` (one thread only) or `postgres://user@host/database`. */
  databaseUrl: string
  pool?: PoolSizes
}

/** One store per thread. Throws with a sentence when the address is not one of the forms above. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const url = options.databaseUrl
  if (url.startsWith('sqlite:')) return sqliteStore(url.slice('sqlite:'.length))
  if (/^postgres(ql)?:\/\//.test(url)) return postgresStore(url, options.pool)
  throw new Error('the database address must be sqlite:/path/file.db, sqlite::memory: or postgres://…')
}

function sqliteStore(path: string): Store {
  if (path === '') throw new Error('the database address sqlite: names no file')
  // Drafts lie in this folder: nobody but the service's own account may look into it.
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const raw = openSqlite(path)
  const guard = txGuard()
  const db = new Kysely<Tables>({ dialect: sqliteDialect(raw, guard.beforeAcquire) })
  return {
    db,
    auth: db,
    dialect: 'sqlite',
    raw,
    tx: (fn) => inTransaction(db, guard, fn),
    close: async () => {
      await db.destroy()
      if (raw.isOpen) raw.close() // Kysely leaves a driver it never used alone
    },
  }
}

async function postgresStore(url: string, sizes?: PoolSizes): Promise<Store> {
  const pool = await openPostgres(url, sizes)
  const guard = txGuard()
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool, guard.beforeAcquire) })
  return {
    db,
    auth: new Kysely<Tables>({ dialect: postgresDialect(pool, guard.beforeAcquire, 'native') }),
    dialect: 'postgres',
    raw: null,
    tx: (fn) => inTransaction(db, guard, fn),
    close: async () => {
      await db.destroy()
      if (!pool.ended) await pool.end()
    },
  }
}
