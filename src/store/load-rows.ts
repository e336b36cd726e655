/** Puts rows of a backup into an empty database of either kind, in one transaction of the caller's. */
import { sql, type Transaction } from 'kysely'
import type { Store } from './open.ts'
import type { Cell } from './snapshot.ts'
import type { Tables } from './tables.ts'

type Trx = Transaction<Tables>
export type TableRows = { table: string; columns: string[]; rows: AsyncIterable<Cell[]> }

const BATCH = 200

/**
 * Whether nobody has worked in it yet: no table, or tables with no people, releases or ledger.
 * A migrated database that was never used counts as empty.
 */
export async function isEmptyDatabase(store: Store): Promise<boolean> {
  const there = await tablesOf(store.db, store.dialect)
  for (const table of ['agency', 'member', 'release', 'ledger', 'subscriber']) {
    if (!there.includes(table)) continue
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(store.db)
    if (rows.length) return false
  }
  // Somebody else's database is not ours to fill.
  return there.length === 0 || there.includes('migration')
}

async function tablesOf(db: Store['db'], dialect: Store['dialect']): Promise<string[]> {
  const { rows } =
    dialect === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
      : await sql<{ name: string }>`select table_name as name from information_schema.tables
          where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(db)
  return rows.map((row) => row.name).filter((name) => !name.startsWith('sqlite_'))
}

/**
 * Guards that judge a deed (nobody signs their own work) would refuse what was done long ago, so they are set aside for
 * the load and back in place before it ends; references between rows are checked when all are there.
 */
export async function loadTables(
  trx: Trx,
  store: Store,
  tables: AsyncIterable<TableRows>,
  loaded: (table: string, rows: number) => void,
): Promise<void> {
  const back = store.dialect === 'sqlite' ? await setAsideSqlite(trx) : await setAsidePostgres(trx)
  for await (const { table, columns, rows } of tables) {
    await sql`delete from ${sql.table(table)}`.execute(trx)
    let n = 0
    let batch: Cell[][] = []
    for await (const row of rows) {
      batch.push(row)
      if (batch.length < BATCH) continue
      n += await insert(trx, table, columns, batch)
      batch = []
    }
    if (batch.length) n += await insert(trx, table, columns, batch)
    loaded(table, n)
  }
  await back()
}

async function insert(trx: Trx, table: string, columns: string[], rows: Cell[][]): Promise<number> {
  const names = sql.join(columns.map((name) => sql.ref(name)))
  const values = sql.join(rows.map((row) => sql`(${sql.join(row)})`))
  await sql`insert into ${sql.table(table)} (${names}) values ${values}`.execute(trx)
  return rows.length
}

async function setAsideSqlite(trx: Trx): Promise<() => Promise<void>> {
  await sql`pragma defer_foreign_keys = on`.execute(trx)
  const triggers = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'trigger' order by rowid`.execute(trx)
  for (const { name } of triggers.rows) await sql`drop trigger ${sql.id(name)}`.execute(trx)
  return async () => {
    for (const trigger of triggers.rows) await sql.raw(trigger.sql).execute(trx)
  }
}

async function setAsidePostgres(trx: Trx): Promise<() => Promise<void>> {
  const tables = await tablesOf(trx, 'postgres')
  const references = await sql<{ of: string; name: string; definition: string }>`
    select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(trx)
  for (const r of references.rows)
    await sql`alter table ${sql.raw(r.of)} drop constraint ${sql.id(r.name)}`.execute(trx)
  for (const table of tables) await sql`alter table ${sql.id(table)} disable trigger user`.execute(trx)
  return async () => {
    for (const table of tables) await sql`alter table ${sql.id(table)} enable trigger user`.execute(trx)
    for (const r of references.rows)
      await sql`alter table ${sql.raw(r.of)} add constraint ${sql.id(r.name)} ${sql.raw(r.definition)}`.execute(trx)
    await continueNumbers(trx)
  }
}

/** The next number given is past the highest that came. */
async function continueNumbers(trx: Trx): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
      where table_schema = current_schema() and is_identity = 'YES'`.execute(trx)
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${`"${table}"`}, ${column}),
      coalesce((select max(${sql.ref(column)}) from ${sql.table(table)}), 0) + 1, false)`.execute(trx)
}
