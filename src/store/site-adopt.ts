/** Puts trees that were built elsewhere in the place of the current ones. */
import { join } from 'node:path'
import type { Blobs } from './blob.ts'
import { exclusiveByFile } from './exclusive.ts'
import { readPointer, swapPointer, TREES, type Tree } from './site-pointer.ts'
import { reach } from './site-trie.ts'

export type TreePlace = { dir: string; blobs: Blobs }

/** Roots of the trees in a place; null where there is none. */
export const rootsIn = (dir: string): Record<Tree, string | null> =>
  Object.fromEntries(TREES.map((tree) => [tree, readPointer(dir, tree)?.root ?? null])) as Record<Tree, string | null>

/**
 * Copies what the new trees refer to, then swaps the pointers with commits held.
 * @returns false, changing nothing, when something was published after the new trees were built: build the rest and try again
 */
export async function adoptTrees(from: TreePlace, to: TreePlace, now: string): Promise<boolean> {
  const pointers = TREES.flatMap((tree) => readPointer(from.dir, tree) ?? [])
  const wanted = new Set<string>()
  for (const pointer of pointers) await reach(from.blobs, pointer.root, wanted, new Set())
  for (const hash of wanted) {
    if (await isWhole(to.blobs, hash)) continue
    const bytes = await from.blobs.get(hash)
    if (!bytes) throw new Error(`rebuilt file ${hash} is missing`)
    await to.blobs.delete(hash)
    await to.blobs.put(bytes)
  }
  return exclusiveByFile(join(to.dir, 'writer.lock'))(async () => {
    const behind = pointers.some((p) => (readPointer(to.dir, p.tree)?.sequence ?? 0) > p.sequence)
    if (behind) return false
    for (const pointer of pointers) await swapPointer(to.dir, { ...pointer, at: now })
    return true
  })
}

/** There, with the bytes its name says. */
const isWhole = (blobs: Blobs, hash: string): Promise<boolean> =>
  blobs.get(hash).then(
    (bytes) => bytes !== null,
    () => false,
  )
