/** Alarms at the desk: what is wrong, about what, who has it in hand, and what is over. */
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { acknowledge, alarmsFor, alarmsOver } from '../../delivery/alarms.ts'
import { runById } from '../../delivery/run-store.ts'
import { standing } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { subjectsOf } from '../../incident/board-store.ts'
import { clockById } from '../../incident/clock-store.ts'
import { incidentById } from '../../incident/store.ts'
import { Refusal } from '../../lib/errors.ts'
import { editionById } from '../../publication/store.ts'
import { changeIn } from '../../staff/change.ts'
import type { Actor } from '../../staff/member.ts'
import { changeById, memberById } from '../../staff/store.ts'
import type { AlarmRow } from '../../store/alarm.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { type About, type AlarmLine, AlarmsPage } from '../views/alarms.tsx'
import { first } from '../views/fields.ts'
import { nameOf } from './desk-draft-data.ts'
import { backTo, frameOf, goTo, page, refusalIn, screen, sentIn } from './desk-frame.ts'

type Lang = 'zh' | 'en'

export function mountAlarms(app: App): void {
  screen(app, { method: 'get', path: '/desk/alarms', act: 'alarm.read' }, alarms)
  screen(app, { method: 'post', path: '/desk/alarms/{id}/acknowledge', act: 'alarm.acknowledge' }, take)
}

async function alarms(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const [open, over] = await Promise.all([alarmsFor(ctx, by), alarmsOver(ctx, by)])
  const { webhook, command } = ctx.config.alarm
  return page(
    c,
    <AlarmsPage
      f={await frameOf(c)}
      alarms={await alarmLines(ctx, by, lang, open)}
      over={await alarmLines(ctx, by, lang, over)}
      deskOnly={!webhook && !command}
      mayAcknowledge={mayAtHome(by, 'alarm.acknowledge')}
      back="/desk/alarms"
    />,
  )
}

/** Alarms with names and pages in place of ids. */
export async function alarmLines(ctx: Ctx, by: Actor, lang: Lang, rows: AlarmRow[]): Promise<AlarmLine[]> {
  const names = await namesOf(
    ctx.store.db,
    rows.map((a) => a.owner),
  )
  return Promise.all(
    rows.map(async (a) => ({
      ...a,
      ownerName: names.get(a.owner ?? '') ?? '',
      about: await aboutOf(ctx, by, lang, a.subject).catch(nothing),
    })),
  )
}

/** What may not be seen, or is gone, has no page. */
const nothing = (err: unknown): null => {
  if (err instanceof Refusal) return null
  throw err
}

async function aboutOf(ctx: Ctx, by: Actor, lang: Lang, subject: string): Promise<About | null> {
  const { db } = ctx.store
  const [kind, id = ''] = subject.split(':')
  switch (kind) {
    case 'release':
      return release(ctx, by, lang, id)
    case 'edition':
      return release(ctx, by, lang, (await editionById(db, id))?.release_id)
    case 'dispatch': {
      const run = await runById(db, id)
      const about = await release(ctx, by, lang, run?.release_id)
      return about && run ? { ...about, outlet: run.outlet } : about
    }
    case 'incident': {
      const incident = await incidentById(db, id)
      return incident ? { href: `/desk/incidents#${incident.number}`, title: nameOf(incident, lang) } : null
    }
    case 'clock': {
      const clock = await clockById(db, id)
      if (!clock) return null
      const subject = (await subjectsOf(db, [clock])).get(clock.subject)
      const about = { href: `/desk/clocks#clock-${id}`, title: t(lang, `desk.clock.${clock.rule}`) }
      return subject ? { ...about, number: subject.number } : about
    }
    case 'fault':
      return { href: '/desk/faults', title: t(lang, 'desk.faults') }
    case 'member': {
      const member = await memberById(db, id)
      return member ? { href: `/desk/office?agency=${member.agency_id}`, title: member.name } : null
    }
    case 'change': {
      const row = await changeById(db, id)
      const change = row && changeIn(row)
      const member = change && 'memberId' in change ? await memberById(db, change.memberId) : undefined
      const title = [t(lang, `desk.change.${row?.kind}`), member?.name ?? ''].join(' ').trim()
      return row ? { href: `/desk/office?agency=${row.agency_id}#changes`, title } : null
    }
    case 'agency':
      return { href: `/desk/office/roster?agency=${id}`, title: t(lang, 'desk.roster') }
    case 'outlet':
      return { href: '/desk/outlets', title: t(lang, 'desk.outlets'), outlet: id }
    default:
      return null
  }
}

/** By number alone where the text may not be seen; an alarm on what is kept to others (限阅) comes without its subject. */
async function release(ctx: Ctx, by: Actor, lang: Lang, id: string | undefined): Promise<About | null> {
  if (!id) return null
  const at = await standing(ctx.store.db, by, id)
  const { number } = at.release
  const href = `/desk/releases/${number}`
  const title = await shownTitle(ctx, by, at)
  return title ? { href, title, number } : { href, title: t(lang, 'desk.sealed.title', { number }) }
}

/** Somebody was faster, or it is over: the page then shows so. */
async function take(c: Req): Promise<Response> {
  const back = backTo(first((await sentIn(c)).fields, 'back'))
  try {
    await acknowledge(c.var.ctx, actorIn(c), c.req.param('id') as string)
  } catch (err) {
    if (!(err instanceof Refusal) || refusalIn(err).code !== 'already-acknowledged') throw err
  }
  return goTo(c, back, 'acknowledged')
}
