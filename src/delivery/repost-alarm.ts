/** A release that carries another's hears of it when that one is corrected or taken back. */
import type { Ctx } from '../context.ts'
import { repostStanding } from '../publication/repost.ts'
import { type EditionRow, repostsOf } from '../publication/store.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'

type Trx = Parameters<typeof repostsOf>[0]
const CAUSE = 'repost-source-changed'

/** Looks at the releases that carry this edition's, and at this one where it carries another: the source may have changed meanwhile. */
export async function lookAtReposts(trx: Trx, ctx: Ctx, edition: EditionRow): Promise<void> {
  for (const id of new Set([...(await repostsOf(trx, edition.release_id)), edition.release_id])) {
    const subject = `release:${id}`
    if ((await repostStanding(trx, id))?.changed) await raiseAlarm(trx, ctx.clock, CAUSE, subject)
    else await clearAlarm(trx, ctx.clock, CAUSE, subject)
  }
}
