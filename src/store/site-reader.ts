/** Reads the public tree from memory: an answer that is cached takes no promise and no disk. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, systemClock } from '../lib/clock.ts'
import type { Blobs } from './blob.ts'
import { lru } from './lru.ts'
import { type AnswerOptions, siteAnswerer } from './site-answer.ts'
import { hotAnswers } from './site-hot.ts'
import { folderPointers, type Pointers } from './site-pointer.ts'
import {
  hashesOf,
  isExercise,
  isGap,
  type SiteBranch,
  type SiteEntry,
  type SiteHit,
  type SiteLeaf,
  type SiteNode,
  type Tree,
  treesAt,
} from './site-shape.ts'
import { keyOf } from './site-trie.ts'
import { type Soon, whenReady } from './soon.ts'

export type { SiteHit } from './site-shape.ts'

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
  /** Answers a request as one like it was answered before, while nothing has changed; false when it cannot. */
  again(req: IncomingMessage, res: ServerResponse): boolean
  /** Answers a request for a public file; false when it is not one, and the caller goes on. Never throws. */
  handle(req: IncomingMessage, res: ServerResponse): boolean | Promise<boolean>
}

export type ReaderOptions = {
  blobs: Blobs
  /** Where the pointers lie unless `pointers` says otherwise. */
  dir: string
  pointers?: Pointers
  /** Ceiling of memory for bodies and, apart, half as much for nodes; default 64 MiB. */
  maxCacheBytes?: number
  clock?: Pick<Clock, 'ticks'>
} & AnswerOptions

/** A commit changes some dozens of files; more than this is a tree made anew. */
const WORTH_LOADING = 500

export function siteReader(options: ReaderOptions): SiteReader {
  const most = options.maxCacheBytes ?? 64 * 1024 * 1024
  const fetch = fetcher(options.blobs)
  const bodies = lru<Uint8Array>(most)
  const nodes = lru<SiteNode>(most / 2)
  const pointers = (options.pointers ?? folderPointers(options.dir)).follow(options.clock ?? systemClock, load)

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

  /** Brings what a new root changes into memory. Of a first root, or of a tree made anew, bodies wait to be asked for. */
  async function load(root: string, before: string | null): Promise<void> {
    if (!before) return void (await node(root))
    const bodies = await changedBelow(root, await node(before))
    if (bodies.length <= WORTH_LOADING) await Promise.all(bodies.map(bytes))
  }

  async function changedBelow(hash: string, old: SiteNode | null): Promise<string[]> {
    const now = await node(hash)
    const known = new Set(old ? hashesOf(old) : [])
    if (!('nodes' in now)) return hashesOf(now).filter((body) => !known.has(body))
    const changed = Object.entries(now.nodes).filter(([, below]) => !known.has(below))
    const found = changed.map(async ([digit, below]) => {
      const was = old && 'nodes' in old ? old.nodes[digit] : undefined
      return changedBelow(below, was ? await node(was) : null)
    })
    return (await Promise.all(found)).flat()
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
    return whenReady(pointers.root(tree), (root) => {
      if (!root) return first(others, path)
      return whenReady(entry(root, path), (found) =>
        found ? { ...found, path, tree, exercise: isExercise(tree) } : first(others, path),
      )
    })
  }

  async function* walk(tree: Tree): AsyncIterable<SiteHit> {
    await pointers.sure()
    const root = await pointers.root(tree)
    if (!root) return
    for (const mid of Object.values((await node<SiteBranch>(root)).nodes))
      for (const leaf of Object.values((await node<SiteBranch>(mid)).nodes))
        for (const [path, found] of Object.entries((await node<SiteLeaf>(leaf)).files))
          if (!isGap(found)) yield { ...found, path, tree, exercise: isExercise(tree) }
  }

  function lookup(path: string): Soon<SiteHit | null> {
    return first(treesAt(path), path)
  }

  /** No promise: what would have to wait is not answered from what was made before. */
  function rootsAt(path: string): (string | null)[] | null {
    const roots: (string | null)[] = []
    for (const tree of treesAt(path)) {
      const root = pointers.root(tree)
      if (root instanceof Promise) {
        root.catch(() => {}) // The lookup that follows asks again and says why.
        return null
      }
      roots.push(root)
    }
    return roots
  }
  const hot = hotAnswers(rootsAt, most / 2)

  const reader = {
    lookup,
    async entry(path: string) {
      await pointers.sure()
      return lookup(path)
    },
    walk,
    bytes,
    refresh: pointers.refresh,
    forget() {
      hot.clear()
      bodies.clear()
      nodes.clear()
      pointers.refresh()
    },
  }
  return { ...reader, ...siteAnswerer(reader, hot, options) }
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
