/** Failures are grouped by cause without holding anybody up, however many there are. */
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { causesOf } from '../../src/delivery/causes.ts'
import { saidAfter } from '../../src/delivery/causes-store.ts'
import type { RunRow } from '../../src/delivery/run-store.ts'
import { office, type Workplace, workplace } from '../support/office.ts'

let at: Workplace | undefined
afterEach(async () => {
  await at?.close()
  at = undefined
})

const COUNTED = { failed: 0, gone: 0, unknown: 0, suppressed: 0, deferred: 0 }
/** A run with `n` rows, of which every `nth` is in trouble. Foreign rows are made as bare as the tables allow. */
async function runOf({ ctx }: Workplace, n: number, nth: number): Promise<RunRow> {
  const { db } = ctx.store
  ctx.store.raw?.exec('pragma foreign_keys = off')
  await sql`insert into delivery (dispatch_id, subscriber_id, language, state, why, updated_at)
    with recursive c(i) as (select 1 union all select i + 1 from c where i < ${n})
    select 'd1', i, 'zh-CN', case when i % ${nth} > 0 then 'accepted' when i % 2 = 0 then 'failed' else 'deferred' end,
      case when i % ${nth} > 0 then null when i % 2 = 0 then '550 5.7.1 <reader' || i || '@mail.example> refused by policy, id ' || hex(i) || 'f9'
      else '450 4.2.0 mailbox busy, id ' || i || 'a7' end, 'x' from c`.execute(db)
  const counted = await sql<{
    state: string
    n: number
  }>`select state, count(*) as n from delivery group by state`.execute(db)
  const counts = Object.fromEntries(counted.rows.map((r) => [r.state, Number(r.n)]))
  return { dispatch_id: 'd1', outlet: 'email', state: 'done', ...COUNTED, ...counts } as unknown as RunRow
}

test('an officer sees two causes and their numbers, not ten thousand texts', async () => {
  at = await workplace()
  await office(at.ctx)
  const run = await runOf(at, 20_000, 3)
  const found = await causesOf(at.ctx, run)
  // What was counted so far is shown at once; the rest follows.
  const whole = await expect
    .poll(() => causesOf(at!.ctx, run), { timeout: 10_000 })
    .toMatchObject({ counted: run.failed + run.deferred, all: run.failed + run.deferred })
    .then(() => causesOf(at!.ctx, run))
  expect(found.all).toBe(whole.all)
  expect(whole.lines.map(({ cause, state, n, example }) => [cause, state, n, example])).toEqual(
    [
      ['mailbox-busy', 'deferred', run.deferred, '450 4.2.0 mailbox busy, id …'],
      ['refused-by-policy', 'failed', run.failed, '550 5.7.1 <…> refused by policy, id …'],
    ].sort((a, b) => Number(b[2]) - Number(a[2])),
  )
})

test('one look at a million rows takes no longer than one at a thousand', async () => {
  at = await workplace()
  await office(at.ctx)
  const run = await runOf(at, 1_000_000, 5)
  const times: number[] = []
  let [after, rows] = [0, 0]
  for (let i = 0; i < 40; i++) {
    const began = performance.now()
    const batch = await saidAfter(at.ctx.store.db, run.dispatch_id, after, 1000)
    times.push(performance.now() - began)
    after = batch.last
    rows += batch.rows
  }
  times.sort((a, b) => a - b)
  console.log(
    `batches of 1000 among 1,000,000: median ${times[20]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms`,
  )
  expect(rows).toBe(40_000)
  const plan = await sql<{ detail: string }>`explain query plan select id, state, why from delivery
    where dispatch_id = 'd1' and id > 5 and state in ('failed','gone','unknown','suppressed','deferred') order by id limit 9`.execute(
    at.ctx.store.db,
  )
  expect(plan.rows.map((r) => r.detail).join()).toContain('delivery_trouble')
}, 60_000)

test('after a purge nothing of what far ends said is kept', async () => {
  at = await workplace()
  await office(at.ctx)
  const run = await runOf(at, 30, 3)
  expect((await causesOf(at.ctx, run)).lines[0]?.example).not.toBe('')
  await at.ctx.store.db.updateTable('delivery').set({ why: null }).execute()
  at.ctx.bell.ring('forget', 'purged')
  await new Promise((r) => setTimeout(r, 10))
  expect((await causesOf(at.ctx, run)).lines.map((l) => [l.cause, l.example])).toEqual([
    ['unsaid', ''],
    ['unsaid', ''],
  ])
})
