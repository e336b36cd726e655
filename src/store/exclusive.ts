/** One at a time, over threads and processes of one machine; the system lets go when the owner dies. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../lib/clock.ts'

/** @throws when the turn was lost meanwhile; asked right before the one step that others must not overtake */
export type Still = () => Promise<void>

/** Runs the work when nobody else runs theirs; waits for its turn. */
export type Exclusive = <T>(work: (still: Still) => Promise<T>) => Promise<T>

/** Calls of one process take their turns here, so that one lock at a time is asked for. */
export function inTurn(locked: <T>(work: (still: Still) => Promise<T>) => Promise<T>): Exclusive {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(() => locked(work))
    last = mine.catch(() => {})
    return mine
  }
}

const WAIT_MS = 60_000

/**
 * A lock on a file of its own. An empty SQLite database does the locking: it needs no owner's name and no guess when an
 * owner is dead, because the kernel drops the lock with the process. Throws after a minute's wait.
 */
export const exclusiveByFile = (path: string): Exclusive => inTurn((work) => locked(path, work))

/** A file's lock cannot be lost while its process lives. */
const certain: Still = async () => {}

async function locked<T>(path: string, work: (still: Still) => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    await begin(lock, path)
    return await work(certain)
  } finally {
    lock.close()
  }
}

async function begin(lock: DatabaseSync, path: string): Promise<void> {
  const until = systemClock.ticks() + WAIT_MS
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return lock.exec('begin exclusive')
    } catch (err) {
      if (!/locked|busy/.test((err as Error).message)) throw err
      if (systemClock.ticks() > until) throw new Error(`waited a minute for ${path}: another process holds it`)
    }
    await sleep(pause)
  }
}
