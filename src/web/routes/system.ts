/** API of incidents, alarms, ledger, figures, outlets, and the keys anybody may ask for. */
import { z } from 'zod'
import { countMatching } from '../../audience/count.ts'
import { concernedAreas } from '../../audience/match-store.ts'
import { acknowledge, alarmsFor } from '../../delivery/alarms.ts'
import { URGENCIES } from '../../desk/content.ts'
import { closeIncident, confirmCause } from '../../incident/close.ts'
import { incidentInput, openIncident } from '../../incident/open.ts'
import { incidents } from '../../incident/store.ts'
import { entriesAfter } from '../../ledger/store.ts'
import { jwks } from '../../publication/seal.ts'
import { flashShare } from '../../publication/store.ts'
import { takeUpKeys } from '../../publication/take-up-keys.ts'
import { agencyById, agencyFamily } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { alarmSchema, incidentSchema, list } from './schemas.ts'
import { shownAlarm, shownIncident } from './shown.ts'

const id = (c: Req): string => c.req.param('id') ?? ''
const doc = (tag: string, summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag, summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})

export function mountSystem(app: App): void {
  mountIncidents(app)
  mountOversight(app)
  mountOutlets(app)
  mountOpenDoors(app)
}

function mountIncidents(app: App): void {
  const base = '/api/v1/incidents'
  route(
    app,
    {
      method: 'get',
      path: base,
      act: 'incident.list',
      ...doc('incidents', 'Incidents, newest first', { 200: list(incidentSchema) }),
    },
    async (c) => c.json({ items: (await incidents(c.var.ctx.store.db)).map(shownIncident) }),
  )
  route(
    app,
    {
      method: 'post',
      path: base,
      act: 'incident.open',
      json: true,
      ...doc('incidents', 'Open an incident', { 201: incidentSchema, 422: null }, incidentInput),
    },
    async (c, { body }) => {
      const made = shownIncident(await openIncident(c.var.ctx, actorIn(c), body))
      return c.json(made, 201, { location: `${base}/${made.id}` })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${base}/{id}/cause-confirmation`,
      act: 'incident.confirm-cause',
      ...doc('incidents', 'The cause is confirmed (慎报原因)', { 200: incidentSchema }),
    },
    async (c) => c.json(shownIncident(await confirmCause(c.var.ctx, actorIn(c), id(c)))),
  )
  route(
    app,
    {
      method: 'post',
      path: `${base}/{id}/closure`,
      act: 'incident.close',
      ...doc('incidents', 'Close an incident', { 200: incidentSchema }),
    },
    async (c) => c.json(shownIncident(await closeIncident(c.var.ctx, actorIn(c), id(c)))),
  )
}

function mountOversight(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/alarms',
      act: 'alarm.read',
      ...doc('oversight', 'Open alarms', { 200: list(alarmSchema) }),
    },
    async (c) => c.json({ items: (await alarmsFor(c.var.ctx, actorIn(c))).map(shownAlarm) }),
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/alarms/{id}/acknowledgement',
      act: 'alarm.acknowledge',
      ...doc('oversight', 'Take an alarm', { 204: null }),
    },
    async (c) => {
      await acknowledge(c.var.ctx, actorIn(c), id(c))
      return c.body(null, 204)
    },
  )
  const entry = z.object({
    seq: z.number(),
    at: z.string(),
    actor: z.string(),
    act: z.string(),
    subject: z.string(),
    fact: z.record(z.string(), z.unknown()),
    prev: z.string(),
    hash: z.string(),
  })
  const after = z.strictObject({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/ledger',
      act: 'ledger.read',
      query: after,
      ...doc('oversight', 'The ledger, oldest first', { 200: list(entry) }),
    },
    async (c, { query }) => {
      const rows = await entriesAfter(c.var.ctx.store.db, query.after, query.limit)
      return c.json({ items: rows.map((r) => ({ ...r, fact: JSON.parse(r.fact) as object })) })
    },
  )
  const share = z.object({ agencyId: z.string(), editions: z.number(), flash: z.number() })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/figures',
      act: 'figures.read',
      ...doc('oversight', 'Share of each agency that travelled the short path', { 200: list(share) }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const family = new Set((await agencyFamily(db, actorIn(c).agencyId)).map((a) => a.id))
      return c.json({ items: (await flashShare(db)).filter((f) => family.has(f.agencyId)) })
    },
  )
}

function mountOutlets(app: App): void {
  const outlet = z.object({ name: z.string(), audience: z.string(), ready: z.boolean(), why: z.string().nullable() })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/outlets',
      act: 'outlet.read',
      ...doc('delivery', 'Outlets, and why one is not ready', { 200: list(outlet) }),
    },
    (c) => {
      const { ctx } = c.var
      return c.json({
        items: ctx.channels.map((o) => ({
          name: o.name,
          audience: o.audience,
          ready: !ctx.notReady[o.name],
          why: ctx.notReady[o.name] ?? null,
        })),
      })
    },
  )
  const csv = z
    .string()
    .max(2000)
    .default('')
    .transform((s) => s.split(',').filter(Boolean))
  const criteria = z.strictObject({
    areas: csv,
    topics: csv,
    urgency: z.enum(URGENCIES).default('normal'),
    mode: z.enum(['live', 'exercise', 'test']).default('live'),
  })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/audience-count',
      act: 'audience.count',
      query: criteria,
      ...doc('delivery', 'How many would be told, per outlet', {
        200: z.object({ counts: z.record(z.string(), z.number()), inDigests: z.record(z.string(), z.number()) }),
      }),
    },
    async (c, { query }) => {
      const { ctx } = c.var
      const areas = await concernedAreas(ctx.store.db, query.areas)
      const kinds = ctx.channels.flatMap((o) => (o.serves ? [o.serves] : []))
      const counts = await Promise.all(
        kinds.map(
          async (kind) =>
            [
              kind,
              await countMatching(ctx, kind, query.mode, {
                topics: query.topics,
                areas,
                urgency: query.urgency,
              }),
            ] as const,
        ),
      )
      return c.json({
        counts: Object.fromEntries(counts.map(([kind, n]) => [kind, n.atOnce + n.inDigests])),
        inDigests: Object.fromEntries(counts.map(([kind, n]) => [kind, n.inDigests])),
      })
    },
  )
  const me = z.object({
    memberId: z.string(),
    name: z.string(),
    agencyId: z.string(),
    agency: z.object({ zh: z.string(), en: z.string() }),
    roles: z.array(z.string()),
    languages: z.array(z.string()),
    scopes: z.array(z.string()),
  })
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/me',
      act: 'signed-in',
      ...doc('office', 'Who this session or token is', { 200: me }),
    },
    async (c) => {
      const { memberId, name, agencyId, roles, languages, scopes } = actorIn(c)
      const own = await agencyById(c.var.ctx.store.db, agencyId)
      const agency = { zh: own?.name_zh ?? '', en: own?.name_en ?? '' }
      return c.json({ memberId, name, agencyId, agency, roles, languages, scopes: [...scopes] })
    },
  )
}

function mountOpenDoors(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: '/.well-known/jwks.json',
      act: 'public',
      ...doc('public', 'Keys the seals are checked with', { 200: z.object({ keys: z.array(z.unknown()) }) }),
    },
    async (c) => {
      await takeUpKeys(c.var.ctx)
      return c.json(jwks(c.var.ctx.keys), 200, { 'cache-control': 'public, max-age=300' })
    },
  )
}
