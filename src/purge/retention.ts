/**
 * What an incident's inside records hold of persons once it is over, and its destruction (突发事件应对法 2024 arts. 83–85, R-058g). Listed
 * are words people wrote there, which may name somebody: sources and explanations of figures, reasons given for deadlines and for
 * corrections of when it became known, what signers said on the telephone, notes beside what was done by hand, and who came to its
 * press conferences. Each is emptied unless a signer keeps it on a ground; figures, times, states, hashes and the ledger stay. What was
 * published is not touched: it is corrected or taken down as releases are.
 */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { emptyHandNote, emptySignedNote, handNotesOf } from '../delivery/manual-store.ts'
import { meetClock } from '../incident/clock-store.ts'
import {
  emptyPersonal,
  insertRetention,
  keptOf,
  type PersonalItem,
  personalOfIncident,
  putKept,
  retentionsOf,
} from '../incident/personal-store.ts'
import { type IncidentRow, incidentById } from '../incident/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { attendanceOfIncident, dropAttendance } from '../publication/conference-store.ts'
import { phoneWordsOf, updateDecision } from '../review/store.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { forgetIncidentAnswers, setSweepDue } from './store.ts'
import { namesOfBackups, sweepPurged } from './sweep.ts'

/** 归档, 事故调查, 诉讼 */
export const BASES = ['archive', 'investigation', 'litigation'] as const
export const destroyInput = z.strictObject({
  keep: z
    .array(z.strictObject({ ref: z.string().max(100), basis: z.enum(BASES) }))
    .max(5000)
    .default([]),
})

type Trx = Parameters<typeof emptyPersonal>[0]
export type Personal = {
  items: (PersonalItem & { kept: (typeof BASES)[number] | null })[]
  done: Awaited<ReturnType<typeof retentionsOf>>
}

/** @throws Refusal not-found; wrong-state incident-is-open */
export async function personalOf(ctx: Ctx, by: Actor, incidentId: string): Promise<Personal> {
  const { db } = ctx.store
  await closedIncident(db, by, incidentId, 'incident.read-personal')
  const [items, kept, done] = await Promise.all([
    itemsOf(db, incidentId),
    keptOf(db, incidentId),
    retentionsOf(db, incidentId),
  ])
  const basis = new Map(kept.map((k) => [k.ref, k.basis]))
  return { items: items.map((i) => ({ ...i, kept: basis.get(i.ref) ?? null })), done }
}

/** @returns how many were destroyed and how many are kept @throws Refusal incident-is-open; personal-unknown */
export async function destroyPersonal(ctx: Ctx, by: Actor, incidentId: string, sent: unknown) {
  const input = readableZod(destroyInput, sent)
  const done = await ctx.store.tx(async (trx) => {
    const incident = await closedIncident(trx, by, incidentId, 'incident.destroy-personal')
    const items = await itemsOf(trx, incidentId)
    const basis = new Map(input.keep.map((k) => [k.ref, k.basis]))
    const strange = input.keep.findIndex((k) => !items.some((i) => i.ref === k.ref))
    if (strange >= 0) throw invalid([issue(`keep.${strange}`, 'personal-unknown')])
    const now = ctx.clock.now()
    const gone = items.filter((i) => !basis.has(i.ref))
    for (const { ref } of gone) await empty(trx, ref)
    const kept = [...basis].map(([ref, b]) => ({
      incident_id: incidentId,
      ref,
      basis: b,
      kept_by: by.memberId,
      kept_at: now,
    }))
    await putKept(trx, incidentId, kept)
    await forgetIncidentAnswers(trx, incidentId)
    const counts = { destroyed: gone.length, kept: kept.length }
    await insertRetention(trx, {
      incident_id: incidentId,
      ...counts,
      backups: JSON.stringify(await namesOfBackups(trx, ctx.config, incident.created_at)),
      destroyed_by: by.memberId,
      destroyed_at: now,
    })
    await meetClock(trx, `incident:${incidentId}`, 'personal-data', now, { member: by.memberId })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'incident.destroy-personal',
      subject: `incident:${incidentId}`,
      fact: counts,
    })
    await setSweepDue(trx)
    return counts
  })
  // Free pages and the write-ahead log still hold the words; the timetable goes on where this cannot.
  await sweepPurged(ctx)
  return done
}

async function closedIncident(
  db: Trx,
  by: Actor,
  id: string,
  act: 'incident.read-personal' | 'incident.destroy-personal',
): Promise<IncidentRow> {
  const row = await incidentById(db, id)
  if (!row) throw notFound('incident')
  await admitAgency(db, by, row.agency_id, act)
  if (!row.closed_at) throw wrongState('incident-is-open')
  return row
}

async function itemsOf(db: Trx, incidentId: string): Promise<PersonalItem[]> {
  const [own, phone, hand, coming] = await Promise.all([
    personalOfIncident(db, incidentId),
    phoneWordsOf(db, incidentId),
    handNotesOf(db, incidentId),
    attendanceOfIncident(db, incidentId),
  ])
  return [
    ...own,
    ...phone.map((d) => ({ ref: `phone:${d.id}`, what: 'phone', at: d.at, text: d.opinion })),
    ...hand.records.map((r) => ({ ref: `hand:${r.id}`, what: 'hand', at: r.at, text: r.note })),
    ...hand.signed.map((s) => ({ ref: `signed:${s.id}`, what: 'signed', at: s.at, text: s.note })),
    ...coming.map((c) => ({
      ref: `comes:${c.releaseId}:${c.journalistId}`,
      what: 'comes',
      at: c.askedAt,
      text: `${c.name} · ${c.outlet}`,
    })),
  ]
}

async function empty(trx: Trx, ref: string): Promise<void> {
  if (await emptyPersonal(trx, ref)) return
  const [what, id = '', second = ''] = ref.split(':')
  if (what === 'phone') await updateDecision(trx, id, { opinion: '*' })
  else if (what === 'hand') await emptyHandNote(trx, id)
  else if (what === 'signed') await emptySignedNote(trx, id)
  else if (what === 'comes') await dropAttendance(trx, id, second)
}
