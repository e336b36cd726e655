/** What one root has that another had not, and what it has no longer: by the nodes that differ alone. */
import { hashesOf, type SiteNode } from './site-shape.ts'

export type Newer = {
  /** Hashes of bodies. */
  added: string[]
  removed: string[]
  /** Hashes of nodes that are new. */
  nodes: string[]
}

/**
 * `old` reads nodes of the root before; what it has no longer counts as never there.
 * @throws when a node of the new root cannot be read
 */
export async function newerFiles(
  node: (hash: string) => Promise<SiteNode>,
  root: string,
  before: string | null,
  old: (hash: string) => Promise<SiteNode | null> = node,
): Promise<Newer> {
  const found: Newer = { added: [], removed: [], nodes: [] }
  const kept = new Set<string>()
  const dropped: string[] = []
  await walk(root, before)
  const added = new Set(found.added)
  return { ...found, removed: dropped.filter((hash) => !kept.has(hash) && !added.has(hash)) }

  async function walk(now: string, was: string | null): Promise<void> {
    if (now === was) return
    found.nodes.push(now)
    const [here, there] = await Promise.all([node(now), was ? old(was) : null])
    if (!('nodes' in here)) {
      const had = new Set(there ? hashesOf(there) : [])
      const bodies = new Set(hashesOf(here))
      for (const hash of bodies) {
        if (had.has(hash)) kept.add(hash)
        else found.added.push(hash)
      }
      for (const hash of had) if (!bodies.has(hash)) dropped.push(hash)
      return
    }
    const had = there && 'nodes' in there ? there.nodes : {}
    await Promise.all(Object.entries(here.nodes).map(([digit, below]) => walk(below, had[digit] ?? null)))
  }
}
