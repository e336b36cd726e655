/** Puts a pointer in the place of the one before it, and says so only when nobody shows what it took away. */
import type { Clock } from '../lib/clock.ts'
import { newerFiles } from '../store/site-newer.ts'
import { laterThan, type Pointer, type SiteNode } from '../store/site-shape.ts'
import { type Copy, HOLD } from './copy.ts'
import type { EdgeFiles, StoredPointer } from './files.ts'

/** An answer begun with the older state may take so long to leave. */
const MARGIN = 500
/** Two that publish at once meet here; whoever comes second looks again. */
const MOST_TRIES = 5
/** A commit changes some dozens of files. Of a tree made anew the origin has asked beforehand what is missing. */
const MOST_CHECKED = 400

export type Swapped =
  /** `settled`: it was read back, and no isolate shows older bytes of what it took away. */
  | { status: 200; root: string; sequence: number; settled: true }
  | { status: 409; error: 'older'; pointer: Pointer }
  | { status: 409; error: 'missing'; missing: string[] }
  | { status: 503; error: 'not-read-back' }

export async function swapPointer(
  files: EdgeFiles,
  copy: Copy,
  clock: Pick<Clock, 'ms'>,
  pointer: Pointer,
): Promise<Swapped> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const there = await files.pointer(pointer.tree)
    if (there && !isFollowedBy(there.pointer, pointer)) return { status: 409, error: 'older', pointer: there.pointer }
    if (there?.pointer.root !== pointer.root || there.pointer.at !== pointer.at) {
      const missing = await missingOf(files, pointer, there)
      if (missing.length) return { status: 409, error: 'missing', missing }
      if (!(await files.swap(pointer, there))) continue
    }
    return settle(files, copy, clock, pointer)
  }
  return { status: 503, error: 'not-read-back' }
}

/** The same again is no step back: its answer may have been lost. */
const isFollowedBy = (there: Pointer, next: Pointer): boolean =>
  laterThan(next, there) > 0 || (laterThan(next, there) === 0 && next.root === there.root)

/** Read from the bucket once more: what does not say what was written is not acknowledged. */
async function settle(files: EdgeFiles, copy: Copy, clock: Pick<Clock, 'ms'>, pointer: Pointer): Promise<Swapped> {
  const began = clock.ms()
  const back = await files.pointer(pointer.tree)
  if (!back || laterThan(pointer, back.pointer) > 0) return { status: 503, error: 'not-read-back' }
  await copy.note(back.pointer, began)
  if (takesAway(back)) {
    const left = back.uploaded.getTime() + HOLD + MARGIN - clock.ms()
    await new Promise((done) => setTimeout(done, Math.min(HOLD + MARGIN, Math.max(0, left))))
  }
  return { status: 200, root: pointer.root, sequence: pointer.sequence, settled: true }
}

/** Whether anything is void now that was not under the pointer before it. */
const takesAway = ({ pointer, before }: StoredPointer): boolean => (pointer.void?.at(-1)?.at ?? '') > before

/** What the new root leads to and the old one did not, as far as it is not here. */
async function missingOf(files: EdgeFiles, pointer: Pointer, there: StoredPointer | null): Promise<string[]> {
  const missing: string[] = []
  let read = 0
  const old = async (hash: string): Promise<SiteNode | null> => {
    if (++read > MOST_CHECKED) throw new TooMany()
    return files.node(hash).catch(() => null)
  }
  const node = async (hash: string): Promise<SiteNode> => {
    const found = await old(hash)
    if (!found) missing.push(hash)
    return found ?? { nodes: {} }
  }
  try {
    if (!there) return (await node(pointer.root)) && missing
    const { added } = await newerFiles(node, pointer.root, there.pointer.root, old)
    const checked = [...new Set(added)].slice(0, MOST_CHECKED)
    const have = await Promise.all(checked.map((hash) => files.has(hash)))
    return [...new Set(missing), ...checked.filter((_, i) => !have[i])]
  } catch (err) {
    if (err instanceof TooMany) return [...new Set(missing)]
    throw err
  }
}

class TooMany extends Error {}
