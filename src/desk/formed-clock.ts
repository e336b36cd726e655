/** 20 working days from the day a document was formed: the clock follows that day until the first edition. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { clockOf, moveClock } from '../incident/clock-store.ts'
import { endClocks, startFor } from '../incident/start-clock.ts'
import type { Tables } from '../store/tables.ts'
import type { Content } from './content.ts'
import type { ReleaseRow } from './store.ts'

const RULE = 'proactive-publication'

/** The day itself does not count; a changed day moves the clock, a day taken away ends it. */
export async function keepFormedClock(
  trx: Kysely<Tables>,
  ctx: Pick<Ctx, 'clock' | 'config'>,
  release: ReleaseRow,
  { core }: Content,
): Promise<void> {
  if (release.mode !== 'live' || release.editions > 0) return
  const subject = `release:${release.id}`
  const there = await clockOf(trx, subject, RULE)
  const now = ctx.clock.now()
  if (!core.formedOn) return endClocks(trx, subject, now, [RULE])
  const from = new Date(`${core.formedOn}T00:00:00${ctx.config.site.offset}`).toISOString()
  if (!there || there.ended_at) return startFor(trx, ctx, 'formed', { subject, from, agencyId: release.agency_id })
  if (there.started_at !== from) await moveClock(trx, there, { kind: 'moved', at: now, started: from, due: null })
}
