/** API of accounts: a second factor shown in a session, what administrators do about a member's, the rule for flash. */
import { z } from 'zod'
import { notAllowed } from '../../lib/errors.ts'
import { readableZod } from '../../lib/shape.ts'
import { changeFlashFactor, flashFactorInput, resetFactors } from '../../staff/factor-changes.ts'
import { endMemberSessions } from '../../staff/own-account.ts'
import { proposeReset } from '../../staff/reset-login.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { proveWith } from '../guards/sign-in.ts'
import { proposal } from './office.ts'

const id = (c: Req): string => c.req.param('id') ?? ''
const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'office', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const codeInput = z.strictObject({ code: z.string().min(6, 'filled').max(20) })

export function mountAccounts(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/second-factor',
      act: 'signed-in',
      json: true,
      secret: true,
      ...doc(
        'Show a second factor in this session: good for five minutes and one flash signature. A token needs none: its scope `decide` is its own',
        { 204: null, 403: null, 422: null },
        codeInput,
      ),
    },
    async (c, { body }) => {
      const by = actorIn(c)
      if (!by.session) throw notAllowed('session-only')
      await proveWith(c, by, readableZod(codeInput, body).code)
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'delete',
      path: '/api/v1/members/{id}/sessions',
      act: 'staff.manage',
      ...doc('End every session of a member', { 204: null, 404: null }),
    },
    async (c) => {
      await endMemberSessions(c.var.ctx, actorIn(c), id(c))
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'delete',
      path: '/api/v1/members/{id}/second-factors',
      act: 'staff.manage',
      ...doc('Take the second factors of a member away, by two administrators', { 200: proposal, 404: null }),
    },
    async (c) => c.json(await resetFactors(c.var.ctx, actorIn(c), id(c))),
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/members/{id}/login-reset',
      act: 'staff.manage',
      ...doc(
        'Close the login of a member who lost the password, by two administrators: whoever agrees is given the link',
        {
          200: proposal,
          404: null,
        },
      ),
    },
    async (c) => c.json(await proposeReset(c.var.ctx, actorIn(c), id(c))),
  )
  route(
    app,
    {
      method: 'put',
      path: '/api/v1/agencies/{id}/flash-second-factor',
      act: 'staff.manage',
      json: true,
      ...doc('Whether a signature on flash needs a second factor', { 200: proposal }, flashFactorInput),
    },
    async (c, { body }) => c.json(await changeFlashFactor(c.var.ctx, actorIn(c), id(c), body)),
  )
}
