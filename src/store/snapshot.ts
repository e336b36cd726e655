/** The whole database as it stood in one moment, row by row, in values both databases know. The service goes on writing meanwhile. */
import { DatabaseSync } from 'node:sqlite'
import { plainAnswers } from './postgres.ts'

export type Cell = string | number | null | Uint8Array
export type Snapshot = {
  /** Names of the migrations it had, in order. */
  migrations: string[]
  tables: string[]
  columns(table: string): Promise<string[]>
  rows(table: string): AsyncIterable<Cell[]>
  close(): Promise<void>
}

/** Who is signed in, how often somebody asked, who is at work: true of the running service alone. The search index is made again. */
const PASSING = [
  'auth_session',
  'auth_verification',
  'code_seen',
  'factor_proof',
  'rate',
  'sign_in_tally',
  'worker',
  'search_doc',
  'search_index',
]
const kept = (name: string): boolean => name !== 'migration' && !PASSING.includes(name)
const FETCHED = 1000

/** The moment is fixed when this resolves. */
export async function openSnapshot(databaseUrl: string): Promise<Snapshot> {
  return databaseUrl.startsWith('sqlite:')
    ? sqliteSnapshot(databaseUrl.slice('sqlite:'.length))
    : postgresSnapshot(databaseUrl)
}

/** A handle of its own under WAL: a reader's transaction sees the state it began with and keeps no writer waiting. */
function sqliteSnapshot(path: string): Snapshot {
  const handle = new DatabaseSync(path, { readOnly: true, timeout: 10_000 })
  handle.exec('begin')
  const names = (text: string) =>
    handle
      .prepare(text)
      .all()
      .map((row) => String(row['name']))
  const migrations = names('select name from migration order by name')
  return {
    migrations,
    tables: names(`select name from pragma_table_list where schema = 'main' and type = 'table' order by name`)
      .filter((name) => !name.startsWith('sqlite_'))
      .filter(kept),
    columns: async (table) =>
      handle
        .prepare(`select * from "${table}"`)
        .columns()
        .map((c) => c.name),
    async *rows(table) {
      for (const row of handle.prepare(`select * from "${table}"`).iterate()) yield Object.values(row) as Cell[]
    },
    close: async () => handle.close(),
  }
}

async function postgresSnapshot(url: string): Promise<Snapshot> {
  const { default: pg } = await import('pg')
  const session = new pg.Client({
    connectionString: url,
    application_name: 'ortoo backup',
    types: plainAnswers(pg.types),
  })
  // A line that breaks is told by the next query; without a listener it would end the process.
  session.on('error', () => {})
  await session.connect()
  const names = async (text: string) => (await session.query(text)).rows.map((row) => String(row.name))
  await session.query('begin isolation level repeatable read read only')
  const migrations = await names('select name from migration order by name')
  const tables = await names(
    `select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name collate "C"`,
  )
  return {
    migrations,
    tables: tables.filter(kept),
    columns: async (table) => (await session.query(`select * from "${table}" limit 0`)).fields.map((f) => f.name),
    async *rows(table) {
      await session.query(`declare walk no scroll cursor for select * from "${table}"`)
      for (let n = FETCHED; n === FETCHED; ) {
        const { rows } = await session.query({ text: `fetch ${FETCHED} from walk`, rowMode: 'array' })
        n = rows.length
        for (const row of rows) yield (row as unknown[]).map(plain)
      }
      await session.query('close walk')
    },
    close: () => session.end(),
  }
}

/** As SQLite keeps them: truth values as 0 and 1, times as ISO text. */
function plain(value: unknown): Cell {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  return value as Cell
}
