/** Alarms as a member sees them: those about their own agency and the ones below it, and those about the service itself. */
import type { Ctx } from '../context.ts'
import { releaseById } from '../desk/store.ts'
import { subjectsOf } from '../incident/board-store.ts'
import { clockById } from '../incident/clock-store.ts'
import { incidentById } from '../incident/store.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { editionById } from '../publication/store.ts'
import { admitHome } from '../staff/gate.ts'
import { keptFrom } from '../staff/limited-store.ts'
import { type Actor, relationOf } from '../staff/member.ts'
import { ancestorsOf, changeById, memberById } from '../staff/store.ts'
import { type AlarmRow, acknowledgeAlarm, clearedAlarms, openAlarms } from '../store/alarm.ts'
import { runById } from './run-store.ts'

export async function alarmsFor(ctx: Ctx, by: Actor): Promise<AlarmRow[]> {
  admitHome(by, 'alarm.read')
  return thoseOf(ctx, by, await openAlarms(ctx.store.db))
}

/** Alarms that ended within the last days, latest first. */
export async function alarmsOver(ctx: Ctx, by: Actor): Promise<AlarmRow[]> {
  admitHome(by, 'alarm.read')
  return thoseOf(ctx, by, await clearedAlarms(ctx.store.db, plus(ctx.clock.now(), -SHOWN_FOR), MOST_OVER))
}

const SHOWN_FOR = 7 * DAY
const MOST_OVER = 100

async function thoseOf(ctx: Ctx, by: Actor, rows: AlarmRow[]): Promise<AlarmRow[]> {
  const concerned = await Promise.all(rows.map((row) => concerns(ctx, by, row.subject)))
  const own = rows.filter((_, i) => concerned[i])
  const releases = await Promise.all(own.map((row) => releaseOf(ctx, row.subject)))
  const kept = await keptFrom(
    ctx.store.db,
    by,
    releases.flatMap((id) => id ?? []),
  )
  // That something is wrong is everybody's; about what is not, where the release is kept to others (限阅).
  return own.map((row, i) =>
    kept.has(releases[i] ?? '') ? { ...row, subject: row.subject.split(':')[0] as string } : row,
  )
}

/** The release a subject is of; undefined where it is of none. */
async function releaseOf(ctx: Ctx, subject: string): Promise<string | undefined> {
  const { db } = ctx.store
  const [kind, id = ''] = subject.split(':')
  if (kind === 'release') return id
  if (kind === 'edition') return (await editionById(db, id))?.release_id
  if (kind === 'dispatch') return (await runById(db, id))?.release_id
  const clock = kind === 'clock' ? await clockById(db, id) : undefined
  return clock && (await subjectsOf(db, [clock])).get(clock.subject)?.releaseId
}

/** Takes an alarm in hand: the first to say so owns it. */
export async function acknowledge(ctx: Ctx, by: Actor, id: string): Promise<void> {
  admitHome(by, 'alarm.acknowledge')
  if (!(await alarmsFor(ctx, { ...by, scopes: ['read'] })).some((a) => a.id === id)) throw notFound('alarm')
  await ctx.store.tx(async (trx) => {
    if (!(await acknowledgeAlarm(trx, id, by.memberId, ctx.clock.now()))) throw wrongState('already-acknowledged')
    await append(trx, ctx, { actor: by.memberId, act: 'alarm.acknowledge', subject: `alarm:${id}` })
  })
}

async function concerns(ctx: Ctx, by: Actor, subject: string): Promise<boolean> {
  const agency = await agencyOf(ctx, subject)
  if (agency === undefined) return true
  const relation = relationOf(by, { id: agency, ancestors: await ancestorsOf(ctx.store.db, agency) })
  return relation === 'own' || relation === 'parent'
}

/** The agency a subject (kind:id, perhaps with more) belongs to; undefined for what is nobody's own. */
async function agencyOf(ctx: Ctx, subject: string): Promise<string | undefined> {
  const { db } = ctx.store
  const [kind, id = ''] = subject.split(':')
  switch (kind) {
    case 'release':
      return (await releaseById(db, id))?.agency_id
    case 'change':
      return (await changeById(db, id))?.agency_id
    case 'edition':
      return agencyOf(ctx, `release:${(await editionById(db, id))?.release_id ?? ''}`)
    case 'dispatch':
      return agencyOf(ctx, `release:${(await runById(db, id))?.release_id ?? ''}`)
    case 'clock':
      return (await clockById(db, id))?.agency_id
    case 'agency':
      return id
    case 'incident':
      return (await incidentById(db, id))?.agency_id
    case 'member':
      return (await memberById(db, id))?.agency_id
    default:
      return undefined
  }
}
