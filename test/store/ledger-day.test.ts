/** The ledger of an old day is found by index, on both databases, and no entry is lost between its pages where a clock was set back. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { type LedgerQuery, ledgerLines } from '../../src/web/office-store.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { plansOf } from '../support/plan.ts'

const ROWS = 20_000
const DAY = { from: '2023-12-01T16:00:00.000Z', to: '2023-12-02T16:00:00.000Z' }

const suite = (name: 'sqlite' | 'postgres') => {
  let pg: PostgresBackend | undefined
  let store: Store
  const plans: string[] = []
  beforeAll(async () => {
    if (name === 'postgres') pg = await startPostgres()
    store = await openStore({ databaseUrl: pg ? await pg.fresh() : 'sqlite::memory:' })
    await migrate(store)
    const numbers = pg
      ? `(select generate_series(1, ${ROWS}) as i)`
      : `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS}) select i from n)`
    // Every three hundred seconds one; entry 5000 was written while the clock stood an hour back.
    const seconds = '1700000000 + i * 300 - (case when i = 5000 then 3600 else 0 end)'
    const at = pg
      ? `to_char(to_timestamp(${seconds}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`
      : `strftime('%Y-%m-%dT%H:%M:%S.000Z', ${seconds}, 'unixepoch')`
    await sql
      .raw(`insert into ledger (seq, at, actor, act, subject, fact, prev, hash)
        select i, ${at}, 'm' || (i % 40), 'act' || (i % 7), 'release:' || (i % 900), '{}', 'p' || i, 'h' || i from ${numbers} n`)
      .execute(store.db)
    if (pg) await sql.raw('analyze ledger').execute(store.db)
  }, 120_000)
  afterAll(async () => {
    await store.close()
    await pg?.stop()
  })

  const planOf = (asked: LedgerQuery) => plansOf(store, (db) => ledgerLines(db, asked, 100))

  test('a day, with an act, with a person and on its second page, goes by an index and never through the whole ledger', async () => {
    for (const [asked, index] of [
      [DAY, 'ledger_at'],
      [{ to: DAY.to }, 'ledger_at'],
      [{ ...DAY, act: 'act3' }, /ledger_act_at|ledger_at/],
      [{ to: DAY.to, act: 'act3' }, /ledger_act_at|ledger_at/],
      [{ ...DAY, actor: 'm3' }, /ledger_actor_at|ledger_at/],
      [{ ...DAY, before: 5_500 }, 'ledger_at'],
    ] as [LedgerQuery, string | RegExp][]) {
      const plan = await planOf(asked)
      plans.push(plan)
      expect(plan).toMatch(index)
      expect(plan).not.toMatch(/SCAN ledger\b(?! USING)|Seq Scan|TEMP B-TREE/)
    }
    expect(new Set(plans).size).toBeGreaterThan(1)
  })

  test('page by page each entry of the days comes once, also one written while the clock stood back', async () => {
    const days = { from: '2023-11-30T16:00:00.000Z', to: '2023-12-03T16:00:00.000Z' }
    const all = await store.db
      .selectFrom('ledger')
      .select('seq')
      .where('at', '>=', days.from)
      .where('at', '<', days.to)
      .execute()
    const seen: number[] = []
    let before: number | undefined
    for (;;) {
      const page = await ledgerLines(store.db, { ...days, before }, 100)
      seen.push(...page.map((r) => Number(r.seq)))
      if (page.length < 100) break
      before = Number(page.at(-1)?.seq)
    }
    expect(all.length).toBeGreaterThan(800)
    expect(seen).toContain(5000)
    expect([...seen].sort((a, b) => a - b)).toEqual(all.map((r) => Number(r.seq)).sort((a, b) => a - b))
    // Without days it is the order of the chain; a number that never was begins where it would have stood.
    const chain = await ledgerLines(store.db, { before: 5002 }, 3)
    expect(chain.map((r) => Number(r.seq))).toEqual([5001, 5000, 4999])
    expect(await ledgerLines(store.db, { ...days, before: 9_999_999 }, 100)).toHaveLength(100)
  })
}

describe('on SQLite', () => suite('sqlite'))
describe.skipIf(!needs('postgres'))('on PostgreSQL', () => suite('postgres'))
