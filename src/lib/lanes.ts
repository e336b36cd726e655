/** Jobs on their way: so many at once over all, and so many for one key, so that a slow far end holds up nobody but itself. */

type Job = { key: string; start: () => void }

export class Lanes {
  readonly #most: number
  readonly #each: number
  readonly #open = new Map<string, number>()
  #waiting: Job[] = []
  #running = 0

  constructor(most: number, each: number) {
    this.#most = most
    this.#each = each
  }

  /** Runs the job when it is its turn: first come, first served, but for those whose key is full. */
  async run<T>(key: string, job: () => Promise<T>): Promise<T> {
    if (!this.#take(key)) await new Promise<void>((start) => this.#waiting.push({ key, start }))
    try {
      return await job()
    } finally {
      this.#ended(key)
    }
  }

  #take(key: string): boolean {
    const open = this.#open.get(key) ?? 0
    if (this.#running >= this.#most || open >= this.#each) return false
    this.#running++
    this.#open.set(key, open + 1)
    return true
  }

  #ended(key: string): void {
    this.#running--
    const open = (this.#open.get(key) ?? 1) - 1
    if (open > 0) this.#open.set(key, open)
    else this.#open.delete(key)
    const next = this.#waiting.findIndex((job) => this.#take(job.key))
    if (next >= 0) this.#waiting.splice(next, 1)[0]?.start()
  }
}
