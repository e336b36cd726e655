/** Which processes work on a database, and whether they write their files to the same place and seal with the same keys. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import { DAY, plus } from '../lib/clock.ts'
import { newToken, sha256 } from '../lib/id.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>
export type WorkerRow = Tables['worker']

/** The same for everyone who writes to the same bucket and prefix, or sees the same data folder. */
export function placeOf({ dataDir, files }: Pick<Config, 'dataDir' | 'files'>): string {
  if (files) return sha256(`${files.endpoint} ${files.bucket} ${files.prefix}`).slice(0, 16)
  const file = join(dataDir, 'place')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) writeFirst(file)
  return readFileSync(file, 'utf8')
}

/** Of two that begin at once one writes, and both read what it wrote. */
function writeFirst(file: string): void {
  try {
    writeFileSync(file, newToken().slice(0, 16), { mode: 0o600, flag: 'wx' })
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EEXIST') throw err
  }
}

export async function sayPresent(ctx: Ctx): Promise<void> {
  const row = { files: placeOf(ctx.config), keys: ctx.keys.live.kid, seen_at: ctx.clock.now() }
  const { db } = ctx.store
  await db
    .insertInto('worker')
    .values({ id: `${hostname()}:${process.pid}`, ...row })
    .onConflict((c) => c.column('id').doUpdateSet(row))
    .execute()
  await db.deleteFrom('worker').where('seen_at', '<', plus(row.seen_at, -DAY)).execute()
}

export const workersSince = (db: Db, since: string): Promise<WorkerRow[]> =>
  db.selectFrom('worker').selectAll().where('seen_at', '>=', since).orderBy('id').execute()
