/** The suppression list over the API: entries without addresses, look-up by a typed address, adding and lifting. */
import { z } from 'zod'
import {
  addToList,
  liftFromList,
  lookUp,
  lookUpInput,
  suppressionInput,
  suppressionList,
} from '../../audience/office-list.ts'
import type { SuppressionRow } from '../../audience/suppression-store.ts'
import type { App } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'

const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'office', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const entry = z.strictObject({
  id: z.string(),
  kind: z.string(),
  reason: z.enum(['complained', 'bounced', 'asked', 'office']),
  since: z.string(),
  addedBy: z.string().nullable(),
})
const BASE = '/api/v1/suppressions'

export function mountSuppression(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: BASE,
      act: 'staff.manage',
      query: z.strictObject({ before: z.string().max(40).optional() }),
      ...doc('Addresses nothing is sent to, newest first; addresses themselves are not kept', {
        200: z.strictObject({ items: z.array(entry) }),
      }),
    },
    async (c, { query }) => c.json({ items: (await suppressionList(c.var.ctx, actorIn(c), query.before)).map(shown) }),
  )
  route(
    app,
    {
      method: 'post',
      path: BASE,
      act: 'staff.manage',
      json: true,
      ...doc('Send nothing to an address any more', { 201: entry, 409: null, 422: null }, suppressionInput),
    },
    async (c, { body }) => {
      const made = await addToList(c.var.ctx, actorIn(c), body)
      return c.json(shown(made), 201, { location: `${BASE}/${made.id}` })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${BASE}/look-up`,
      act: 'staff.manage',
      json: true,
      ...doc('Whether an address is on the list', { 200: z.strictObject({ entry: entry.nullable() }) }, lookUpInput),
    },
    async (c, { body }) => {
      const found = await lookUp(c.var.ctx, actorIn(c), body)
      return c.json({ entry: found ? shown(found) : null })
    },
  )
  route(
    app,
    {
      method: 'delete',
      path: `${BASE}/{id}`,
      act: 'staff.manage',
      ...doc('Let an address be subscribed again', { 200: z.strictObject({}), 404: null }),
    },
    async (c) => {
      await liftFromList(c.var.ctx, actorIn(c), c.req.param('id') ?? '')
      return c.json({})
    },
  )
}

const shown = (row: SuppressionRow) => ({
  id: row.id,
  kind: row.kind,
  reason: row.reason,
  since: row.since,
  addedBy: row.member_id,
})
