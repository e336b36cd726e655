/** A thin Kysely dialect over Node's own node:sqlite: one handle, one owner at a time, nothing odd bound. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { systemClock } from '../lib/clock.ts'
import { refuseOddBindings } from './binding.ts'

/** How long a statement waits for another handle's write. */
export const BUSY_MS = 10_000
const STATEMENTS_KEPT = 500
const SQLITE_BUSY = 5
/** Reads wait for nobody under WAL; a checkpoint has to wait on the spot, because it answers "busy" instead of failing. */
const NEVER_WAITS = /^\s*(select|pragma)\b/i

/** Opens a database file (or `:memory:`) with the settings every handle of ours must have. */
export function openSqlite(path: string): DatabaseSync {
  const handle = new DatabaseSync(path, { timeout: BUSY_MS })
  handle.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma temp_store = memory;
  `)
  return handle
}

/** `beforeAcquire` is called for every query that does not run on a transaction's own connection; it may throw. */
export function sqliteDialect(handle: DatabaseSync, beforeAcquire: () => void = () => {}): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(handle, beforeAcquire),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new OwnMutexAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Kysely's own mutex would wait before our guard could speak, so the driver below brings its own. */
class OwnMutexAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class NodeSqliteDriver implements Driver {
  readonly #handle: DatabaseSync
  readonly #connection: NodeSqliteConnection
  readonly #turn = new Turn()
  readonly #beforeAcquire: () => void

  constructor(handle: DatabaseSync, beforeAcquire: () => void) {
    this.#handle = handle
    this.#beforeAcquire = beforeAcquire
    this.#connection = new NodeSqliteConnection(handle)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#beforeAcquire()
    await this.#turn.take()
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#turn.give()
  }

  /** IMMEDIATE: a transaction that reads first and writes later must not fail half way because another wrote between. */
  async beginTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'))
  }

  /** Some failures (disk full) have already rolled back, and a second rollback would hide the first error. */
  async rollbackTransaction(): Promise<void> {
    if (this.#handle.isTransaction) await this.#connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    if (this.#handle.isOpen) this.#handle.close()
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #handle: DatabaseSync
  /** Oldest first; a Map keeps insertion order, so re-inserting on use makes it least-recently-used. */
  readonly #statements = new Map<string, StatementSync>()

  constructor(handle: DatabaseSync) {
    this.#handle = handle
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    refuseOddBindings(parameters)
    const statement = this.#statement(sql)
    const work = () => run<R>(statement, parameters as SQLInputValue[])
    return NEVER_WAITS.test(sql) ? work() : this.#patiently(work)
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    refuseOddBindings(parameters)
    // Its own statement: a cached one would be reset by the next use of the same text.
    for (const row of this.#handle.prepare(sql).iterate(...(parameters as SQLInputValue[]))) yield { rows: [row as R] }
  }

  #statement(sql: string): StatementSync {
    const kept = this.#statements.get(sql)
    const statement = kept ?? this.#handle.prepare(sql)
    this.#statements.delete(sql)
    this.#statements.set(sql, statement)
    if (this.#statements.size > STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value as string)
    return statement
  }

  /**
   * SQLite's own busy handler sleeps on the thread; outside a transaction another thread may hold the write lock for
   * as long as its transaction takes, so the wait is given back to the event loop instead.
   */
  async #patiently<T>(work: () => T): Promise<T> {
    if (this.#handle.isTransaction) return work()
    const until = systemClock.ticks() + BUSY_MS
    for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
      this.#handle.exec('pragma busy_timeout = 0')
      try {
        return work()
      } catch (err) {
        if (!isBusy(err) || systemClock.ticks() > until) throw err
      } finally {
        if (this.#handle.isOpen) this.#handle.exec(`pragma busy_timeout = ${BUSY_MS}`)
      }
      await sleep(pause)
    }
  }
}

function run<R>(statement: StatementSync, parameters: SQLInputValue[]): QueryResult<R> {
  if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] }
  const { changes, lastInsertRowid } = statement.run(...parameters)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

const isBusy = (err: unknown): boolean =>
  err instanceof Error && 'errcode' in err && (Number(err.errcode) & 0xff) === SQLITE_BUSY

/** First come, first served. A wait that long is a transaction waiting for itself, so it ends with a sentence. */
class Turn {
  #taken = false
  readonly #waiting: (() => void)[] = []

  take(): Promise<void> {
    if (!this.#taken) {
      this.#taken = true
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(new Error('waited 30 s for the database: a transaction is awaiting something other than its own trx'))
      }, 30_000)
      this.#waiting.push(enter)
    })
  }

  give(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#taken = false
  }
}
