/** Reads the public tree from memory: an answer that is cached takes no promise and no disk. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, systemClock } from '../lib/clock.ts'
import type { Blobs } from './blob.ts'
import { lru } from './lru.ts'
import { type AnswerOptions, siteAnswerer } from './site-answer.ts'
import { isExercise, pointerMark, readPointer, TREES, type Tree } from './site-pointer.ts'
import { isGap, keyOf, type SiteBranch, type SiteEntry, type SiteLeaf, type SiteNode } from './site-trie.ts'
import { type Soon, whenReady } from './soon.ts'

/** What stands at a path now. */
export type SiteHit = SiteEntry & { path: string; tree: Tree; exercise: boolean }

export type SiteReader = {
  /** `path` as a person reads it, without query. At once when it is in memory. */
  lookup(path: string): Soon<SiteHit | null>
  /** The same as the pointers say this very moment: what a read-back is compared with. */
  entry(path: string): Promise<SiteHit | null>
  /** Everything that stands in a tree, in no order a person would choose. Reads every node; not for a request's path. */
  walk(tree: Tree): AsyncIterable<SiteHit>
  /** The bytes of one of a hit's hashes. */
  bytes(hash: string): Soon<Uint8Array>
  /** Looks at the pointers before the next lookup; call it when the bell says something was published. */
  refresh(): void
  /** Drops everything from memory, after a purge. */
  forget(): void
  /** Answers a request for a public file; false when it is not one, and the caller goes on. Never throws. */
  handle(req: IncomingMessage, res: ServerResponse): boolean | Promise<boolean>
}

export type ReaderOptions = {
  blobs: Blobs
  dir: string
  /** Ceiling of memory for bodies and, apart, half as much for nodes; default 64 MiB. */
  maxCacheBytes?: number
  clock?: Pick<Clock, 'ticks'>
} & AnswerOptions

const LOOK_AGAIN_MS = 250
const LIVE = TREES.filter((tree) => !isExercise(tree))
const EXERCISE = TREES.filter(isExercise)

export function siteReader(options: ReaderOptions): SiteReader {
  const most = options.maxCacheBytes ?? 64 * 1024 * 1024
  const fetch = fetcher(options.blobs)
  const bodies = lru<Uint8Array>(most)
  const nodes = lru<SiteNode>(most / 2)
  const pointers = follow(options.dir, options.clock ?? systemClock)

  function bytes(hash: string): Soon<Uint8Array> {
    return (
      bodies.get(hash) ??
      fetch(hash).then((body) => {
        bodies.set(hash, body, body.length + 200)
        return body
      })
    )
  }

  function node<N extends SiteNode>(hash: string): Soon<N> {
    const held = nodes.get(hash) as N | undefined
    if (held) return held
    return fetch(hash).then((body) => {
      const parsed = JSON.parse(new TextDecoder().decode(body)) as N
      nodes.set(hash, parsed, body.length * 2 + 200)
      return parsed
    })
  }

  function entry(root: string, path: string): Soon<SiteEntry | null> {
    const key = keyOf(path)
    return whenReady(node<SiteBranch>(root), (top) => {
      const mid = top.nodes[key.mid]
      if (!mid) return null
      return whenReady(node<SiteBranch>(mid), (branch) => {
        const leaf = branch.nodes[key.leaf]
        if (!leaf) return null
        return whenReady(node<SiteLeaf>(leaf), ({ files }) => {
          const found = files[path]
          return found && !isGap(found) ? found : null
        })
      })
    })
  }

  function first(trees: readonly Tree[], path: string): Soon<SiteHit | null> {
    const [tree, ...others] = trees
    if (!tree) return null
    const root = pointers.root(tree)
    if (!root) return first(others, path)
    return whenReady(entry(root, path), (found) =>
      found ? { ...found, path, tree, exercise: isExercise(tree) } : first(others, path),
    )
  }

  async function* walk(tree: Tree): AsyncIterable<SiteHit> {
    pointers.refresh()
    const root = pointers.root(tree)
    if (!root) return
    for (const mid of Object.values((await node<SiteBranch>(root)).nodes))
      for (const leaf of Object.values((await node<SiteBranch>(mid)).nodes))
        for (const [path, found] of Object.entries((await node<SiteLeaf>(leaf)).files))
          if (!isGap(found)) yield { ...found, path, tree, exercise: isExercise(tree) }
  }

  function lookup(path: string): Soon<SiteHit | null> {
    return first(path.startsWith('/exercise/') ? EXERCISE : LIVE, path)
  }

  const reader = {
    lookup,
    async entry(path: string) {
      pointers.refresh()
      return lookup(path)
    },
    walk,
    bytes,
    refresh: pointers.refresh,
    forget() {
      bodies.clear()
      nodes.clear()
      pointers.refresh()
    },
  }
  return { ...reader, handle: siteAnswerer(reader, options) }
}

/** Roots by tree; the files are looked at no more than four times a second, because watching folders is unreliable. */
function follow(dir: string, clock: Pick<Clock, 'ticks'>) {
  const held = new Map<Tree, { mark: string; root: string | null }>()
  let lookedAt = Number.NEGATIVE_INFINITY
  const look = () => {
    for (const tree of TREES) {
      const mark = pointerMark(dir, tree)
      if (held.get(tree)?.mark === mark) continue
      held.set(tree, { mark, root: readPointer(dir, tree)?.root ?? null })
    }
  }
  return {
    root(tree: Tree): string | null {
      if (clock.ticks() - lookedAt >= LOOK_AGAIN_MS) {
        lookedAt = clock.ticks()
        look()
      }
      return held.get(tree)?.root ?? null
    },
    refresh() {
      lookedAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** One read per hash, however many wait for it. */
function fetcher(blobs: Blobs): (hash: string) => Promise<Uint8Array> {
  const underWay = new Map<string, Promise<Uint8Array>>()
  return (hash) => {
    const waiting = underWay.get(hash)
    if (waiting) return waiting
    const read = blobs
      .get(hash)
      .then((body) => {
        if (!body) throw new Error(`public file ${hash} is missing`)
        return body
      })
      .finally(() => underWay.delete(hash))
    underWay.set(hash, read)
    return read
  }
}
