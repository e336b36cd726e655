/** API of the manual outlet: the forwarding kit, ticks by hand, who has signed for it, and carrying another agency's release. */
import { z } from 'zod'
import { acknowledgementInput, type Roll, recordAcknowledgement, rollOf } from '../../delivery/acknowledge.ts'
import { acknowledgePath } from '../../delivery/acknowledge-link.ts'
import type { Asked } from '../../delivery/acknowledge-store.ts'
import { kitFor } from '../../delivery/kit.ts'
import { owedEdition } from '../../delivery/manual.ts'
import {
  type ChannelStanding,
  manualOf,
  manualRecordInput,
  recordCarried,
  undoRecord,
} from '../../delivery/manual-record.ts'
import type { ManualRecordRow } from '../../delivery/manual-store.ts'
import { repost, takeNewest } from '../../publication/repost.ts'
import type { App, Req } from '../env.ts'
import { etagOf } from '../guards/etag.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { releaseSchema } from './schemas.ts'
import { shownRelease } from './shown.ts'

const AT = '/api/v1/releases/{id}'
const ref = (c: Req): string => c.req.param('id') ?? ''
const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'by-hand', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})

const sms = z.strictObject({
  text: z.string(),
  alphabet: z.enum(['GSM-7', 'UCS-2']),
  units: z.number(),
  segments: z.number(),
  each: z.number(),
  left: z.number(),
})
const kit = z.strictObject({
  language: z.string(),
  url: z.string(),
  wechat: z.string(),
  sms,
  loudspeaker: z.string(),
  poster: z.string().nullable(),
})
const record = z.strictObject({
  id: z.string(),
  channelId: z.string(),
  edition: z.number(),
  carriedAt: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  link: z.string(),
  note: z.string(),
})
const channel = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** carried · wrong: carried an earlier text and not yet what puts it right · none */
  standing: z.enum(['carried', 'wrong', 'none']),
  records: z.array(record),
})
const asked = z.strictObject({
  id: z.number(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  phone: z.string().nullable(),
  areas: z.array(z.string()),
  askedAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  recordedBy: z.string().nullable(),
  link: z.string().nullable(),
})
const roll = z.strictObject({
  edition: z.number().nullable(),
  asked: z.number(),
  acknowledged: z.number(),
  items: z.array(asked),
})
const done = z.strictObject({})

export function mountManual(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/kit`,
      act: 'dispatch.read',
      ...doc('The forwarding kit of what now stands, one for each language', {
        200: z.strictObject({ edition: z.number(), items: z.array(kit) }),
        409: null,
      }),
    },
    async (c) => {
      const { edition, kits } = await kitFor(c.var.ctx, actorIn(c), ref(c))
      return c.json({ edition: edition.number, items: kits })
    },
  )
  route(
    app,
    {
      method: 'get',
      path: `${AT}/manual-records`,
      act: 'dispatch.read',
      ...doc('Channels worked by hand, and which edition each carried', {
        200: z.strictObject({ owedEdition: z.number(), items: z.array(channel) }),
      }),
    },
    async (c) => {
      const { editions, channels } = await manualOf(c.var.ctx, actorIn(c), ref(c))
      return c.json({ owedEdition: owedEdition(editions), items: channels.map(shownChannel) })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/manual-records`,
      act: 'manual.record',
      json: true,
      ...doc('Record that a channel carried an edition', { 201: record, 409: null, 422: null }, manualRecordInput),
    },
    async (c, { body }) => c.json(shownRecord(await recordCarried(c.var.ctx, actorIn(c), ref(c), body)), 201),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${AT}/manual-records/{record}`,
      act: 'manual.record',
      ...doc('Strike out what was recorded by mistake', { 200: done, 404: null }),
    },
    async (c) => {
      await undoRecord(c.var.ctx, actorIn(c), ref(c), c.req.param('record') ?? '')
      return c.json({})
    },
  )
  mountRoll(app)
  mountRepost(app)
}

function mountRoll(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/acknowledgements`,
      act: 'acknowledgement.read',
      query: z.strictObject({ unsigned: z.enum(['1']).optional() }),
      ...doc('Who was asked to sign for what now stands, by place; with unsigned=1 those who have not', { 200: roll }),
    },
    async (c, { query }) => {
      const found = await rollOf(c.var.ctx, actorIn(c), ref(c))
      return c.json(shownRoll(c, found, query.unsigned === '1'))
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/acknowledgements/{n}`,
      act: 'manual.record',
      json: true,
      ...doc('Record that one of them signed by telephone', { 201: done, 404: null, 409: null }, acknowledgementInput),
    },
    async (c, { body }) => {
      await recordAcknowledgement(c.var.ctx, actorIn(c), ref(c), numberIn(c.req.param('n')), body)
      return c.json({}, 201)
    },
  )
}

function mountRepost(app: App): void {
  const release = z.object({ release: releaseSchema })
  route(
    app,
    {
      method: 'post',
      path: `${AT}/repost`,
      act: 'release.repost',
      ...doc('Carry the newest edition unchanged, as a draft of one’s own agency (转载)', { 201: release, 409: null }),
    },
    async (c) => {
      const made = await repost(c.var.ctx, actorIn(c), ref(c))
      return c.json({ release: shownRelease(made) }, 201, {
        etag: etagOf(made.version),
        location: `/api/v1/releases/${made.id}`,
      })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/source`,
      act: 'release.edit',
      ...doc('In a draft that carries a release: take over the source’s newest edition', { 200: release, 409: null }),
    },
    async (c) => {
      const row = await takeNewest(c.var.ctx, actorIn(c), ref(c))
      return c.json({ release: shownRelease(row) }, 200, { etag: etagOf(row.version) })
    },
  )
}

/** A number in a path; what is none names nothing. */
export const numberIn = (text: string | undefined): number =>
  /^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN

export const shownRecord = (r: ManualRecordRow) => ({
  id: r.id,
  channelId: r.channel_id,
  edition: r.edition,
  carriedAt: r.carried_at,
  recordedAt: r.at,
  recordedBy: r.member_id,
  link: r.link,
  note: r.note,
})
const shownChannel = (c: ChannelStanding) => ({
  id: c.channel.id,
  name: c.channel.name,
  standing: c.standing,
  records: c.records.map(shownRecord),
})

const shownRoll = (c: Req, found: Roll, unsigned: boolean) => ({
  edition: found.edition,
  asked: found.asked.length,
  acknowledged: found.asked.filter((a) => a.at).length,
  items: found.asked.filter((a) => !unsigned || !a.at).map((a) => shownAsked(c, a, found.mayRecord)),
})
const shownAsked = (c: Req, a: Asked, mayRecord: boolean) => ({
  id: a.id,
  name: a.name,
  role: a.role,
  phone: a.phone,
  areas: a.areas.map((p) => p.code),
  askedAt: a.askedAt,
  acknowledgedAt: a.at,
  recordedBy: a.recordedBy,
  // Who was deleted has no link any more; who signed needs none; who may not record gets none.
  link:
    a.name === null || a.at || !mayRecord
      ? null
      : c.var.ctx.config.publicUrl + acknowledgePath(c.var.ctx.keys.secret, a.id),
})
