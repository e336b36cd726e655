/** Digests: what waited for a subscriber's morning, as one mail. Rows first, then the wire; safe to run twice and after any crash. */
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { type Judged, judge } from './digest-judge.ts'
import { duePeriods } from './digest-period.ts'
import { planCalled, planDigests, runsWaiting, setMark, supersedeWaiting } from './digest-plan-store.ts'
import { sweepDigests } from './digest-store.ts'
import { type Prepared, sendDigests } from './digest-window.ts'
import { openRuns } from './run-store.ts'

/** Subscribers planned in one transaction, and deliveries superseded in one. */
const RANGE = 10_000
const CALLED = 500
/** The timetable gets its turn back after so long, although more is due. */
const SLICE = 4 * SECOND

/** One turn: dead windows, texts that must not go out, periods that have ended, then mails for as long as the slice lasts. */
export async function driveDigests(ctx: Ctx): Promise<void> {
  const began = ctx.clock.ticks()
  await sweepDead(ctx)
  await supersede(ctx)
  await plan(ctx)
  const prepared: Prepared = new Map()
  while (ctx.clock.ticks() - began < SLICE && !(await flashGoing(ctx)) && (await sendDigests(ctx, prepared)) > 0);
}

async function sweepDead(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  await ctx.store.tx(async (trx) => {
    if ((await sweepDigests(trx, now)) > 0) await raiseAlarm(trx, ctx.clock, 'digest-unknown', 'outlet:email')
  })
}

/** What was corrected, withdrawn or taken down before its digest left is told by nobody any more. */
async function supersede(ctx: Ctx): Promise<void> {
  for (const run of await runsWaiting(ctx.store.db)) {
    for (let more = true; more; ) {
      more = await ctx.store.tx(async (trx) => {
        const judged: Judged | null = await judge(trx, run.dispatch_id)
        return judged?.verdict === 'superseded'
          ? (await supersedeWaiting(trx, run.dispatch_id, RANGE, ctx.clock.now())) === RANGE
          : false
      })
    }
  }
}

/** Rows of every period that has ended; the mark is set last, so that a crash on the way only begins the period again. */
async function plan(ctx: Ctx): Promise<void> {
  while ((await ctx.store.tx((trx) => planCalled(trx, CALLED, ctx.clock.now()))) === CALLED);
  for (const period of await duePeriods(ctx)) {
    let from: number | null = 0
    while (from !== null) {
      const after: number = from
      from = await ctx.store.tx((trx) => planDigests(trx, period, after, RANGE, ctx.clock.now()))
    }
    await setMark(ctx.store.db, { frequency: period.frequency, zone: period.zone, period: period.period })
  }
}

/** Flash goes first. */
const flashGoing = async (ctx: Ctx): Promise<boolean> =>
  (await openRuns(ctx.store.db, ctx.clock.now())).some((r) => r.lane === 'flash' && r.state === 'sending')
