/** API of the office's part in reviewing: the list of officials, how long steps may wait, absences, calls. */
import { z } from 'zod'
import { keepOfficials, officialsInput, officialsOf } from '../../review/keep-officials.ts'
import { changeLimits, limitsFor, limitsInput } from '../../review/limit.ts'
import { callInput, recordCall } from '../../review/record-call.ts'
import { absenceInput, endAbsence, enterAbsence } from '../../staff/absence.ts'
import { absencesFrom } from '../../staff/absence-store.ts'
import { admitAgency } from '../../staff/gate.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'

const doc = (tag: string, summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag, summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const id = (c: Req): string => c.req.param('id') ?? ''
const list = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) })
const official = z.object({ name: z.string(), title: z.string(), from: z.string(), until: z.string().nullable() })
const absence = z.object({
  id: z.string(),
  memberId: z.string(),
  delegateId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
})
const OFFICIALS = '/api/v1/agencies/{id}/officials'
const LIMITS = '/api/v1/agencies/{id}/review-limits'
const ABSENCES = '/api/v1/absences'

export function mountReviewOffice(app: App): void {
  mountLists(app)
  mountAbsences(app)
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/releases/{id}/calls',
      act: 'release.record-call',
      json: true,
      ...doc(
        'review',
        'Note that a colleague was rung up about the step that waits',
        { 204: null, 422: null },
        callInput,
      ),
    },
    async (c, { body }) => {
      await recordCall(c.var.ctx, actorIn(c), id(c), body)
      return c.body(null, 204)
    },
  )
}

function mountLists(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: OFFICIALS,
      act: 'staff.read',
      ...doc('office', 'Officials by date, in order of rank (人员职务表)', { 200: list(official), 404: null }),
    },
    async (c) => c.json({ items: await officialsOf(c.var.ctx, actorIn(c), id(c)) }),
  )
  route(
    app,
    {
      method: 'put',
      path: OFFICIALS,
      act: 'staff.manage',
      json: true,
      maxBytes: 1024 * 1024,
      ...doc('office', 'Replace the list, as CSV', { 200: z.object({ n: z.number() }), 422: null }, officialsInput),
    },
    async (c, { body }) => c.json({ n: await keepOfficials(c.var.ctx, actorIn(c), id(c), body) }),
  )
  route(
    app,
    {
      method: 'get',
      path: LIMITS,
      act: 'staff.read',
      ...doc('office', 'How long a step may wait: minutes in a flash, working days else', {
        200: limitsInput,
        404: null,
      }),
    },
    async (c) => {
      await admitAgency(c.var.ctx.store.db, actorIn(c), id(c), 'staff.read')
      return c.json(await limitsFor(c.var.ctx.store.db, id(c)))
    },
  )
  route(
    app,
    {
      method: 'put',
      path: LIMITS,
      act: 'staff.manage',
      json: true,
      ...doc('office', 'Change how long a step may wait', { 204: null, 422: null }, limitsInput),
    },
    async (c, { body }) => {
      await changeLimits(c.var.ctx, actorIn(c), id(c), body)
      return c.body(null, 204)
    },
  )
}

function mountAbsences(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: ABSENCES,
      act: 'absence.own',
      ...doc('office', 'Who of the own agency is or will be away, and who stands in', { 200: list(absence) }),
    },
    async (c) => {
      const rows = await absencesFrom(c.var.ctx.store.db, [actorIn(c).agencyId], c.var.ctx.clock.now())
      const items = rows.map((a) => ({
        id: a.id,
        memberId: a.member_id,
        delegateId: a.delegate_id,
        startsAt: a.starts_at,
        endsAt: a.ends_at,
      }))
      return c.json({ items })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: ABSENCES,
      act: 'absence.own',
      json: true,
      ...doc('office', 'Enter an absence', { 201: z.object({ id: z.string() }), 422: null }, absenceInput),
    },
    async (c, { body }) => c.json({ id: await enterAbsence(c.var.ctx, actorIn(c), body) }, 201),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${ABSENCES}/{id}`,
      act: 'absence.own',
      ...doc('office', 'End an absence before its time', { 204: null, 404: null, 409: null }),
    },
    async (c) => {
      await endAbsence(c.var.ctx, actorIn(c), id(c))
      return c.body(null, 204)
    },
  )
}
