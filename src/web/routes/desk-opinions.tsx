/** 舆情 at the desk: the list with a form for a new item, and one item with what may come next. */
import { topics } from '../../audience/store.ts'
import { admit, mayOn } from '../../desk/gate.ts'
import { stateOf } from '../../incident/clock-store.ts'
import { standingAt } from '../../incident/clocks.ts'
import { collectOpinion } from '../../incident/collect-opinion.ts'
import { linkAnswer, moveOpinion } from '../../incident/move-opinion.ts'
import { nextStates } from '../../incident/opinion.ts'
import { opinionPage, opinionsFor } from '../../incident/opinions.ts'
import { incidents } from '../../incident/store.ts'
import { type Issue, invalid, issue, Refusal } from '../../lib/errors.ts'
import { relationOf } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import { namesOf, numbersOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { type Fields, first } from '../views/fields.ts'
import { OpinionPage, OpinionsPage } from '../views/opinions.tsx'
import { nameOf } from './desk-draft-data.ts'
import { asMissing, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/opinions'

export function mountOpinionsDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'opinion.read' }, (c) => list(c, {}))
  screen(app, { method: 'post', path: HERE, act: 'opinion.collect' }, collect)
  screen(app, { method: 'get', path: `${HERE}/{number}`, act: 'opinion.read' }, (c) => one(c, {}))
  screen(app, { method: 'post', path: `${HERE}/{number}/steps`, act: 'opinion.read' }, (c) =>
    change(c, (f) => moveOpinion(c.var.ctx, actorIn(c), numberIn(c), stepIn(f))),
  )
  screen(app, { method: 'post', path: `${HERE}/{number}/answer`, act: 'opinion.collect' }, (c) =>
    change(c, async (f) => {
      const release = await releaseNamed(c, first(f, 'answer').trim())
      return linkAnswer(c.var.ctx, actorIn(c), numberIn(c), { releaseId: release.id }, release)
    }),
  )
}

const numberIn = (c: Req): string => c.req.param('number') ?? ''
type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

const stepIn = (f: Fields) => ({
  to: first(f, 'to'),
  ...(first(f, 'decision') ? { decision: first(f, 'decision') } : {}),
  ...(first(f, 'by') ? { by: first(f, 'by') } : {}),
  into: first(f, 'into'),
  body: first(f, 'toBody'),
})

/** One the member may read inside the office; anything else is not there. */
export async function releaseNamed(c: Req, ref: string): Promise<{ id: string; isPublic: boolean }> {
  try {
    const at = await admit(c.var.ctx.store.db, actorIn(c), ref, 'release.read')
    if (!mayOn('release.inspect', actorIn(c), at).ok || at.release.mode !== 'live')
      throw new Refusal('not-found', 'release')
    return { id: at.release.id, isPublic: at.release.face === 'live' && at.state === 'published' }
  } catch (err) {
    if (err instanceof Refusal) throw invalid([issue('answer', 'answer-unknown')])
    throw err
  }
}

async function list(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const now = ctx.clock.now()
  const [lines, subjects, events] = await Promise.all([
    opinionsFor(ctx, by),
    topics(ctx.store.db),
    incidents(ctx.store.db),
  ])
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>([['incidentId', [c.req.query('incident') ?? '']]]),
    issues: extra.issues ?? [],
    lines: lines.map((l) => ({
      ...l,
      standing: l.clock ? standingAt(stateOf(l.clock), now) : null,
      incident: events.find((i) => i.id === l.opinion.incident_id),
    })),
    incidents: events
      .filter((i) => !i.closed_at)
      .map((i) => ({ value: i.id, label: `${i.number} ${nameOf(i, lang)}` })),
    topics: subjects.map((s) => ({ value: s.slug, label: lang === 'en' ? s.name_en : s.name_zh })),
    mayCollect: mayAtHome(by, 'opinion.collect'),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <OpinionsPage {...props} />, extra.status ?? 200)
}

async function collect(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const given = (name: string) => (first(fields, name) ? { [name]: first(fields, name) } : {})
  try {
    const sent = { title: first(fields, 'opinionTitle'), ...given('incidentId'), ...given('topic') }
    const row = await collectOpinion(c.var.ctx, actorIn(c), sent)
    return goTo(c, `${HERE}/${row.number}`, 'opinion-collected')
  } catch (err) {
    const refusal = refusalIn(err)
    const issues = refusal.issues.map((i) => ({ ...i, field: i.field === 'title' ? 'opinionTitle' : i.field }))
    const refused = issues.length ? {} : { refused: refusedWords(c, refusal) }
    return list(c, { fields, issues: asMissing(issues, fields), status: statusOf(refusal), ...refused })
  }
}

async function change(c: Req, run: (f: Fields) => Promise<unknown>): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    await run(fields)
    return goTo(c, `${HERE}/${numberIn(c)}`, 'opinion-moved')
  } catch (err) {
    const refusal = refusalIn(err)
    const issues = refusal.issues.map((i) => ({ ...i, field: i.field === 'body' ? 'toBody' : i.field }))
    const refused = issues.length ? {} : { refused: refusedWords(c, refusal) }
    return one(c, { fields, issues: asMissing(issues, fields), status: statusOf(refusal), ...refused })
  }
}

async function one(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const { opinion, steps, clocks, incident, into } = await opinionPage(ctx, by, numberIn(c))
  const relation = relationOf(by, { id: opinion.agency_id, ancestors: await ancestorsOf(db, opinion.agency_id) })
  const can = (act: 'opinion.collect' | 'opinion.decide') =>
    may(act, { roles: by.roles, relation, scopes: by.scopes }).ok
  const now = ctx.clock.now()
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    opinion,
    steps,
    clocks: clocks.map((k) => ({ clock: k, standing: standingAt(stateOf(k), now) })),
    incident: incident ? { number: incident.number, title: nameOf(incident, lang) } : null,
    topic: (await topics(db)).find((s) => s.slug === opinion.topic),
    into,
    release: opinion.release_id ? ((await numbersOf(db, [opinion.release_id])).get(opinion.release_id) ?? null) : null,
    names: await namesOf(
      db,
      steps.map((s) => s.member_id),
    ),
    next: nextStates(opinion).filter((to) =>
      can(to === 'consulted' || to === 'responded' ? 'opinion.collect' : 'opinion.decide'),
    ),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <OpinionPage {...props} />, extra.status ?? 200)
}
