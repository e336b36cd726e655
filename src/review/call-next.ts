/** A flash release that waits: whoever is on duty is told at once, the next person each time its limit has passed, until somebody has it in hand. */
import { clockRules } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { contributors, releaseById } from '../desk/store.ts'
import { alarmsOfClock, type ClockRow, clockById, runningOf } from '../incident/clock-store.ts'
import { append } from '../ledger/append.ts'
import type { Step } from '../staff/chain.ts'
import { onDuty } from '../staff/on-duty.ts'
import { handAlarm, raiseAlarm } from '../store/alarm.ts'
import { insertSummons, submissionById, summonsOf } from './ask-store.ts'
import { type Able, ableTo } from './signers.ts'
import { stepIn } from './step-clock.ts'
import { decisionsOf } from './store.ts'

const RULES = clockRules.filter((r) => r.ladder).map((r) => r.id)

export async function callNext(ctx: Ctx): Promise<void> {
  for (const clock of await runningOf(ctx.store.db, RULES)) await ctx.store.tx((trx) => call(ctx, trx, clock.id))
}

type Trx = Parameters<typeof contributors>[0]

/** Everybody whose turn has come and who was not told yet; the alarm waits for the last of them. */
async function call(ctx: Ctx, trx: Trx, clockId: string): Promise<void> {
  const clock = await clockById(trx, clockId)
  const named = clock && stepIn(clock.subject)
  if (!clock || !named || clock.met_at || clock.ended_at) return
  const { releaseId, submissionId } = named
  const told = await summonsOf(trx, submissionId)
  // Whoever takes it in hand has until its time is up: then it is raised anew.
  if ((await alarmsOfClock(trx, clock.id)).some((a) => a.acknowledged_at)) return
  const ladder = await ladderFor(trx, ctx, clock, named)
  const now = ctx.clock.now()
  const turns = ladder.slice(0, turnsBy(clock, now))
  const next = turns.filter(
    (p) => !told.some((s) => s.how === 'told' && s.step === named.step && s.member_id === p.memberId),
  )
  if (next.length === 0) return
  const called: Able[] = []
  for (const person of next) {
    const first = await insertSummons(trx, {
      release_id: releaseId,
      submission_id: submissionId,
      step: named.step,
      member_id: person.memberId,
      how: 'told',
      rank: ladder.indexOf(person),
      called_by: null,
      at: now,
    })
    // Another worker was faster: it wrote that down, and handed them the alarm.
    if (!first) continue
    called.push(person)
    await append(trx, ctx, {
      actor: 'system',
      act: 'step.call',
      subject: `release:${releaseId}`,
      fact: { step: named.step, member: person.memberId, rank: ladder.indexOf(person) },
    })
  }
  const last = called.at(-1)
  if (!last) return
  const subject = `clock:${clock.id}`
  if (!clock.breached_at) await raiseAlarm(trx, ctx.clock, 'step-waits', subject)
  for (const alarm of await alarmsOfClock(trx, clock.id))
    await handAlarm(trx, alarm.cause, subject, last.memberId, true)
}

/** One when it begins to wait, one more for each limit that has passed. */
export function turnsBy(clock: Pick<ClockRow, 'started_at' | 'due_at'>, now: string): number {
  const limit = Date.parse(clock.due_at ?? '') - Date.parse(clock.started_at)
  return limit > 0 ? 1 + Math.floor((Date.parse(now) - Date.parse(clock.started_at)) / limit) : 1
}

/** On duty, behind them, then anyone able: those who are here before those who are away, their own office before the one above. */
async function ladderFor(
  trx: Trx,
  ctx: Ctx,
  clock: ClockRow,
  { releaseId, submissionId, step }: { releaseId: string; submissionId: string; step: string },
): Promise<Able[]> {
  const [release, submission] = await Promise.all([releaseById(trx, releaseId), submissionById(trx, submissionId)])
  const found = (JSON.parse(submission?.chain ?? '[]') as Step[]).find((s) => s.name === step)
  if (!release || !found) return []
  const barred = await contributors(trx, releaseId, release.editions)
  const decided = (await decisionsOf(trx, releaseId, release.editions)).filter((d) => d.submission_id === submissionId)
  const now = ctx.clock.now()
  const able = await ableTo(trx, release.agency_id, found, [...barred, ...decided.map((d) => d.member_id)], now)
  const duty = await onDuty(trx, clock.agency_id, found.role, now)
  const rank = (p: Able) => (p.memberId === duty.first?.id ? 0 : p.memberId === duty.backup?.id ? 1 : 2)
  return [...able].sort((a, b) => rank(a) - rank(b))
}
