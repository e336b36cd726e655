/** Folders into tar archives and back. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { packTar, type TarFile, unpackTar } from '../lib/tar.ts'

/** Every file below a folder, by path, in order of the paths' letters. */
export async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .sort((a, b) => (a < b ? -1 : 1))
}

export async function packFolder(dir: string, file: string): Promise<void> {
  async function* entries(): AsyncIterable<TarFile> {
    for (const path of await filesBelow(dir)) {
      const { size } = await stat(join(dir, path))
      yield { path, bytes: size, body: createReadStream(join(dir, path)) }
    }
  }
  await pipeline(Readable.from(packTar(entries())), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  const handle = await open(file)
  await handle.sync().finally(() => handle.close())
}

/** @throws TarError */
export async function unpackInto(file: string, dir: string): Promise<void> {
  for await (const { path, body } of unpackTar(createReadStream(file))) {
    await mkdir(dirname(join(dir, path)), { recursive: true, mode: 0o700 })
    await pipeline(Readable.from(body), createWriteStream(join(dir, path), { flags: 'wx', mode: 0o600 }))
  }
}
