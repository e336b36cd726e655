/** Takes up an item of public concern: a short name for it, and what it belongs to. Its deadline begins with it. */
import { z } from 'zod'
import { knownTopics } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { textIssues } from '../lib/text.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { nextCount } from '../store/counter.ts'
import { forbiddenIn } from './claim-words.ts'
import type { OpinionRow } from './opinion.ts'
import { insertOpinion, insertStep } from './opinion-store.ts'
import { startFor } from './start-clock.ts'
import { incidentById } from './store.ts'
import { cleanLine } from './upward.ts'

export const opinionInput = z.strictObject({
  /** What it is about, in a few words; not what was said. */
  title: z.string().max(60),
  incidentId: z.string().max(40).optional(),
  topic: z.string().max(63).optional(),
})

/** @throws Refusal required, opinion-link, opinion-account, unknown-incident, unknown-topic, opinion-about */
export async function collectOpinion(ctx: Ctx, by: Actor, sent: unknown): Promise<OpinionRow> {
  admitHome(by, 'opinion.collect')
  const input = readableZod(opinionInput, sent)
  const title = cleanLine(input.title)
  return ctx.store.tx(async (trx) => {
    const now = ctx.clock.now()
    const incident = input.incidentId ? await incidentById(trx, input.incidentId) : undefined
    const topic = input.topic ? (await knownTopics(trx, [input.topic]))[0] : undefined
    const issues: Issue[] = [
      ...titleIssues(title),
      ...(input.incidentId && !incident ? [issue('incidentId', 'unknown-incident')] : []),
      ...(input.topic && !topic ? [issue('topic', 'unknown-topic', { slug: input.topic })] : []),
      ...(input.incidentId || input.topic ? [] : [issue('incidentId', 'opinion-about')]),
    ]
    if (issues.length) throw invalid(issues)
    const year = now.slice(0, 4)
    const row: OpinionRow = {
      id: newId(ctx.clock.ms()),
      number: `O${year}-${String(await nextCount(trx, `opinion-${year}`)).padStart(4, '0')}`,
      agency_id: by.agencyId,
      incident_id: incident?.id ?? null,
      topic: topic?.slug ?? null,
      title,
      state: 'collected',
      decision: null,
      merged_into: null,
      transferred_to: '',
      answered_by: null,
      release_id: null,
      created_at: now,
    }
    await insertOpinion(trx, row)
    await insertStep(trx, { opinion_id: row.id, state: row.state, decision: null, at: now, member_id: by.memberId })
    const subject = `opinion:${row.id}`
    const about = { subject, from: now, agencyId: row.agency_id, word: { member: by.memberId } }
    await startFor(trx, ctx, 'opinion', about)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'opinion.collect',
      subject,
      fact: { number: row.number, incident: row.incident_id ?? '' },
    })
    return row
  })
}

function titleIssues(title: string): Issue[] {
  const found = forbiddenIn(title)
  return [
    ...(title === '' ? [issue('title', 'required')] : []),
    ...textIssues('title', title),
    ...(found
      ? [issue('title', found.what === 'link' ? 'opinion-link' : 'opinion-account', { words: found.words })]
      : []),
  ]
}
