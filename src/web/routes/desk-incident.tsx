/** One incident at the desk: its clocks and what happened to them, its figures, its grade, and when it became known. */
import { recordFact } from '../../desk/record-fact.ts'
import { startByDecision } from '../../incident/by-hand.ts'
import { clockEvents, clocksOf, stateOf } from '../../incident/clock-store.ts'
import { standingAt } from '../../incident/clocks.ts'
import { setGrade } from '../../incident/grade.ts'
import { decideKnownAt, proposeKnownAt } from '../../incident/known-at.ts'
import { recordReceipt, registerUpward } from '../../incident/register-upward.ts'
import {
  correctionsOf,
  factsOf,
  gradesOf,
  type IncidentRow,
  incidentById,
  incidentByNumber,
} from '../../incident/store.ts'
import { suggestGrade, tollOf } from '../../incident/suggest-grade.ts'
import { type Issue, notFound } from '../../lib/errors.ts'
import { destroyPersonal } from '../../purge/retention.ts'
import { relationOf } from '../../staff/member.ts'
import { type Act, may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { exactTime, type Fields, first, localTime } from '../views/fields.ts'
import { IncidentPage } from '../views/incident.tsx'
import { nameOf } from './desk-draft-data.ts'
import { asMissing, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'
import { aboutIt, opinionsAbout, personalAbout, upwardAbout } from './desk-incident-data.ts'

const HERE = '/desk/incidents'

export function mountIncidentDesk(app: App): void {
  screen(app, { method: 'get', path: `${HERE}/{number}`, act: 'clock.read' }, async (c) => {
    const row = await incidentByNumber(c.var.ctx.store.db, c.req.param('number') ?? '')
    if (!row) throw notFound('incident')
    return show(c, row, {})
  })
  const act = (path: string, may: Act, said: string, run: (c: Req, id: string, f: Fields) => Promise<unknown>) =>
    screen(app, { method: 'post', path: `${HERE}/{id}/${path}`, act: may }, (c) => change(c, said, run))
  act('grade', 'incident.grade', 'grade-set', (c, id, f) =>
    setGrade(c.var.ctx, actorIn(c), id, { grade: first(f, 'grade') }),
  )
  act('facts', 'incident.record-fact', 'fact-recorded', (c, id, f) =>
    recordFact(c.var.ctx, actorIn(c), id, {
      what: first(f, 'what'),
      value: first(f, 'value'),
      asOf: moment(c, f, 'asOf'),
      source: first(f, 'source'),
      explanation: first(f, 'explanation'),
    }),
  )
  act('known', 'incident.propose-known', 'known-proposed', (c, id, f) =>
    proposeKnownAt(c.var.ctx, actorIn(c), id, { knownAt: moment(c, f, 'knownAt'), why: first(f, 'whyKnown') }),
  )
  act('known/{correction}', 'incident.propose-known', 'known-decided', (c, id, f) =>
    decideKnownAt(c.var.ctx, actorIn(c), id, c.req.param('correction') ?? '', { verdict: first(f, 'verdict') }),
  )
  act('upward', 'upward.register', 'upward-registered', (c, id, f) =>
    registerUpward(c.var.ctx, actorIn(c), id, upwardIn(c, f, '')),
  )
  act('upward/{report}/correction', 'upward.register', 'upward-registered', (c, id, f) => {
    const report = c.req.param('report') ?? ''
    return registerUpward(c.var.ctx, actorIn(c), id, { ...upwardIn(c, f, `.${report}`), supersedes: report })
  })
  act('upward/{report}/receipt', 'upward.register', 'upward-receipt', (c, id, f) => {
    const report = c.req.param('report') ?? ''
    return recordReceipt(c.var.ctx, actorIn(c), id, report, {
      receivedAt: moment(c, f, `receivedAt.${report}`),
      number: first(f, `receiptNumber.${report}`),
    })
  })
  act('personal', 'incident.destroy-personal', 'personal-destroyed', (c, id, f) =>
    destroyPersonal(c.var.ctx, actorIn(c), id, {
      keep: [...f]
        .filter(([name, [basis]]) => name.startsWith('keep.') && basis)
        .map(([name, [basis]]) => ({ ref: name.slice('keep.'.length), basis })),
    }),
  )
  act('clocks', 'clock.start', 'clock-started', (c, id, f) =>
    startByDecision(c.var.ctx, actorIn(c), id, { rule: first(f, 'rule'), why: first(f, 'whyClock') }),
  )
}

const moment = (c: Req, f: Fields, name: string) => exactTime(first(f, name), c.var.ctx.config.site.offset)

const upwardIn = (c: Req, f: Fields, suffix: string) => ({
  recipient: first(f, `recipient${suffix}`),
  means: first(f, `means${suffix}`),
  reportedAt: moment(c, f, `reportedAt${suffix}`),
  number: first(f, `upwardNumber${suffix}`),
})

/** What an issue's field is called on this page, where several forms have one of that name. */
function nameHere(c: Req, fields: Fields, field: string): string {
  const report = c.req.param('report')
  if (field === 'why') return fields.has('whyKnown') ? 'whyKnown' : 'whyClock'
  if (report && fields.has(`receivedAt.${report}`))
    return `${field === 'number' ? 'receiptNumber' : 'receivedAt'}.${report}`
  const own = field === 'number' ? 'upwardNumber' : field
  return report ? `${own}.${report}` : own
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function change(
  c: Req,
  said: string,
  run: (c: Req, id: string, f: Fields) => Promise<unknown>,
): Promise<Response> {
  const row = await incidentById(c.var.ctx.store.db, c.req.param('id') ?? '')
  if (!row) throw notFound('incident')
  const { fields } = await sentIn(c)
  try {
    await run(c, row.id, fields)
    return goTo(c, `${HERE}/${row.number}`, said)
  } catch (err) {
    const refusal = refusalIn(err)
    const issues = refusal.issues.map((i) => ({ ...i, field: nameHere(c, fields, i.field) }))
    const refused = issues.length ? {} : { refused: refusedWords(c, refusal) }
    return show(c, row, { fields, issues: asMissing(issues, fields), status: statusOf(refusal), ...refused })
  }
}

async function show(c: Req, row: IncidentRow, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const relation = relationOf(by, { id: row.agency_id, ancestors: await ancestorsOf(db, row.agency_id) })
  const can = (act: Act) => may(act, { roles: by.roles, relation, scopes: by.scopes }).ok
  if (!can('clock.read')) throw notFound('incident')
  const [clocks, facts, grades, corrections] = await Promise.all([
    clocksOf(db, [`incident:${row.id}`]),
    factsOf(db, row.id),
    gradesOf(db, row.id),
    correctionsOf(db, row.id),
  ])
  const [events, about, opinions, { upward, behind }, personal] = await Promise.all([
    clockEvents(
      db,
      clocks.map((k) => k.id),
    ),
    aboutIt(ctx, by, row.id),
    opinionsAbout(ctx, by, row.id),
    upwardAbout(ctx, row.id, facts),
    personalAbout(ctx, by, row, can('incident.read-personal')),
  ])
  const names = await namesOf(db, [
    ...facts.map((f) => f.recorded_by),
    ...grades.map((g) => g.set_by),
    ...corrections.flatMap((k) => [k.proposed_by, k.decided_by]),
    ...events.map((e) => e.member_id),
    ...upward.flatMap((u) => [u.entry, ...u.corrected].map((e) => e.recorded_by)),
  ])
  const now = ctx.clock.now()
  const open = row.closed_at === null
  const fields =
    extra.fields ??
    new Map(
      ['asOf', 'reportedAt'].map((name) => [
        name,
        [localTime(now.slice(0, 17).concat('00.000Z'), ctx.config.site.offset)],
      ]),
    )
  const props = {
    f: await frameOf(c),
    fields,
    issues: extra.issues ?? [],
    incident: row,
    title: nameOf(row, lang),
    clocks: clocks.map((k) => ({ clock: k, standing: standingAt(stateOf(k), now) })),
    events,
    facts,
    grades,
    corrections,
    about,
    opinions,
    upward,
    behind,
    personal,
    suggested: suggestGrade(tollOf(facts)),
    names,
    me: by.memberId,
    may: {
      grade: open && can('incident.grade'),
      fact: open && can('incident.record-fact'),
      propose: open && can('incident.propose-known'),
      confirm: open && can('incident.confirm-known'),
      start: open && can('clock.start'),
      register: can('upward.register'),
    },
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <IncidentPage {...props} />, extra.status ?? 200)
}
