/** 值班表 at the desk: the week, who is on, the forms that fill it, and the same as a table and a calendar. */
import { t } from '../../../templates/words/index.ts'
import { DAY, plus, wallMinute } from '../../lib/clock.ts'
import { csvText, writeCsv } from '../../lib/csv.ts'
import { type Issue, invalid, issue } from '../../lib/errors.ts'
import { CALENDAR_TYPE } from '../../lib/ical-lines.ts'
import { addNights, copyWeek, couldTakeOver, handOver, importRoster } from '../../staff/fill-roster.ts'
import { admitAgency } from '../../staff/gate.ts'
import { ROLES, type Role } from '../../staff/member.ts'
import { onDuty } from '../../staff/on-duty.ts'
import { removeDuty } from '../../staff/roster.ts'
import { type CsvWords, rosterCalendar } from '../../staff/roster-csv.ts'
import { dayStart, gapsOf, localDay, mondayOf, weekDays } from '../../staff/roster-week.ts'
import { agencyById, dutiesBetween, membersOf, rolesOf } from '../../staff/store.ts'
import { AHEAD } from '../../staff/watch-roster.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { exactTime, type Fields, first } from '../views/fields.ts'
import { type RosterDuty, RosterPage, type RosterProps } from '../views/roster.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const HERE = '/desk/office/roster'

/** A calendar holds this much to come. */
const CALENDAR = 60 * DAY
const MOST_CSV = 512 * 1024

export function mountRosterDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'staff.read' }, (c) => show(c, {}))
  screen(app, { method: 'get', path: `${HERE}.csv`, act: 'staff.read' }, table)
  screen(app, { method: 'get', path: `${HERE}.ics`, act: 'staff.read' }, calendar)
  screen(app, { method: 'post', path: HERE, act: 'staff.manage' }, (c) => fill(c, add))
  screen(app, { method: 'post', path: `${HERE}/copy`, act: 'staff.manage' }, (c) => fill(c, copy))
  screen(app, { method: 'post', path: `${HERE}/import`, act: 'staff.manage', maxBytes: MOST_CSV }, takeFile)
  screen(app, { method: 'post', path: `${HERE}/{id}/remove`, act: 'staff.manage' }, (c) =>
    fill(c, async () => {
      await removeDuty(c.var.ctx, actorIn(c), c.req.param('id') as string)
      return 'duty-removed'
    }),
  )
  screen(app, { method: 'post', path: `${HERE}/{id}/hand-over`, act: 'duty.hand-over' }, (c) =>
    fill(c, async (fields) => {
      await handOver(c.var.ctx, actorIn(c), c.req.param('id') as string, { memberId: first(fields, 'memberId') })
      return 'duty-handed-over'
    }),
  )

  async function add(fields: Fields, c: Req): Promise<string> {
    const { offset } = c.var.ctx.config.site
    await addNights(c.var.ctx, actorIn(c), {
      memberId: first(fields, 'memberId'),
      role: first(fields, 'role'),
      backup: first(fields, 'backup') !== '',
      startsAt: exactTime(first(fields, 'startsAt'), offset),
      endsAt: exactTime(first(fields, 'endsAt'), offset),
      nights: first(fields, 'nights') || 1,
    })
    return 'duty-added'
  }

  async function copy(fields: Fields, c: Req): Promise<string> {
    const { ctx } = c.var
    const monday = weekAsked(first(fields, 'week'), ctx.clock.now(), ctx.config.site.offset)
    const { added } = await copyWeek(
      ctx,
      actorIn(c),
      first(fields, 'agencyId') || actorIn(c).agencyId,
      dayStart(monday, ctx.config.site.offset),
    )
    return added ? 'week-copied' : 'week-nothing'
  }
}

const weekAsked = (asked: string, now: string, offset: string): string =>
  mondayOf(/^\d{4}-\d\d-\d\d$/.test(asked) && dayIs(asked) ? asked : localDay(now, offset))
const dayIs = (day: string): boolean => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true

type Deed = (fields: Fields, c: Req) => Promise<string>

async function fill(c: Req, deed: Deed): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const said = await deed(fields, c)
    return goTo(c, here(c, fields), said)
  } catch (err) {
    return refused(c, err, fields)
  }
}

function here(c: Req, fields: Fields): string {
  const asked = new URLSearchParams()
  const agency = first(fields, 'agencyId')
  if (agency && agency !== actorIn(c).agencyId) asked.set('agency', agency)
  if (first(fields, 'week')) asked.set('week', first(fields, 'week'))
  return asked.size ? `${HERE}?${asked}` : HERE
}

function refused(c: Req, err: unknown, fields: Fields): Promise<Response> {
  const refusal = refusalIn(err)
  return show(c, {
    fields,
    ...refusalOn(c, refusal),
  })
}

/** A file goes into the box beside it, so that what was checked is what is written. */
async function takeFile(c: Req): Promise<Response> {
  const { fields, file } = await sentIn(c)
  if (file) fields.set('csv', [csvText(new Uint8Array(await file.arrayBuffer()))])
  const dryRun = first(fields, 'do') !== 'write' || file !== null
  const agencyId = first(fields, 'agencyId') || actorIn(c).agencyId
  try {
    if (!first(fields, 'csv').trim()) throw invalid([issue('csv', 'required')])
    const done = await importRoster(c.var.ctx, actorIn(c), agencyId, first(fields, 'csv'), csvWords(), { dryRun })
    return dryRun ? await show(c, { fields, preview: done }) : goTo(c, here(c, fields), 'roster-imported')
  } catch (err) {
    return refused(c, err, fields)
  }
}

/** Roles and 主班 / 备班 in both languages. */
function csvWords(): CsvWords {
  const both = (key: string) => [t('zh', key), t('en', key)]
  return {
    roles: new Map(ROLES.flatMap((r) => both(`role.${r}`).map((word) => [word, r] as [string, Role]))),
    backup: [...both('desk.roster.backup'), 'backup', '1'],
    main: [...both('office.roster.main'), 'main', '', '0'],
  }
}

type Extra = {
  fields?: Fields
  issues?: Issue[]
  refused?: string
  status?: number
  preview?: RosterProps['preview']
}

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const { offset } = ctx.config.site
  const now = ctx.clock.now()
  const fields = extra.fields ?? new Map<string, string[]>()
  const agencyId = first(fields, 'agencyId') || c.req.query('agency') || by.agencyId
  await admitAgency(db, by, agencyId, 'staff.read')
  const agency = await agencyById(db, agencyId)
  const monday = weekAsked(first(fields, 'week') || (c.req.query('week') ?? ''), now, offset)
  const days = weekDays(monday, offset)
  const week = { from: days[0]?.from as string, to: days[6]?.to as string }
  const members = await membersOf(db, [agencyId])
  const manage = await mayManage(c, agencyId)
  const lineOf = (d: Awaited<ReturnType<typeof dutiesBetween>>[number]): RosterDuty => ({
    id: d.id,
    memberId: d.member_id,
    name: d.name,
    phone: d.phone,
    role: d.role as Role,
    backup: d.backup === 1,
    from: d.starts_at,
    to: d.ends_at,
    takers:
      manage || (d.member_id === by.memberId && mayAtHome(by, 'duty.hand-over'))
        ? couldTakeOver(members, d.role, d.member_id).map((m) => ({ id: m.id, name: m.name }))
        : [],
  })
  const [inWeek, ahead] = await Promise.all([
    dutiesBetween(db, [agencyId], week.from, week.to),
    dutiesBetween(db, [agencyId], now, plus(now, AHEAD)),
  ])
  const soon = gapsOf(ahead, 'signer', { from: now, to: plus(now, AHEAD) })
  const above = soon.length ? await onDuty(db, agencyId, 'signer', soon[0]?.from as string) : null
  const props: RosterProps = {
    f: await frameOf(c),
    fields,
    issues: asMissing(extra.issues ?? [], fields),
    agency: {
      id: agencyId,
      name: (lang === 'en' && agency?.name_en) || agency?.name_zh || '',
      own: agencyId === by.agencyId,
    },
    monday,
    days,
    duties: inWeek.map(lineOf),
    // What is past cannot be filled any more.
    gaps: week.to > now ? gapsOf(inWeek, 'signer', { ...week, from: week.from > now ? week.from : now }) : [],
    soon,
    above: above?.first ? [above.first.name, above.first.phone].filter(Boolean).join(' ') : null,
    now: ahead.filter((d) => d.starts_at <= now).map(lineOf),
    members: members.filter((m) => m.active === 1).map((m) => ({ id: m.id, name: m.name, roles: rolesOf(m) })),
    manage,
    ...(extra.preview ? { preview: extra.preview } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <RosterPage {...props} />, extra.status ?? 200)
}

const mayManage = (c: Req, agencyId: string): Promise<boolean> =>
  admitAgency(c.var.ctx.store.db, actorIn(c), agencyId, 'staff.manage').then(
    () => true,
    () => false,
  )

async function asked(c: Req): Promise<{ agencyId: string; now: string }> {
  const by = actorIn(c)
  const agencyId = c.req.query('agency') || by.agencyId
  await admitAgency(c.var.ctx.store.db, by, agencyId, 'staff.read')
  return { agencyId, now: c.var.ctx.clock.now() }
}

async function table(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const { offset } = ctx.config.site
  const { agencyId, now } = await asked(c)
  const days = weekDays(weekAsked(c.req.query('week') ?? '', now, offset), offset)
  const { db } = ctx.store
  const rows = await dutiesBetween(db, [agencyId], days[0]?.from as string, days[6]?.to as string)
  const mail = new Map((await membersOf(db, [agencyId])).map((m) => [m.id, m.email]))
  const head = ['email', 'name', 'role', 'backup', 'from', 'to'].map((k) => t(lang, `office.roster.column.${k}`))
  const lines = rows.map((d) => [
    mail.get(d.member_id) ?? '',
    d.name,
    t(lang, `role.${d.role}`),
    t(lang, d.backup === 1 ? 'desk.roster.backup' : 'office.roster.main'),
    wallMinute(d.starts_at, offset),
    wallMinute(d.ends_at, offset),
  ])
  return c.body(writeCsv([head, ...lines]), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="roster.csv"',
  })
}

async function calendar(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const { agencyId, now } = await asked(c)
  const rows = await dutiesBetween(ctx.store.db, [agencyId], plus(now, -7 * DAY), plus(now, CALENDAR))
  const duties = rows.map((d) => ({
    ...d,
    summary: [t(lang, `role.${d.role}`), d.backup === 1 ? t(lang, 'desk.roster.backup') : '', d.name]
      .filter(Boolean)
      .join(' · '),
  }))
  const host = new URL(ctx.config.publicUrl).hostname
  const text = rosterCalendar(t(lang, 'office.roster'), host, ctx.config.site.offset, now, duties)
  return c.body(text, 200, {
    'content-type': CALENDAR_TYPE,
    'content-disposition': 'attachment; filename="roster.ics"',
  })
}
