/**
 * Every place a draft's words can lie, and how each is emptied:
 * rows (revision, edition, attachment, timeline, draft_keep: with its key goes what browsers hold, decision, hit_resolution, comment and its answers, idempotency, delivery, digest, search, fault: what readers wrote about its page, manual_record, acknowledgement): each stage's forget(), in settle.ts;
 * outbox files and attachment blobs: sweepFiles, at once; rendered pages, feeds, CAP and their compressed forms: sweepPurged, once the
 * takedown has been rendered over them, and with them the addresses of its attachments, which hold their names; the edge: sweepEdge (edge.ts), once those are swept; free pages and the write-ahead log of the database: compact, after both. Logs hold ids only.
 * Older backups are named in the quarantine record, for an operator to destroy: those `ortoo backup` made since the release
 * was begun, and whatever lies in the folder `backups`. So is the Maildir of returned mails where one came since then: most quote
 * the mail they are about. It is the mail system's, and nothing in it is deleted here.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Ctx } from '../context.ts'
import { openSiteRuns, unadopted } from '../delivery/run-store.ts'
import { MINUTE } from '../lib/clock.ts'
import { issuesToBuild } from '../publication/gazette-store.ts'
import { backupsSince } from '../store/backup-row.ts'
import { sweepHalfWritten } from '../store/blob.ts'
import { compactDatabase } from '../store/compact.ts'
import {
  dropAddresses,
  endSweep,
  forgetOutbox,
  notedAddresses,
  outboxFilesOf,
  sweepDue,
  turnsOfPurged,
} from './store.ts'

/** A file still being written may be younger than this. */
const HALF_WRITTEN = 5 * MINUTE

export async function sweepFiles(ctx: Ctx, releaseId: string, blobs: string[]): Promise<void> {
  for (const file of await outboxFilesOf(ctx.store.db, releaseId))
    await rm(join(ctx.config.dataDir, 'outbox', file.name), { force: true })
  await forgetOutbox(ctx.store.db, releaseId)
  for (const hash of blobs) await ctx.blobs.delete(hash)
  await sweepPurged(ctx)
}

/** Finishes a purge when no site build is under way; the timetable calls it until it has. @returns whether it ran */
export async function sweepPurged(ctx: Ctx): Promise<boolean> {
  const seen = await sweepDue(ctx.store.db)
  if (seen === 0 || (await openSiteRuns(ctx.store.db)) > 0) return false
  // A takedown of this moment has no run yet: what it is to be rendered over still stands.
  if (await unadopted(ctx.store.db)) return false
  if ((await issuesToBuild(ctx.store.db)).length > 0 || (await turnsOfPurged(ctx.store.db))) return false
  const addresses = await notedAddresses(ctx.store.db)
  await ctx.site.erase(addresses)
  await ctx.site.deleteUnreferenced()
  const settled = ctx.clock.ms() - HALF_WRITTEN
  for (const dir of ['blobs', join('site', 'files')]) await sweepHalfWritten(join(ctx.config.dataDir, dir), settled)
  if (!(await compactDatabase(ctx.store))) return false
  await dropAddresses(ctx.store.db, addresses.keys())
  await endSweep(ctx.store.db, seen)
  ctx.bell.ring('forget', 'purged')
  return true
}

/** Names of backups older than the purge that may still hold words first written at `since`, and of the Maildir that may. */
export async function namesOfBackups(
  db: Parameters<typeof backupsSince>[0],
  { dataDir, bounceMaildir }: Pick<Config, 'dataDir' | 'bounceMaildir'>,
  since: string,
): Promise<string[]> {
  const lying = await readdir(join(dataDir, 'backups')).catch(() => [])
  const returned = bounceMaildir && (await hasNewer(bounceMaildir, since)) ? [bounceMaildir] : []
  return [...new Set([...(await backupsSince(db, since)), ...lying.sort(), ...returned])]
}

/** Whether a mail lies in one of the Maildir's folders that came, or was read, at or after a time. */
async function hasNewer(dir: string, since: string): Promise<boolean> {
  for (const folder of ['new', 'cur', join('.failed', 'cur')]) {
    for (const name of await readdir(join(dir, folder)).catch(() => [])) {
      const found = await stat(join(dir, folder, name)).catch(() => null)
      if (found && found.ctimeMs >= Date.parse(since)) return true
    }
  }
  return false
}
