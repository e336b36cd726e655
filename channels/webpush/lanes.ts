/** Requests on their way, by push service: so many at once and no more, shared by all calls of send, flash before routine. */

/** Open at once to one push service. Flash may use all of them; routine leaves some for it, so that a flash never finds them all taken. */
const MOST = { flash: 200, routine: 160 }

type Waiting = (() => void)[]
type Lane = { open: number; flash: Waiting; routine: Waiting }

export class Lanes {
  readonly #byOrigin = new Map<string, Lane>()

  /** Runs the job when it is its turn. */
  async run(origin: string, flash: boolean, job: () => Promise<void>): Promise<void> {
    const kind = flash ? 'flash' : 'routine'
    const lane = this.#byOrigin.get(origin) ?? { open: 0, flash: [], routine: [] }
    this.#byOrigin.set(origin, lane)
    if (lane.open < MOST[kind]) lane.open++
    else await new Promise<void>((turn) => lane[kind].push(turn))
    try {
      await job()
    } finally {
      this.#ended(origin, lane)
    }
  }

  /** The place of the one that ended goes to the next as it is: nobody can slip in between. */
  #ended(origin: string, lane: Lane): void {
    const next = lane.flash.shift() ?? (lane.open <= MOST.routine ? lane.routine.shift() : undefined)
    if (next) next()
    else if (--lane.open === 0) this.#byOrigin.delete(origin)
  }
}
