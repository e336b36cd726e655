/** Stops a run, pauses it, lets it go on, or answers a held one. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { note, type ReleaseRow } from '../desk/store.ts'
import { endClocks } from '../incident/start-clock.ts'
import { append } from '../ledger/append.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { errorKnown } from '../publication/false-alarm.ts'
import type { Actor } from '../staff/member.ts'
import { acknowledgeOpen, clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { callStranded } from './digest-plan-store.ts'
import { ERROR_RULE } from './put-right.ts'
import { moveRun, type RunRow, runById } from './run-store.ts'
import { moveRows } from './store.ts'

const BATCH = 1_000_000

/** 停止发送: within one window nobody further is sent to; who is left stays known. */
export async function stopRun(ctx: Ctx, by: Actor, dispatchId: string): Promise<RunRow> {
  return act(ctx, by, dispatchId, 'dispatch.stop', 'stopped', async (trx, run, release) => {
    if (
      !(await moveRun(trx, run.dispatch_id, ['waiting', 'planning', 'sending', 'held'], {
        state: 'stopping',
        why: 'stop',
        next_at: ctx.clock.now(),
      }))
    )
      throw wrongState('not-running')
    // What was asked is answered: nobody further is sent to.
    await answered(trx, ctx, run)
    await errorKnown(trx, ctx, by, release, run.edition_id)
  })
}

/**
 * 暂停: within one window nobody further is sent to until a signer lets it go on. It stays on the list of alarms in the name
 * of whoever paused it, so that it is not forgotten.
 */
export async function pauseRun(ctx: Ctx, by: Actor, dispatchId: string): Promise<RunRow> {
  return act(ctx, by, dispatchId, 'dispatch.pause', 'paused', async (trx, run) => {
    if (!(await moveRun(trx, run.dispatch_id, ['waiting', 'planning', 'sending'], { state: 'held', why: 'paused' })))
      throw wrongState('not-running')
    const subject = `dispatch:${run.dispatch_id}`
    await raiseAlarm(trx, ctx.clock, 'dispatch-paused', subject)
    await acknowledgeOpen(trx, 'dispatch-paused', subject, by.memberId, ctx.clock.now())
  })
}

const ASKED = ['unknown-outcomes', 'dispatch-held', 'dispatch-paused'] as const

const answered = async (trx: Parameters<typeof clearAlarm>[0], ctx: Ctx, run: RunRow): Promise<void> => {
  for (const cause of ASKED) await clearAlarm(trx, ctx.clock, cause, `dispatch:${run.dispatch_id}`)
}

export const resumptionInput = z.strictObject({
  /** go-on: whoever is left · unknown-again: also those whose outcome is unknown, counted as repeats · leave-unknown: end with them unknown */
  answer: z.enum(['go-on', 'unknown-again', 'leave-unknown']).default('go-on'),
})

/** Continues a stopped or held run as a signer decides. A run stopped because its text was replaced never continues. */
export async function resumeRun(ctx: Ctx, by: Actor, dispatchId: string, sent: unknown): Promise<RunRow> {
  const { answer } = readableZod(resumptionInput, sent)
  return act(ctx, by, dispatchId, 'dispatch.resume', `resumed:${answer}`, async (trx, run) => {
    if (!['stopped', 'held'].includes(run.state) || run.why === 'superseded') throw wrongState('not-stopped')
    if (run.retiring_at !== null) throw wrongState('run-retired')
    const now = ctx.clock.now()
    if (answer === 'unknown-again')
      await moveRows(trx, run.dispatch_id, 'unknown', 'planned', BATCH, now, { repeat: true })
    const unverified = run.why === 'not-verified'
    // Ended only where nobody is left: not before the plan is complete, nor while a window is on the wire.
    const planned = run.started_at !== null && run.plan_end >= 0 && run.plan_cursor >= run.plan_end
    const ended = answer === 'leave-unknown' && planned && run.planned + run.deferred + run.sending === 0
    const set = unverified
      ? { state: 'waiting', why: 'released' }
      : ended
        ? { state: 'done', done_at: now, why: 'unknown-left' }
        : run.started_at === null
          ? // It had not begun: whether the website was read back is still to be seen.
            { state: 'waiting', why: '', done_at: null }
          : // A stop may have come between two ranges of the plan: planning goes on where it was, or finds nothing left.
            { state: 'planning', why: '', done_at: null }
    await moveRun(trx, run.dispatch_id, ['stopped', 'held'], { ...set, next_at: now })
    // Its rows may have begun to go between the look and the move.
    if ((await runById(trx, run.dispatch_id))?.retiring_at != null) throw wrongState('run-retired')
    if (run.in_digest > 0) await callStranded(trx, run.dispatch_id, now)
    await answered(trx, ctx, run)
    // What goes on was not wrong.
    await endClocks(trx, `edition:${run.edition_id}`, now, [ERROR_RULE], { member: by.memberId })
  })
}

async function act(
  ctx: Ctx,
  by: Actor,
  dispatchId: string,
  what: 'dispatch.stop' | 'dispatch.pause' | 'dispatch.resume',
  said: string,
  move: (trx: Parameters<typeof runById>[0], run: RunRow, release: ReleaseRow) => Promise<void>,
): Promise<RunRow> {
  const run = await ctx.store.tx(async (trx) => {
    const found = await runById(trx, dispatchId)
    if (!found) throw notFound('dispatch')
    const { release } = await admit(trx, by, found.release_id, what, ctx.store.dialect)
    await move(trx, found, release)
    await note(trx, {
      release_id: release.id,
      at: ctx.clock.now(),
      member_id: by.memberId,
      act: `${said}:${found.outlet}`,
      revision: null,
      edition: null,
    })
    await append(trx, ctx, { actor: by.memberId, act: what, subject: `dispatch:${dispatchId}` })
    return (await runById(trx, dispatchId)) as RunRow
  })
  ctx.bell.ring('dispatch', run.dispatch_id)
  return run
}
