/** The small files that say which root of each public tree is current; swapping one is the moment of publishing. */
import { readFileSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, plus } from '../lib/clock.ts'
import { sha256 } from '../lib/id.ts'
import { writeDurably } from './blob.ts'
import { MOST_VOID, type Pointer, TREES, type Tree, voidKey } from './site-shape.ts'
import type { Soon } from './soon.ts'

export { isExercise, type Pointer, TREES, type Tree } from './site-shape.ts'

/** Where the pointers of a public side are kept. */
export type Pointers = {
  /** As it stands this moment; null where nothing was ever committed. */
  read(tree: Tree): Promise<Pointer | null>
  /** Durable when it resolves. Only the holder of the writers' lock calls it. */
  swap(pointer: Pointer): Promise<void>
  /** Roots as one reader follows them. `load` brings into memory what a new root needs before it is shown. */
  follow(clock: Pick<Clock, 'ticks'>, load: Load): Following
}

export type Load = (root: string, before: string | null) => Promise<void>

export type Following = {
  root(tree: Tree): Soon<string | null>
  /** Looks again before the next answer. */
  refresh(): void
  /** As the pointers say this very moment. @throws when they cannot be read */
  sure(): Promise<void>
}

/** Only `live` reaches the live trees: tests and exercises share roots of their own. */
export const treeFor = (tree: 'website' | 'feeds', mode: 'live' | 'exercise' | 'test'): Tree =>
  mode === 'live' ? tree : `exercise-${tree}`

/** A path whose old bytes may be shown no more, and whether it answers 410 now. */
export type Taken = { path: string; gone: boolean }

/** The pointer that follows another: its time never goes back, and what lately ceased to be public stays named. */
export function nextPointer(before: Pointer | null, next: Pointer, taken: readonly Taken[] = []): Pointer {
  const at = before && next.at <= before.at ? plus(before.at, 1) : next.at
  const added = taken.map(({ path, gone }) => ({ key: voidKey(sha256(path)), at, gone }))
  const keys = new Set(added.map(({ key }) => key))
  const named = [...(before?.void ?? []).filter(({ key }) => !keys.has(key)), ...added].slice(-MOST_VOID)
  return { ...next, at, ...(named.length ? { void: named } : {}) }
}

/** Roots of all trees; null where there is none. */
export async function rootsOf(pointers: Pick<Pointers, 'read'>): Promise<Record<Tree, string | null>> {
  const roots = TREES.map(async (tree) => [tree, (await pointers.read(tree))?.root ?? null] as const)
  return Object.fromEntries(await Promise.all(roots)) as Record<Tree, string | null>
}

export function folderPointers(dir: string): Pointers {
  const file = (tree: Tree): string => join(dir, `${tree}.json`)
  return {
    read: async (tree) => readFile(file(tree)),
    async swap(pointer) {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      await writeDurably(dir, `${pointer.tree}.json`, JSON.stringify(pointer))
    },
    follow: (clock) => followFolder(file, clock),
  }
}

function readFile(file: string): Pointer | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Pointer
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw err
  }
}

/** Changes whenever the pointer file was swapped; '' when there is none. Cheap enough for a request's path. */
function markOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino}-${found.mtimeNs}-${found.ctimeNs}-${found.size}` : ''
}

const LOOK_AGAIN_MS = 250

/** The files are looked at no more than four times a second, because watching folders is unreliable. */
function followFolder(file: (tree: Tree) => string, clock: Pick<Clock, 'ticks'>): Following {
  const held = new Map<Tree, { mark: string; root: string | null }>()
  let lookedAt = Number.NEGATIVE_INFINITY
  const look = () => {
    for (const tree of TREES) {
      const mark = markOf(file(tree))
      if (held.get(tree)?.mark === mark) continue
      held.set(tree, { mark, root: readFile(file(tree))?.root ?? null })
    }
  }
  const refresh = () => {
    lookedAt = Number.NEGATIVE_INFINITY
  }
  return {
    root(tree) {
      if (clock.ticks() - lookedAt >= LOOK_AGAIN_MS) {
        lookedAt = clock.ticks()
        look()
      }
      return held.get(tree)?.root ?? null
    },
    refresh,
    sure: async () => refresh(),
  }
}
