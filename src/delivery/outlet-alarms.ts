/** Alarms about an outlet as a whole: it refuses us, or it takes nothing from anybody. They clear themselves with the first it takes. */
import { MINUTE } from '../lib/clock.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import type { SendLeg } from './send.ts'
import type { Result } from './store.ts'

/** How long an outlet may take nothing before somebody is told. In a flash nobody waits. */
const SILENCE = { flash: 0, routine: MINUTE }
const REFUSES = 'outlet-refuses-us'
const SILENT = 'outlet-silent'

type Db = Parameters<typeof raiseAlarm>[0]

export async function outletAlarms(trx: Db, leg: SendLeg, results: Result[]): Promise<void> {
  const { ctx, memory, channel, run } = leg
  const tried = results.filter((r) => !r.heldBack && r.outcome.state !== 'suppressed')
  if (tried.length === 0) return
  const subject = `outlet:${channel.name}`
  if (tried.some((r) => r.outcome.state === 'again' && r.outcome.ours)) {
    await raiseAlarm(trx, ctx.clock, REFUSES, subject)
    memory.alarmed = true
  }
  if (tried.every((r) => r.outcome.state === 'again' || r.outcome.state === 'unknown')) {
    memory.silent ??= ctx.clock.ticks()
    if (ctx.clock.ticks() - memory.silent < SILENCE[run.lane as 'flash' | 'routine']) return
    await raiseAlarm(trx, ctx.clock, SILENT, subject)
    memory.alarmed = true
    return
  }
  memory.silent = undefined
  // An alarm may stand from a run that is over, or from before a restart: the first it takes from each run clears it.
  if (memory.alarmed === false || !tried.some((r) => r.state === 'accepted')) return
  for (const cause of [REFUSES, SILENT]) await clearAlarm(trx, ctx.clock, cause, subject)
  memory.alarmed = false
}
