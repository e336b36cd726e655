/** Carries one run as far as it will go now: gate, plan, send, verify, finish. Safe to run twice, and after any crash. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { releaseById } from '../desk/store.ts'
import { SECOND } from '../lib/clock.ts'
import { loadEditionById } from '../publication/catalogue.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { conclude, end } from './finish.ts'
import { type Leg, rest, SOON, type Step } from './leg.ts'
import { planNext } from './plan.ts'
import { laterEdition, moveRun, type RunRow, replaced, runById, updateRun } from './run-store.ts'
import { type Memory, mustStop, type Worker } from './send.ts'
import { moveRows } from './store.ts'
import { verifyEdition } from './verify.ts'
import { wait } from './wait.ts'
import { type Sent, sendRun } from './window.ts'

const BATCH = 10_000
/** One step of a run; the caller calls until it is no longer 'go'. */
export async function driveStep(
  ctx: Ctx,
  dispatchId: string,
  memory: Memory,
  signal: AbortSignal,
  worker: Worker,
): Promise<Step> {
  const run = await runById(ctx.store.db, dispatchId)
  if (!run || ['done', 'stopped', 'held'].includes(run.state)) return 'over'
  const [edition, release, isReplaced] = await Promise.all([
    loadEditionById(ctx.store.db, run.edition_id),
    releaseById(ctx.store.db, run.release_id),
    replaced(ctx.store.db, run),
  ])
  const channel = ctx.channels.find((c) => c.name === run.outlet)
  if (!edition || !release || !channel) return park(ctx, run, 'no-outlet')
  const leg = { ctx, run, edition, release, channel, memory, signal, worker }
  if (!(await worker.lead())) return ['planning', 'sending'].includes(run.state) ? help(leg) : 'rest'
  if (run.state !== 'stopping' && channel.audience === 'subscribers' && mustStop(edition, release, isReplaced)) {
    await moveRun(ctx.store.db, dispatchId, [run.state], { state: 'stopping', why: 'superseded' })
    return 'go'
  }
  switch (run.state) {
    case 'waiting':
      return wait(leg)
    case 'planning':
      return plan(leg)
    case 'sending':
      return send(leg)
    case 'verifying':
      return verify(leg)
    case 'stopping':
      return stop(leg)
    default:
      return 'over'
  }
}

/** Plans the next range. Who is planned already is sent to meanwhile. */
async function plan(leg: Leg): Promise<Step> {
  const { ctx, run, edition, channel, memory, worker } = leg
  if (!(await worker.mayClaim(false))) return 'rest'
  const began = ctx.clock.ticks()
  const complete = await planNext(ctx, run, edition, channel, memory)
  // A routine plan takes half the worker's time at most: who is planned is being sent to, and so is everybody else.
  await sleep(run.lane === 'flash' ? 0 : ctx.clock.ticks() - began)
  if (complete) await moveRun(ctx.store.db, run.dispatch_id, ['planning'], { state: 'sending' })
  else if (channel.audience === 'subscribers') memory.sending ??= sendBeside(leg)
  return 'go'
}

/** A failure here is met again, and told, by whoever sends when the plan is complete. */
const sendBeside = (leg: Leg): Promise<void> =>
  sendRun(leg)
    .catch((err) => leg.ctx.log.warn({ err, dispatch: leg.run.dispatch_id }, 'sending while planning'))
    .then(() => {
      leg.memory.sending = undefined
    })

/** Another worker leads: rows are taken beside it, and nothing else is decided here. */
async function help(leg: Leg): Promise<Step> {
  if (leg.channel.audience === 'subscribers') await take(leg)
  return 'rest'
}

async function take(leg: Leg): Promise<Sent> {
  await leg.memory.sending
  const sent = await sendRun(leg)
  leg.ctx.bell.ring('progress', leg.run.dispatch_id)
  return sent
}

async function send(leg: Leg): Promise<Step> {
  const { ctx, run } = leg
  const sent = await take(leg)
  if (sent === 'aborted') return 'rest'
  if (sent === 'stop') {
    // A person's stop has already moved the run; what is left is a correction, withdrawal or seal.
    await moveRun(ctx.store.db, run.dispatch_id, ['sending'], { state: 'stopping', why: 'superseded' })
    return 'go'
  }
  // Sending took its time: another worker may lead by now.
  return (await leg.worker.lead()) ? conclude(leg) : 'rest'
}

async function verify(leg: Leg): Promise<Step> {
  const { ctx, run, edition, channel } = leg
  const later = await laterEdition(ctx.store.db, run)
  // What a later edition has replaced can no longer be read back; the later one answers for the address.
  const differences = later ? [] : await verifyEdition(ctx, edition, channel)
  if (differences.length === 0) return end(leg, 'verifying', !later)
  // The first look may come before the web process has heard of the new tree; the alarm waits for the third.
  const paths = differences.map((d) => d.split(':')[0])
  ctx.log[run.attempts >= 2 ? 'error' : 'info']({ edition: edition.id, outlet: run.outlet, paths }, 'read-back differs')
  if (run.attempts >= 2) await raiseAlarm(ctx.store.db, ctx.clock, 'not-verified', `edition:${edition.id}`)
  await updateRun(ctx.store.db, run.dispatch_id, { attempts: run.attempts + 1 })
  return rest(leg, Math.min(60 * SECOND, SOON * 2 ** run.attempts))
}

/** Nobody further gets this text. For a stop by hand who is left stays known; for a correction they become superseded. */
async function stop(leg: Leg): Promise<Step> {
  const { ctx, run } = leg
  if (run.sending > 0) return rest(leg, SOON)
  if (run.why === 'superseded') {
    const now = ctx.clock.now()
    const n = await ctx.store.tx(
      async (trx) =>
        (await moveRows(trx, run.dispatch_id, 'planned', 'superseded', BATCH, now)) +
        (await moveRows(trx, run.dispatch_id, 'deferred', 'superseded', BATCH, now)),
    )
    if (n > 0) return 'go'
  }
  // What was read of the run may be older than its last window.
  if (((await runById(ctx.store.db, run.dispatch_id))?.sending ?? 0) > 0) return rest(leg, SOON)
  await moveRun(ctx.store.db, run.dispatch_id, ['stopping'], { state: 'stopped', done_at: ctx.clock.now() })
  return 'over'
}

async function park(ctx: Ctx, run: RunRow, why: string): Promise<Step> {
  await moveRun(ctx.store.db, run.dispatch_id, [run.state], { state: 'held', why })
  await raiseAlarm(ctx.store.db, ctx.clock, 'dispatch-held', `dispatch:${run.dispatch_id}`)
  return 'over'
}
