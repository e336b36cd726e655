/** What the timetable publishes: releases whose time has come, and signed ones a dead process left behind. */
import type { Ctx } from '../context.ts'
import {
  approvedReleases,
  changeRelease,
  dueReleases,
  nextPlanned,
  note,
  type ReleaseRow,
  releaseById,
} from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { Refusal } from '../lib/errors.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { publishApproved } from './publish.ts'

/** Publishes everything due. One that fires later than its grace is held and asked about: never a stale release. */
export async function publishDue(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  let published = 0
  for (const release of await dueReleases(ctx.store.db, now)) {
    const late = ctx.clock.ms() - Date.parse(release.planned_at as string) > ctx.config.scheduleGraceMs
    if (late) await hold(ctx, release, 'late')
    else if (await tryPublish(ctx, release)) published++
  }
  for (const release of await approvedReleases(ctx.store.db)) if (await tryPublish(ctx, release)) published++
  return published
}

/** Milliseconds until the next planned time, by the server's clock; Infinity when nothing is planned. A time that is past is due already. */
export async function untilDue(ctx: Ctx): Promise<number> {
  const next = await nextPlanned(ctx.store.db, ctx.clock.now())
  return next ? Date.parse(next) - ctx.clock.ms() : Number.POSITIVE_INFINITY
}

async function tryPublish(ctx: Ctx, release: ReleaseRow): Promise<boolean> {
  try {
    await publishApproved(ctx, release.id, 'system')
    return true
  } catch (err) {
    if (!(err instanceof Refusal)) {
      // One that cannot be published must not keep the others waiting; it is tried again, and somebody is told.
      ctx.log.error({ err, release: release.id }, 'could not be published')
      await raiseAlarm(ctx.store.db, ctx.clock, 'publication-failed', `release:${release.id}`)
      return false
    }
    // Somebody moved it between the look and the lock: nothing is wrong.
    if (err.kind !== 'wrong-state') await hold(ctx, release, err.code)
    return false
  }
}

/** Holds a release with a question and an alarm. `why` is a code. */
async function hold(ctx: Ctx, release: ReleaseRow, why: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const moved = await releaseById(trx, release.id)
    if (moved?.state !== release.state) return
    await changeRelease(trx, release.id, ctx.clock.now(), { state: 'held' })
    await note(trx, {
      release_id: release.id,
      at: ctx.clock.now(),
      member_id: null,
      act: `held:${why}`,
      revision: release.revision,
      edition: null,
    })
    await append(trx, ctx, { actor: 'system', act: 'release.hold', subject: `release:${release.id}`, fact: { why } })
    await raiseAlarm(trx, ctx.clock, 'release-held', `release:${release.id}`)
  })
}
