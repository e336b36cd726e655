/** How many a second, over the last second. */
import { SECOND } from '../lib/clock.ts'

/** Ticks are milliseconds of a clock that only goes forward. */
export class Rate {
  #noted: { at: number; n: number }[] = []

  note(at: number, n: number): void {
    this.#noted.push({ at, n })
  }

  /** 0 before anything was noted; a run just begun is judged by the time it has had. */
  perSecond(at: number): number {
    this.#noted = this.#noted.filter((one) => at - one.at <= SECOND)
    const first = this.#noted[0]
    if (!first) return 0
    const span = Math.max(at - first.at, 1)
    const n = this.#noted.reduce((sum, one) => sum + one.n, 0)
    return (n * SECOND) / (this.#noted.length === 1 ? SECOND : span)
  }
}
