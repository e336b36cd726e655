/** Carries one run as far as it will go now: gate, plan, send, verify, finish. Safe to run twice, and after any crash. */
import type { Ctx } from '../context.ts'
import { type ReleaseRow, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { loadEditionById } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import type { Channel } from './channel.ts'
import { planNext } from './plan.ts'
import {
  earlierOpen,
  laterEdition,
  moveRun,
  type RunRow,
  replaced,
  runById,
  runsOfEdition,
  runsOfRelease,
  updateRun,
} from './run-store.ts'
import { type Memory, mustStop, sendWindow } from './send.ts'
import { moveRows, nextDeferred } from './store.ts'
import { verifyEdition } from './verify.ts'

const BATCH = 10_000
/** Look again at latest after so long, where nothing else is known. */
const SOON = SECOND / 4

type Leg = {
  ctx: Ctx
  run: RunRow
  edition: Edition
  release: ReleaseRow
  channel: Channel
  memory: Memory
  signal: AbortSignal
}
/** go: call again at once · rest: nothing to do until next_at · over: the run has ended or is held */
type Step = 'go' | 'rest' | 'over'

/** One step of a run. The caller holds the run's lease and calls until it is no longer 'go'. */
export async function driveStep(ctx: Ctx, dispatchId: string, memory: Memory, signal: AbortSignal): Promise<Step> {
  const run = await runById(ctx.store.db, dispatchId)
  if (!run || ['done', 'stopped', 'held'].includes(run.state)) return 'over'
  const [edition, release, isReplaced] = await Promise.all([
    loadEditionById(ctx.store.db, run.edition_id),
    releaseById(ctx.store.db, run.release_id),
    replaced(ctx.store.db, run),
  ])
  const channel = ctx.channels.find((c) => c.name === run.outlet)
  if (!edition || !release || !channel) return park(ctx, run, 'no-outlet')
  const leg = { ctx, run, edition, release, channel, memory, signal }
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

async function wait(leg: Leg): Promise<Step> {
  const { ctx, run, channel, edition } = leg
  if (channel.audience === 'everyone') {
    if (await earlierOpen(ctx.store.db, run, edition.mode)) return rest(leg, SOON)
    return start(leg)
  }
  const earlier = (await runsOfRelease(ctx.store.db, run.release_id)).filter(
    (r) => r.outlet === run.outlet && r.sequence < run.sequence,
  )
  if (edition.type === 'correction' || edition.type === 'withdrawal') await supersedeLeft(leg, earlier)
  if (edition.type !== 'addition' && earlier.some((r) => !['done', 'stopped', 'held'].includes(r.state)))
    return rest(leg, SOON)
  const site = (await runsOfEdition(ctx.store.db, run.edition_id)).filter(
    (r) => r.outlet === 'website' || r.outlet === 'feeds',
  )
  // A page that a later erratum or addition has replaced is answered for by that one.
  if (site.every((r) => r.verified_at || r.state === 'done')) return start(leg)
  const waited = ctx.clock.ms() - Date.parse(edition.publishedAt)
  if (waited < ctx.config.verifyWaitMs[run.lane as 'flash' | 'routine'] && run.why !== 'released')
    return rest(leg, SOON)
  await raiseAlarm(ctx.store.db, ctx.clock, 'not-verified', `edition:${edition.id}`)
  if (run.lane === 'flash' || run.why === 'released') return start(leg)
  await moveRun(ctx.store.db, run.dispatch_id, ['waiting'], { state: 'held', why: 'not-verified' })
  return 'over'
}

/** Runs a person stopped or that wait for an answer still know whom they have not told: those get the new text, never the old. */
async function supersedeLeft({ ctx }: Leg, earlier: RunRow[]): Promise<void> {
  for (const r of earlier.filter((e) => ['stopped', 'held'].includes(e.state) && e.planned + e.deferred > 0)) {
    await moveRun(ctx.store.db, r.dispatch_id, ['stopped', 'held'], {
      state: 'stopping',
      why: 'superseded',
      next_at: ctx.clock.now(),
    })
    r.state = 'stopping'
  }
  // One that rests until a far end may be tried again would keep those already told the wrong thing waiting.
  for (const r of earlier.filter((e) => ['waiting', 'planning', 'sending'].includes(e.state)))
    await updateRun(ctx.store.db, r.dispatch_id, { next_at: ctx.clock.now() })
}

async function start({ ctx, run }: Leg): Promise<Step> {
  await moveRun(ctx.store.db, run.dispatch_id, ['waiting'], {
    state: 'planning',
    started_at: ctx.clock.now(),
    planned_at: ctx.clock.now(),
    why: '',
  })
  return 'go'
}

async function plan({ ctx, run, edition, channel }: Leg): Promise<Step> {
  if (await planNext(ctx, run, edition, channel))
    await moveRun(ctx.store.db, run.dispatch_id, ['planning'], { state: 'sending' })
  return 'go'
}

async function send(leg: Leg): Promise<Step> {
  const { ctx, run, edition, channel, memory, signal } = leg
  if (signal.aborted) return 'rest'
  const sent = await sendWindow(ctx, run, edition, channel, memory, signal)
  if (sent === 'stop') {
    // A person's stop has already moved the run; what is left is a correction, withdrawal or seal.
    await moveRun(ctx.store.db, run.dispatch_id, ['sending'], { state: 'stopping', why: 'superseded' })
    return 'go'
  }
  if (sent > 0) {
    ctx.bell.ring('progress', run.dispatch_id)
    return 'go'
  }
  const now = (await runById(ctx.store.db, run.dispatch_id)) as RunRow
  if (now.sending > 0) return rest(leg, SOON)
  // Flash sends again what may have been lost with a crash: a repeat beats a silence. Routine leaves it to a person, but
  // for a build: the same files of the same sequence give the same pages.
  if (now.unknown > 0 && (run.lane === 'flash' || channel.audience === 'everyone') && run.attempts < 3) {
    const again = await ctx.store.tx((trx) =>
      moveRows(trx, run.dispatch_id, 'unknown', 'planned', BATCH, ctx.clock.now(), { repeat: true }),
    )
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
  if (now.unknown > 0 && run.lane === 'routine') {
    await moveRun(ctx.store.db, run.dispatch_id, ['sending'], { state: 'held', why: 'unknown-outcomes' })
    await raiseAlarm(ctx.store.db, ctx.clock, 'unknown-outcomes', `dispatch:${run.dispatch_id}`)
    return 'over'
  }
  return end(leg, 'sending')
}

/** The run is over: one summary in the ledger, of counts alone. */
async function end({ ctx, run }: Leg, from: string, verified = false): Promise<Step> {
  await ctx.store.tx(async (trx) => {
    const at = ctx.clock.now()
    const moved = await moveRun(trx, run.dispatch_id, [from], {
      state: 'done',
      done_at: at,
      ...(verified ? { verified_at: at } : {}),
    })
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
    if (verified) await clearAlarm(trx, ctx.clock, 'not-verified', `edition:${run.edition_id}`)
  })
  ctx.bell.ring('progress', run.dispatch_id)
  return 'over'
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
  await moveRun(ctx.store.db, run.dispatch_id, ['stopping'], { state: 'stopped', done_at: ctx.clock.now() })
  return 'over'
}

async function rest({ ctx, run }: Leg, ms: number): Promise<Step> {
  await updateRun(ctx.store.db, run.dispatch_id, { next_at: plus(ctx.clock.now(), ms) })
  return 'rest'
}

async function park(ctx: Ctx, run: RunRow, why: string): Promise<Step> {
  await moveRun(ctx.store.db, run.dispatch_id, [run.state], { state: 'held', why })
  await raiseAlarm(ctx.store.db, ctx.clock, 'dispatch-held', `dispatch:${run.dispatch_id}`)
  return 'over'
}
