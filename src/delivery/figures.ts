/** Deliveries by outlet and state over all runs there ever were, kept up to date without reading the ended ones again. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { finalRuns, movingRuns, type Tallied } from './figures-store.ts'
import { COUNTERS } from './store.ts'

/** outlet → counter → how many. */
export type Sums = Map<string, Record<(typeof COUNTERS)[number], number>>

const BATCH = 1000
/** Transactions may end in another order than their clocks say: what ended just now is not yet taken for settled. */
const SETTLED_AFTER = 10 * SECOND
const FOREVER = '9999'

export class Figures {
  readonly #ctx: Ctx
  readonly #base: Sums = new Map()
  #behind = { at: '', id: '' }
  #work: Promise<void> | null = null
  #whole = false
  constructor(ctx: Ctx) {
    this.#ctx = ctx
  }

  /** null while the runs of former times are still being read for the first time. */
  async sums(): Promise<{ sums: Sums | null; moving: Tallied[] }> {
    const { db } = this.#ctx.store
    this.#work ??= this.#advance().finally(() => {
      this.#work = null
    })
    await (this.#whole ? this.#work : Promise.race([this.#work, pause(100)]))
    const behind = this.#behind
    const sums: Sums = new Map([...this.#base].map(([outlet, counts]) => [outlet, { ...counts }]))
    const moving = await movingRuns(db)
    if (!this.#whole) return { sums: null, moving }
    const late = await finalRuns(db, behind, FOREVER, 10 * BATCH)
    for (const run of [...moving, ...late]) add(sums, run)
    return { sums, moving }
  }

  /** Takes in what has ended since, a batch at a time with a pause between. */
  async #advance(): Promise<void> {
    for (;;) {
      const before = plus(this.#ctx.clock.now(), -SETTLED_AFTER)
      const batch = await finalRuns(this.#ctx.store.db, this.#behind, before, BATCH)
      for (const run of batch) add(this.#base, run)
      const last = batch.at(-1)
      if (last) this.#behind = { at: last.done_at as string, id: last.dispatch_id }
      if (batch.length < BATCH) break
      await pause(5)
    }
    this.#whole = true
  }
}

function add(sums: Sums, run: Tallied): void {
  const zero = () => Object.fromEntries(COUNTERS.map((c) => [c, 0])) as Record<(typeof COUNTERS)[number], number>
  const counts = sums.get(run.outlet) ?? zero()
  for (const c of COUNTERS) counts[c] += run[c]
  sums.set(run.outlet, counts)
}
