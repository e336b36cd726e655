/** Puts trees that were built elsewhere in the place of the current ones. */
import type { Blobs } from './blob.ts'
import type { Exclusive } from './exclusive.ts'
import { nextPointer, type Pointer, type Pointers, TREES } from './site-pointer.ts'
import { reach } from './site-trie.ts'

export type TreePlace = { pointers: Pick<Pointers, 'read' | 'swap'>; blobs: Blobs }

/**
 * Copies what the new trees refer to, then swaps the pointers with commits held.
 * @returns false, changing nothing, when something was published after the new trees were built: build the rest and try again
 */
export async function adoptTrees(
  from: TreePlace,
  to: TreePlace & { exclusive: Exclusive },
  now: string,
): Promise<boolean> {
  const pointers = await pointersIn(from)
  const wanted = new Set<string>()
  for (const pointer of pointers) await reach(from.blobs, pointer.root, wanted, new Set())
  for (const hash of wanted) {
    if (await isWhole(to.blobs, hash)) continue
    const bytes = await from.blobs.get(hash)
    if (!bytes) throw new Error(`rebuilt file ${hash} is missing`)
    await to.blobs.delete(hash)
    await to.blobs.put(bytes)
  }
  return to.exclusive(async (still) => {
    const there = new Map((await pointersIn(to)).map((p) => [p.tree, p]))
    if (pointers.some((p) => (there.get(p.tree)?.sequence ?? 0) > p.sequence)) return false
    for (const { tree, sequence, root } of pointers) {
      await still()
      await to.pointers.swap(nextPointer(there.get(tree) ?? null, { tree, sequence, root, at: now }))
    }
    return true
  })
}

async function pointersIn(place: TreePlace): Promise<Pointer[]> {
  const found = await Promise.all(TREES.map((tree) => place.pointers.read(tree)))
  return found.filter((p) => p !== null)
}

/** There, with the bytes its name says. */
const isWhole = (blobs: Blobs, hash: string): Promise<boolean> =>
  blobs.get(hash).then(
    (bytes) => bytes !== null,
    () => false,
  )
