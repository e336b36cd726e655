/** Shapes of the public tree and its pointers: what Node and the edge both read. Pure, and touches neither disk nor network. */

/** What stands at one path. The body and its compressed forms are blobs of their own. */
export type SiteEntry = {
  /** SHA-256 of the body as it is. */
  hash: string
  type: string
  status: 200 | 410
  headers: Record<string, string>
  /** The commit that wrote it: a lower one never replaces it. */
  sequence: number
  br?: string
  gz?: string
}
/** Removed, and by which commit, so that a late lower commit cannot bring it back. */
export type SiteGap = { gone: true; sequence: number }
export type SiteLeaf = { files: Record<string, SiteEntry | SiteGap> }
/** The root branches over the first two hex digits of sha256(path), a mid over the third. */
export type SiteBranch = { nodes: Record<string, string> }
export type SiteNode = SiteLeaf | SiteBranch

export type TrieKey = { mid: string; leaf: string }

/** Where a path stands, by the hexadecimal SHA-256 of it. */
export const keyIn = (digest: string): TrieKey => ({ mid: digest.slice(0, 2), leaf: digest.slice(2, 3) })

export const isGap = (entry: SiteEntry | SiteGap): entry is SiteGap => 'gone' in entry

/** Blobs a node or entry names directly. */
export const hashesOf = (node: SiteNode): string[] =>
  'nodes' in node ? Object.values(node.nodes) : Object.values(node.files).flatMap(entryHashes)

const entryHashes = (entry: SiteEntry | SiteGap): string[] =>
  isGap(entry) ? [] : [entry.hash, entry.br, entry.gz].filter((hash) => hash !== undefined)

export const TREES = ['website', 'feeds', 'exercise-website', 'exercise-feeds'] as const
export type Tree = (typeof TREES)[number]

/**
 * `sequence` is the highest that was ever committed; `at` is when this root was made, UTC, and never goes back, so that of
 * two pointers of one tree it is always plain which is the later. `void`: paths of the last commits that took something
 * away. Whoever cannot read this root yet may go on showing the one before, but of these paths nothing.
 */
export type Pointer = { tree: Tree; sequence: number; root: string; at: string; void?: Voided[] }
/**
 * `gone`: it answers 410 now; else it only ceased to speak of what is gone. Of the path only part of its hash is kept: an
 * address may hold the name of a file, which a purge must not meet here again.
 */
export type Voided = { key: string; at: string; gone: boolean }

/** The part of a path's SHA-256 a pointer names it by. */
export const voidKey = (digest: string): string => digest.slice(0, 16)

const HASH = /^[0-9a-f]{64}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Whether what was read or sent has the form of a pointer. */
export function isPointer(value: unknown): value is Pointer {
  if (!isRecord(value)) return false
  const { tree, sequence, root, at, void: named } = value
  const known = (TREES as readonly unknown[]).includes(tree) && Number.isSafeInteger(sequence) && Number(sequence) >= 0
  const timed = typeof root === 'string' && HASH.test(root) && typeof at === 'string' && TIME.test(at)
  const voided = named === undefined || (Array.isArray(named) && named.length <= MOST_VOID && named.every(isVoided))
  return known && timed && voided
}

const isVoided = (value: unknown): boolean =>
  isRecord(value) &&
  /^[0-9a-f]{16}$/.test(String(value['key'])) &&
  TIME.test(String(value['at'])) &&
  typeof value['gone'] === 'boolean'

/** A pointer names no more than these; a reader so far behind that some may be missing takes every path for one of them. */
export const MOST_VOID = 300

/** Whether the bytes a reader at `shown` has for a path may no longer be shown, by what the later pointer says. */
export function voidAt(later: Pointer, shown: Pick<Pointer, 'at'>, digest: string): Voided | 'all' | null {
  const named = later.void ?? []
  const oldest = named[0]
  if (named.length >= MOST_VOID && oldest && shown.at < oldest.at) return 'all'
  return named.findLast((one) => one.key === voidKey(digest) && one.at > shown.at) ?? null
}

export const isExercise = (tree: Tree): boolean => tree === 'exercise-website' || tree === 'exercise-feeds'

/** Above 0 when `a` is the later state of the tree, 0 when they are the same. */
export function laterThan(a: Pick<Pointer, 'sequence' | 'at'>, b: Pick<Pointer, 'sequence' | 'at'>): number {
  if (a.sequence !== b.sequence) return a.sequence - b.sequence
  return a.at === b.at ? 0 : a.at > b.at ? 1 : -1
}

/** What stands at a path now, and in which tree. */
export type SiteHit = SiteEntry & { path: string; tree: Tree; exercise: boolean }

export const LIVE_TREES: readonly Tree[] = TREES.filter((tree) => !isExercise(tree))
export const EXERCISE_TREES: readonly Tree[] = TREES.filter(isExercise)

/** The trees a path is looked for in, in order. */
export const treesAt = (path: string): readonly Tree[] => (path.startsWith('/exercise/') ? EXERCISE_TREES : LIVE_TREES)

/** Names below a bucket's prefix, and below the data folder. */
export const FILES_BELOW = 'site/files/'
export const pointerName = (tree: Tree): string => `site/${tree}.json`
