/** What to do when work fails: an alarm like any other, and where even that cannot be written, a word straight to the outside. */
import type { Ctx } from '../context.ts'
import { tellAlarm } from '../lib/alarm.ts'
import { MINUTE } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import { clearAlarm, raiseAlarm } from './alarm.ts'

/** While the database stays away the outside is told again after so long. */
const AGAIN_MS = 10 * MINUTE
const CAUSE = 'work-failing'
const UNWRITTEN = 'database-failing'

export type Distress = {
  /** `what` is a job or `dispatch`; never rejects. */
  failed(what: string): Promise<void>
  /** It works again. Costs nothing where nothing had failed. */
  recovered(what: string): Promise<void>
}

export function distress(ctx: Ctx): Distress {
  const failing = new Set<string>()
  /** What has worked in this process: an alarm from before a restart is over with the first time it does. */
  const seen = new Set<string>()
  let since = ''
  let toldAt = Number.NEGATIVE_INFINITY
  let count = 0

  /** The database is what an alarm would be written to, so this one leaves by webhook or command alone. */
  async function tell(): Promise<void> {
    since ||= ctx.clock.now()
    if (ctx.clock.ticks() - toldAt < AGAIN_MS) return
    toldAt = ctx.clock.ticks()
    count++
    const notice = {
      id: newId(ctx.clock.ms()),
      cause: UNWRITTEN,
      subject: 'service:database',
      since,
      count,
      owner: null,
    }
    await tellAlarm(notice, ctx.config.alarm, ctx.configured).catch((err) => {
      toldAt = Number.NEGATIVE_INFINITY
      ctx.log.error({ err, cause: UNWRITTEN }, 'alarm could not be told')
    })
  }

  return {
    async failed(what) {
      failing.add(what)
      try {
        await raiseAlarm(ctx.store.db, ctx.clock, CAUSE, `job:${what}`)
      } catch {
        await tell()
      }
    },
    async recovered(what) {
      if (seen.has(what) && !failing.has(what)) return
      try {
        await clearAlarm(ctx.store.db, ctx.clock, CAUSE, `job:${what}`)
        seen.add(what)
        if (!failing.delete(what)) return
        since = ''
        count = 0
        toldAt = Number.NEGATIVE_INFINITY
      } catch {
        await tell()
      }
    },
  }
}
