/** 待我办理, alarms, and the list of releases. */
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { acknowledge, alarmsFor } from '../../delivery/alarms.ts'
import { runById } from '../../delivery/run-store.ts'
import { mayOn, standing } from '../../desk/gate.ts'
import { type Listed, listQuery, listReleases, shownTitle } from '../../desk/list.ts'
import { releaseById } from '../../desk/store.ts'
import { clocksOf, incidents } from '../../incident/store.ts'
import { Refusal } from '../../lib/errors.ts'
import { readableZod } from '../../lib/shape.ts'
import { editionById } from '../../publication/store.ts'
import type { Actor } from '../../staff/member.ts'
import { agencyFamily } from '../../staff/store.ts'
import type { AlarmRow } from '../../store/alarm.ts'
import { namesOf, runsGoing } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { type AlarmLine, AlarmsPage } from '../views/alarms.tsx'
import { first } from '../views/fields.ts'
import { ReleasesPage } from '../views/lists.tsx'
import { countsOf } from '../views/progress.tsx'
import { type Going, type IncidentLine, QueuePage, type ReleaseLine } from '../views/queue.tsx'
import { nameOf } from './desk-draft-data.ts'
import { backTo, fieldsFrom, frameOf, goTo, page, refusalIn, screen, sentIn } from './desk-frame.ts'
import { tasksFor } from './desk-tasks.ts'

export function mountQueue(app: App): void {
  screen(app, { method: 'get', path: '/desk', act: 'signed-in' }, queue)
  screen(app, { method: 'get', path: '/desk/', act: 'signed-in' }, (c) => c.redirect('/desk', 303))
  screen(app, { method: 'get', path: '/desk/releases', act: 'release.list' }, releases)
  screen(app, { method: 'get', path: '/desk/alarms', act: 'alarm.read' }, alarms)
  screen(app, { method: 'post', path: '/desk/alarms/{id}/acknowledge', act: 'alarm.acknowledge' }, take)
}

async function queue(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const [f, tasks, going, alarmRows, running, recent] = await Promise.all([
    frameOf(c),
    tasksFor(ctx, by, lang),
    goingOut(ctx, by, lang),
    alarmLines(ctx, by),
    runningIncidents(ctx, lang),
    listReleases(ctx, by, { limit: 12 }),
  ])
  const counts: Record<string, number> = {
    '/desk': tasks.length,
    '/desk/alarms': alarmRows.filter((a) => !a.acknowledged_at).length,
  }
  const frame = { ...f, menu: f.menu.map((m) => (counts[m.href] ? { ...m, count: counts[m.href] as number } : m)) }
  const lines = recent.releases.map((r) => releaseLine(r, lang))
  const props = { f: frame, tasks, going, alarms: alarmRows, incidents: running, recent: lines }
  return page(c, <QueuePage {...props} mayAcknowledge={mayAtHome(by, 'alarm.acknowledge')} />)
}

export const releaseLine = ({ release: r, title }: Listed, lang: 'zh' | 'en'): ReleaseLine => ({
  id: r.id,
  number: r.number,
  title: title || t(lang, 'desk.untitled'),
  kind: r.kind,
  lane: r.lane,
  mode: r.mode,
  state: r.state,
  at: r.updated_at,
  editions: r.editions,
})

async function goingOut(ctx: Ctx, by: Actor, lang: 'zh' | 'en'): Promise<Going[]> {
  const { db } = ctx.store
  const family = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  const rows = await runsGoing(db, family)
  const seen = await Promise.all(rows.map(async (run) => ({ run, at: await standing(db, by, run.release_id) })))
  const sealed = (state: string) => state === 'quarantined' || state === 'purged'
  const lines = seen.filter(({ at }) => sealed(at.state) || mayOn('dispatch.read', by, at).ok)
  return Promise.all(
    lines.map(async ({ run, at }) => {
      const title = await shownTitle(ctx, by, at)
      return {
        releaseId: run.release_id,
        number: run.number,
        title: title || t(lang, 'desk.sealed.title', { number: run.number }),
        outlet: run.outlet,
        state: run.state,
        why: run.why,
        counts: countsOf(run),
        audience: run.audience,
      }
    }),
  )
}

async function runningIncidents(ctx: Ctx, lang: 'zh' | 'en'): Promise<IncidentLine[]> {
  const open = (await incidents(ctx.store.db)).filter((i) => !i.closed_at).slice(0, 10)
  const clocks = await clocksOf(
    ctx.store.db,
    open.map((i) => `incident:${i.id}`),
  )
  return open.map((i) => ({
    number: i.number,
    title: nameOf(i, lang),
    knownAt: i.known_at,
    clocks: clocks
      .filter((k) => k.subject === `incident:${i.id}` && !k.met_at)
      .map((k) => ({ rule: k.rule, due: k.due_at })),
  }))
}

async function releases(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const given = Object.fromEntries(
    Object.entries(c.req.query()).filter(([k, v]) => ['state', 'kind', 'number', 'after'].includes(k) && v !== ''),
  )
  const fields = fieldsFrom(given)
  const query = readableZod(listQuery, { ...given, ...(given['number'] ? { number: given['number'].trim() } : {}) })
  const found = await listReleases(ctx, actorIn(c), query)
  const rows = found.releases.map((r) => releaseLine(r, lang))
  return page(c, <ReleasesPage f={await frameOf(c)} fields={fields} issues={[]} rows={rows} next={found.next} />)
}

async function alarmLines(ctx: Ctx, by: Actor): Promise<AlarmLine[]> {
  if (!mayAtHome(by, 'alarm.read')) return []
  const rows = await alarmsFor(ctx, by)
  const names = await namesOf(
    ctx.store.db,
    rows.map((a) => a.owner),
  )
  return Promise.all(
    rows.map(async (a) => ({
      ...a,
      ownerName: names.get(a.owner ?? '') ?? '',
      ...(await hrefOf(ctx, a)),
    })),
  )
}

/** The page of what an alarm is about. */
async function hrefOf(ctx: Ctx, alarm: AlarmRow): Promise<{ href?: string }> {
  const [kind, id = ''] = alarm.subject.split(':')
  const release = async (releaseId: string | undefined) => {
    const row = releaseId ? await releaseById(ctx.store.db, releaseId) : undefined
    return row ? { href: `/desk/releases/${row.number}` } : {}
  }
  switch (kind) {
    case 'release':
      return release(id)
    case 'edition':
      return release((await editionById(ctx.store.db, id))?.release_id)
    case 'dispatch':
      return release((await runById(ctx.store.db, id))?.release_id)
    case 'incident':
      return { href: '/desk/incidents' }
    default:
      return {}
  }
}

async function alarms(c: Req): Promise<Response> {
  const by = actorIn(c)
  const lines = await alarmLines(c.var.ctx, by)
  return page(
    c,
    <AlarmsPage
      f={await frameOf(c)}
      alarms={lines}
      mayAcknowledge={mayAtHome(by, 'alarm.acknowledge')}
      back="/desk/alarms"
    />,
  )
}

/** Somebody was faster: the page then shows whose it is. */
async function take(c: Req): Promise<Response> {
  const back = backTo(first((await sentIn(c)).fields, 'back'))
  try {
    await acknowledge(c.var.ctx, actorIn(c), c.req.param('id') as string)
  } catch (err) {
    if (!(err instanceof Refusal) || refusalIn(err).code !== 'already-acknowledged') throw err
  }
  return goTo(c, back, 'acknowledged')
}
