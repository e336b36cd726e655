/** The pointers in a bucket: followed from memory, and the last state goes on being served while the bucket is silent. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/errors.ts'
import type { S3 } from './s3.ts'
import { type Following, type Load, type Pointer, type Pointers, TREES, type Tree } from './site-pointer.ts'

/** What was looked at so long ago is looked at again beside the answering; after the longer time the answer waits for it. */
const LOOK_AGAIN_MS = 1_000
const WAIT_AFTER_MS = 3_000
/** A visitor waits no longer than this for a look at a silent bucket. */
const MOST_WAIT_MS = 1_500

export function s3Pointers(s3: S3, below: string): Pointers {
  const key = (tree: Tree) => `${below}${tree}.json`
  const read = async (tree: Tree, hasty = false): Promise<Pointer | null> => {
    const bytes = await s3.get(key(tree), hasty ? { attempts: 1, timeoutMs: 2_000 } : undefined)
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Pointer)
  }
  return {
    read: (tree) => read(tree),
    swap: (p) => s3.put(key(p.tree), new TextEncoder().encode(JSON.stringify(p)), 'application/json'),
    follow: (clock, load) => follow((tree) => read(tree, true), clock, load),
  }
}

/**
 * What is held answers at once while it is fresh. A new root takes its place only when what it changes is in memory, so
 * that a bucket which falls silent just then leaves the whole of the last state.
 */
function follow(read: (tree: Tree) => Promise<Pointer | null>, clock: Pick<Clock, 'ticks'>, load: Load): Following {
  let held: Map<Tree, string | null> | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  let due = true
  let underWay: Promise<void> | null = null

  async function lookNow(): Promise<void> {
    const found = await Promise.all(TREES.map(async (tree) => [tree, (await read(tree))?.root ?? null] as const))
    for (const [tree, root] of found) {
      const before = held?.get(tree) ?? null
      if (root && root !== before) await load(root, before).catch(silentBucket)
    }
    held = new Map(found)
  }

  function look(): Promise<void> {
    askedAt = clock.ticks()
    underWay ??= lookNow().finally(() => {
      underWay = null
    })
    return underWay
  }

  /** A look begun before something was published may not have seen it, so that one is followed by another. */
  function lookAfresh(): Promise<void> {
    due = false
    return underWay ? underWay.catch(() => {}).then(look) : look()
  }

  const rootIn = (tree: Tree): string | null => {
    if (!held) throw new Refusal('unavailable', 'files-unavailable', [], { why: 'the pointers were never read' })
    return held.get(tree) ?? null
  }
  return {
    root(tree) {
      if (!held) return (due ? lookAfresh() : look()).then(() => rootIn(tree))
      const age = clock.ticks() - askedAt
      if (due || (age >= WAIT_AFTER_MS && !underWay)) return waitFor(lookAfresh()).then(() => rootIn(tree))
      if (age >= LOOK_AGAIN_MS) look().catch(() => {})
      return rootIn(tree)
    },
    refresh() {
      due = true
    },
    sure: () => lookAfresh(),
  }
}

/** However it ends, and for a visitor's patience at most. */
const waitFor = (look: Promise<void>): Promise<unknown> =>
  Promise.race([look.catch(() => {}), sleep(MOST_WAIT_MS, undefined, { ref: false })])

/** A file that is missing for good must not keep an old page up; one that cannot be had just now may wait for the next look. */
function silentBucket(err: unknown): void {
  if (err instanceof Refusal && err.kind === 'unavailable') throw err
}
