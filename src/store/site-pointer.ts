/** The small files that say which root of each public tree is current; swapping one is the moment of publishing. */
import { readFileSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from './blob.ts'

export const TREES = ['website', 'feeds', 'exercise-website', 'exercise-feeds'] as const
export type Tree = (typeof TREES)[number]

/** `sequence` is the highest that was ever committed; `at` is when this root was made, UTC. */
export type Pointer = { tree: Tree; sequence: number; root: string; at: string }

/** Only `live` reaches the live trees: tests and exercises share roots of their own. */
export const treeFor = (tree: 'website' | 'feeds', mode: 'live' | 'exercise' | 'test'): Tree =>
  mode === 'live' ? tree : `exercise-${tree}`

export const isExercise = (tree: Tree): boolean => tree === 'exercise-website' || tree === 'exercise-feeds'

const file = (dir: string, tree: Tree): string => join(dir, `${tree}.json`)

export function readPointer(dir: string, tree: Tree): Pointer | null {
  try {
    return JSON.parse(readFileSync(file(dir, tree), 'utf8')) as Pointer
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw err
  }
}

export async function swapPointer(dir: string, pointer: Pointer): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeDurably(dir, `${pointer.tree}.json`, JSON.stringify(pointer))
}

/** Changes whenever the pointer file was swapped; '' when there is none. Cheap enough for a request's path. */
export function pointerMark(dir: string, tree: Tree): string {
  const found = statSync(file(dir, tree), { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino}-${found.mtimeNs}-${found.ctimeNs}-${found.size}` : ''
}
