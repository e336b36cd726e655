/** Sets the grade of an incident: a person's word, with what the figures pointed to beside it. Graver ones start their clocks. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { firstToldAt, meetClock } from './clock-store.ts'
import { GRADES } from './open.ts'
import { startFor } from './start-clock.ts'
import { factsOf, type IncidentRow, incidentById, insertGrade, updateIncident } from './store.ts'
import { suggestGrade, tollOf } from './suggest-grade.ts'

export const gradeInput = z.strictObject({ grade: z.enum(GRADES) })

/** A lower grade ends no clock: a duty that began is ended by a person, with a reason. @throws Refusal wrong-state, not-allowed */
export async function setGrade(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<IncidentRow> {
  const { grade } = readableZod(gradeInput, sent)
  return ctx.store.tx(async (trx) => {
    const row = await incidentById(trx, id)
    if (!row) throw notFound('incident')
    await admitAgency(trx, by, row.agency_id, 'incident.grade')
    if (row.closed_at) throw wrongState('incident-is-closed')
    if (row.grade === grade) throw wrongState('grade-is-that')
    const suggested = suggestGrade(tollOf(await factsOf(trx, id)))
    await updateIncident(trx, id, { grade })
    await insertGrade(trx, {
      id: newId(ctx.clock.ms()),
      incident_id: id,
      before_grade: row.grade,
      grade,
      suggested,
      set_by: by.memberId,
      set_at: ctx.clock.now(),
    })
    const about = { subject: `incident:${id}`, from: row.known_at, agencyId: row.agency_id }
    if (row.mode === 'live') {
      await startFor(trx, ctx, 'incident-known', { ...about, word: { member: by.memberId } }, grade)
      // By night the word goes out before anybody has graded it: what was said in time is not owed again.
      const told = await firstToldAt(trx, id)
      if (told) await meetClock(trx, about.subject, 'first-information', told)
    }
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'incident.grade',
      subject: `incident:${id}`,
      fact: { from: row.grade ?? '', to: grade, suggested: suggested ?? '' },
    })
    return { ...row, grade }
  })
}
