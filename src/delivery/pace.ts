/** How fast a run goes and how long it still takes, from counters seen over the last seconds. Pure. */
import { SECOND } from '../lib/clock.ts'
import type { RunRow } from './run-store.ts'

const OVER = 5 * SECOND
/** A rate from less than this is a guess. */
const LEAST = SECOND / 2

type Counters = Pick<RunRow, 'audience' | 'planned' | 'sending' | 'deferred'>

/** Those whose turn has come and gone, whatever the outcome; who is to be tried again has had no turn yet. */
export const handled = (run: Counters): number => run.audience - run.planned - run.sending - run.deferred
/** Those who wait for their turn; whoever is to be tried again waits for a time, not for the others. */
export const waiting = (run: Counters): number => run.planned + run.sending

export class Pace {
  #seen: { at: number; n: number }[] = []

  /** `at` in milliseconds that only go forward. */
  see(at: number, n: number): this {
    const last = this.#seen.at(-1)
    // Sent again as possible repeats: what was counted before says nothing of now.
    if (last && n < last.n) this.#seen = []
    this.#seen.push({ at, n })
    while (this.#seen.length > 2 && (this.#seen[1]?.at ?? at) <= at - OVER) this.#seen.shift()
    return this
  }

  /** Per second, or null while too little has been seen. */
  get rate(): number | null {
    const [first, last] = [this.#seen[0], this.#seen.at(-1)]
    if (!first || !last || last.at - first.at < LEAST) return null
    return ((last.n - first.n) * SECOND) / (last.at - first.at)
  }
}

/** Whole seconds, or null where nothing moves or nothing waits. */
export const secondsLeft = (run: Counters, rate: number | null): number | null =>
  rate && rate > 0 && waiting(run) > 0 ? Math.max(1, Math.ceil(waiting(run) / rate)) : null
