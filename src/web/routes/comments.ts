/** API of comments on passages. Inside the office only: no public route knows of them. */
import { z } from 'zod'
import { admit } from '../../desk/gate.ts'
import { noteReading } from '../../desk/read-log.ts'
import { revisionOf } from '../../desk/store.ts'
import {
  addComment,
  answerComment,
  answerInput,
  commentInput,
  commentsOn,
  settleComment,
} from '../../review/comment.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'

const AT = '/api/v1/releases/{id}/comments'
const ref = (c: Req): string => c.req.param('id') ?? ''
const key = (c: Req): string => c.req.param('key') ?? ''
const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: {
    tag: 'review',
    summary,
    answers,
    ...(sent ? { body: { 'application/json': sent }, headers: ['Idempotency-Key'] as RouteDoc['headers'] } : {}),
  } as RouteDoc,
})

const said = z.object({ memberId: z.string(), at: z.string(), body: z.string() })
const comment = said.extend({
  id: z.string(),
  revision: z.number(),
  field: z.string(),
  quote: z.string(),
  state: z.enum(['open', 'answered', 'settled']),
  settledBy: z.string().nullable(),
  changed: z.boolean(),
  answers: z.array(said),
})

export function mountComments(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: AT,
      act: 'release.inspect',
      ...doc('Comments on passages (批注), as they stand to the current revision', {
        200: z.object({ items: z.array(comment) }),
      }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const at = await admit(db, actorIn(c), ref(c), 'release.inspect')
      const { release } = at
      const revision = await revisionOf(db, release.id, release.revision)
      if (revision) await noteReading(c.var.ctx, actorIn(c), at, revision.ordinal, 'api')
      return c.json({ items: revision ? await commentsOn(db, release.id, revision) : [] })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: AT,
      act: 'release.comment',
      json: true,
      ...doc('Comment on a passage', { 201: z.object({ id: z.string() }), 409: null, 422: null }, commentInput),
    },
    async (c, { body }) => c.json({ id: await addComment(c.var.ctx, actorIn(c), ref(c), body) }, 201),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{key}/answers`,
      act: 'release.comment',
      json: true,
      ...doc('Answer a comment', { 204: null, 404: null, 422: null }, answerInput),
    },
    async (c, { body }) => {
      await answerComment(c.var.ctx, actorIn(c), ref(c), key(c), body)
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{key}/settlement`,
      act: 'release.comment',
      ...doc('Settle a comment', { 204: null, 403: null, 404: null }),
    },
    async (c) => {
      await settleComment(c.var.ctx, actorIn(c), ref(c), key(c))
      return c.body(null, 204)
    },
  )
}
