/** Counts the rows of every run again and compares with the counters that were moved along. */
import type { Ctx } from '../context.ts'
import { runsAfter } from './run-store.ts'
import { COUNTERS, recount } from './store.ts'

export type CountFault = { dispatch: string; outlet: string; counter: string; counted: number; stored: number }
const BATCH = 200

/** `deliveries` is how many rows there were in all. Runs being sent while one counts are left out: theirs move. */
export async function recountRuns(ctx: Ctx): Promise<{ runs: number; deliveries: number; faults: CountFault[] }> {
  const faults: CountFault[] = []
  let [runs, deliveries, last] = [0, 0, '']
  for (;;) {
    const batch = await runsAfter(ctx.store.db, last, BATCH)
    for (const run of batch) {
      last = run.dispatch_id
      if (['planning', 'sending', 'stopping'].includes(run.state)) continue
      runs++
      const counted = await recount(ctx.store.db, run.dispatch_id)
      const all = COUNTERS.reduce((n, c) => n + counted[c], 0)
      deliveries += all
      const of = (counter: string, n: number, stored: number): CountFault[] =>
        n === stored ? [] : [{ dispatch: run.dispatch_id, outlet: run.outlet, counter, counted: n, stored }]
      // Of a run whose rows have grown old only the sum can still be right: those that went were counted as they went.
      faults.push(...of('audience', all + run.retired_rows, run.audience))
      if (run.retiring_at === null) faults.push(...COUNTERS.flatMap((c) => of(c, counted[c], run[c])))
    }
    if (batch.length < BATCH) return { runs, deliveries, faults }
  }
}
