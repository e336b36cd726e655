/** ortoo restore <backup> --into <folder>: a whole service from a backup, in a place of its own, doing nothing by itself. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { t } from '../../templates/words/index.ts'
import type { Config } from '../config.ts'
import { type Held, holdRestored } from '../delivery/hold-restored.ts'
import { systemClock } from '../lib/clock.ts'
import { Refusal } from '../lib/errors.ts'
import { TarError } from '../lib/tar.ts'
import { checkFiles, readManifest, tablesIn } from '../store/backup-read.ts'
import { writeHeld } from '../store/backup-write.ts'
import { type Files, openFiles } from '../store/files.ts'
import { isEmptyDatabase, loadTables } from '../store/load-rows.ts'
import type { Manifest } from '../store/manifest.ts'
import { migrateWithin } from '../store/migrate.ts'
import { migrations } from '../store/migrations/index.ts'
import { openStore, type Store } from '../store/open.ts'
import { TREES } from '../store/site-pointer.ts'
import { unpackInto } from './archive.ts'
import { type Command, type Io, textOption, UsageError } from './command.ts'

const refused = (code: string, params: Record<string, string | number> = {}) =>
  new Refusal('wrong-state', code, [], params)

export const restore: Command = {
  name: 'restore',
  args: ['backup'],
  options: { into: 'value' },
  async run(io, given) {
    const from = resolve(given.args[0] ?? '')
    if (!existsSync(from)) throw new UsageError('cli.usage.file', { file: from, why: 'ENOENT' })
    const config = io.config()
    const into = resolve(textOption(given, 'into') ?? config.dataDir)
    if (!existsSync(dirname(into))) throw new UsageError('cli.usage.folder', { path: dirname(into) })
    if (await isUsed(into)) throw refused('target-not-empty', { path: into })
    const stage = await mkdtemp(join(dirname(into), `.${basename(into)}.restoring-`))
    try {
      const dir = await opened(io, from, join(stage, 'unpacked'))
      await build(io, config, dir, join(stage, 'data'), into)
      return 0
    } finally {
      await rm(stage, { recursive: true, force: true })
    }
  },
}

const isUsed = async (dir: string): Promise<boolean> => existsSync(dir) && (await readdir(dir)).length > 0

/** The folder of a backup; an archive is unpacked first. */
async function opened(io: Io, from: string, dir: string): Promise<string> {
  if ((await stat(from)).isDirectory()) return from
  io.progress(t(io.lang, 'cli.restore.unpacking'))
  await mkdir(dir, { mode: 0o700 })
  await unpackInto(from, dir).catch((err) => {
    throw err instanceof TarError ? refused('backup-damaged', { path: basename(from) }) : err
  })
  return dir
}

/** Built beside its place; the folder appears when all is in it. A database elsewhere is filled in one transaction. */
async function build(io: Io, settings: Config, dir: string, stage: string, into: string): Promise<void> {
  const manifest = await readManifest(dir)
  const all = manifest.files.length
  await checkFiles(dir, manifest, (n) => n % 50 === 0 && io.progress(t(io.lang, 'cli.restore.checking', { n, all })))
  io.out(t(io.lang, 'cli.restore.checked', { n: all, at: manifest.begunAt }))
  const elsewhere = settings.databaseUrl.startsWith('postgres')
  const config = { ...settings, dataDir: stage }
  if (!elsewhere) config.databaseUrl = `sqlite:${stage}/ortoo.db`
  await mkdir(stage, { mode: 0o700 })
  const files = openFiles(config)
  await refuseUsedFiles(files)
  const store = await openStore({ databaseUrl: config.databaseUrl })
  let held: Held
  try {
    if (!(await isEmptyDatabase(store))) throw refused('database-not-empty')
    await copyFiles(io, manifest, dir, files, stage)
    held = await load(io, store, manifest, dir)
  } catch (err) {
    // The folder goes with what it was built in; a bucket is emptied again, so that the next attempt finds it as this one did.
    if (config.files) await emptied(files)
    throw err
  } finally {
    await store.close()
  }
  for (const pointer of manifest.trees) await files.site.pointers.swap(pointer)
  await rename(stage, into)
  tell(io, manifest, held, into, elsewhere)
}

/** A bucket that already serves a site keeps it. */
async function refuseUsedFiles({ blobs, site }: Files): Promise<void> {
  for (const tree of TREES) if (await site.pointers.read(tree)) throw refused('files-not-empty')
  for (const place of [blobs, site.blobs]) for await (const _hash of place.list()) throw refused('files-not-empty')
}

async function emptied({ blobs, site }: Files): Promise<void> {
  for (const place of [blobs, site.blobs]) for await (const hash of place.list()) await place.delete(hash)
}

async function copyFiles(io: Io, manifest: Manifest, dir: string, files: Files, stage: string): Promise<void> {
  for (const [i, { path }] of manifest.files.entries()) {
    if (path.startsWith('database/')) continue
    const bytes = await readFile(join(dir, path))
    if (path.startsWith('blobs/')) await files.blobs.put(bytes)
    else if (path.startsWith('site/files/')) await files.site.blobs.put(bytes)
    else await writeHeld(stage, path, [bytes])
    if (i % 50 === 0) io.progress(t(io.lang, 'cli.restore.copying', { n: i, all: manifest.files.length }))
  }
}

/** Schema of the backup, its rows, then this version's schema, then the holding: all of it or nothing. */
async function load(io: Io, store: Store, manifest: Manifest, dir: string): Promise<Held> {
  const { migrations: had, tables } = manifest.database
  const theirs = migrations.slice(0, had.length)
  if (had.join() !== theirs.map((m) => m.name).join()) throw refused('backup-format', { service: manifest.service })
  return store.tx(async (trx) => {
    await migrateWithin(store, trx, theirs)
    await loadTables(trx, store, tablesIn(dir, manifest), (table, rows) => {
      if (rows !== tables[table]) throw refused('backup-damaged', { path: table })
      io.progress(t(io.lang, 'cli.restore.loading', { table }))
    })
    await migrateWithin(store, trx)
    return holdRestored({ clock: systemClock, store }, trx, { backup: manifest.id, ...manifest.ledger })
  })
}

function tell(io: Io, manifest: Manifest, held: Held, into: string, elsewhere: boolean): void {
  const said = (key: string, params = {}) => io.out(t(io.lang, key, params))
  said(elsewhere ? 'cli.restore.done-database' : 'cli.restore.done', { path: into })
  said('cli.restore.ledger', { ...manifest.ledger })
  said('cli.restore.held', { ...held })
  for (const path of manifest.missing.slice(0, 20)) io.err(t(io.lang, 'cli.backup.missing', { path }))
  said('cli.restore.next', { path: into })
}
