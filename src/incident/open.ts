/** Opens an incident: its number, and the clocks that run from the moment it became known. */
import { z } from 'zod'
import { areas as allAreas } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { nextCount } from '../store/counter.ts'
import { startFor } from './start-clock.ts'
import { type IncidentRow, incidentById, insertGrade, insertIncident } from './store.ts'

/** 自然灾害, 事故灾难, 公共卫生事件, 社会安全事件 (突发事件应对法 2024 art. 2) */
export const CLASSES = ['natural', 'accident', 'health', 'security'] as const
/** 特别重大, 重大, 较大, 一般: the incident's grade, not a warning or response level. */
export const GRADES = ['extraordinary', 'major', 'large', 'ordinary'] as const

export const incidentInput = z.strictObject({
  titleZh: z.string().trim().min(1).max(120),
  titleEn: z.string().trim().max(200).default(''),
  class: z.enum(CLASSES),
  grade: z.enum(GRADES).optional(),
  areas: z
    .array(z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, 'area-code'))
    .min(1)
    .max(100),
  /** 知悉时间 */
  knownAt: z.iso.datetime({ offset: true }),
  /** An exercise has incidents of its own. */
  mode: z.enum(['live', 'exercise', 'test']).default('live'),
})

/** Opens an incident of the member's own agency. That of an exercise is numbered apart and starts no clock. */
export async function openIncident(ctx: Ctx, by: Actor, sent: unknown): Promise<IncidentRow> {
  admitHome(by, 'incident.open')
  const input = readableZod(incidentInput, sent)
  const knownAt = new Date(input.knownAt).toISOString()
  return ctx.store.tx(async (trx) => {
    const now = ctx.clock.now()
    const known = (await allAreas(trx)).map((a) => a.code)
    assertSound(input, knownAt, now, known)
    const year = now.slice(0, 4)
    const row: IncidentRow = {
      id: newId(ctx.clock.ms()),
      number: await numberFor(trx, input.mode, year),
      agency_id: by.agencyId,
      title_zh: cleanText(input.titleZh).text,
      title_en: cleanText(input.titleEn).text,
      class: input.class,
      grade: input.grade ?? null,
      areas: JSON.stringify(input.areas),
      known_at: knownAt,
      cause_confirmed: 0,
      closed_at: null,
      created_at: now,
      mode: input.mode,
    }
    await insertIncident(trx, row)
    const subject = `incident:${row.id}`
    if (row.grade)
      await insertGrade(trx, {
        id: newId(ctx.clock.ms()),
        incident_id: row.id,
        before_grade: null,
        grade: row.grade,
        suggested: null,
        set_by: by.memberId,
        set_at: now,
      })
    const about = { subject, from: knownAt, agencyId: row.agency_id, word: { member: by.memberId } }
    if (row.mode === 'live') await startFor(trx, ctx, 'incident-known', about, row.grade, row.class)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'incident.open',
      subject,
      fact: { number: row.number, class: row.class, grade: row.grade, known: knownAt, mode: row.mode },
    })
    return (await incidentById(trx, row.id)) as IncidentRow
  })
}

/** I2026-0001 is real, E2026-0001 is not: the two never share a number. */
async function numberFor(trx: Parameters<typeof nextCount>[0], mode: string, year: string): Promise<string> {
  const [letter, count] = mode === 'live' ? ['I', `incident-${year}`] : ['E', `exercise-incident-${year}`]
  return `${letter}${year}-${String(await nextCount(trx, count)).padStart(4, '0')}`
}

function assertSound(input: z.output<typeof incidentInput>, knownAt: string, now: string, areas: string[]): void {
  const issues: Issue[] = [
    ...textIssues('titleZh', input.titleZh),
    ...textIssues('titleEn', input.titleEn),
    ...(knownAt > now ? [issue('knownAt', 'known-in-future')] : []),
    ...input.areas.flatMap((code, i) => (areas.includes(code) ? [] : [issue(`areas.${i}`, 'unknown-area', { code })])),
  ]
  if (issues.length) throw invalid(issues)
}
