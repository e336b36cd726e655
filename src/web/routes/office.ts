/** API of the office: agencies, chains, changes by two people, topics and areas. */
import { z } from 'zod'
import { areas, topics } from '../../audience/store.ts'
import { areasInput, keepAreas, keepTopic, topicInput } from '../../audience/topics-areas.ts'
import { notFound } from '../../lib/errors.ts'
import { parseWordList } from '../../review/word-list.ts'
import { agencyChangeInput, agencyInput, changeAgency, createAgency } from '../../staff/agency.ts'
import { changeIn } from '../../staff/change.ts'
import { chainsInput, changeChains } from '../../staff/change-chain.ts'
import { changeDecisionInput, objectToChange } from '../../staff/decide-change.ts'
import { admitAgency } from '../../staff/gate.ts'
import { changePhoneSignOff, phoneSignOffInput } from '../../staff/phone-signoff.ts'
import { keyTurnInput, proposeKeyTurn } from '../../staff/propose-key-turn.ts'
import { type AgencyRow, agencyById, agencyFamily, openChanges } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { decided } from './desk-changes-data.ts'

const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'office', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const agency = z.strictObject({
  id: z.string(),
  parentId: z.string().nullable(),
  slug: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  areaCodes: z.array(z.string()),
  chains: chainsInput,
  phoneSignOff: z.boolean(),
  wordList: z.string(),
})
const list = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item) })
/** `open`: another administrator must agree (`changeId`). */
export const proposal = z.strictObject({ state: z.enum(['applied', 'open']), changeId: z.string().nullable() })
const change = z.strictObject({
  id: z.string(),
  agencyId: z.string(),
  kind: z.enum(['member', 'chains', 'phone-signoff', 'factors', 'login', 'flash-factor', 'authority', 'key']),
  change: z.record(z.string(), z.unknown()),
  proposedBy: z.string(),
  proposedAt: z.string(),
  mine: z.boolean(),
})
const topic = z.strictObject({
  slug: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  position: z.number(),
  /** Nobody can choose it any more since then. */
  retiredAt: z.string().nullable(),
})
const area = z.strictObject({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  parent: z.string().nullable(),
})
const done = z.strictObject({})
const id = (c: Req): string => c.req.param('id') ?? ''

export function mountOffice(app: App): void {
  mountAgencies(app)
  mountChanges(app)
  mountDirectory(app)
}

function mountAgencies(app: App): void {
  const base = '/api/v1/agencies'
  route(
    app,
    { method: 'get', path: base, act: 'staff.read', ...doc('Own agency and those below it', { 200: list(agency) }) },
    async (c) => c.json({ items: (await agencyFamily(c.var.ctx.store.db, actorIn(c).agencyId)).map(shown) }),
  )
  route(
    app,
    {
      method: 'post',
      path: base,
      act: 'staff.manage',
      json: true,
      ...doc('Make an agency', { 201: agency, 422: null }, agencyInput),
    },
    async (c, { body }) => {
      const made = await createAgency(c.var.ctx, actorIn(c), body)
      return c.json(await agencyShown(c, made), 201, { location: `${base}/${made}` })
    },
  )
  route(
    app,
    { method: 'get', path: `${base}/{id}`, act: 'staff.read', ...doc('One agency', { 200: agency, 404: null }) },
    async (c) => {
      await admitAgency(c.var.ctx.store.db, actorIn(c), id(c), 'staff.read')
      return c.json(await agencyShown(c, id(c)))
    },
  )
  route(
    app,
    {
      method: 'put',
      path: `${base}/{id}`,
      act: 'staff.manage',
      json: true,
      ...doc('Change names, areas or word list', { 200: agency, 422: null }, agencyChangeInput),
    },
    async (c, { body }) => {
      await changeAgency(c.var.ctx, actorIn(c), id(c), body, parseWordList)
      return c.json(await agencyShown(c, id(c)))
    },
  )
  route(
    app,
    {
      method: 'put',
      path: `${base}/{id}/chains`,
      act: 'staff.manage',
      json: true,
      ...doc('Change the chains', { 200: proposal, 422: null }, chainsInput),
    },
    async (c, { body }) => c.json(await changeChains(c.var.ctx, actorIn(c), id(c), body)),
  )
  route(
    app,
    {
      method: 'put',
      path: `${base}/{id}/phone-sign-off`,
      act: 'staff.manage',
      json: true,
      ...doc('Turn sign-off by telephone on or off', { 200: proposal }, phoneSignOffInput),
    },
    async (c, { body }) => c.json(await changePhoneSignOff(c.var.ctx, actorIn(c), id(c), body)),
  )
}

function mountChanges(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/changes',
      act: 'change.decide',
      ...doc('Changes that wait for a second person', { 200: list(change) }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const by = actorIn(c)
      const family = await agencyFamily(db, by.agencyId)
      const rows = await openChanges(
        db,
        family.map((a) => a.id),
      )
      return c.json({
        items: rows.map((r) => ({
          id: r.id,
          agencyId: r.agency_id,
          kind: r.kind,
          change: changeIn(r),
          proposedBy: r.proposed_by,
          proposedAt: r.proposed_at,
          mine: r.proposed_by === by.memberId,
        })),
      })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/changes/{id}/decision',
      act: 'change.decide',
      json: true,
      secret: true,
      ...doc(
        'Apply or refuse a change',
        {
          200: z.strictObject({
            state: z.enum(['applied', 'refused']),
            /** Of a login that was closed, shown this once: hand it to its member. */
            link: z.string().optional(),
            expiresAt: z.string().optional(),
          }),
          409: null,
        },
        changeDecisionInput,
      ),
    },
    async (c, { body }) => c.json(await decided(c, id(c), body)),
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/key-turns',
      act: 'key.turn',
      json: true,
      ...doc(
        'Propose another key in the place of one, by two administrators',
        { 201: proposal, 422: null },
        keyTurnInput,
      ),
    },
    async (c, { body }) => c.json(await proposeKeyTurn(c.var.ctx, actorIn(c), body), 201),
  )
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/changes/{id}/objection',
      act: 'change.object',
      ...doc('Stop a change of a login: by whoever it is about, or an auditor', { 204: null, 403: null, 409: null }),
    },
    async (c) => {
      await objectToChange(c.var.ctx, actorIn(c), id(c))
      return c.body(null, 204)
    },
  )
}

function mountDirectory(app: App): void {
  route(
    app,
    { method: 'get', path: '/api/v1/topics', act: 'staff.read', ...doc('Topics', { 200: list(topic) }) },
    async (c) => {
      const rows = await topics(c.var.ctx.store.db)
      return c.json({
        items: rows.map((r) => ({
          slug: r.slug,
          nameZh: r.name_zh,
          nameEn: r.name_en,
          position: r.position,
          retiredAt: r.retired_at,
        })),
      })
    },
  )
  route(
    app,
    {
      method: 'put',
      path: '/api/v1/topics/{id}',
      act: 'staff.manage',
      json: true,
      ...doc('Add or rename a topic', { 200: done, 422: null }, topicInput),
    },
    async (c, { body }) => {
      await keepTopic(c.var.ctx, actorIn(c), id(c), body)
      return c.json({})
    },
  )
  route(
    app,
    { method: 'get', path: '/api/v1/areas', act: 'staff.read', ...doc('Areas', { 200: list(area) }) },
    async (c) => {
      const rows = await areas(c.var.ctx.store.db)
      return c.json({
        items: rows.map((r) => ({ code: r.code, nameZh: r.name_zh, nameEn: r.name_en, parent: r.parent })),
      })
    },
  )
  route(
    app,
    {
      method: 'put',
      path: '/api/v1/areas',
      act: 'staff.manage',
      json: true,
      maxBytes: 4 * 1024 * 1024,
      ...doc('Add or rename areas', { 200: z.strictObject({ areas: z.number() }), 422: null }, areasInput),
    },
    async (c, { body }) => c.json({ areas: await keepAreas(c.var.ctx, actorIn(c), body) }),
  )
}

async function agencyShown(c: Req, agencyId: string) {
  const row = await agencyById(c.var.ctx.store.db, agencyId)
  if (!row) throw notFound('agency')
  return shown(row)
}

const shown = (row: AgencyRow) => ({
  id: row.id,
  parentId: row.parent_id,
  slug: row.slug,
  nameZh: row.name_zh,
  nameEn: row.name_en,
  areaCodes: JSON.parse(row.area_codes) as string[],
  chains: JSON.parse(row.chains) as z.output<typeof chainsInput>,
  phoneSignOff: row.phone_signoff === 1,
  wordList: row.word_list,
})
