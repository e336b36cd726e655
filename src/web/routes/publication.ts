/** API of publication, putting right, sealing, and the dispatches. */
import { z } from 'zod'
import { progressOf } from '../../delivery/progress.ts'
import type { RunRow } from '../../delivery/run-store.ts'
import { pauseRun, resumeRun, resumptionInput, stopRun } from '../../delivery/stop.ts'
import { releaseAddress } from '../../desk/release.ts'
import { type ReleaseRow, releaseById } from '../../desk/store.ts'
import { notFound } from '../../lib/errors.ts'
import { abandonCorrection, beginCorrection, correctionInput } from '../../publication/correct.ts'
import { publish } from '../../publication/publish.ts'
import { schedule, scheduleInput } from '../../publication/schedule.ts'
import { takeDown, takedownInput } from '../../publication/takedown.ts'
import { withdraw, withdrawalInput } from '../../publication/withdraw.ts'
import { quarantine } from '../../purge/quarantine.ts'
import { settlementInput, settleQuarantine } from '../../purge/settle.ts'
import { openQuarantines } from '../../purge/store.ts'
import { agencyFamily } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { etagOf } from '../guards/etag.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { editionSchema, list, releaseSchema, runSchema } from './schemas.ts'
import { shownEdition, shownRelease, shownRun } from './shown.ts'

const AT = '/api/v1/releases/{id}'
const ref = (c: Req): string => c.req.param('id') ?? ''
const doc = (tag: string, summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: {
    tag,
    summary,
    answers,
    ...(sent ? { body: { 'application/json': sent } } : {}),
    headers: ['Idempotency-Key'] as RouteDoc['headers'],
  },
})
const release = z.object({ release: releaseSchema })
const edition = z.object({ editionId: z.string() })
const answer = (c: Req, row: ReleaseRow, status: 200 | 201 = 200) =>
  c.json({ release: shownRelease(row) }, status, { etag: etagOf(row.version) })

export function mountPublication(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: `${AT}/publication`,
      act: 'release.publish',
      ...doc('publication', 'Publish an approved or held release now', { 201: edition, 409: null }),
    },
    async (c) => c.json({ editionId: await publish(c.var.ctx, actorIn(c), ref(c)) }, 201),
  )
  route(
    app,
    {
      method: 'put',
      path: `${AT}/schedule`,
      act: 'release.schedule',
      json: true,
      ...doc('publication', 'Publish not before a time', { 200: release }, scheduleInput),
    },
    async (c, { body }) => answer(c, await schedule(c.var.ctx, actorIn(c), ref(c), body)),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/correction`,
      act: 'release.correct',
      json: true,
      ...doc('publication', 'Begin an erratum, a correction or an added language', { 201: release }, correctionInput),
    },
    async (c, { body }) => answer(c, await beginCorrection(c.var.ctx, actorIn(c), ref(c), body), 201),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${AT}/correction`,
      act: 'release.abandon',
      ...doc('publication', 'Give up what was begun', { 200: release }),
    },
    async (c) => answer(c, await abandonCorrection(c.var.ctx, actorIn(c), ref(c))),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/withdrawal`,
      act: 'release.withdraw',
      json: true,
      ...doc('publication', 'Prepare a withdrawal (撤稿) and send it for review', { 201: release }, withdrawalInput),
    },
    async (c, { body }) => answer(c, await withdraw(c.var.ctx, actorIn(c), ref(c), body), 201),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/takedown`,
      act: 'release.take-down',
      json: true,
      ...doc('publication', 'Take off at once (下线): number and time only', { 201: edition }, takedownInput),
    },
    async (c, { body }) => c.json({ editionId: await takeDown(c.var.ctx, actorIn(c), ref(c), body) }, 201),
  )
  mountSealing(app)
  mountDispatches(app)
}

function mountSealing(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: `${AT}/quarantine`,
      act: 'release.quarantine',
      ...doc('quarantine', 'Suspected secret (疑似涉密): seal at once', { 204: null }),
    },
    async (c) => {
      await quarantine(c.var.ctx, actorIn(c), ref(c))
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/quarantine/settlement`,
      act: 'quarantine.settle',
      json: true,
      ...doc('quarantine', 'A second person purges or lifts', { 204: null }, settlementInput),
    },
    async (c, { body }) => {
      await settleQuarantine(c.var.ctx, actorIn(c), ref(c), body)
      return c.body(null, 204)
    },
  )
  const record = z.object({
    releaseId: z.string(),
    number: z.string(),
    reportedAt: z.string(),
    wasPublic: z.boolean(),
    settledAt: z.string().nullable(),
    outcome: z.string().nullable(),
  })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/quarantines',
      act: 'quarantine.list',
      ...doc('quarantine', 'Content-free records', { 200: list(record) }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const rows = await openQuarantines(
        db,
        (await agencyFamily(db, actorIn(c).agencyId)).map((a) => a.id),
      )
      return c.json({
        items: rows.map((r) => ({
          releaseId: r.id,
          number: r.number,
          reportedAt: r.reported_at,
          wasPublic: r.was_public === 1,
          settledAt: r.settled_at,
          outcome: r.outcome,
        })),
      })
    },
  )
}

const bare = (run: RunRow) => shownRun({ run, causes: NONE, notReady: null, everyone: false, sightings: [] })
const NONE = { lines: [], counted: 0, all: 0 }

function mountDispatches(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/editions`,
      act: 'dispatch.read',
      ...doc('delivery', 'Editions, newest first, each outlet with its counts and times', { 200: list(editionSchema) }),
    },
    async (c) => {
      const { ctx } = c.var
      const found = await progressOf(ctx, actorIn(c), ref(c))
      const row = await releaseById(ctx.store.db, found[0]?.edition.release_id ?? '')
      return c.json({
        items: found.map((e) =>
          shownEdition(e, `${ctx.config.publicUrl}${releaseAddress(row?.number ?? '', e.edition.mode)}`),
        ),
      })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/dispatches/{id}/stop',
      act: 'dispatch.stop',
      ...doc('delivery', 'Stop sending (停止发送)', { 200: runSchema }),
    },
    async (c) => c.json(bare(await stopRun(c.var.ctx, actorIn(c), ref(c)))),
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/dispatches/{id}/pause',
      act: 'dispatch.pause',
      ...doc('delivery', 'Pause (暂停) within one window; a signer lets it go on', { 200: runSchema, 409: null }),
    },
    async (c) => c.json(bare(await pauseRun(c.var.ctx, actorIn(c), ref(c)))),
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/dispatches/{id}/resume',
      act: 'dispatch.resume',
      json: true,
      ...doc('delivery', 'Go on, or answer a held dispatch', { 200: runSchema }, resumptionInput),
    },
    async (c, { body }) => c.json(bare(await resumeRun(c.var.ctx, actorIn(c), ref(c), body))),
  )
  route(
    app,
    {
      method: 'get',
      path: `${AT}/editions/{n}`,
      act: 'dispatch.read',
      ...doc('delivery', 'One edition', { 200: editionSchema, 404: null }),
    },
    async (c) => {
      const { ctx } = c.var
      const found = (await progressOf(ctx, actorIn(c), ref(c))).find(
        (e) => String(e.edition.number) === c.req.param('n'),
      )
      const row = found && (await releaseById(ctx.store.db, found.edition.release_id))
      if (!found || !row) throw notFound('edition')
      return c.json(shownEdition(found, `${ctx.config.publicUrl}${releaseAddress(row.number, found.edition.mode)}`))
    },
  )
}
