/** Writes a backup into a folder: rows of one moment first, then the files they name, which are only ever added to. */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { sha256 } from '../lib/id.ts'
import type { Blobs } from './blob.ts'
import type { Files } from './files.ts'
import {
  blobPath,
  FORMAT,
  FORMAT_VERSION,
  type HeldFile,
  MANIFEST,
  MANIFEST_SUM,
  type Manifest,
  publicPath,
  tablePath,
} from './manifest.ts'
import type { Pointer } from './site-pointer.ts'
import { reach } from './site-trie.ts'
import type { Cell, Snapshot } from './snapshot.ts'

export type BackupSource = {
  snapshot: Snapshot
  trees: Pointer[]
  files: Files
  /** Holds keys and outbox. */
  dataDir: string
  /** Asked now and then; throws when going on has no sense. */
  still(): Promise<void>
  about: Pick<Manifest, 'id' | 'service' | 'begunAt' | 'settings'> & { kind: Manifest['database']['kind'] }
}
export type Step = (what: 'tables' | 'attachments' | 'public' | 'rest', done: number) => void

const LANES = 8

/** `now` is asked once, at the end. @returns the manifest, which was written last */
export async function writeBackup(from: BackupSource, dir: string, step: Step, now: () => string): Promise<Manifest> {
  const files: HeldFile[] = []
  const missing: string[] = []
  const { tables, attachments, letters, ledger } = await writeTables(from, dir, files, step)
  const published = await publicFiles(from)
  const copied = { files, missing, still: from.still }
  await copyBlobs(from.files.blobs, attachments, blobPath, dir, { ...copied, step: (n) => step('attachments', n) })
  await copyBlobs(from.files.site.blobs, published, publicPath, dir, {
    ...copied,
    step: (n) => step('public', n),
  })
  await copyFolder(from.dataDir, 'keys', dir, files)
  // One written since then has no row here: where this backup is restored, no purge would find it.
  await copyFolder(from.dataDir, 'outbox', dir, files, (name) => letters.has(name))
  step('rest', files.length)
  const { kind, ...about } = from.about
  const manifest: Manifest = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    ...about,
    doneAt: now(),
    database: { kind, migrations: from.snapshot.migrations, tables },
    ledger,
    trees: from.trees,
    missing: missing.sort(),
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
  }
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeHeld(dir, MANIFEST_SUM, [Buffer.from(`${sha256(text)}  ${MANIFEST}\n`)])
  await writeHeld(dir, MANIFEST, [Buffer.from(text)])
  return manifest
}

async function writeTables({ snapshot, still }: BackupSource, dir: string, files: HeldFile[], step: Step) {
  const tables: Record<string, number> = {}
  const attachments = new Set<string>()
  const letters = new Set<string>()
  const ledger = { entries: 0, head: '' }
  for (const table of snapshot.tables) {
    await still()
    const columns = await snapshot.columns(table)
    let n = 0
    const seen = (row: Cell[]) => {
      n++
      const cell = (name: string) => row[columns.indexOf(name)]
      if (table === 'attachment') attachments.add(String(cell('sha256')))
      if (table === 'outbox_file') letters.add(String(cell('name')))
      if (table === 'ledger' && Number(cell('seq')) > ledger.entries)
        Object.assign(ledger, { entries: Number(cell('seq')), head: String(cell('hash')) })
    }
    const lines = Readable.from(linesOf(snapshot, table, columns, seen)).pipe(createGzip({ level: 1 }))
    files.push(await writeHeld(dir, tablePath(table), lines))
    tables[table] = n
    step('tables', Object.keys(tables).length)
  }
  return { tables, attachments, letters, ledger }
}

/** First the names of the columns, then one array a line; bytes as {"base64": …}. A stream gets pieces of some size. */
async function* linesOf(
  snapshot: Snapshot,
  table: string,
  columns: string[],
  seen: (row: Cell[]) => void,
): AsyncIterable<string> {
  let piece = `${JSON.stringify(columns)}\n`
  for await (const row of snapshot.rows(table)) {
    seen(row)
    piece += `${JSON.stringify(row.map((cell) => (cell instanceof Uint8Array ? { base64: Buffer.from(cell).toString('base64') } : cell)))}\n`
    if (piece.length < 1 << 16) continue
    yield piece
    piece = ''
  }
  yield piece
}

async function publicFiles({ files, trees }: BackupSource): Promise<Set<string>> {
  const found = new Set<string>()
  const walked = new Set<string>()
  for (const tree of trees) await reach(files.site.blobs, tree.root, found, walked)
  return found
}

type Copied = { files: HeldFile[]; missing: string[]; still: () => Promise<void>; step: (n: number) => void }

/** A blob that is not there, or not what its name says, is named and the rest goes on: a backup without it beats none. */
async function copyBlobs(
  from: Blobs,
  hashes: ReadonlySet<string>,
  path: (hash: string) => string,
  dir: string,
  { files, missing, still, step }: Copied,
): Promise<void> {
  const queue = [...hashes].sort().values()
  let n = 0
  const lane = async () => {
    for (const hash of queue) {
      const bytes = await from
        .get(hash)
        .catch((err: Error) => (/is damaged/.test(err.message) ? null : Promise.reject(err)))
      if (bytes) files.push(await writeHeld(dir, path(hash), [bytes]))
      else missing.push(path(hash))
      step(++n)
      if (n % 50 === 0) await still()
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

async function copyFolder(
  dataDir: string,
  name: string,
  dir: string,
  files: HeldFile[],
  wanted: (name: string) => boolean = () => true,
): Promise<void> {
  const entries = await readdir(join(dataDir, name), { withFileTypes: true }).catch(() => [])
  for (const entry of entries.filter((e) => e.isFile() && wanted(e.name))) {
    // A letter may leave while it is copied; its row says no more than its name.
    const bytes = await readFile(join(dataDir, name, entry.name)).catch(() => null)
    if (bytes) files.push(await writeHeld(dir, `${name}/${entry.name}`, [bytes]))
  }
}

/** One file, flushed to the disk, with its hash. Readable by this account alone. */
export async function writeHeld(
  dir: string,
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<HeldFile> {
  const file = join(dir, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.datasync()
  } finally {
    await handle.close()
  }
  return { path, bytes, sha256: hash.digest('hex') }
}
