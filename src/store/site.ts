/** The public file tree: files by hash, a trie over paths, and one pointer per tree swapped last. */
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { systemClock } from '../lib/clock.ts'
import { sha256 } from '../lib/id.ts'
import type { Blobs } from './blob.ts'
import { rememberedBlobs } from './blob-memory.ts'
import { type Exclusive, exclusiveByFile, type Still } from './exclusive.ts'
import {
  folderPointers,
  isExercise,
  nextPointer,
  type Pointers,
  type Taken,
  TREES,
  type Tree,
  treeFor,
} from './site-pointer.ts'
import { type ReaderOptions, type SiteReader, siteReader } from './site-reader.ts'
import {
  type Addresses,
  entryAt,
  eraseEntries,
  isGap,
  reach,
  type SiteEntry,
  type SiteGap,
  writeEntries,
} from './site-trie.ts'

type Mode = 'live' | 'exercise' | 'test'

/** One public file. `path` is as a person reads it (not percent-encoded) and begins with a slash. */
export type SiteFile = {
  path: string
  type: string
  body: string | Uint8Array
  status?: 200 | 410
  headers?: Record<string, string>
}

/** `refused` names the paths a higher sequence wrote; they were left as they are. */
export type Committed = { root: string; refused: string[] }

export type SiteWriter = {
  /** All files appear at once. Throws, changing nothing, for a path or header that could not be served. */
  commit(tree: 'website' | 'feeds', mode: Mode, sequence: number, files: SiteFile[]): Promise<Committed>
  /** Takes paths away; a commit of a lower sequence cannot bring them back. */
  remove(tree: 'website' | 'feeds', mode: Mode, sequence: number, paths: string[]): Promise<Committed>
  /**
   * Takes files out of every tree without a trace, by the SHA-256 of their paths: for addresses that themselves hold words of
   * what was purged. A tombstone goes always, a file only if nothing later than the purge wrote it: another release may have come
   * to offer the same. Nothing guards such a path any more, so what stood there must have become impossible to render.
   */
  erase(addresses: Addresses): Promise<void>
  /** Blobs that no current tree refers to and that are not in `keep`. */
  unreferenced(keep?: ReadonlySet<string>): Promise<string[]>
  /** Deletes them, with no commit in between, and says which: afterwards a replaced file has left no byte. */
  deleteUnreferenced(keep?: ReadonlySet<string>): Promise<string[]>
}

/** The tree as one process holds it: writing, and reading from memory. */
export type Site = SiteWriter & SiteReader

export type SiteOptions = {
  blobs: Blobs
  /** Holds the pointers and the writers' lock, unless `pointers` and `exclusive` say otherwise. */
  dir: string
  pointers?: Pointers
  /**
   * Each call travels: what was written is kept in memory for whoever reads it next. The nodes above what a commit
   * touches are read once for each of its files.
   */
  far?: boolean
  now?: () => string
  /** Runs commits one at a time over everything that writes these trees; default a lock file beside the pointers. */
  exclusive?: Exclusive
}

export function openSite(options: SiteOptions & ReaderOptions): Site {
  const memory = options.far ? rememberedBlobs(options.blobs) : null
  const blobs = memory ?? options.blobs
  const writer = siteWriter({ ...options, blobs })
  const reader = siteReader({ ...options, blobs })
  const following = async <T>(work: Promise<T>): Promise<T> => work.finally(() => reader.refresh())
  return {
    ...reader,
    ...writer,
    forget() {
      memory?.forget()
      reader.forget()
    },
    commit: (...args) => following(writer.commit(...args)),
    remove: (...args) => following(writer.remove(...args)),
    erase: (addresses) => following(writer.erase(addresses)),
  }
}

export function siteWriter(options: SiteOptions): SiteWriter {
  const { blobs, dir } = options
  const pointers = options.pointers ?? folderPointers(dir)
  const now = options.now ?? systemClock.now
  const exclusive = options.exclusive ?? exclusiveByFile(join(dir, 'writer.lock'))

  async function swap(
    tree: Tree,
    sequence: number,
    changes: Map<string, SiteEntry | SiteGap>,
    taken: Taken[],
    still: Still,
  ): Promise<Committed> {
    const before = await pointers.read(tree)
    const { root, refused } = await writeEntries(blobs, before?.root ?? null, changes)
    const highest = Math.max(sequence, before?.sequence ?? sequence)
    if (root !== before?.root || highest !== before.sequence) {
      await still()
      await pointers.swap(nextPointer(before, { tree, sequence: highest, root, at: now() }, taken))
    }
    return { root, refused }
  }

  /** Follows every current root; nodes in `walked` are not read twice. */
  async function reachAll(found: Set<string>, walked: Set<string>): Promise<void> {
    for (const tree of TREES) {
      const pointer = await pointers.read(tree)
      if (pointer) await reach(blobs, pointer.root, found, walked)
    }
  }

  /**
   * The long walk over all nodes is made beside the commits, so that a flash need not wait for it; then, with commits
   * held, only what they changed meanwhile is walked, and `act` gets what is still referred to by nothing.
   */
  async function withLoose(keep: ReadonlySet<string>, act: (loose: string[]) => Promise<void>): Promise<string[]> {
    const found = new Set(keep)
    const walked = new Set<string>()
    const before: string[] = []
    for await (const hash of blobs.list()) before.push(hash)
    await reachAll(found, walked)
    return exclusive(async (still) => {
      await reachAll(found, walked)
      const loose = before.filter((hash) => !found.has(hash))
      await still()
      await act(loose)
      return loose
    })
  }

  return {
    async commit(name, mode, sequence, files) {
      const tree = treeFor(name, mode)
      checkSequence(sequence)
      checkPaths(
        tree,
        files.map((file) => file.path),
      )
      for (const file of files) checkHeaders(file)
      return exclusive(async (still) => {
        const root = (await pointers.read(tree))?.root ?? null
        const changes = new Map<string, SiteEntry>()
        const changed: Taken[] = []
        const refused: string[] = []
        await inLanes(files, async (file) => {
          const there = await entryAt(blobs, root, file.path)
          if (there && there.sequence > sequence) return refused.push(file.path)
          const entry = await storeFile(blobs, file, sequence, there)
          changes.set(file.path, entry)
          if (there && !isGap(there) && there.hash !== entry.hash)
            changed.push({ path: file.path, gone: entry.status === 410 })
        })
        const taken = changed.some((file) => file.gone) ? changed : []
        return { ...(await swap(tree, sequence, changes, taken, still)), refused: refused.sort() }
      })
    },
    async remove(name, mode, sequence, paths) {
      const tree = treeFor(name, mode)
      checkSequence(sequence)
      checkPaths(tree, paths)
      const gaps = new Map(paths.map((path): [string, SiteGap] => [path, { gone: true, sequence }]))
      const taken = paths.map((path) => ({ path, gone: false }))
      return exclusive((still) => swap(tree, sequence, gaps, taken, still))
    },
    erase: (addresses) =>
      exclusive(async (still) => {
        for (const tree of addresses.size > 0 ? TREES : []) {
          const before = await pointers.read(tree)
          const root = before && (await eraseEntries(blobs, before.root, addresses))
          if (!before || root === before.root) continue
          await still()
          await pointers.swap(nextPointer(before, { ...before, root: root as string, at: now() }))
        }
      }),
    unreferenced: (keep = new Set()) => withLoose(keep, async () => {}),
    deleteUnreferenced: (keep = new Set()) => withLoose(keep, (loose) => inLanes(loose, (hash) => blobs.delete(hash))),
  }
}

const COMPRESSIBLE = /^(text\/|image\/svg\+xml|application\/(json|xml|javascript|[\w.-]+\+(json|xml)))/
const WORTH_BYTES = 512
const squeezeBrotli = promisify(brotliCompress)
const squeezeGzip = promisify(gzip)

/** Quality 5 takes a few milliseconds for a page; a flash must not wait for the last per cent. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

async function storeFile(
  blobs: Blobs,
  file: SiteFile,
  sequence: number,
  there: SiteEntry | SiteGap | null,
): Promise<SiteEntry> {
  const bytes = typeof file.body === 'string' ? new TextEncoder().encode(file.body) : file.body
  const hash = sha256(bytes)
  // What the present tree refers to is there: nothing is deleted while commits are held.
  const same = there && !isGap(there) && there.hash === hash ? there : null
  if (!same) await blobs.put(bytes)
  const plain = { hash, type: file.type, status: file.status ?? 200, headers: lowerCase(file.headers ?? {}), sequence }
  if (bytes.length <= WORTH_BYTES || !COMPRESSIBLE.test(file.type)) return plain
  if (same?.br && same.gz) return { ...plain, br: same.br, gz: same.gz }
  const [br, gz] = await Promise.all([squeezeBrotli(bytes, BROTLI), squeezeGzip(bytes)])
  const [brHash, gzHash] = await Promise.all([blobs.put(br), blobs.put(gz)])
  return { ...plain, br: brHash, gz: gzHash }
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

function checkSequence(sequence: number): void {
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw new Error(`a sequence is a whole number, not ${sequence}`)
}

/** A path that a browser would send differently, or that leaves its tree, would be a file nobody can fetch or stop. */
function checkPaths(tree: Tree, paths: string[]): void {
  for (const path of paths) {
    const odd = /[\u0000-\u001f\u007f\\?#]|\/\/|%[0-9a-f]{2}/i.test(path) || /\/\.{1,2}(\/|$)/.test(path)
    if (!path.startsWith('/') || odd || !path.isWellFormed()) throw new Error(`not a path of a public file: ${path}`)
    const exercise = path.startsWith('/exercise/') || path === '/exercise'
    if (exercise !== isExercise(tree) || path === '/exercise') throw new Error(`${path} may not stand in ${tree}`)
  }
  if (new Set(paths).size < paths.length) throw new Error('one commit names a path twice')
}

function checkHeaders(file: SiteFile): void {
  for (const [name, value] of Object.entries({ ...file.headers, 'content-type': file.type })) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
}

/** Eight at a time: the disk is kept busy without holding every file's bytes at once. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values()
  const lane = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(8, items.length) }, lane))
}
