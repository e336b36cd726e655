/** Files by their SHA-256: written once, never changed, verified when read. */
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newToken, sha256 } from '../lib/id.ts'

/** Keeps bytes under their hash (64 lower-case hex digits). Every call may be made by many processes at once. */
export type Blobs = {
  /** Durable when it resolves. Putting the same bytes again changes nothing. */
  put(bytes: Uint8Array): Promise<string>
  /** null when there are none. Throws when what lies there is not what was put. */
  get(hash: string): Promise<Uint8Array | null>
  has(hash: string): Promise<boolean>
  /** Deleting what is not there is no error. */
  delete(hash: string): Promise<void>
  list(): AsyncIterable<string>
}

const HASH = /^[0-9a-f]{64}$/
const HALF_WRITTEN = /^\.[\w-]+\.tmp$/

/**
 * Blobs in a folder, fanned out over two levels: ab/cd/abcd…; files are readable by the service's account only.
 * `scratch`: nothing is flushed to the disk; for what is thrown away or copied before anybody relies on it.
 */
export function folderBlobs(dir: string, { scratch = false } = {}): Blobs {
  const folder = (hash: string) => join(dir, hash.slice(0, 2), hash.slice(2, 4))
  const file = (hash: string) => join(folder(hash), checkedHash(hash))
  return {
    async put(bytes) {
      const hash = sha256(bytes)
      if (await exists(file(hash))) return hash
      if (scratch) {
        await mkdir(folder(hash), { recursive: true, mode: 0o700 })
        await writeFile(file(hash), bytes, { mode: 0o600 })
        return hash
      }
      await makeFolder(folder(hash))
      await writeDurably(folder(hash), hash, bytes)
      return hash
    },
    async get(hash) {
      const bytes = await readFile(file(hash)).catch(missingIsNull)
      if (bytes && sha256(bytes) !== hash) throw new Error(`blob ${hash} is damaged: its bytes have another hash`)
      return bytes
    },
    has: async (hash) => exists(file(hash)),
    delete: async (hash) => rm(file(hash), { force: true }),
    list: () => hashesIn(dir),
  }
}

/** Writes beside, flushes, renames over, flushes the folder: after a power cut the old file or the new one is there, whole. */
export async function writeDurably(dir: string, name: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = join(dir, `.${newToken()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, join(dir, name))
  } catch (err) {
    await rm(temporary, { force: true })
    throw err
  }
  await syncFolder(dir)
}

/** A folder is only safe once the folder that names it is, so each one made has its parent flushed. */
async function makeFolder(path: string): Promise<void> {
  const topmost = await mkdir(path, { recursive: true, mode: 0o700 })
  if (!topmost) return
  for (let made = path; made.length >= topmost.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Removes what a crash left half written before `beforeMs` (milliseconds since the epoch) and says how many. Such a file
 * holds words that no hash names, so a purge would not find them.
 */
export async function sweepHalfWritten(dir: string, beforeMs: number): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(missingIsNull)
  let removed = 0
  for (const entry of entries ?? []) {
    if (!entry.isFile() || !HALF_WRITTEN.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const found = await stat(path).catch(missingIsNull)
    if (!found || found.mtimeMs >= beforeMs) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}

async function* hashesIn(dir: string): AsyncIterable<string> {
  for (const one of await names(dir)) {
    for (const two of await names(join(dir, one))) {
      for (const name of await names(join(dir, one, two))) if (isHash(name)) yield name
    }
  }
}

const names = async (dir: string): Promise<string[]> =>
  (await readdir(dir).catch(missingIsNull))?.filter((name) => /^[0-9a-f]+$/.test(name)).sort() ?? []

export const isHash = (name: string): boolean => HASH.test(name)

/** A hash that comes from outside becomes part of a path, so nothing else may pass. */
export function checkedHash(hash: string): string {
  if (!isHash(hash)) throw new Error('a blob is named by 64 lower-case hexadecimal digits')
  return hash
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (err) {
    missingIsNull(err as NodeJS.ErrnoException)
    return false
  }
}

function missingIsNull(err: NodeJS.ErrnoException): null {
  if (err.code === 'ENOENT' || err.code === 'ENOTDIR') return null
  throw err
}
