/** Whose turn it is to write the public trees: over one machine by a file, over many by the database. */

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exclusiveByDatabase } from '../../src/store/exclusive-postgres.ts'
import { openStore } from '../../src/store/open.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'

describe.runIf(needs('postgres'))('the writers of many machines', () => {
  let cluster: PostgresBackend
  let url = ''
  beforeAll(async () => {
    cluster = await startPostgres()
    url = await cluster.fresh()
  })
  afterAll(() => cluster.stop())

  test('one at a time, and on after a failure', async () => {
    const [one, two] = [exclusiveByDatabase(url), exclusiveByDatabase(url)]
    let inside = 0
    let most = 0
    const visit = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 3))
      inside--
    }
    await expect(one(async () => Promise.reject(new Error('died')))).rejects.toThrow('died')
    await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? one : two)(visit)))
    expect(most).toBe(1)
  })

  test('databases of the same server do not wait for each other', async () => {
    const other = exclusiveByDatabase(await cluster.fresh())
    await exclusiveByDatabase(url)(() => other(async () => {}))
  })

  test('whose line was cut hears of it before the pointer is swapped, and another gets the turn', async () => {
    const store = await openStore({ databaseUrl: url })
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'ortoo site writer'`
    const swapped: string[] = []
    const first = exclusiveByDatabase(url)(async (still) => {
      await still()
      await cut.execute(store.db)
      await exclusiveByDatabase(url)(async (mine) => {
        await mine()
        swapped.push('second')
      })
      await still()
      swapped.push('first')
    })
    await expect(first).rejects.toThrow()
    expect(swapped).toEqual(['second'])
    await store.close()
  })
})
