/** Who seals: a thread of its own where there is more than a handful to do and a core to do it on, else the caller's thread. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type PushKeys, type Sealed, sealAll } from './seal.ts'
import type { SealDone, SealTask } from './seal-thread.ts'

/** Fewer than this are done before a thread would have begun. */
const WORTH_A_THREAD = 4
/** Handed over at once: a flash message waits for two of these at most, about two milliseconds. */
const PIECE = 12
const UNDER_WAY = 2

type Job = SealTask & { done: (sealed: Sealed) => void }

export class Sealer {
  readonly #threads: number
  #thread: Worker | undefined
  #sent = 0
  readonly #under = new Map<number, Job>()
  readonly #waiting: { flash: Job[]; routine: Job[] } = { flash: [], routine: [] }

  constructor(cores = availableParallelism()) {
    this.#threads = cores > 1 ? 1 : 0
  }

  /** Seals one message for each; calls back piece by piece, with where in `keys` the piece begins. Resolves when all are done. */
  async seal(
    plaintext: Uint8Array,
    keys: PushKeys[],
    flash: boolean,
    piece: (from: number, sealed: Sealed) => void,
  ): Promise<void> {
    if (keys.length < WORTH_A_THREAD || this.#threads === 0) {
      piece(0, sealAll(plaintext, keys))
      return
    }
    // Memory of its own, or the whole pool a Buffer lies in would be copied to the thread with it.
    const own = Uint8Array.from(plaintext)
    const done: Promise<void>[] = []
    for (let from = 0; from < keys.length; from += PIECE) {
      const some = keys.slice(from, from + PIECE)
      done.push(
        new Promise<Sealed>((resolve) => {
          this.#waiting[flash ? 'flash' : 'routine'].push({
            id: this.#sent++,
            plaintext: own,
            keys: some,
            done: resolve,
          })
        }).then((sealed) => piece(from, sealed)),
      )
    }
    this.#pump()
    await Promise.all(done)
  }

  async close(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    await thread?.terminate()
  }

  #pump(): void {
    while (this.#under.size < UNDER_WAY) {
      const job = this.#waiting.flash.shift() ?? this.#waiting.routine.shift()
      if (!job) return
      this.#under.set(job.id, job)
      const { id, plaintext, keys } = job
      const thread = this.#open()
      thread.ref()
      thread.postMessage({ id, plaintext, keys } satisfies SealTask)
    }
  }

  #open(): Worker {
    if (this.#thread) return this.#thread
    const thread = new Worker(
      new URL(import.meta.url.endsWith('.ts') ? './seal-thread.ts' : './seal-thread.js', import.meta.url),
    )
    this.#thread = thread
    thread.on('message', ({ id, bytes, bad }: SealDone) => {
      const job = this.#under.get(id)
      this.#under.delete(id)
      this.#pump()
      // Kept for the next run, and in nobody's way when the process wants to end.
      if (this.#under.size === 0) thread.unref()
      job?.done({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), bad })
    })
    thread.once('error', () => this.#instead(thread))
    thread.once('exit', () => this.#instead(thread))
    return thread
  }

  /** The thread is gone: what it had is done here, and the next message gets a new one. */
  #instead(gone: Worker): void {
    if (this.#thread === gone) this.#thread = undefined
    const jobs = [...this.#under.values()]
    this.#under.clear()
    for (const job of jobs) job.done(sealAll(job.plaintext, job.keys))
    this.#pump()
  }
}
