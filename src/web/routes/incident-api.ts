/** API of what stands beside an incident's clocks: reports that went up, public concern, press conferences, destruction at the end. */
import { z } from 'zod'
import { collectOpinion, opinionInput } from '../../incident/collect-opinion.ts'
import { linkAnswer, moveOpinion, opinionStepInput } from '../../incident/move-opinion.ts'
import { DECISIONS, OPINION_STATES, type OpinionRow } from '../../incident/opinion.ts'
import { opinionPage, opinionsFor, seenOpinions } from '../../incident/opinions.ts'
import { recordReceipt, registerUpward } from '../../incident/register-upward.ts'
import { incidentById } from '../../incident/store.ts'
import { MEANS, receiptInput, standing, type Upward, upwardInput } from '../../incident/upward.ts'
import { type ReceiptRow, receiptsOf, type UpwardRow, upwardOf } from '../../incident/upward-store.ts'
import { notFound } from '../../lib/errors.ts'
import { beginTranscript } from '../../publication/begin-transcript.ts'
import { conferenceFor, conferencesFor, type Meeting } from '../../publication/conference.ts'
import { confirmHeld, heldInput } from '../../publication/hold-conference.ts'
import { BASES, destroyInput, destroyPersonal, personalOf } from '../../purge/retention.ts'
import { relationOf } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { releaseNamed } from './desk-opinions.tsx'
import { list, releaseSchema } from './schemas.ts'
import { shownRelease } from './shown.ts'

const INCIDENT = '/api/v1/incidents/{id}'
const OPINIONS = '/api/v1/opinions'
const CONFERENCES = '/api/v1/conferences'
const text = z.string()
const maybe = z.string().nullable()
const param = (c: Req, name: string): string => c.req.param(name) ?? ''

const doc = (tag: string, summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag, summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const refused = { 404: null, 409: null, 422: null }

export function mountIncidentApi(app: App): void {
  mountUpward(app)
  mountPersonal(app)
  mountOpinions(app)
  mountConferences(app)
}

const receiptShape = z.strictObject({ receivedAt: text, number: text })
const upwardShape = z.strictObject({
  id: text,
  ordinal: z.number(),
  recipient: text,
  means: z.enum(MEANS),
  reportedAt: text,
  number: text,
  supersedes: maybe,
  recordedBy: text,
  recordedAt: text,
})
const standingShape = upwardShape.extend({ receipt: receiptShape.nullable(), corrected: z.array(upwardShape) })

function mountUpward(app: App): void {
  const at = `${INCIDENT}/upward-reports`
  const all = doc('incidents', 'Reports that went up, as they stand, each with what was corrected', {
    200: list(standingShape),
    404: null,
  })
  route(app, { method: 'get', path: at, act: 'upward.read', ...all }, async (c) => {
    const { db } = c.var.ctx.store
    const row = await incidentById(db, param(c, 'id'))
    const by = actorIn(c)
    const ancestors = row ? await ancestorsOf(db, row.agency_id) : []
    const relation = row ? relationOf(by, { id: row.agency_id, ancestors }) : 'unrelated'
    if (!row || !may('upward.read', { roles: by.roles, relation, scopes: by.scopes }).ok) throw notFound('incident')
    const rows = await upwardOf(db, row.id)
    const receipts = await receiptsOf(
      db,
      rows.map((r) => r.id),
    )
    return c.json({ items: standing(rows, receipts).map(shownStanding) })
  })
  const add = doc(
    'incidents',
    'Register that a report went up, or correct an entry; there is no field for content',
    { 201: upwardShape, ...refused },
    upwardInput,
  )
  route(app, { method: 'post', path: at, act: 'upward.register', json: true, ...add }, async (c, { body }) =>
    c.json(shownUpward(await registerUpward(c.var.ctx, actorIn(c), param(c, 'id'), body)), 201),
  )
  const receipt = doc('incidents', 'Register the receipt', { 201: receiptShape, ...refused }, receiptInput)
  route(
    app,
    { method: 'post', path: `${at}/{report}/receipt`, act: 'upward.register', json: true, ...receipt },
    async (c, { body }) =>
      c.json(shownReceipt(await recordReceipt(c.var.ctx, actorIn(c), param(c, 'id'), param(c, 'report'), body)), 201),
  )
}

const shownUpward = (r: UpwardRow): z.output<typeof upwardShape> => ({
  id: r.id,
  ordinal: Number(r.ordinal),
  recipient: r.recipient,
  means: r.means,
  reportedAt: r.reported_at,
  number: r.number,
  supersedes: r.supersedes,
  recordedBy: r.recorded_by,
  recordedAt: r.recorded_at,
})
const shownReceipt = (r: ReceiptRow) => ({ receivedAt: r.received_at, number: r.number })
const shownStanding = (u: Upward): z.output<typeof standingShape> => ({
  ...shownUpward(u.entry),
  receipt: u.receipt ? shownReceipt(u.receipt) : null,
  corrected: u.corrected.map(shownUpward),
})

function mountPersonal(app: App): void {
  const item = z.strictObject({ ref: text, what: text, at: text, text, kept: z.enum(BASES).nullable() })
  const all = doc('incidents', 'What inside records of a closed incident hold of persons', {
    200: list(item),
    404: null,
    409: null,
  })
  route(app, { method: 'get', path: `${INCIDENT}/personal-data`, act: 'incident.read-personal', ...all }, async (c) =>
    c.json({ items: (await personalOf(c.var.ctx, actorIn(c), param(c, 'id'))).items }),
  )
  const counts = z.strictObject({ destroyed: z.number(), kept: z.number() })
  const destroy = doc(
    'incidents',
    'Destroy it, but for what is kept on a ground',
    { 200: counts, ...refused },
    destroyInput,
  )
  route(
    app,
    {
      method: 'post',
      path: `${INCIDENT}/personal-data/destruction`,
      act: 'incident.destroy-personal',
      json: true,
      ...destroy,
    },
    async (c, { body }) => c.json(await destroyPersonal(c.var.ctx, actorIn(c), param(c, 'id'), body)),
  )
}

const opinionShape = z.strictObject({
  id: text,
  number: text,
  agencyId: text,
  incidentId: maybe,
  topic: maybe,
  title: text,
  state: z.enum(OPINION_STATES),
  decision: z.enum(DECISIONS).nullable(),
  mergedInto: maybe,
  transferredTo: text,
  answeredBy: maybe,
  releaseId: maybe,
  createdAt: text,
})
const stepShape = z.strictObject({ state: text, decision: maybe, at: text, memberId: maybe })
const answerInput = z.strictObject({ release: z.string().max(40) })

function mountOpinions(app: App): void {
  const all = doc('opinions', 'Items of public concern of this office and those below', { 200: list(opinionShape) })
  route(app, { method: 'get', path: OPINIONS, act: 'opinion.read', ...all }, async (c) =>
    c.json({ items: (await opinionsFor(c.var.ctx, actorIn(c))).map((l) => shownOpinion(l.opinion)) }),
  )
  const add = doc('opinions', 'Take one up; its deadline begins', { 201: opinionShape, 422: null }, opinionInput)
  route(app, { method: 'post', path: OPINIONS, act: 'opinion.collect', json: true, ...add }, async (c, { body }) =>
    c.json(shownOpinion(await collectOpinion(c.var.ctx, actorIn(c), body)), 201),
  )
  const steps = doc('opinions', 'One item with its steps', {
    200: z.strictObject({ opinion: opinionShape, steps: z.array(stepShape) }),
    404: null,
  })
  route(app, { method: 'get', path: `${OPINIONS}/{number}`, act: 'opinion.read', ...steps }, async (c) => {
    const found = await opinionPage(c.var.ctx, actorIn(c), param(c, 'number'))
    return c.json({
      opinion: shownOpinion(found.opinion),
      steps: found.steps.map((s) => ({ state: s.state, decision: s.decision, at: s.at, memberId: s.member_id })),
    })
  })
  const move = doc('opinions', 'The next step', { 200: opinionShape, ...refused }, opinionStepInput)
  route(
    app,
    { method: 'post', path: `${OPINIONS}/{number}/steps`, act: 'opinion.read', json: true, ...move },
    async (c, { body }) =>
      c.json(await seenOpinion(c, await moveOpinion(c.var.ctx, actorIn(c), param(c, 'number'), body))),
  )
  const link = doc('opinions', 'The release that answers it', { 200: opinionShape, ...refused }, answerInput)
  route(
    app,
    { method: 'post', path: `${OPINIONS}/{number}/answer`, act: 'opinion.collect', json: true, ...link },
    async (c, { body }) => {
      const release = await releaseNamed(c, String((body as { release?: unknown })?.release ?? ''))
      const sent = { releaseId: release.id }
      return c.json(shownOpinion(await linkAnswer(c.var.ctx, actorIn(c), param(c, 'number'), sent, release)))
    },
  )
}

/** As it stands for who asked. */
const seenOpinion = async (c: Req, row: OpinionRow) =>
  shownOpinion((await seenOpinions(c.var.ctx, actorIn(c), [row]))[0] ?? row)
const shownOpinion = (o: OpinionRow): z.output<typeof opinionShape> => ({
  id: o.id,
  number: o.number,
  agencyId: o.agency_id,
  incidentId: o.incident_id,
  topic: o.topic,
  title: o.title,
  state: o.state,
  decision: o.decision,
  mergedInto: o.merged_into,
  transferredTo: o.transferred_to,
  answeredBy: o.answered_by,
  releaseId: o.release_id,
  createdAt: o.created_at,
})

const meetingShape = z.strictObject({
  number: text,
  agencyId: text,
  incidentId: maybe,
  title: z.strictObject({ zh: text, en: text }),
  startsAt: text,
  endsAt: maybe,
  place: maybe,
  capacity: z.number().nullable(),
  cancelled: z.boolean(),
})
const attendingShape = z.strictObject({ journalistId: text, name: text, outlet: text, askedAt: text })

function mountConferences(app: App): void {
  const all = doc('conferences', 'Press conferences of this office and those below, the latest first', {
    200: list(meetingShape.extend({ coming: z.number(), held: z.boolean() })),
  })
  route(app, { method: 'get', path: CONFERENCES, act: 'conference.read', ...all }, async (c) =>
    c.json({
      items: (await conferencesFor(c.var.ctx, actorIn(c))).map((m) => ({
        ...shownMeeting(m),
        coming: m.coming,
        held: m.held,
      })),
    }),
  )
  const linked = z.strictObject({ number: text, relation: text, title: text, state: text, face: text })
  const one = doc('conferences', 'Who comes, its papers and record, and when it was held', {
    200: meetingShape.extend({ attending: z.array(attendingShape), links: z.array(linked), heldAt: maybe }),
    404: null,
  })
  route(app, { method: 'get', path: `${CONFERENCES}/{number}`, act: 'conference.read', ...one }, async (c) => {
    const found = await conferenceFor(c.var.ctx, actorIn(c), param(c, 'number'))
    const { attending, links, held, meeting } = found
    return c.json({ ...shownMeeting(meeting), attending, links, heldAt: held?.held_at ?? null })
  })
  const held = doc(
    'conferences',
    'Confirm that it was held',
    { 200: z.strictObject({ heldAt: text }), ...refused },
    heldInput,
  )
  route(
    app,
    { method: 'post', path: `${CONFERENCES}/{number}/held`, act: 'conference.confirm', json: true, ...held },
    async (c, { body }) => c.json(await confirmHeld(c.var.ctx, actorIn(c), param(c, 'number'), body)),
  )
  const record = doc('conferences', 'Begin the draft of what was said', { 201: releaseSchema, 404: null })
  route(
    app,
    { method: 'post', path: `${CONFERENCES}/{number}/transcript`, act: 'release.create', ...record },
    async (c) => c.json(shownRelease(await beginTranscript(c.var.ctx, actorIn(c), param(c, 'number'))), 201),
  )
}

const shownMeeting = ({ conference, ...m }: Meeting): z.output<typeof meetingShape> => ({
  number: m.number,
  agencyId: m.agencyId,
  incidentId: m.incidentId,
  title: m.title,
  startsAt: conference.startsAt,
  endsAt: conference.endsAt ?? null,
  place: conference.place ?? null,
  capacity: conference.capacity ?? null,
  cancelled: conference.cancelled ?? false,
})
