/** Reads a backup: nothing of it is used before every hash was checked. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { Refusal } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'
import { isHash } from './blob.ts'
import type { TableRows } from './load-rows.ts'
import { FORMAT, FORMAT_VERSION, MANIFEST, MANIFEST_SUM, type Manifest, tablePath } from './manifest.ts'
import { TREES } from './site-pointer.ts'
import type { Cell } from './snapshot.ts'

/** Words of these stand under `cli.refused.backup-…`. */
const refused = (code: string, params: Record<string, string | number> = {}) =>
  new Refusal('wrong-state', code, [], params)

/**
 * The manifest of a finished backup.
 * @throws Refusal backup-unfinished · backup-damaged · backup-format
 */
export async function readManifest(dir: string): Promise<Manifest> {
  const text = await readFile(join(dir, MANIFEST), 'utf8').catch(() => null)
  const sum = await readFile(join(dir, MANIFEST_SUM), 'utf8').catch(() => null)
  if (text === null || sum === null) throw refused('backup-unfinished', { dir })
  if (sum.split(' ')[0] !== sha256(text)) throw refused('backup-damaged', { path: MANIFEST })
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== FORMAT || manifest.formatVersion > FORMAT_VERSION)
    throw refused('backup-format', { service: manifest.service ?? '?' })
  for (const path of strangePaths(manifest)) throw refused('backup-damaged', { path })
  return manifest
}

/** The only places a backup has files in. The manifest vouches for itself alone: whoever changed it can write its hash too. */
const HELD = /^(database\/\w+\.jsonl\.gz|(blobs|site\/files)\/[0-9a-f]{2}\/[0-9a-f]{64}|(keys|outbox)\/[^/\\\0]+)$/

/** What would be read or written elsewhere than in the folders of a backup, or used without a hash. */
function strangePaths({ files, database, trees }: Manifest): string[] {
  const listed = new Set(files.map((file) => file.path))
  const tables = Object.keys(database.tables).map(tablePath)
  return [
    ...files.map((file) => file.path).filter((path) => !HELD.test(path) || /\/\.{1,2}$/.test(path)),
    ...tables.filter((path) => !listed.has(path)),
    ...trees.filter(({ tree, root }) => !TREES.includes(tree) || !isHash(root)).map(({ tree }) => tree),
  ]
}

/** @throws Refusal backup-missing-file · backup-damaged, naming the first file that is not as it was written */
export async function checkFiles(dir: string, manifest: Manifest, step: (n: number) => void): Promise<void> {
  for (const [i, file] of manifest.files.entries()) {
    const found = await hashOfFile(join(dir, file.path))
    if (!found) throw refused('backup-missing-file', { path: file.path })
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256) throw refused('backup-damaged', { path: file.path })
    step(i + 1)
  }
}

async function hashOfFile(path: string): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk as Buffer)
      bytes += (chunk as Buffer).length
    }
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw err
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Tables with their rows, in the order of the manifest. */
export async function* tablesIn(dir: string, manifest: Manifest): AsyncIterable<TableRows> {
  for (const table of Object.keys(manifest.database.tables)) {
    const source = createReadStream(join(dir, tablePath(table)))
    const lines = linesOf(source.pipe(createGunzip()))[Symbol.asyncIterator]()
    const first = await lines.next()
    yield { table, columns: JSON.parse(first.value ?? '[]') as string[], rows: rowsOf(lines) }
    source.destroy()
  }
}

/** At line feeds alone: a text may hold the other separators that readline would also part it at. */
async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}

async function* rowsOf(lines: AsyncIterator<string>): AsyncIterable<Cell[]> {
  for (let line = await lines.next(); !line.done; line = await lines.next())
    yield (JSON.parse(line.value) as (Cell | { base64: string })[]).map(cellOf)
}

const cellOf = (cell: Cell | { base64: string }): Cell =>
  cell !== null && typeof cell === 'object' && 'base64' in cell ? Buffer.from(cell.base64 as string, 'base64') : cell
