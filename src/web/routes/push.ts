/** Browser notifications and what the mail system hands back. */
import { z } from 'zod'
import { INTAKES, takeReport } from '../../audience/intake.ts'
import { endpointInput, leavePush, pushInput, subscribePush, testPush } from '../../audience/push.ts'
import { arrivalInput, canaryInput, enrolBrowser, pushArrived } from '../../delivery/canary-push.ts'
import type { App } from '../env.ts'
import { networkOf } from '../guards/rate.ts'
import { type RouteDoc, type RouteSpec, route } from '../guards/route.ts'

const open = { act: 'public', json: true, openForm: true, maxBytes: 64 * 1024 } as const satisfies Partial<RouteSpec>
const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType, type = 'application/json') => ({
  doc: { tag: 'push', summary, answers, ...(sent ? { body: { [type]: sent } } : {}) },
})
const subscribed = z.strictObject({ state: z.literal('active') })
const intake = z.strictObject({ outcome: z.enum(INTAKES) })

export function mountPush(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: '/push/key',
      act: 'public',
      ...doc('The public key a browser subscribes with (RFC 8292)', { 200: z.strictObject({ key: z.string() }) }),
    },
    (c) => c.json({ key: c.var.ctx.keys.vapid.publicKey }),
  )
  route(
    app,
    {
      ...open,
      method: 'post',
      path: '/push/subscriptions',
      ...doc('Subscribe a browser, or change its keys and choices', { 201: subscribed, 422: null }, pushInput),
    },
    async (c, { body }) => {
      await subscribePush(c.var.ctx, networkOf(c), body)
      return c.json({ state: 'active' }, 201)
    },
  )
  route(
    app,
    {
      ...open,
      method: 'post',
      path: '/push/subscriptions/test',
      ...doc('Send the browser a test, at most one a minute', { 202: z.strictObject({}), 404: null }, endpointInput),
    },
    async (c, { body }) => {
      await testPush(c.var.ctx, body)
      return c.json({}, 202)
    },
  )
  route(
    app,
    {
      ...open,
      method: 'delete',
      path: '/push/subscriptions',
      ...doc('Take a browser off', { 204: null }, endpointInput),
    },
    async (c, { body }) => {
      await leavePush(c.var.ctx, body)
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      ...open,
      method: 'post',
      path: '/push/canaries',
      ...doc(
        'Make a browser report what reached it, with the code of an administrator',
        { 201: z.strictObject({ secret: z.string() }), 404: null, 409: null, 422: null },
        canaryInput,
      ),
    },
    async (c, { body }) => c.json(await enrolBrowser(c.var.ctx, networkOf(c), body), 201),
  )
  route(
    app,
    {
      ...open,
      method: 'post',
      path: '/push/arrivals',
      ...doc('What a reporting browser was shown', { 204: null, 404: null, 422: null }, arrivalInput),
    },
    async (c, { body }) => {
      await pushArrived(c.var.ctx, networkOf(c), body)
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'post',
      path: '/mail/bounces',
      act: 'staff.manage',
      maxBytes: 4 * 1024 * 1024,
      // The address the report was delivered to, where the mail system can say it.
      query: z.strictObject({ to: z.string().max(320).optional() }),
      ...doc('Hand in a bounce (RFC 3464) or complaint (RFC 5965)', { 200: intake }, z.string(), 'message/rfc822'),
    },
    async (c, { query }) => {
      const raw = new Uint8Array(await c.req.arrayBuffer())
      return c.json({ outcome: await takeReport(c.var.ctx, raw, query.to) })
    },
  )
}
