/** Moves an item of public concern: consulted, judged, answered, assessed. Each step once, in order, with its time. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { type Issue, invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import { type Actor, relationOf } from '../staff/member.ts'
import type { Act } from '../staff/policy.ts'
import { ancestorsOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { meetClock } from './clock-store.ts'
import { ANSWERS, DECISIONS, mayBecome, type OpinionRow, type OpinionState } from './opinion.ts'
import { awaitingRelease, insertStep, opinionById, opinionByNumber, updateOpinion } from './opinion-store.ts'
import { endClocks } from './start-clock.ts'
import { cleanLine } from './upward.ts'

type Trx = Kysely<Tables>

export const opinionStepInput = z.strictObject({
  to: z.enum(['consulted', 'judged', 'responded', 'assessed']),
  decision: z.enum(DECISIONS).optional(),
  /** 并入: number of the other item. */
  into: z.string().max(20).default(''),
  /** 转办: the body it went to. */
  body: z.string().max(80).default(''),
  /** How it was answered, where no release says so by being published. */
  by: z.enum(ANSWERS).optional(),
})

/** @throws Refusal not-found; wrong-state opinion-not-now; required, opinion-merge, opinion-decision-early */
export async function moveOpinion(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<OpinionRow> {
  const input = readableZod(opinionStepInput, sent)
  return ctx.store.tx(async (trx) => {
    const row = await opinionFor(
      trx,
      by,
      id,
      input.to === 'consulted' || input.to === 'responded' ? 'opinion.collect' : 'opinion.decide',
    )
    const decision = input.to === 'judged' ? (input.decision ?? null) : row.decision
    if (!mayBecome(row.state, input.to, decision)) throw wrongState('opinion-not-now', { state: row.state })
    const set =
      input.to === 'judged'
        ? await judged(trx, row, input)
        : input.to === 'responded'
          ? { answered_by: answered(input.by) }
          : {}
    return step(trx, ctx, row, { ...set, state: input.to }, by.memberId)
  })
}

const linkInput = z.strictObject({ releaseId: z.string().max(40) })

/** Names the release that is to answer it; being published, it does. `published`: it is public already, and answers at once. */
export async function linkAnswer(
  ctx: Ctx,
  by: Actor,
  id: string,
  sent: unknown,
  release: { isPublic: boolean },
): Promise<OpinionRow> {
  const { releaseId } = readableZod(linkInput, sent)
  return ctx.store.tx(async (trx) => {
    const row = await opinionFor(trx, by, id, 'opinion.collect')
    if (row.state !== 'judged' || row.decision !== 'respond') throw wrongState('opinion-not-now', { state: row.state })
    await updateOpinion(trx, row.id, { release_id: releaseId })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'opinion.link',
      subject: `opinion:${row.id}`,
      fact: { release: releaseId },
    })
    const linked = { ...row, release_id: releaseId }
    if (!release.isPublic) return linked
    return step(trx, ctx, linked, { state: 'responded', answered_by: 'release' }, by.memberId)
  })
}

/** A release went out: what it was to answer is answered. Inside publication's transaction. */
export async function answeredBy(trx: Trx, ctx: Ctx, releaseId: string): Promise<void> {
  for (const row of await awaitingRelease(trx, releaseId))
    await step(trx, ctx, row, { state: 'responded', answered_by: 'release' }, null)
}

/** An item as the member may see it. @throws Refusal not-found also for what is another office's */
export async function opinionFor(trx: Trx, by: Actor, ref: string, act: Act): Promise<OpinionRow> {
  const row = /^O\d{4}-\d+$/.test(ref) ? await opinionByNumber(trx, ref) : await opinionById(trx, ref)
  if (!row) throw notFound('opinion')
  const relation = relationOf(by, { id: row.agency_id, ancestors: await ancestorsOf(trx, row.agency_id) })
  if (relation !== 'own' && relation !== 'parent') throw notFound('opinion')
  await admitAgency(trx, by, row.agency_id, act)
  return row
}

const answered = (by: OpinionRow['answered_by'] | undefined): NonNullable<OpinionRow['answered_by']> => {
  if (!by) throw invalid([issue('by', 'required')])
  return by
}

async function judged(
  trx: Trx,
  row: OpinionRow,
  input: z.output<typeof opinionStepInput>,
): Promise<Pick<OpinionRow, 'decision' | 'merged_into' | 'transferred_to'>> {
  const { decision } = input
  const body = cleanLine(input.body)
  const into = decision === 'merge' ? await opinionByNumber(trx, input.into.trim()) : undefined
  const good = into && into.id !== row.id && into.agency_id === row.agency_id && into.decision !== 'merge'
  const issues: Issue[] = [
    ...(decision ? [] : [issue('decision', 'required')]),
    ...(decision === 'merge' && !good ? [issue('into', 'opinion-merge')] : []),
    ...(decision === 'transfer' && body === '' ? [issue('body', 'required')] : []),
    ...textIssues('body', body),
  ]
  if (issues.length || !decision) throw invalid(issues)
  return {
    decision,
    merged_into: into?.id ?? null,
    transferred_to: decision === 'transfer' ? body : '',
  }
}

async function step(
  trx: Trx,
  ctx: Ctx,
  row: OpinionRow,
  set: Partial<OpinionRow> & { state: OpinionState },
  member: string | null,
): Promise<OpinionRow> {
  const now = ctx.clock.now()
  const moved = { ...row, ...set }
  await updateOpinion(trx, row.id, set)
  const decision = set.state === 'judged' ? moved.decision : null
  await insertStep(trx, { opinion_id: row.id, state: set.state, decision, at: now, member_id: member })
  const subject = `opinion:${row.id}`
  const word = member ? { member } : {}
  if (set.state === 'responded') await meetClock(trx, subject, 'opinion-response', now, word)
  if (set.state === 'judged' && moved.decision !== 'respond')
    await endClocks(trx, subject, now, ['opinion-response'], word)
  await append(trx, ctx, {
    actor: member ?? 'system',
    act: `opinion.${set.state}`,
    subject,
    fact: { ...(decision ? { decision } : {}), ...(set.answered_by ? { by: set.answered_by } : {}) },
  })
  return moved
}
