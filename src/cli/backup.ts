/** ortoo backup <target>: everything the service needs to stand up again, of one moment, while it goes on running. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { Refusal } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { beginBackup, endBackup, forgetBackup, purgedSince } from '../store/backup-row.ts'
import { type Step, writeBackup } from '../store/backup-write.ts'
import type { Manifest } from '../store/manifest.ts'
import { TREES } from '../store/site-pointer.ts'
import { openSnapshot } from '../store/snapshot.ts'
import { packFolder } from './archive.ts'
import { type Command, type Io, UsageError } from './command.ts'
import { settingsWithoutSecrets } from './settings.ts'
import { version } from './version.ts'

export const backup: Command = {
  name: 'backup',
  args: ['folder|file.tar'],
  async run(io, given) {
    const target = resolve(given.args[0] ?? '')
    const parent = dirname(target)
    if (existsSync(target)) throw new UsageError('cli.usage.exists', { path: target })
    if (!existsSync(parent)) throw new UsageError('cli.usage.folder', { path: parent })
    return io.withContext((ctx) => make(io, ctx, target))
  },
}

/** Written beside its place and moved there when it is whole, so that nothing cut off bears the name. */
async function make(io: Io, ctx: Ctx, target: string): Promise<number> {
  const id = newId(ctx.clock.ms())
  const begun = ctx.clock.now()
  const part = join(dirname(target), `.${basename(target)}.${id.slice(-6)}.part`)
  await ctx.store.tx(async (trx) => {
    await beginBackup(trx, { id, name: target, begun_at: begun })
    await append(trx, ctx, { actor: 'system', act: 'backup.begin', subject: `backup:${id}` })
  })
  let manifest: Manifest
  try {
    await mkdir(part, { mode: 0o700 })
    manifest = await write(io, ctx, part, { id, begunAt: begun })
    if (target.endsWith('.tar')) await packFolder(part, `${part}.tar`)
    await unlessPurged(ctx, begun)
    if (existsSync(target)) throw new UsageError('cli.usage.exists', { path: target })
    await rename(target.endsWith('.tar') ? `${part}.tar` : part, target)
  } catch (err) {
    await rm(`${part}.tar`, { force: true })
    await rm(part, { recursive: true, force: true })
    await forgetBackup(ctx.store.db, id)
    throw err
  }
  await rm(part, { recursive: true, force: true })
  // It lies there now: whatever fails from here on, its row stays, so that a purge names it.
  await endBackup(ctx.store.db, id, ctx.clock.now())
  return tell(io, target, manifest)
}

/** Words that were purged while they were being copied must not live on in the copy. */
async function unlessPurged(ctx: Ctx, since: string): Promise<void> {
  if (await purgedSince(ctx.store.db, since)) throw new Refusal('wrong-state', 'backup-purged')
}

async function write(io: Io, ctx: Ctx, dir: string, about: Pick<Manifest, 'id' | 'begunAt'>): Promise<Manifest> {
  const { exclusive, pointers } = ctx.files.site
  // With builds held for this one moment the public trees are those of the rows: no page is missing, none is too new.
  const { snapshot, trees } = await exclusive(async () => ({
    snapshot: await openSnapshot(ctx.config.databaseUrl),
    trees: (await Promise.all(TREES.map((tree) => pointers.read(tree)))).filter((p) => p !== null),
  }))
  try {
    const source = {
      snapshot,
      trees,
      files: ctx.files,
      dataDir: ctx.config.dataDir,
      still: () => unlessPurged(ctx, about.begunAt),
      about: { ...about, kind: ctx.store.dialect, service: version(), settings: settingsWithoutSecrets(ctx.config) },
    }
    return await writeBackup(source, dir, progress(io), ctx.clock.now)
  } finally {
    await snapshot.close()
  }
}

const progress =
  (io: Io): Step =>
  (what, n) => {
    if (n % 50 === 0 || what === 'tables') io.progress(t(io.lang, `cli.backup.step.${what}`, { n }))
  }

function tell(io: Io, target: string, manifest: Manifest): number {
  const rows = Object.values(manifest.database.tables).reduce((sum, n) => sum + n, 0)
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
  const mb = Math.ceil(bytes / 1e5) / 10
  io.out(t(io.lang, 'cli.backup.done', { path: target, rows, files: manifest.files.length, mb }))
  io.out(t(io.lang, 'cli.backup.ledger', { ...manifest.ledger }))
  io.out(t(io.lang, 'cli.backup.secret'))
  for (const path of manifest.missing.slice(0, 20)) io.err(t(io.lang, 'cli.backup.missing', { path }))
  return manifest.missing.length ? 1 : 0
}
