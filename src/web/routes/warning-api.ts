/** API of false alarms, of ending what was begun, and of who may warn. */
import { z } from 'zod'
import { errorFigures } from '../../delivery/put-right.ts'
import { beginEnding } from '../../publication/ending.ts'
import { falseAlarmInput, releaseFalseAlarm } from '../../publication/false-alarm.ts'
import { authorityInput, changeAuthority } from '../../staff/authority.ts'
import { authorityOf } from '../../staff/authority-store.ts'
import { admitAgency } from '../../staff/gate.ts'
import { agencyFamily } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { etagOf } from '../guards/etag.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { proposal } from './office.ts'
import { list, releaseSchema } from './schemas.ts'
import { shownRelease } from './shown.ts'

const AT = '/api/v1/releases/{id}'
const ref = (c: Req): string => c.req.param('id') ?? ''
const doc = (tag: string, summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag, summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})

export function mountWarningApi(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: `${AT}/false-alarm`,
      act: 'release.false-alarm',
      json: true,
      ...doc(
        'publication',
        'Release the false-alarm text (误发更正) that was agreed with this edition',
        { 201: z.object({ editionId: z.string() }), 409: null },
        falseAlarmInput,
      ),
    },
    async (c, { body }) => c.json({ editionId: await releaseFalseAlarm(c.var.ctx, actorIn(c), ref(c), body) }, 201),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/ending`,
      act: 'release.correct',
      ...doc('publication', 'Begin to lift a warning (解除预警) or to end a response (终止响应)', {
        201: z.object({ release: releaseSchema }),
        409: null,
      }),
    },
    async (c) => {
      const row = await beginEnding(c.var.ctx, actorIn(c), ref(c))
      return c.json({ release: shownRelease(row) }, 201, { etag: etagOf(row.version) })
    },
  )
  mountFigures(app)
  mountMatrix(app)
}

function mountFigures(app: App): void {
  const error = z.object({
    release: z.string(),
    edition: z.number(),
    agencyId: z.string(),
    knownAt: z.string(),
    correctedAt: z.string().nullable(),
    seconds: z.number().nullable(),
  })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/figures/errors',
      act: 'figures.read',
      ...doc('oversight', 'Errors of the last year, from when they were known to when they were put right', {
        200: list(error),
      }),
    },
    async (c) => {
      const family = await agencyFamily(c.var.ctx.store.db, actorIn(c).agencyId)
      return c.json({
        items: await errorFigures(
          c.var.ctx,
          family.map((a) => a.id),
        ),
      })
    },
  )
}

function mountMatrix(app: App): void {
  const path = '/api/v1/agencies/{id}/authority'
  route(
    app,
    {
      method: 'get',
      path,
      act: 'staff.read',
      ...doc('office', 'Who may originate which warnings (预警发布权限)', { 200: authorityInput }),
    },
    async (c) => {
      await admitAgency(c.var.ctx.store.db, actorIn(c), ref(c), 'staff.read')
      return c.json({ rules: await authorityOf(c.var.ctx.store.db, [ref(c)]) })
    },
  )
  route(
    app,
    {
      method: 'put',
      path,
      act: 'staff.manage',
      json: true,
      ...doc(
        'office',
        'Replace the matrix; where there are two administrators another must agree',
        { 200: proposal, 422: null },
        authorityInput,
      ),
    },
    async (c, { body }) => c.json(await changeAuthority(c.var.ctx, actorIn(c), ref(c), body)),
  )
}
