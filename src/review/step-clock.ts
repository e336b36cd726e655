/** The clock of the step a release waits at: started when the step's turn comes, met when it has agreed, ended when the text goes back. */
import type { Ctx } from '../context.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { type ClockRow, clocksOf, meetClock } from '../incident/clock-store.ts'
import { endClocks, startClock } from '../incident/start-clock.ts'
import { MINUTE, plus } from '../lib/clock.ts'
import type { Step } from '../staff/chain.ts'
import { limitsFor } from './limit.ts'

type Trx = Parameters<typeof clocksOf>[0]
type About = Pick<ReleaseRow, 'id' | 'agency_id' | 'lane'>

/** Of one step of one submission. */
export const stepSubject = (releaseId: string, submissionId: string, step: string): string =>
  `release:${releaseId}:${submissionId}:${step}`

/** What a subject of `stepSubject` names. */
export function stepIn(subject: string): { releaseId: string; submissionId: string; step: string } | null {
  const [kind, releaseId, submissionId, step] = subject.split(':')
  return kind === 'release' && releaseId && submissionId && step ? { releaseId, submissionId, step } : null
}

export const stepRule = (lane: string, step: Pick<Step, 'role'>): string => `step-${lane}-${step.role}`

/** Meets the clocks of steps that have agreed and starts that of the one it waits at; `waiting` null where all have. */
export async function turnStepClock(
  trx: Trx,
  ctx: Pick<Ctx, 'clock' | 'config'>,
  release: About,
  submissionId: string,
  chain: Step[],
  waiting: Step | null,
): Promise<void> {
  const now = ctx.clock.now()
  for (const step of chain)
    if (step.name !== waiting?.name)
      await meetClock(trx, stepSubject(release.id, submissionId, step.name), stepRule(release.lane, step), now)
  if (!waiting) return
  const lane = release.lane === 'flash' ? 'flash' : 'routine'
  const amount = (await limitsFor(trx, release.agency_id))[lane][waiting.role]
  await startClock(trx, ctx, {
    rule: stepRule(lane, waiting),
    subject: stepSubject(release.id, submissionId, waiting.name),
    from: now,
    agencyId: release.agency_id,
    ...(lane === 'flash' ? { due: plus(now, amount * MINUTE) } : { own: amount }),
  })
}

/** Returned, taken back or sealed: nothing is waited for. */
export async function endStepClocks(trx: Trx, releaseId: string, submissionId: string, chain: Step[], at: string) {
  for (const step of chain) await endClocks(trx, stepSubject(releaseId, submissionId, step.name), at)
}

export const stepClock = async (
  trx: Trx,
  release: About,
  submissionId: string,
  step: Step,
): Promise<ClockRow | undefined> =>
  (await clocksOf(trx, [stepSubject(release.id, submissionId, step.name)])).find((c) => !c.met_at && !c.ended_at)
