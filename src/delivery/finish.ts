/** The end of a run: who is in doubt goes again or waits for a person, and one summary stands in the ledger. */
import { append } from '../ledger/append.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { type Leg, rest, SOON, type Step } from './leg.ts'
import { moveRun, type RunRow, runById, updateRun, wakeWaiting } from './run-store.ts'
import { moveRows, nextDeferred } from './store.ts'

const BATCH = 10_000

/** Nothing is left to take: wait for what is on the wire or deferred, go again, or finish. */
export async function conclude(leg: Leg): Promise<Step> {
  const { ctx, run, channel } = leg
  const now = (await runById(ctx.store.db, run.dispatch_id)) as RunRow
  if (now.state !== 'sending' || now.planned > 0) return 'go'
  if (now.sending > 0) return rest(leg, SOON)
  // Flash sends again what may have been lost with a crash: a repeat beats a silence. Routine leaves it to a person, but for
  // a build: the same files of the same sequence give the same pages; and where the far end knows a repeat for one.
  const repeats = run.lane === 'flash' || channel.audience === 'everyone' || channel.repeatable
  if (now.unknown > 0 && repeats && run.attempts < 3) {
    const move = () =>
      ctx.store.tx((trx) =>
        moveRows(trx, run.dispatch_id, 'unknown', 'planned', BATCH, ctx.clock.now(), { repeat: true }),
      )
    // All of them in one round, however many: a round is one of three.
    let again = 0
    for (let moved = BATCH; moved === BATCH; again += moved) moved = await move()
    await updateRun(ctx.store.db, run.dispatch_id, { attempts: run.attempts + 1 })
    return again > 0 ? 'go' : 'rest'
  }
  if (now.deferred > 0)
    return rest(
      leg,
      Math.max(SOON, Date.parse((await nextDeferred(ctx.store.db, run.dispatch_id)) ?? '') - ctx.clock.ms() || SOON),
    )
  return finish(leg, now)
}

async function finish(leg: Leg, now: RunRow): Promise<Step> {
  const { ctx, run, channel } = leg
  if (channel.audience === 'everyone') {
    await moveRun(ctx.store.db, run.dispatch_id, ['sending'], { state: 'verifying', attempts: 0 })
    return 'go'
  }
  if (now.unknown > 0 && run.lane === 'routine' && !channel.hub) {
    await moveRun(ctx.store.db, run.dispatch_id, ['sending'], { state: 'held', why: 'unknown-outcomes' })
    await raiseAlarm(ctx.store.db, ctx.clock, 'unknown-outcomes', `dispatch:${run.dispatch_id}`)
    return 'over'
  }
  // Flash has sent them again as often as it does: whoever is still in doubt is not left in silence.
  if (now.unknown > 0 && !channel.hub)
    await raiseAlarm(ctx.store.db, ctx.clock, 'attempts-exhausted', `dispatch:${run.dispatch_id}`)
  return end(leg, 'sending')
}

/** The run is over: one summary in the ledger, of counts alone. */
export async function end({ ctx, run }: Leg, from: string, verified = false): Promise<Step> {
  await ctx.store.tx(async (trx) => {
    const at = ctx.clock.now()
    const done = { state: 'done', done_at: at, ...(verified ? { verified_at: at } : {}) }
    // Somebody may have been added since the run was looked at.
    const moved = await moveRun(trx, run.dispatch_id, [from], done, true)
    const now = await runById(trx, run.dispatch_id)
    if (!moved || !now) return
    const { audience, accepted, failed, gone, unknown, suppressed, superseded, repeats } = now
    await append(trx, ctx, {
      actor: 'system',
      act: 'dispatch.done',
      subject: `dispatch:${run.dispatch_id}`,
      fact: {
        outlet: run.outlet,
        audience,
        accepted,
        failed,
        gone,
        unknown,
        suppressed,
        superseded,
        repeats,
        in_digest: now.in_digest,
      },
    })
    if (verified) await wakeWaiting(trx, run.edition_id, at)
    if (verified) await clearAlarm(trx, ctx.clock, 'not-verified', `edition:${run.edition_id}`)
  })
  ctx.bell.ring('progress', run.dispatch_id)
  return 'over'
}
