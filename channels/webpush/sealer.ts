/** Who seals: a thread of its own where there is more than a handful to do and a core to do it on, else the caller's thread. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type PushKeys, type Sealed, sealAll } from './seal.ts'
import type { SealDone, SealTask } from './seal-thread.ts'

/** Fewer than this are done before a thread would have begun. */
const WORTH_A_THREAD = 4
/** Handed over at once: a millisecond of work. */
const PIECE = 12
/** So many lie ready that the thread has work while the sender is held up for a moment; a flash waits for no more than these. */
const UNDER_WAY = 8

type Job = SealTask & { done: (sealed: Sealed) => void }

export class Sealer {
  readonly #failed: (err: Error) => void
  #useThread: boolean
  #thread: Worker | undefined
  #sent = 0
  readonly #under = new Map<number, Job>()
  readonly #waiting: { flash: Job[]; routine: Job[] } = { flash: [], routine: [] }

  /** @param failed hears why the thread ended; all goes on without it, only slower */
  constructor(failed: (err: Error) => void, cores = availableParallelism()) {
    this.#failed = failed
    this.#useThread = cores > 1
  }

  /** Seals the message for each; calls back piece by piece, with where in `keys` the piece begins. Resolves when all are done. */
  async seal(
    plaintext: Uint8Array,
    keys: PushKeys[],
    flash: boolean,
    piece: (from: number, sealed: Sealed) => void,
  ): Promise<void> {
    if (keys.length < WORTH_A_THREAD || !this.#useThread) {
      piece(0, sealAll(plaintext, keys))
      return
    }
    // Memory of its own, or the whole pool a Buffer lies in would be copied to the thread with it.
    const own = Uint8Array.from(plaintext)
    const lane = this.#waiting[flash ? 'flash' : 'routine']
    const pieces: Promise<void>[] = []
    for (let from = 0; from < keys.length; from += PIECE) {
      const some = keys.slice(from, from + PIECE)
      const sealed = new Promise<Sealed>((done) => lane.push({ id: this.#sent++, plaintext: own, keys: some, done }))
      pieces.push(sealed.then((ready) => piece(from, ready)))
    }
    this.#pump()
    await Promise.all(pieces)
  }

  /** What is under way is finished on the caller's thread. */
  async close(): Promise<void> {
    this.#useThread = false
    await this.#thread?.terminate()
  }

  #pump(): void {
    while (this.#under.size < UNDER_WAY) {
      const job = this.#waiting.flash.shift() ?? this.#waiting.routine.shift()
      if (!job) return
      if (!this.#useThread) {
        job.done(sealAll(job.plaintext, job.keys))
        continue
      }
      const thread = this.#open()
      this.#under.set(job.id, job)
      thread.ref()
      thread.postMessage({ id: job.id, plaintext: job.plaintext, keys: job.keys } satisfies SealTask)
    }
  }

  #open(): Worker {
    if (this.#thread) return this.#thread
    const thread = new Worker(THREAD)
    this.#thread = thread
    thread.on('message', ({ id, bytes, bad }: SealDone) => {
      const job = this.#under.get(id)
      this.#under.delete(id)
      this.#pump()
      // Kept for the next run, and in nobody's way when the process wants to end.
      if (this.#under.size === 0) thread.unref()
      job?.done({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), bad })
    })
    thread.once('error', (err) => this.#failed(err as Error))
    thread.once('exit', () => this.#goOnWithout())
    return thread
  }

  /** A thread that ended is not tried again: what it had, and all to come, is done here. */
  #goOnWithout(): void {
    this.#useThread = false
    this.#thread = undefined
    const jobs = [...this.#under.values()]
    this.#under.clear()
    for (const job of jobs) job.done(sealAll(job.plaintext, job.keys))
    this.#pump()
  }
}

/** Beside this file in the source, and beside the bundle in dist/. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './seal-thread.ts' : './seal-thread.js', import.meta.url)
