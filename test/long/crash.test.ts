/** A hundred kills for each lane and each database, twenty thousand readers each time. `npm run test:long`. */
import { afterAll, expect, test } from 'vitest'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { ordeal } from '../support/crash.ts'

const [READERS, KILLS] = [20_000, 100]
let postgres: PostgresBackend | undefined
afterAll(() => postgres?.stop())

const BACKENDS = needs('postgres') ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)
const CASES = BACKENDS.flatMap((backend) => (['flash', 'routine'] as const).map((lane) => ({ backend, lane })))

test.each(CASES)(
  '$lane on $backend: killed a hundred times, twenty thousand people told',
  async ({ backend, lane }) => {
    if (backend === 'postgres') postgres ??= await startPostgres()
    const databaseUrl = backend === 'postgres' ? { databaseUrl: await (postgres as PostgresBackend).fresh() } : {}
    const { run, repeats } = await ordeal({ lane, readers: READERS, kills: KILLS, delayMs: 5, ...databaseUrl })
    process.stdout.write(
      `${lane} on ${backend}: ${KILLS} kills, ${run.counts['accepted']} accepted, ${run.repeats} sent again, ${repeats} seen twice\n`,
    )
    expect(run.counts['accepted']).toBe(READERS)
  },
  1_800_000,
)
