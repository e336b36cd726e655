/** Registers that a report went up, or that it was received above. An entry is never edited: a correcting one takes its place. */
import type { Kysely } from 'kysely'
import { UPWARD_RULES } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import { isUniqueViolation } from '../store/violation.ts'
import { clockById, clocksOf, moveClock } from './clock-store.ts'
import { type IncidentRow, incidentById } from './store.ts'
import { cleanLine, numberIssues, receiptInput, upwardInput, upwardIssues } from './upward.ts'
import { insertReceipt, insertUpward, receiptsOf, type UpwardRow, upwardById, upwardOf } from './upward-store.ts'

type Trx = Kysely<Tables>

/** @throws Refusal required, upward-body, upward-number, upward-in-future, upward-before-known; upward-superseded */
export async function registerUpward(ctx: Ctx, by: Actor, incidentId: string, sent: unknown): Promise<UpwardRow> {
  const input = readableZod(upwardInput, sent)
  const recipient = cleanLine(input.recipient)
  const number = cleanLine(input.number)
  return ctx.store.tx(async (trx) => {
    const incident = await incidentAt(trx, by, incidentId, 'upward.register')
    const now = ctx.clock.now()
    const issues = upwardIssues({ recipient, number, reportedAt: input.reportedAt }, incident.known_at, now)
    if (issues.length) throw invalid(issues)
    const rows = await upwardOf(trx, incidentId)
    const replaced = input.supersedes ? replaceable(rows, input.supersedes) : null
    const at = new Date(input.reportedAt).toISOString()
    const met = replaced
      ? (JSON.parse(replaced.met) as string[])
      : await meet(trx, by, incidentId, at, input.meets ?? UPWARD_RULES)
    if (replaced) await judgeAgain(trx, by, met, at, now)
    const row: UpwardRow = {
      id: newId(ctx.clock.ms()),
      incident_id: incidentId,
      ordinal: replaced ? Number(replaced.ordinal) : Math.max(0, ...rows.map((r) => Number(r.ordinal))) + 1,
      recipient,
      means: input.means,
      reported_at: at,
      number,
      supersedes: replaced?.id ?? null,
      met: JSON.stringify(met),
      recorded_by: by.memberId,
      recorded_at: now,
    }
    await insertOnce(trx, row)
    await append(trx, ctx, {
      actor: by.memberId,
      act: replaced ? 'upward.correct' : 'upward.register',
      subject: `incident:${incidentId}`,
      fact: { report: row.id, ordinal: row.ordinal, means: row.means, reported: at, supersedes: row.supersedes ?? '' },
    })
    return row
  })
}

/** @throws Refusal upward-receipt-early, upward-in-future, upward-number; upward-superseded, upward-received */
export async function recordReceipt(ctx: Ctx, by: Actor, incidentId: string, id: string, sent: unknown) {
  const input = readableZod(receiptInput, sent)
  const number = cleanLine(input.number)
  return ctx.store.tx(async (trx) => {
    await incidentAt(trx, by, incidentId, 'upward.register')
    const report = await upwardById(trx, id)
    if (report?.incident_id !== incidentId) throw notFound('upward-report')
    if ((await upwardOf(trx, incidentId)).some((r) => r.supersedes === id)) throw wrongState('upward-superseded')
    if ((await receiptsOf(trx, [id])).length) throw wrongState('upward-received')
    const now = ctx.clock.now()
    const at = new Date(input.receivedAt).toISOString()
    const issues = [
      ...numberIssues(number),
      ...(at > now ? [issue('receivedAt', 'upward-in-future')] : []),
      ...(at < report.reported_at ? [issue('receivedAt', 'upward-receipt-early')] : []),
    ]
    if (issues.length) throw invalid(issues)
    const row = { report_id: id, received_at: at, number, recorded_by: by.memberId, recorded_at: now }
    await insertReceipt(trx, row)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'upward.receipt',
      subject: `incident:${incidentId}`,
      fact: { report: id, received: at },
    })
    return row
  })
}

async function incidentAt(trx: Trx, by: Actor, id: string, act: 'upward.register'): Promise<IncidentRow> {
  const row = await incidentById(trx, id)
  if (!row) throw notFound('incident')
  await admitAgency(trx, by, row.agency_id, act)
  return row
}

/** Only the newest entry of a report is corrected, so that what stands is one line. */
function replaceable(rows: readonly UpwardRow[], id: string): UpwardRow {
  const found = rows.find((r) => r.id === id)
  if (!found) throw notFound('upward-report')
  if (rows.some((r) => r.supersedes === id)) throw wrongState('upward-superseded')
  return found
}

/** Deadlines of the ladder that run and that it answers are met at the time it went up, also where it is written down later. */
async function meet(trx: Trx, by: Actor, incidentId: string, at: string, rules: readonly string[]): Promise<string[]> {
  const running = (await clocksOf(trx, [`incident:${incidentId}`])).filter(
    (c) => UPWARD_RULES.includes(c.rule) && rules.includes(c.rule) && !c.met_at && !c.ended_at,
  )
  for (const c of running) await moveClock(trx, c, { kind: 'met', at }, { member: by.memberId })
  return running.map((c) => c.id)
}

/** A time put right may show that a deadline was missed; it never takes back that one was. */
async function judgeAgain(trx: Trx, by: Actor, clocks: string[], at: string, now: string): Promise<void> {
  for (const id of clocks) {
    const c = await clockById(trx, id)
    if (c?.due_at && c.due_at < at && !c.breached_at && !c.ended_at)
      await moveClock(trx, c, { kind: 'breached', at: now }, { member: by.memberId })
  }
}

async function insertOnce(trx: Trx, row: UpwardRow): Promise<void> {
  try {
    await insertUpward(trx, row)
  } catch (err) {
    if (isUniqueViolation(err)) throw wrongState('upward-superseded')
    throw err
  }
}
