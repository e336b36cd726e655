/** 待我办理 and the list of releases. */
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { alarmsFor } from '../../delivery/alarms.ts'
import { readiness } from '../../delivery/exercises.ts'
import { isForEveryone } from '../../delivery/progress.ts'
import { mayOn, standing } from '../../desk/gate.ts'
import { type Listed, listQuery, listReleases, shownTitle } from '../../desk/list.ts'
import { clocksOf } from '../../incident/clock-store.ts'
import { incidents } from '../../incident/store.ts'
import { readableZod } from '../../lib/shape.ts'
import { hasAny } from '../../staff/factor-store.ts'
import type { Actor } from '../../staff/member.ts'
import { factorsOfMember } from '../../staff/second-factor.ts'
import { agencyFamily } from '../../staff/store.ts'
import { runsGoing } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { missingToPublish } from '../office-state.ts'
import { ReleasesPage } from '../views/lists.tsx'
import { countsOf } from '../views/pace.tsx'
import { type Going, GoingRows, type IncidentLine, QueuePage, type ReleaseLine } from '../views/queue.tsx'
import { alarmLines } from './desk-alarms.tsx'
import { nameOf } from './desk-draft-data.ts'
import { fieldsFrom, frameOf, page, screen } from './desk-frame.ts'
import { tasksFor } from './desk-tasks.ts'

export function mountQueue(app: App): void {
  screen(app, { method: 'get', path: '/desk', act: 'signed-in' }, queue)
  screen(app, { method: 'get', path: '/desk/', act: 'signed-in' }, (c) => c.redirect('/desk', 303))
  screen(app, { method: 'get', path: '/desk/going', act: 'signed-in' }, goingAlone)
  screen(app, { method: 'get', path: '/desk/releases', act: 'release.list' }, releases)
}

async function queue(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const [f, tasks, going, alarmRows, running, recent, lapse, has, missing] = await Promise.all([
    frameOf(c),
    tasksFor(ctx, by, lang),
    goingOut(ctx, by, lang),
    mayAtHome(by, 'alarm.read') ? alarmsFor(ctx, by).then((rows) => alarmLines(ctx, by, lang, rows)) : [],
    runningIncidents(ctx, by, lang),
    listReleases(ctx, by, { limit: 12 }),
    readiness(ctx, by.agencyId),
    factorsOfMember(ctx, by.memberId),
    mayAtHome(by, 'staff.manage') ? missingToPublish(ctx, by.agencyId) : [],
  ])
  const counts: Record<string, number> = {
    '/desk': tasks.length,
    '/desk/alarms': alarmRows.filter((a) => !a.acknowledged_at).length,
  }
  const frame = { ...f, menu: f.menu.map((m) => (counts[m.href] ? { ...m, count: counts[m.href] as number } : m)) }
  const lines = recent.releases.map((r) => releaseLine(r, lang))
  const withoutFactor = by.session !== undefined && by.roles.includes('signer') && !hasAny(has)
  const props = {
    f: frame,
    tasks,
    going,
    alarms: alarmRows,
    incidents: running,
    recent: lines,
    lapse,
    withoutFactor,
    missing,
  }
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

/** The part that moves fastest, for the page that shows it. */
async function goingAlone(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const f = await frameOf(c)
  return c.html(String(<GoingRows f={f} going={await goingOut(ctx, actorIn(c), lang)} />))
}

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
        dispatchId: run.dispatch_id,
        everyone: isForEveryone(ctx, run.outlet),
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

async function runningIncidents(ctx: Ctx, by: Actor, lang: 'zh' | 'en'): Promise<IncidentLine[]> {
  const family = (await agencyFamily(ctx.store.db, by.agencyId)).map((a) => a.id)
  const open = (await incidents(ctx.store.db)).filter((i) => !i.closed_at).slice(0, 10)
  const clocks = await clocksOf(
    ctx.store.db,
    open.map((i) => `incident:${i.id}`),
  )
  return open.map((i) => ({
    number: i.number,
    title: nameOf(i, lang),
    mode: i.mode,
    knownAt: i.known_at,
    near: family.includes(i.agency_id),
    clocks: clocks
      .filter((k) => k.subject === `incident:${i.id}` && !k.met_at && !k.ended_at)
      .flatMap((k) => (k.due_at ? [{ rule: k.rule, due: k.due_at }] : [])),
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
