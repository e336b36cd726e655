/** How many people have been told of a release so far, over each outlet: whom a correction is owed. */
import { setImmediate as breath } from 'node:timers/promises'
import { countTold } from '../audience/match-store.ts'
import type { Ctx } from '../context.ts'
import { type RunRow, runsOfRelease } from './run-store.ts'

/** Subscriber ids looked through between two breaths. */
const RANGE = 5_000

/** By outlet; each person once, however many editions they had. Outlets open to everybody tell no one in particular. */
export async function toldOf(ctx: Ctx, releaseId: string): Promise<Record<string, number>> {
  const runs = (await runsOfRelease(ctx.store.db, releaseId)).filter(
    (r) => r.plan_end > 0 && (r.accepted + r.unknown > 0 || (r.outlet === 'manual' && r.audience > 0)),
  )
  const told: Record<string, number> = {}
  for (const [outlet, own] of Map.groupBy(runs, (r) => r.outlet)) told[outlet] = await each(ctx, outlet, own)
  return told
}

/** One run knows by its counters; of several, ranges of people are looked through. */
async function each(ctx: Ctx, outlet: string, runs: RunRow[]): Promise<number> {
  // Nothing was sent to named contacts, but they were asked, and will be again.
  if (outlet === 'manual') return Math.max(...runs.map((r) => r.audience))
  const [only, ...more] = runs
  if (only && more.length === 0) return only.accepted + only.unknown
  const end = Math.max(...runs.map((r) => r.plan_end))
  const ids = runs.map((r) => r.dispatch_id)
  let n = 0
  for (let from = 0; from < end; from += RANGE) {
    n += await countTold(ctx.store.db, ids, { from, to: from + RANGE })
    await breath()
  }
  return n
}
