/** What screens ask of a database with years in it goes by an index, not through every release. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastExercise } from '../../src/delivery/exercise-store.ts'
import { newestWithin } from '../../src/desk/scan-store.ts'
import { releasesWithin } from '../../src/desk/store.ts'
import { turnsBetweenTimes } from '../../src/publication/forward-store.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { plansOf } from '../support/plan.ts'

const ROWS = 40_000
const AT = '2026-11-23T06:00:00.000Z'
let store: Store
beforeAll(async () => {
  store = await openStore({ databaseUrl: 'sqlite::memory:' })
  await migrate(store)
  const run = (text: string) => sql.raw(text).execute(store.db)
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(store.db)
  for (const { name } of rows) await run(`drop trigger ${name}`)
  await run('pragma foreign_keys = off')
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})`
  await run(`insert into release (id, number, agency_id, incident_id, kind, lane, mode, state, face, edition_type, created_by, created_at, updated_at)
    ${numbers} select 'r' || i, 'n' || i, 'league', 'i' || i, 'notice', 'routine', 'live', 'published', 'live', 'first', 'm', '${AT}', '${AT}' from n`)
  await run(`insert into edition (id, sequence, release_id, number, type, mode, revision, revision_hash, content, faces, template_digest, seal, published_at, first_published_at)
    ${numbers} select 'e' || i, i, 'r' || i, 1, 'first', 'live', 1, 'h', printf('{"x":"%01500d"}', i), '{}', 'd', 's', '${AT}', '${AT}' from n`)
}, 60_000)
afterAll(() => store.close())

/** Steps of the plan that walk a whole table. */
async function walks(query: { compile(): { sql: string; parameters: readonly unknown[] } }): Promise<string[]> {
  const { sql: text } = query.compile()
  const { rows } = await sql
    .raw<{ detail: string }>(`explain query plan ${text.replaceAll('?', 'null')}`)
    .execute(store.db)
  return rows.map((r) => r.detail).filter((step) => step.startsWith('SCAN'))
}

test('releases of an incident, of exercises and of a kind are found by index', async () => {
  const from = store.db.selectFrom('release').select('id')
  expect(await walks(from.where('incident_id', '=', 'i1'))).toEqual([])
  const rehearsed = store.db.selectFrom('edition').select('id').where('mode', '=', 'exercise')
  expect(await walks(rehearsed.orderBy('sequence', 'desc'))).toEqual([])
  expect(await walks(from.where('mode', '=', 'exercise').orderBy('created_at', 'desc'))).toEqual([])
})

test('an office that never rehearsed, and days with nothing in them, are answered without a look at every edition', async () => {
  const timed = async (ask: () => Promise<unknown>) => {
    await ask()
    const begun = performance.now()
    await ask()
    return performance.now() - begun
  }
  expect(await timed(() => lastExercise(store.db, 'league'))).toBeLessThan(20)
  expect(await timed(() => turnsBetweenTimes(store.db, ['league'], AT, '2027'))).toBeLessThan(20)
})

test('the newest releases of many offices are read off an index of changes, and nothing of the rest is sorted', async () => {
  const windows = [
    { agencyIds: ['league'], states: ['draft', 'in-review', 'published'] },
    { agencyIds: ['region', 'banner'], states: ['published'] },
  ]
  for (const ask of [
    (db: Store['db']) => newestWithin(db, windows, 2001, null),
    (db: Store['db']) => newestWithin(db, windows, 2001, 'm'),
    (db: Store['db']) => releasesWithin(db, windows, { limit: 51 }, { at: AT, id: 'r9' }),
  ]) {
    const plan = await plansOf(store, ask)
    expect(plan).toMatch(/release USING (COVERING )?INDEX release_newest/)
    expect(plan).not.toContain('TEMP B-TREE')
  }
  expect(await newestWithin(store.db, windows, 3, null)).toEqual(['r9999', 'r9998', 'r9997'])
})
