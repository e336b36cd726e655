/** PostgreSQL under Kysely through pg, which is loaded only when it is asked for. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  type PostgresDialect,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { CustomTypesConfig, Pool } from 'pg'
import { refuseOddBindings } from './binding.ts'

export type PoolSizes = {
  /** Most connections; default 10. */
  max?: number
  /** Wait for a free connection before giving up, milliseconds; default 10,000. */
  waitMs?: number
}

export async function openPostgres(url: string, sizes: PoolSizes = {}): Promise<Pool> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: sizes.max ?? 10,
    connectionTimeoutMillis: sizes.waitMs ?? 10_000,
    application_name: 'ortoo',
    types: plainAnswers(pg.types),
  })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  // The same for one that breaks while it is lent out: whoever holds it hears of it by their next query.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * `beforeAcquire` is called for every query that does not run on a transaction's own connection; it may throw.
 * `bindings: 'native'` lets Dates and booleans through, for a library that keeps timestamptz and boolean columns.
 */
export function postgresDialect(
  pool: Pool,
  beforeAcquire: () => void = () => {},
  bindings: 'strict' | 'native' = 'strict',
): Dialect {
  return {
    createDriver: () => new GuardedDriver({ pool }, beforeAcquire),
    createQueryCompiler: () => (bindings === 'strict' ? new StrictCompiler() : new PostgresQueryCompiler()),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}

class GuardedDriver extends PostgresDriver {
  readonly #beforeAcquire: () => void

  constructor(config: ConstructorParameters<typeof PostgresDialect>[0], beforeAcquire: () => void) {
    super(config)
    this.#beforeAcquire = beforeAcquire
  }

  override async acquireConnection(
    ...options: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    this.#beforeAcquire()
    return super.acquireConnection(...options)
  }
}

class StrictCompiler extends PostgresQueryCompiler {
  override compileQuery(...args: Parameters<PostgresQueryCompiler['compileQuery']>): CompiledQuery {
    const query = super.compileQuery(...args)
    refuseOddBindings(query.parameters)
    return query
  }
}

const INT8 = 20
const NUMERIC = 1700
/** json, jsonb: left as the text the server sent. */
const AS_TEXT = new Set([114, 3802])

/** Integers come back as numbers, also from count() and sum(), and JSON stays text. bytea is a Buffer already. */
export function plainAnswers(types: typeof import('pg').types): CustomTypesConfig {
  const parser = (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return exactNumber
    if (AS_TEXT.has(oid)) return (text: string) => text
    return types.getTypeParser(oid, format as 'text')
  }
  return { getTypeParser: parser as CustomTypesConfig['getTypeParser'] }
}

function exactNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError(`${text} is too large to be represented as a JavaScript number`)
  }
  return value
}
