/** Incidents: what is running, a new one, the cause, the end. */
import { areas } from '../../audience/store.ts'
import { listReleases } from '../../desk/list.ts'
import { clocksOf } from '../../incident/clock-store.ts'
import { closeIncident, confirmCause } from '../../incident/close.ts'
import { openIncident } from '../../incident/open.ts'
import { incidents } from '../../incident/store.ts'
import type { Issue } from '../../lib/errors.ts'
import { relationOf } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { every, exactTime, type Fields, first, localTime } from '../views/fields.ts'
import { type IncidentRowView, IncidentsPage } from '../views/lists.tsx'
import { areaChoices, nameOf } from './desk-draft-data.ts'
import {
  asMissing,
  fieldsFrom,
  frameOf,
  goTo,
  page,
  refusalIn,
  refusalOn,
  refusedWords,
  screen,
  sentIn,
  statusOf,
} from './desk-frame.ts'
import { releaseLine } from './desk-queue.tsx'

export function mountIncidents(app: App): void {
  screen(app, { method: 'get', path: '/desk/incidents', act: 'incident.list' }, (c) => show(c, {}))
  screen(app, { method: 'post', path: '/desk/incidents', act: 'incident.open' }, open)
  screen(app, { method: 'post', path: '/desk/incidents/{id}/cause', act: 'incident.confirm-cause' }, (c) =>
    change(c, confirmCause),
  )
  screen(app, { method: 'post', path: '/desk/incidents/{id}/close', act: 'incident.close' }, (c) =>
    change(c, closeIncident),
  )
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const now = localTime(ctx.clock.now().slice(0, 17).concat('00.000Z'), ctx.config.site.offset)
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? fieldsFrom({ knownAt: now }),
    issues: asMissing(extra.issues ?? [], extra.fields ?? new Map()),
    incidents: await rowsFor(c),
    areas: await areaChoices(ctx, by.agencyId, lang),
    mayOpen: mayAtHome(by, 'incident.open'),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <IncidentsPage {...props} />, extra.status ?? 200)
}

async function rowsFor(c: Req): Promise<IncidentRowView[]> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const rows = (await incidents(db, 60)).sort((a, b) => Number(a.closed_at !== null) - Number(b.closed_at !== null))
  const clocks = await clocksOf(
    db,
    rows.map((i) => `incident:${i.id}`),
  )
  const names = new Map((await areas(db)).map((a) => [a.code, lang === 'en' ? a.name_en || a.name_zh : a.name_zh]))
  const own = (await listReleases(ctx, by, { limit: 100 })).releases
  return Promise.all(
    rows.map(async (i) => {
      const relation = relationOf(by, { id: i.agency_id, ancestors: await ancestorsOf(db, i.agency_id) })
      const can = (act: 'incident.confirm-cause' | 'incident.close' | 'clock.read') =>
        may(act, { roles: by.roles, relation, scopes: by.scopes }).ok
      return {
        id: i.id,
        number: i.number,
        title: nameOf(i, lang),
        class: i.class,
        grade: i.grade,
        areas: (JSON.parse(i.areas) as string[])
          .map((code) => names.get(code) ?? code)
          .join(lang === 'zh' ? '、' : ', '),
        knownAt: i.known_at,
        closedAt: i.closed_at,
        mode: i.mode,
        causeConfirmed: i.cause_confirmed === 1,
        clocks: clocks
          .filter((k) => k.subject === `incident:${i.id}` && !k.ended_at)
          .map((k) => ({ rule: k.rule, due: k.due_at ?? '', met: k.met_at, breached: k.breached_at !== null }))
          .filter((k) => k.due),
        releases: own.filter((r) => r.release.incident_id === i.id).map((r) => releaseLine(r, lang)),
        mayConfirm: !i.closed_at && i.cause_confirmed === 0 && can('incident.confirm-cause'),
        mayClose: !i.closed_at && can('incident.close'),
        mayInspect: can('clock.read'),
      }
    }),
  )
}

async function open(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { fields } = await sentIn(c)
  try {
    const row = await openIncident(ctx, actorIn(c), {
      titleZh: first(fields, 'titleZh'),
      titleEn: first(fields, 'titleEn'),
      class: first(fields, 'class'),
      ...(first(fields, 'grade') ? { grade: first(fields, 'grade') } : {}),
      areas: every(fields, 'areas'),
      knownAt: exactTime(first(fields, 'knownAt'), ctx.config.site.offset),
    })
    return goTo(c, `/desk/incidents?said=incident-opened#${row.number}`)
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, { fields, ...refusalOn(c, refusal) })
  }
}

async function change(c: Req, act: typeof closeIncident): Promise<Response> {
  try {
    await act(c.var.ctx, actorIn(c), c.req.param('id') as string)
    return goTo(c, '/desk/incidents', 'incident-changed')
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, { status: statusOf(refusal), refused: refusedWords(c, refusal) })
  }
}
