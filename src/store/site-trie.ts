/** The public file tree as a Merkle trie over paths: a commit rewrites only the nodes above what it touched. */
import { canonicalJson, sha256 } from '../lib/id.ts'
import type { Blobs } from './blob.ts'
import {
  hashesOf,
  isGap,
  keyIn,
  type SiteBranch,
  type SiteEntry,
  type SiteGap,
  type SiteLeaf,
  type SiteNode,
  type TrieKey,
} from './site-shape.ts'

export type { SiteBranch, SiteEntry, SiteGap, SiteLeaf, SiteNode } from './site-shape.ts'
export { hashesOf, isGap } from './site-shape.ts'

export const keyOf = (path: string): TrieKey => keyIn(sha256(path))

export async function readNode<N extends SiteNode>(blobs: Blobs, hash: string): Promise<N> {
  const bytes = await blobs.get(hash)
  if (!bytes) throw new Error(`site node ${hash} is missing`)
  return JSON.parse(new TextDecoder().decode(bytes)) as N
}

const writeNode = (blobs: Blobs, node: SiteNode): Promise<string> =>
  blobs.put(new TextEncoder().encode(canonicalJson(node)))

/** The entry at a path under a root, a gap where it was removed, null where nothing ever was. */
export async function entryAt(blobs: Blobs, root: string | null, path: string): Promise<SiteEntry | SiteGap | null> {
  if (!root) return null
  const key = keyOf(path)
  const mid = (await readNode<SiteBranch>(blobs, root)).nodes[key.mid]
  const leaf = mid && (await readNode<SiteBranch>(blobs, mid)).nodes[key.leaf]
  return (leaf && (await readNode<SiteLeaf>(blobs, leaf)).files[path]) || null
}

/**
 * Writes the changes over a root and returns the new one. Equal or higher sequences replace; paths a higher sequence
 * wrote are left as they are and named in `refused`. The same entries always give the same root, in whatever order.
 */
export async function writeEntries(
  blobs: Blobs,
  root: string | null,
  changes: ReadonlyMap<string, SiteEntry | SiteGap>,
): Promise<{ root: string; refused: string[] }> {
  const top: SiteBranch = root ? await readNode(blobs, root) : { nodes: {} }
  const refused: string[] = []
  const byMid = group([...changes], ([path]) => keyOf(path).mid)
  await Promise.all(
    [...byMid].map(async ([digits, those]) => {
      const old = top.nodes[digits]
      const mid: SiteBranch = old ? await readNode(blobs, old) : { nodes: {} }
      for (const [digit, entries] of group(those, ([path]) => keyOf(path).leaf)) {
        mid.nodes[digit] = await writeLeaf(blobs, mid.nodes[digit], entries, refused)
      }
      top.nodes[digits] = await writeNode(blobs, mid)
    }),
  )
  return { root: await writeNode(blobs, top), refused: refused.sort() }
}

async function writeLeaf(
  blobs: Blobs,
  old: string | undefined,
  entries: [string, SiteEntry | SiteGap][],
  refused: string[],
): Promise<string> {
  const leaf: SiteLeaf = old ? await readNode(blobs, old) : { files: {} }
  for (const [path, entry] of entries) {
    const there = leaf.files[path]
    if (there && there.sequence > entry.sequence) refused.push(path)
    else leaf.files[path] = entry
  }
  return writeNode(blobs, leaf)
}

/** SHA-256 of paths, each with the last sequence whose file may go. */
export type Addresses = ReadonlyMap<string, number>

/**
 * Takes tombstones, gaps and old files out without a trace, by the SHA-256 of their paths; what was written later stays. Whatever
 * is left empty goes too, so that the tree is as if they had never been.
 */
export async function eraseEntries(blobs: Blobs, root: string, addresses: Addresses): Promise<string> {
  const top: SiteBranch = await readNode(blobs, root)
  for (const [digits, those] of group([...addresses.keys()], (digest) => keyIn(digest).mid)) {
    const old = top.nodes[digits]
    if (!old) continue
    const mid: SiteBranch = await readNode(blobs, old)
    for (const [digit, some] of group(those, (digest) => keyIn(digest).leaf)) {
      const leaf: SiteLeaf = mid.nodes[digit] ? await readNode(blobs, mid.nodes[digit]) : { files: {} }
      for (const [path, entry] of Object.entries(leaf.files))
        if (some.includes(sha256(path)) && isOld(entry, addresses.get(sha256(path)) ?? 0)) delete leaf.files[path]
      await setOrDrop(blobs, mid, digit, leaf, leaf.files)
    }
    await setOrDrop(blobs, top, digits, mid, mid.nodes)
  }
  return writeNode(blobs, top)
}

async function setOrDrop(blobs: Blobs, above: SiteBranch, digits: string, node: SiteNode, held: object): Promise<void> {
  if (Object.keys(held).length > 0) above.nodes[digits] = await writeNode(blobs, node)
  else delete above.nodes[digits]
}

const isOld = (entry: SiteEntry | SiteGap, sequence: number): boolean =>
  isGap(entry) || entry.status === 410 || entry.sequence <= sequence

/** Adds every blob reachable from a node to `found`; `walked` are nodes already followed. */
export async function reach(blobs: Blobs, hash: string, found: Set<string>, walked: Set<string>): Promise<void> {
  if (walked.has(hash)) return
  walked.add(hash)
  found.add(hash)
  const node = await readNode(blobs, hash)
  if ('nodes' in node) for (const below of Object.values(node.nodes)) await reach(blobs, below, found, walked)
  else for (const body of hashesOf(node)) found.add(body)
}

function group<T>(items: T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const there = groups.get(by(item))
    if (there) there.push(item)
    else groups.set(by(item), [item])
  }
  return groups
}
