/** 找错 at the desk: what readers wrote, how long is left, and the answer; the same over the API. */
import { z } from 'zod'
import { answerFault, answerInput } from '../../desk/answer-fault.ts'
import { type FaultRow, standingOf } from '../../desk/fault.ts'
import { faultsFor } from '../../desk/look-up-fault.ts'
import type { Issue } from '../../lib/errors.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome, type RouteDoc, route } from '../guards/route.ts'
import { FaultsPage } from '../views/faults.tsx'
import { type Fields, first } from '../views/fields.ts'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/faults'
const BASE = '/api/v1/faults'

export function mountFaultDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'fault.read' }, (c) => show(c, {}))
  screen(app, { method: 'post', path: `${HERE}/{id}/answer`, act: 'fault.answer' }, answer)
  mountApiOfFaults(app)
}

async function answer(c: Req): Promise<Response> {
  const id = c.req.param('id') as string
  const { fields } = await sentIn(c)
  try {
    await answerFault(c.var.ctx, actorIn(c), id, { state: first(fields, 'do'), answer: first(fields, `answer.${id}`) })
    return goTo(c, HERE, 'fault-answered')
  } catch (err) {
    const refusal = refusalIn(err)
    const status = statusOf(refusal)
    const issues = refusal.issues.map((i) => ({ ...i, field: i.field === 'answer' ? `answer.${id}` : i.field }))
    const refused = issues.length ? {} : { refused: refusedWords(c, refusal) }
    return show(c, { fields, issues, status, ...refused })
  }
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { open, closed } = await faultsFor(ctx, by)
  const names = await namesOf(
    ctx.store.db,
    closed.map((f) => f.answered_by),
  )
  const lines = (rows: FaultRow[]) =>
    rows.map((f) => ({ ...f, standing: standingOf(f, ctx.clock.now()), by: names.get(f.answered_by ?? '') ?? '' }))
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    open: lines(open),
    closed: lines(closed),
    mayAnswer: mayAtHome(by, 'fault.answer'),
    keepDays: ctx.config.gov.faultKeepDays,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <FaultsPage {...props} />, extra.status ?? 200)
}

const entry = z.strictObject({
  id: z.string(),
  number: z.string(),
  page: z.string(),
  what: z.string(),
  text: z.string(),
  contact: z.string().nullable(),
  at: z.string(),
  dueAt: z.string().nullable(),
  standing: z.enum(['on-time', 'due-soon', 'met', 'breached', 'unknown']),
  state: z.enum(['open', 'answered', 'refused']),
  answer: z.string(),
  answeredBy: z.string().nullable(),
  answeredAt: z.string().nullable(),
})

const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'faults', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})

function mountApiOfFaults(app: App): void {
  const items = doc('What readers wrote about pages of the site: open ones first', {
    200: z.strictObject({ items: z.array(entry) }),
  })
  route(app, { method: 'get', path: BASE, act: 'fault.read', ...items }, async (c) => {
    const { open, closed } = await faultsFor(c.var.ctx, actorIn(c))
    const now = c.var.ctx.clock.now()
    return c.json({ items: [...open, ...closed].map((f) => shown(f, now)) })
  })
  const one = doc(
    'Answer one, or say why nothing is done',
    { 200: entry, 404: null, 409: null, 422: null },
    answerInput,
  )
  route(
    app,
    { method: 'post', path: `${BASE}/{id}/answer`, act: 'fault.answer', json: true, ...one },
    async (c, { body }) => {
      const done = await answerFault(c.var.ctx, actorIn(c), c.req.param('id') ?? '', body)
      return c.json(shown(done, c.var.ctx.clock.now()))
    },
  )
}

const shown = (f: FaultRow, now: string): z.output<typeof entry> => ({
  id: f.id,
  number: f.number,
  page: f.page,
  what: f.what,
  text: f.body,
  contact: f.contact,
  at: f.at,
  dueAt: f.due_at,
  standing: standingOf(f, now),
  state: f.state,
  answer: f.answer,
  answeredBy: f.answered_by,
  answeredAt: f.answered_at,
})
