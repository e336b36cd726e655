/** What stands in public is read again all the time: a page changed on its way, or on a disk, is noticed within minutes. */

import { displayEnded } from '../../templates/page/display.ts'
import type { Ctx } from '../context.ts'
import { loadEdition } from '../publication/catalogue.ts'
import { lastEditionOf, recentInList } from '../publication/store.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { runsOfEdition } from './run-store.ts'
import { verifyEdition } from './verify.ts'

/** The newest of what was changed last: what people look at, and all of it still in the current feeds. */
const NEWEST = 8

/** Reads the last releases back by their public addresses, pages and feeds. @returns how many were not as they should be */
export async function patrol(ctx: Ctx): Promise<number> {
  const { db } = ctx.store
  let wrong = 0
  for (const releaseId of await recentInList(db, 'live:all', Number.MAX_SAFE_INTEGER, NEWEST)) {
    const row = await lastEditionOf(db, releaseId)
    // Not read back once yet: its own run is at it.
    if (!row) continue
    const runs = (await runsOfEdition(db, row.id)).filter((r) => r.outlet === 'website' || r.outlet === 'feeds')
    if (runs.length === 0 || !runs.every((r) => r.verified_at)) continue
    const edition = await loadEdition(db, row)
    // Its pages turn within moments of that time; what they must say then is the turn's own business.
    if (displayEnded(edition, ctx.clock.now())) continue
    const found: string[] = []
    for (const channel of ctx.channels) if (channel.proof) found.push(...(await verifyEdition(ctx, edition, channel)))
    // Published over while we looked: the next edition answers for itself.
    if ((await lastEditionOf(db, releaseId))?.id !== row.id) continue
    const subject = `edition:${row.id}`
    if (found.length === 0) await clearAlarm(db, ctx.clock, 'public-differs', subject)
    else {
      wrong++
      ctx.log.error({ edition: row.id, differences: found.length }, 'what stands in public is not what was signed')
      await raiseAlarm(db, ctx.clock, 'public-differs', subject)
    }
  }
  return wrong
}
