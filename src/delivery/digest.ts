/** Digests: what waited for a subscriber's morning, as one mail. Rows first, then the wire; safe to run twice and after any crash. */
import type { Ctx } from '../context.ts'
import { HOUR, plus, SECOND } from '../lib/clock.ts'
import { raiseAlarm, untaken } from '../store/alarm.ts'
import { judge } from './digest-judge.ts'
import { duePeriods } from './digest-period.ts'
import { planCalled, planDigests, runsInDoubt, setMark, supersedeWaiting } from './digest-plan-store.ts'
import { boundDigests, digestWork, sweepDigests } from './digest-store.ts'
import { newPace, sendDigests } from './digest-window.ts'
import { openRuns } from './run-store.ts'
import { impossible } from './sweep.ts'

/** Subscribers planned in one transaction, and deliveries superseded in one. */
const RANGE = 10_000
const CALLED = 500
/** The timetable gets its turn back after so long, although more is due. */
const SLICE = 4 * SECOND

/** One turn: dead windows, texts that must not go out, periods that have ended, then mails for as long as the slice lasts. */
export async function driveDigests(ctx: Ctx): Promise<void> {
  const began = ctx.clock.ticks()
  await bound(ctx)
  const { dead, called } = await digestWork(ctx.store.db, ctx.clock.now())
  // Also in a restored copy: a correction waits until it is known what became of those in hand.
  if (dead) await sweepDead(ctx)
  // A restored copy mails nobody until a member has said that the original does not either.
  if (await untaken(ctx.store.db, 'restored')) return
  for (const dispatchId of await runsInDoubt(ctx.store.db)) await supersede(ctx, dispatchId)
  while (called && (await ctx.store.tx((trx) => planCalled(trx, CALLED, ctx.clock.now()))) === CALLED);
  await plan(ctx)
  const pace = newPace()
  while (ctx.clock.ticks() - began < SLICE && (await mayGo(ctx))) await sendDigests(ctx, pace)
}

/** Something is due, and no flash run is sending: flash goes first. */
async function mayGo(ctx: Ctx): Promise<boolean> {
  const now = ctx.clock.now()
  if (!ctx.channels.some((c) => c.serves === 'email' && c.digest) || !(await digestWork(ctx.store.db, now)).due)
    return false
  return !(await openRuns(ctx.store.db, now)).some((r) => r.lane === 'flash' && r.state === 'sending')
}

async function bound(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const until = plus(now, ctx.config.leaseMs)
  await ctx.store.tx((trx) => boundDigests(trx, { now, until, beyond: impossible(ctx), late: plus(now, HOUR) }))
}

async function sweepDead(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  await ctx.store.tx(async (trx) => {
    if ((await sweepDigests(trx, now)) > 0) await raiseAlarm(trx, ctx.clock, 'digest-unknown', 'outlet:email')
  })
}

/** What was corrected, withdrawn or taken down before its digest left is told by nobody any more. */
async function supersede(ctx: Ctx, dispatchId: string): Promise<void> {
  for (let moved = RANGE; moved === RANGE; ) {
    moved = await ctx.store.tx(async (trx) =>
      (await judge(trx, dispatchId))?.verdict === 'superseded'
        ? supersedeWaiting(trx, dispatchId, RANGE, ctx.clock.now())
        : 0,
    )
  }
}

/** Rows of every period that has ended; the mark is set last, so that a crash on the way only begins the period again. */
async function plan(ctx: Ctx): Promise<void> {
  for (const period of await duePeriods(ctx)) {
    let from: number | null = 0
    while (from !== null) {
      const after: number = from
      from = await ctx.store.tx((trx) => planDigests(trx, period, after, RANGE, ctx.clock.now()))
    }
    await setMark(ctx.store.db, { frequency: period.frequency, zone: period.zone, period: period.period })
  }
}
