/** Whether a folder takes files, and how much room its disk has left. */
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes a few bytes and takes them away again: a full disk and one that is read-only both show. @throws the system's error */
export async function tryWriting(dir: string): Promise<void> {
  const own = await mkdtemp(join(dir, '.try-'))
  try {
    await writeFile(join(own, 'it'), 'room')
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}
