/** How many people a release would reach, counted in small ranges so that nothing else waits for it, and kept for some seconds. */
import { setImmediate as breath } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import { type Criteria, countRange, type Reached, rangeEnd } from './match-store.ts'

/** Subscribers counted between two breaths: a few milliseconds. */
const RANGE = 5_000
const KEPT = 15 * SECOND
const MOST_KEPT = 200
const NO_END = Number.MAX_SAFE_INTEGER

type Count = { at: number; found: Promise<Reached> }
const kept = new WeakMap<Ctx['store'], Map<string, Count>>()

/** `areas` as `concernedAreas` gives them. A count not older than some seconds answers at once, as does one under way. */
export function countMatching(ctx: Ctx, kind: string, mode: string, criteria: Criteria): Promise<Reached> {
  const counts = kept.get(ctx.store) ?? new Map<string, Count>()
  kept.set(ctx.store, counts)
  const key = JSON.stringify([kind, mode, criteria])
  const now = ctx.clock.ticks()
  const known = counts.get(key)
  if (known && now - known.at < KEPT) return known.found
  if (counts.size >= MOST_KEPT) counts.clear()
  const found = countAll(ctx, kind, mode, criteria)
  counts.set(key, { at: now, found })
  found.catch(() => counts.delete(key))
  return found
}

async function countAll(ctx: Ctx, kind: string, mode: string, criteria: Criteria): Promise<Reached> {
  const sum = { atOnce: 0, inDigests: 0 }
  for (let from = 0; ; ) {
    const to = await rangeEnd(ctx.store.db, kind, mode, from, NO_END, RANGE)
    if (to === null) return sum
    const part = await countRange(ctx.store.db, kind, mode, criteria, { from, to })
    sum.atOnce += part.atOnce
    sum.inDigests += part.inDigests
    from = to
    await breath()
  }
}
