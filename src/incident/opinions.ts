/** Items of public concern as a member sees them: those of their office and below, and one with its steps and its deadline. */
import type { Ctx } from '../context.ts'
import { admitHome } from '../staff/gate.ts'
import { keptFrom } from '../staff/limited-store.ts'
import type { Actor } from '../staff/member.ts'
import { agencyFamily } from '../staff/store.ts'
import { type ClockRow, clocksOf } from './clock-store.ts'
import { opinionFor } from './move-opinion.ts'
import type { OpinionRow } from './opinion.ts'
import { opinionById, opinionsWithin, stepsOf } from './opinion-store.ts'
import { type IncidentRow, incidentById } from './store.ts'

export type OpinionLine = { opinion: OpinionRow; clock: ClockRow | undefined }

/** What is not over first, the newest first of each. */
export async function opinionsFor(ctx: Ctx, by: Actor): Promise<OpinionLine[]> {
  admitHome(by, 'opinion.read')
  const { db } = ctx.store
  const family = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  const rows = await seenOpinions(ctx, by, await opinionsWithin(db, family))
  const clocks = await clocksOf(
    db,
    rows.map((o) => `opinion:${o.id}`),
  )
  return rows
    .map((opinion) => ({ opinion, clock: clocks.find((c) => c.subject === `opinion:${opinion.id}`) }))
    .sort((a, b) => Number(a.opinion.state === 'assessed') - Number(b.opinion.state === 'assessed'))
}

/** Without the release that answers where it is kept from this member (限阅). */
export async function seenOpinions(ctx: Ctx, by: Actor, rows: OpinionRow[]): Promise<OpinionRow[]> {
  const kept = await keptFrom(
    ctx.store.db,
    by,
    rows.flatMap((o) => o.release_id ?? []),
  )
  return rows.map((o) => (kept.has(o.release_id ?? '') ? { ...o, release_id: null } : o))
}

export type OpinionPage = {
  opinion: OpinionRow
  steps: Awaited<ReturnType<typeof stepsOf>>
  /** Its own, then those of the incident it belongs to. */
  clocks: ClockRow[]
  incident: IncidentRow | undefined
  into: OpinionRow | undefined
}

/** @throws Refusal not-found */
export async function opinionPage(ctx: Ctx, by: Actor, number: string): Promise<OpinionPage> {
  const { db } = ctx.store
  const found = await opinionFor(db, by, number, 'opinion.read')
  const opinion = (await seenOpinions(ctx, by, [found]))[0] ?? found
  const incident = opinion.incident_id ? await incidentById(db, opinion.incident_id) : undefined
  const [steps, own, beside, into] = await Promise.all([
    stepsOf(db, [opinion.id]),
    clocksOf(db, [`opinion:${opinion.id}`]),
    incident ? clocksOf(db, [`incident:${incident.id}`]) : [],
    opinion.merged_into ? opinionById(db, opinion.merged_into) : undefined,
  ])
  const ofConcern = beside.filter((c) => ['first-information', 'press-conference'].includes(c.rule))
  return { opinion, steps, clocks: [...own, ...ofConcern], incident, into }
}
