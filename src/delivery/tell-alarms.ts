/** Alarms leave by their own path, and leave again while nobody has taken them in hand. */
import type { Ctx } from '../context.ts'
import { releaseById } from '../desk/store.ts'
import { tellAlarm } from '../lib/alarm.ts'
import { HOUR, MINUTE, plus, SECOND } from '../lib/clock.ts'
import { editionById } from '../publication/store.ts'
import { type AlarmRow, alarmsToTell, claimTelling, markTold } from '../store/alarm.ts'
import { runById } from './run-store.ts'

/** Not acknowledged for so long, it is told a second time; from then on every hour. */
export const AGAIN_AFTER = { flash: 3 * MINUTE, routine: 10 * MINUTE }
const EVERY = HOUR
/** One that could not be told is tried again so soon; a worker that died while telling loses its turn then. */
const TRY_AGAIN = 30 * SECOND

export async function tellAlarms(ctx: Ctx): Promise<void> {
  for (const alarm of await alarmsToTell(ctx.store.db, ctx.clock.now())) {
    if (!(await claimTelling(ctx.store.db, alarm, plus(ctx.clock.now(), TRY_AGAIN)))) continue
    try {
      await tell(ctx, alarm)
    } catch (err) {
      // One far end that fails keeps no other alarm waiting.
      ctx.log.error({ err, alarm: alarm.id, cause: alarm.cause }, 'an alarm could not be told')
    }
  }
}

async function tell(ctx: Ctx, { id, cause, subject, since, told_count, owner }: AlarmRow): Promise<void> {
  const { webhook, command } = ctx.config.alarm
  const count = told_count + 1
  ctx.log.warn({ alarm: id, cause, subject, count }, 'alarm')
  await tellAlarm({ id, cause, subject, since, count, owner }, ctx.config.alarm, ctx.configured)
  const at = ctx.clock.now()
  const wait = count > 1 ? EVERY : AGAIN_AFTER[(await isFlash(ctx, subject)) ? 'flash' : 'routine']
  // Where no way out is set nothing was told; the desk says so.
  await markTold(ctx.store.db, id, { at, count: webhook || command ? count : 0, next: plus(at, wait) })
}

/** Whether what the alarm is about travels the flash lane. */
async function isFlash(ctx: Ctx, subject: string): Promise<boolean> {
  const { db } = ctx.store
  const [kind, id = ''] = subject.split(':')
  const lane = async (releaseId: string | undefined) =>
    releaseId !== undefined && (await releaseById(db, releaseId))?.lane === 'flash'
  switch (kind) {
    case 'dispatch':
      return (await runById(db, id))?.lane === 'flash'
    case 'edition':
      return lane((await editionById(db, id))?.release_id)
    case 'release':
      return lane(id)
    default:
      return false
  }
}
