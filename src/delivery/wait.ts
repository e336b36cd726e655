/** The gate before a run: the website is read back first, earlier editions come first, and who was left by one gets the new text. */
import { raiseAlarm } from '../store/alarm.ts'
import { type Leg, rest, SOON, type Step } from './leg.ts'
import { earlierOpen, moveRun, type RunRow, runsOfEdition, runsOfRelease, updateRun } from './run-store.ts'
import { prepareAhead } from './send.ts'

/** Starts the run when it may begin. */
export async function wait(leg: Leg): Promise<Step> {
  const { ctx, run, channel, edition } = leg
  if (channel.audience === 'everyone') {
    if (await earlierOpen(ctx.store.db, run, edition.mode)) return rest(leg, SOON)
    return start(leg)
  }
  const earlier = (await runsOfRelease(ctx.store.db, run.release_id)).filter(
    (r) => r.outlet === run.outlet && r.sequence < run.sequence,
  )
  if (edition.type === 'correction' || edition.type === 'withdrawal') await supersedeLeft(leg, earlier)
  // What a hub posts is the newest feed, whichever run it belongs to: none waits for a callback that is down.
  if (
    !channel.hub &&
    edition.type !== 'addition' &&
    earlier.some((r) => !['done', 'stopped', 'held'].includes(r.state))
  )
    return rest(leg, SOON)
  await prepareAhead(leg)
  const site = (await runsOfEdition(ctx.store.db, run.edition_id)).filter(
    (r) => r.outlet === 'website' || r.outlet === 'feeds',
  )
  // A hub has nothing to post but what has been built.
  if (channel.hub && site.some((r) => r.accepted === 0)) return rest(leg, SOON)
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
  // One paused in the middle of a window still has it on the wire: those get the new text too, once that window has ended.
  for (const r of earlier.filter(
    // One whose rows have grown old keeps its counters, but nobody is left in it to move, and none may let it go on.
    (e) => ['stopped', 'held'].includes(e.state) && e.retiring_at === null && e.planned + e.deferred + e.sending > 0,
  )) {
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
