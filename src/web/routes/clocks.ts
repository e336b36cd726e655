/** API of clocks and of what an incident's clocks hang on: the board, a person's word, grade, figures, when it became known. */
import { z } from 'zod'
import { factInput, recordFact } from '../../desk/record-fact.ts'
import { type BoardLine, boardFor, boardQuery } from '../../incident/board.ts'
import { seenClocks } from '../../incident/board-store.ts'
import { endByHand, meetByHand, startByDecision, startInput, wordInput } from '../../incident/by-hand.ts'
import { type ClockRow, clockById, clockEvents } from '../../incident/clock-store.ts'
import { STANDINGS } from '../../incident/clocks.ts'
import { gradeInput, setGrade } from '../../incident/grade.ts'
import { decideKnownAt, knownDecision, knownInput, proposeKnownAt } from '../../incident/known-at.ts'
import { type FactRow, factsOf, incidentById } from '../../incident/store.ts'
import { notFound } from '../../lib/errors.ts'
import { relationOf } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { incidentSchema, list } from './schemas.ts'
import { shownIncident } from './shown.ts'

const CLOCKS = '/api/v1/clocks'
const INCIDENT = '/api/v1/incidents/{id}'
const id = (c: Req): string => c.req.param('id') ?? ''
const maybe = z.string().nullable()

const clockShape = z.strictObject({
  id: z.string(),
  rule: z.string(),
  version: z.string(),
  subject: z.string(),
  agencyId: z.string(),
  startedAt: z.string(),
  dueAt: maybe,
  pausedAt: maybe,
  metAt: maybe,
  breachedAt: maybe,
  endedAt: maybe,
})
const lineShape = clockShape.extend({
  standing: z.enum(STANDINGS),
  number: maybe,
  source: maybe,
  confidence: maybe,
  role: maybe,
  onDuty: maybe,
  backup: maybe,
})
const eventShape = z.strictObject({
  at: z.string(),
  kind: z.string(),
  startedAt: maybe,
  dueAt: maybe,
  memberId: maybe,
  why: z.string(),
})
const factShape = z.strictObject({
  id: z.string(),
  what: z.string(),
  value: z.string(),
  asOf: z.string(),
  source: z.string(),
  explanation: z.string(),
  recordedBy: z.string(),
  recordedAt: z.string(),
})

const doc = (tag: string, summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag, summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})

export function mountClocks(app: App): void {
  const board = doc('clocks', 'Clocks of one’s own agency and those below it; late=1: those that ran out', {
    200: list(lineShape),
  })
  route(app, { method: 'get', path: CLOCKS, act: 'clock.read', query: boardQuery, ...board }, async (c, { query }) =>
    c.json({ items: (await boardFor(c.var.ctx, actorIn(c), query)).lines.map(shownLine) }),
  )
  const events = doc('clocks', 'All that happened to a clock', { 200: list(eventShape), 404: null })
  route(app, { method: 'get', path: `${CLOCKS}/{id}/events`, act: 'clock.read', ...events }, async (c) => {
    const { db } = c.var.ctx.store
    const clock = await clockById(db, id(c))
    if (!clock || !(await mayRead(c, clock.agency_id))) throw notFound('clock')
    if ((await seenClocks(db, actorIn(c), [clock])).clocks.length === 0) throw notFound('clock')
    const rows = await clockEvents(db, [clock.id])
    return c.json({
      items: rows.map((e) => ({
        at: e.at,
        kind: e.kind,
        startedAt: e.started_at,
        dueAt: e.due_at,
        memberId: e.member_id,
        why: e.why,
      })),
    })
  })
  const answers = { 200: clockShape, 404: null, 409: null, 422: null }
  const met = doc('clocks', 'Record that it was done where nothing here could see it', answers, wordInput)
  route(
    app,
    { method: 'post', path: `${CLOCKS}/{id}/met`, act: 'clock.meet', json: true, ...met },
    async (c, { body }) => c.json(shownClock(await meetByHand(c.var.ctx, actorIn(c), id(c), body))),
  )
  const end = doc('clocks', 'It is no longer asked', answers, wordInput)
  route(
    app,
    { method: 'post', path: `${CLOCKS}/{id}/end`, act: 'clock.end', json: true, ...end },
    async (c, { body }) => c.json(shownClock(await endByHand(c.var.ctx, actorIn(c), id(c), body))),
  )
  mountOfIncident(app)
}

function mountOfIncident(app: App): void {
  const refused = { 404: null, 409: null, 422: null }
  const grade = doc('incidents', 'Confirm the grade', { 200: incidentSchema, ...refused }, gradeInput)
  route(
    app,
    { method: 'post', path: `${INCIDENT}/grade`, act: 'incident.grade', json: true, ...grade },
    async (c, { body }) => c.json(shownIncident(await setGrade(c.var.ctx, actorIn(c), id(c), body))),
  )
  const all = doc('incidents', 'Every figure there ever was', { 200: list(factShape), 404: null })
  route(app, { method: 'get', path: `${INCIDENT}/facts`, act: 'clock.read', ...all }, async (c) => {
    const row = await incidentById(c.var.ctx.store.db, id(c))
    if (!row || !(await mayRead(c, row.agency_id))) throw notFound('incident')
    return c.json({ items: (await factsOf(c.var.ctx.store.db, row.id)).map(shownFact) })
  })
  const fact = doc('incidents', 'Record a figure with its time and source', { 201: factShape, ...refused }, factInput)
  route(
    app,
    { method: 'post', path: `${INCIDENT}/facts`, act: 'incident.record-fact', json: true, ...fact },
    async (c, { body }) => c.json(shownFact(await recordFact(c.var.ctx, actorIn(c), id(c), body)), 201),
  )
  const start = doc('incidents', 'Begin a deadline by decision', { 204: null, ...refused }, startInput)
  route(
    app,
    { method: 'post', path: `${INCIDENT}/clocks`, act: 'clock.start', json: true, ...start },
    async (c, { body }) => {
      await startByDecision(c.var.ctx, actorIn(c), id(c), body)
      return c.body(null, 204)
    },
  )
  const made = z.strictObject({ id: z.string() })
  const propose = doc('incidents', 'Propose another 知悉时间', { 201: made, ...refused }, knownInput)
  route(
    app,
    { method: 'post', path: `${INCIDENT}/known-at`, act: 'incident.propose-known', json: true, ...propose },
    async (c, { body }) => c.json({ id: await proposeKnownAt(c.var.ctx, actorIn(c), id(c), body) }, 201),
  )
  const decided = z.strictObject({ state: z.string(), oldAt: z.string(), newAt: z.string() })
  const decide = doc('incidents', 'The second person’s word on it', { 200: decided, ...refused }, knownDecision)
  route(
    app,
    {
      method: 'post',
      path: `${INCIDENT}/known-at/{correction}`,
      act: 'incident.propose-known',
      json: true,
      ...decide,
    },
    async (c, { body }) => {
      const done = await decideKnownAt(c.var.ctx, actorIn(c), id(c), c.req.param('correction') ?? '', body)
      return c.json({ state: done.state, oldAt: done.old_at, newAt: done.new_at })
    },
  )
}

async function mayRead(c: Req, agencyId: string): Promise<boolean> {
  const by = actorIn(c)
  const relation = relationOf(by, { id: agencyId, ancestors: await ancestorsOf(c.var.ctx.store.db, agencyId) })
  return may('clock.read', { roles: by.roles, relation, scopes: by.scopes }).ok
}

const shownClock = (k: ClockRow): z.output<typeof clockShape> => ({
  id: k.id,
  rule: k.rule,
  version: k.rule_version,
  subject: k.subject,
  agencyId: k.agency_id,
  startedAt: k.started_at,
  dueAt: k.due_at,
  pausedAt: k.paused_at,
  metAt: k.met_at,
  breachedAt: k.breached_at,
  endedAt: k.ended_at,
})
const shownLine = (l: BoardLine): z.output<typeof lineShape> => ({
  ...shownClock(l.clock),
  standing: l.standing,
  number: l.subject?.number ?? null,
  source: l.rule?.source[0] ?? null,
  confidence: l.rule?.confidence ?? null,
  role: l.rule?.role ?? null,
  onDuty: l.duty.first?.id ?? null,
  backup: l.duty.backup?.id ?? null,
})
const shownFact = (f: FactRow): z.output<typeof factShape> => ({
  id: String(f.id),
  what: f.what,
  value: f.value,
  asOf: f.as_of,
  source: f.source,
  explanation: f.explanation,
  recordedBy: f.recorded_by,
  recordedAt: f.recorded_at,
})
