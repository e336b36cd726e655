/**
 * Failures grouped by cause. Rows are read a thousand at a time with a pause between, so that a million of them hold up
 * nobody; what was found stands until the counters of the run have moved.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import { type Cause, causeOf, foldWhy, type Trouble } from './cause.ts'
import { type Said, saidAfter } from './causes-store.ts'
import type { RunRow } from './run-store.ts'

export type CauseLine = {
  state: Trouble
  cause: Cause
  n: number
  /** What the far end said most often, without what is one recipient's own. */
  example: string
}
/** `counted` of `all`: while they differ, the rest is still being read. */
export type Causes = { lines: CauseLine[]; counted: number; all: number }

const BATCH = 1000
/** Whoever asks waits so long for the first answer; after that they get what there is. */
const PATIENCE = 250
/** A run whose counters move is counted again no sooner. */
const AGAIN_AFTER = 2 * SECOND
/** And not before so many times as long as it took last time. */
const REST = 5
const KEPT = 100
const MOST_TEXTS = 500

type Tally = {
  signature: string
  found: Map<string, CauseLine & { texts: Map<string, number> }>
  counted: number
  all: number
  began: number
  ended: number | null
  /** The last whole one, shown while this is under way. */
  before: Causes | null
  work: Promise<void>
}

const kept = new WeakMap<Ctx, Map<string, Tally>>()

/** Causes of a run, most frequent first. */
export async function causesOf(ctx: Ctx, run: RunRow): Promise<Causes> {
  const all = run.failed + run.gone + run.unknown + run.suppressed + run.deferred
  if (all === 0) return { lines: [], counted: 0, all: 0 }
  const tallies = talliesOf(ctx)
  const signature = [run.failed, run.gone, run.unknown, run.suppressed, run.deferred].join()
  const old = tallies.get(run.dispatch_id)
  const moves = ['planning', 'sending', 'stopping'].includes(run.state)
  if (old && (old.signature === signature || old.ended === null || (moves && isFresh(old, ctx.clock.ticks())))) {
    if (old.ended === null && !old.before) await Promise.race([old.work, pause(PATIENCE)])
    return shown(old)
  }
  const tally = begin(ctx, run, signature, all, old ? shown(old) : null)
  tallies.delete(run.dispatch_id)
  tallies.set(run.dispatch_id, tally)
  const oldest = tallies.keys().next().value
  if (tallies.size > KEPT && oldest !== undefined) tallies.delete(oldest)
  await Promise.race([tally.work, pause(PATIENCE)])
  return shown(tally)
}

function talliesOf(ctx: Ctx): Map<string, Tally> {
  const found = kept.get(ctx)
  if (found) return found
  const made = new Map<string, Tally>()
  kept.set(ctx, made)
  // What far ends said may quote a message that has been purged since.
  ctx.bell.on('forget', () => made.clear())
  return made
}

const isFresh = ({ began, ended }: Tally, now: number): boolean =>
  ended !== null && now - ended < Math.max(AGAIN_AFTER, REST * (ended - began))

function begin(ctx: Ctx, run: RunRow, signature: string, all: number, before: Causes | null): Tally {
  const tally: Tally = {
    signature,
    found: new Map(),
    counted: 0,
    all,
    began: ctx.clock.ticks(),
    ended: null,
    before,
    work: Promise.resolve(),
  }
  tally.work = count(ctx, run, tally).catch((err) => {
    talliesOf(ctx).delete(run.dispatch_id)
    ctx.log.error({ err, dispatch: run.dispatch_id }, 'counting causes')
  })
  return tally
}

async function count(ctx: Ctx, run: RunRow, tally: Tally): Promise<void> {
  for (let after = 0; ; ) {
    const began = ctx.clock.ticks()
    const { said, rows, last } = await saidAfter(ctx.store.db, run.dispatch_id, after, BATCH)
    for (const one of said) put(tally, run.outlet, one)
    tally.counted += rows
    if (rows < BATCH) break
    after = last
    // As long a pause as the work took: others come first.
    await pause(Math.min(20, Math.max(1, ctx.clock.ticks() - began)))
  }
  tally.ended = ctx.clock.ticks()
  tally.all = tally.counted
  tally.before = null
}

function put(tally: Tally, outlet: string, { state, why, n }: Said): void {
  const cause = causeOf(outlet, state, why)
  const key = `${state} ${cause}`
  const line = tally.found.get(key) ?? { state, cause, n: 0, example: '', texts: new Map<string, number>() }
  line.n += n
  const text = foldWhy(why)
  if (line.texts.has(text) || line.texts.size < MOST_TEXTS) line.texts.set(text, (line.texts.get(text) ?? 0) + n)
  tally.found.set(key, line)
}

function shown(tally: Tally): Causes {
  if (tally.ended === null && tally.before) return tally.before
  const lines = [...tally.found.values()].map(({ texts, ...line }) => ({
    ...line,
    example: [...texts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '',
  }))
  return { lines: lines.sort((a, b) => b.n - a.n), counted: tally.counted, all: tally.all }
}
