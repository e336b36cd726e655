/** Facts of an incident: a figure with the time it was true and who says so. Nothing is overwritten, and a falling toll is explained. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { type FactRow, factsOf, incidentById, insertFact } from '../incident/store.ts'
import { latestOf } from '../incident/suggest-grade.ts'
import { append } from '../ledger/append.ts'
import { type Issue, invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { secrecyMarks } from './secrecy.ts'

/** 死亡, 失踪, 重伤, 受灾人数, 转移安置, 过火或受灾面积（公顷）, 直接经济损失（万元） */
export const FACTS = ['deaths', 'missing', 'injured', 'affected', 'evacuated', 'hectares', 'loss'] as const
/** What is counted in people, and may not fall without a word. */
const TOLL: readonly string[] = ['deaths', 'missing', 'injured']
/** Whole people; area and loss with up to two places. */
const WHOLE = /^(0|[1-9]\d{0,8})$/
const PARTS = /^(0|[1-9]\d{0,8})(\.\d{1,2})?$/

export const factInput = z.strictObject({
  what: z.enum(FACTS),
  value: z.string().max(20),
  asOf: z.iso.datetime({ offset: true }),
  source: z.string().max(200),
  explanation: z.string().max(400).default(''),
})

/** @throws Refusal fact-number, fact-in-future, fact-falls, required, secrecy-mark; incident-is-closed */
export async function recordFact(ctx: Ctx, by: Actor, incidentId: string, sent: unknown): Promise<FactRow> {
  const input = readableZod(factInput, sent)
  const value = input.value.trim()
  const asOf = new Date(input.asOf).toISOString()
  const source = cleanText(input.source).text.trim()
  const explanation = cleanText(input.explanation).text.trim()
  return ctx.store.tx(async (trx) => {
    const incident = await incidentById(trx, incidentId)
    if (!incident) throw notFound('incident')
    await admitAgency(trx, by, incident.agency_id, 'incident.record-fact')
    if (incident.closed_at) throw wrongState('incident-is-closed')
    const now = ctx.clock.now()
    const before = latestOf(await factsOf(trx, incidentId)).get(input.what)
    const number = (TOLL.includes(input.what) || /^(affected|evacuated)$/.test(input.what) ? WHOLE : PARTS).test(value)
    const falls = TOLL.includes(input.what) && before && before.as_of <= asOf && Number(value) < Number(before.value)
    const issues: Issue[] = [
      ...(number ? [] : [issue('value', 'fact-number')]),
      ...(asOf > now ? [issue('asOf', 'fact-in-future')] : []),
      ...(source === '' ? [issue('source', 'required')] : []),
      ...(falls && explanation === '' ? [issue('explanation', 'fact-falls', { before: before.value })] : []),
      ...words('source', source),
      ...words('explanation', explanation),
    ]
    if (issues.length) throw invalid(issues)
    const row = await insertFact(trx, {
      incident_id: incidentId,
      what: input.what,
      value,
      as_of: asOf,
      source,
      explanation,
      recorded_by: by.memberId,
      recorded_at: now,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'incident.record-fact',
      subject: `incident:${incidentId}`,
      fact: { id: Number(row.id), what: row.what, asOf },
    })
    return row
  })
}

/** Words may hold no mark of secrecy (保密法 art. 31). */
const words = (field: string, text: string): Issue[] => [
  ...textIssues(field, text),
  ...(secrecyMarks({ part: 'zh-CN', field, name: field, text, raw: text }).length
    ? [issue(field, 'secrecy-mark')]
    : []),
]
