/** 知悉时间 put right by two people: one proposes with a reason, another agrees, and every deadline that hangs on it moves. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { clockRules } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import type { WorkingDays } from '../lib/working-days.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import { isUniqueViolation } from '../store/violation.ts'
import { calendarOf } from './calendar.ts'
import { clocksOf, moveClock } from './clock-store.ts'
import { countsFromKnown, dueAfter, ruleOfVersion } from './clocks.ts'
import { lengthOf } from './start-clock.ts'
import {
  closeCorrection,
  correctionById,
  type IncidentRow,
  incidentById,
  insertCorrection,
  updateIncident,
} from './store.ts'

export const knownInput = z.strictObject({ knownAt: z.iso.datetime({ offset: true }), why: z.string().max(400) })
export const knownDecision = z.strictObject({ verdict: z.enum(['apply', 'refuse']) })

/** @returns the id of the proposal @throws Refusal known-in-future, known-unchanged, required; one-correction-open */
export async function proposeKnownAt(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<string> {
  const input = readableZod(knownInput, sent)
  const newAt = new Date(input.knownAt).toISOString()
  const why = cleanText(input.why).text.trim()
  return ctx.store.tx(async (trx) => {
    const row = await openIncidentById(trx, id)
    await admitAgency(trx, by, row.agency_id, 'incident.propose-known')
    const now = ctx.clock.now()
    const issues = [
      ...(newAt > now ? [issue('knownAt', 'known-in-future')] : []),
      ...(newAt === row.known_at ? [issue('knownAt', 'known-unchanged')] : []),
      ...(why === '' ? [issue('why', 'required')] : []),
      ...textIssues('why', why),
    ]
    if (issues.length) throw invalid(issues)
    const correction = newId(ctx.clock.ms())
    try {
      await insertCorrection(trx, {
        id: correction,
        incident_id: id,
        old_at: row.known_at,
        new_at: newAt,
        why,
        proposed_by: by.memberId,
        proposed_at: now,
        decided_by: null,
        decided_at: null,
        state: 'open',
      })
    } catch (err) {
      if (isUniqueViolation(err)) throw wrongState('one-correction-open')
      throw err
    }
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'incident.propose-known',
      subject: `incident:${id}`,
      fact: { correction, from: row.known_at, to: newAt },
    })
    return correction
  })
}

/** Whoever proposed may take it back (`refuse`), never agree to it. @throws Refusal own-change, change-decided */
export async function decideKnownAt(ctx: Ctx, by: Actor, id: string, correctionId: string, sent: unknown) {
  const { verdict } = readableZod(knownDecision, sent)
  const { days } = await calendarOf(ctx.config.dataDir)
  return ctx.store.tx(async (trx) => {
    const row = await openIncidentById(trx, id)
    const correction = await correctionById(trx, correctionId)
    if (correction?.incident_id !== id) throw notFound('change')
    const mine = correction.proposed_by === by.memberId
    await admitAgency(trx, by, row.agency_id, mine ? 'incident.propose-known' : 'incident.confirm-known')
    if (verdict === 'apply' && mine) throw notAllowed('own-change')
    const state = verdict === 'apply' ? ('applied' as const) : ('refused' as const)
    const closed = { state, decided_by: by.memberId, decided_at: ctx.clock.now() }
    if (!(await closeCorrection(trx, correctionId, closed))) throw wrongState('change-decided')
    if (verdict === 'apply') {
      await updateIncident(trx, id, { known_at: correction.new_at })
      await moveClocks(trx, ctx, by, row, correction.new_at, days)
    }
    await append(trx, ctx, {
      actor: by.memberId,
      act: `incident.known-${verdict}`,
      subject: `incident:${id}`,
      fact: {
        correction: correctionId,
        proposer: correction.proposed_by,
        from: correction.old_at,
        to: correction.new_at,
      },
    })
    return { ...correction, ...closed }
  })
}

async function openIncidentById(trx: Kysely<Tables>, id: string): Promise<IncidentRow> {
  const row = await incidentById(trx, id)
  if (!row) throw notFound('incident')
  if (row.closed_at) throw wrongState('incident-is-closed')
  return row
}

/** Those that run from when it became known, whether met or not: what was in time may turn out late, and the other way round. */
async function moveClocks(
  trx: Kysely<Tables>,
  ctx: Ctx,
  by: Actor,
  row: IncidentRow,
  knownAt: string,
  days: WorkingDays,
): Promise<void> {
  for (const c of await clocksOf(trx, [`incident:${row.id}`])) {
    const rule = ruleOfVersion(clockRules, c.rule, c.rule_version)
    const span = lengthOf(c, ctx)
    if (!rule || !countsFromKnown(rule) || c.started_at !== row.known_at || c.ended_at || !span) continue
    const due = dueAfter(span, knownAt, days, ctx.config.site.offset)
    const event = { kind: 'moved' as const, at: ctx.clock.now(), started: knownAt, due }
    await moveClock(trx, c, event, { member: by.memberId })
  }
}
