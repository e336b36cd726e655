/** The office at a glance: what is set and what is missing, one line per screen. */
import { knownPlaces } from '../audience/known-places.ts'
import { topics } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { lastTest } from '../delivery/outlet-test-store.ts'
import { startsOf } from '../desk/start-store.ts'
import { calendarOf } from '../incident/calendar.ts'
import { areaCovers } from '../lib/area-code.ts'
import { DAY, plus } from '../lib/clock.ts'
import { parseWordList } from '../review/word-list.ts'
import type { Role } from '../staff/member.ts'
import { gapsOf, localDay } from '../staff/roster-week.ts'
import {
  type AgencyRow,
  adminsOver,
  agencyById,
  dutiesBetween,
  membersOf,
  openChanges,
  rolesOf,
} from '../staff/store.ts'
import { AHEAD } from '../staff/watch-roster.ts'
import { channelsIn, contactsIn, lastBackup } from './office-store.ts'
import type { OfficeScreen } from './views/office-parts.tsx'

export type StateLine = {
  screen: OfficeScreen | 'backup' | 'alarm-path'
  /** `missing` has to be mended; `note` works, and somebody should know. */
  state: 'set' | 'note' | 'missing'
  /** office.is.<key> */
  key: string
  params?: Record<string, string | number>
}

const NEEDED: Role[] = ['drafter', 'reviewer', 'confidentiality', 'signer']
const BACKUP_OLD = 7 * DAY
/** From this day on the arrangement of the next year has usually been announced. */
const ANNOUNCED = '11-01'

export async function officeState(ctx: Ctx, agencyId: string): Promise<StateLine[]> {
  const agency = (await agencyById(ctx.store.db, agencyId)) as AgencyRow
  const parts = await Promise.all([
    people(ctx, agency),
    roster(ctx, agency),
    changes(ctx, agency),
    words(ctx, agency),
    lists(ctx, agency),
    byHand(ctx, agency),
    outlets(ctx),
    service(ctx),
  ])
  return parts.flat()
}

/** What keeps an office from publishing, or from being reached at night: an administrator is told of it at their own desk. */
export async function missingToPublish(ctx: Ctx, agencyId: string): Promise<StateLine[]> {
  const agency = (await agencyById(ctx.store.db, agencyId)) as AgencyRow
  const lines = (await Promise.all([people(ctx, agency), roster(ctx, agency), lists(ctx, agency)])).flat()
  return lines.filter((l) => l.state === 'missing')
}

async function people({ store }: Ctx, agency: AgencyRow): Promise<StateLine[]> {
  const members = (await membersOf(store.db, [agency.id])).filter((m) => m.active === 1)
  const without = NEEDED.filter((role) => !members.some((m) => rolesOf(m).includes(role)))
  if (without.length)
    return [{ screen: 'people', state: 'missing', key: 'people.without', params: { roles: without.join(' ') } }]
  const admins = await adminsOver(store.db, agency.id)
  return admins.length < 2
    ? [{ screen: 'people', state: 'note', key: 'people.one-admin', params: { n: members.length } }]
    : [{ screen: 'people', state: 'set', key: 'people', params: { n: members.length, admins: admins.length } }]
}

async function roster({ store, clock }: Ctx, agency: AgencyRow): Promise<StateLine[]> {
  const now = clock.now()
  const duties = await dutiesBetween(store.db, [agency.id], now, plus(now, AHEAD))
  const gaps = gapsOf(duties, 'signer', { from: now, to: plus(now, AHEAD) })
  if (gaps.length === 0) return [{ screen: 'roster', state: 'set', key: 'roster' }]
  return duties.some((d) => d.role === 'signer')
    ? [{ screen: 'roster', state: 'missing', key: 'roster.gaps', params: { n: gaps.length } }]
    : [{ screen: 'roster', state: 'missing', key: 'roster.none' }]
}

async function changes({ store }: Ctx, agency: AgencyRow): Promise<StateLine[]> {
  const open = (await openChanges(store.db, [agency.id])).length
  return open
    ? [{ screen: 'agency', state: 'note', key: 'agency.open', params: { n: open } }]
    : [{ screen: 'agency', state: 'set', key: 'agency' }]
}

async function words({ store }: Ctx, agency: AgencyRow): Promise<StateLine[]> {
  const starts = new Set((await startsOf(store.db, agency.id)).map((r) => r.kind)).size
  const own = parseWordList(agency.word_list).entries.length
  return [
    { screen: 'starts', state: 'set', key: starts ? 'starts' : 'starts.shipped', params: { n: starts } },
    { screen: 'words', state: 'set', key: own ? 'words' : 'words.shipped', params: { n: own } },
  ]
}

async function lists(ctx: Ctx, agency: AgencyRow): Promise<StateLine[]> {
  const { db } = ctx.store
  const [subjects, places] = await Promise.all([topics(db), knownPlaces(ctx, db)])
  const chosen = subjects.filter((s) => s.retired_at === null).length
  const own = JSON.parse(agency.area_codes) as string[]
  const mine = places.filter((a) => own.some((code) => areaCovers(code, a.code)))
  const small = mine.filter((a) => a.code.length > 6).length
  return [
    chosen
      ? { screen: 'topics', state: 'set', key: 'topics', params: { n: chosen } }
      : { screen: 'topics', state: 'note', key: 'topics.none' },
    mine.length === 0
      ? { screen: 'areas', state: 'missing', key: 'areas.none' }
      : small
        ? { screen: 'areas', state: 'set', key: 'areas', params: { n: mine.length, small } }
        : { screen: 'areas', state: 'note', key: 'areas.no-sumu', params: { n: mine.length } },
  ]
}

async function byHand({ store }: Ctx, agency: AgencyRow): Promise<StateLine[]> {
  const [contacts, channels] = await Promise.all([contactsIn(store.db, agency.id), channelsIn(store.db, agency.id)])
  return [
    contacts
      ? { screen: 'contacts', state: 'set', key: 'contacts', params: { n: contacts } }
      : { screen: 'contacts', state: 'note', key: 'contacts.none' },
    channels
      ? { screen: 'channels', state: 'set', key: 'channels', params: { n: channels } }
      : { screen: 'channels', state: 'note', key: 'channels.none' },
  ]
}

async function outlets(ctx: Ctx): Promise<StateLine[]> {
  const notReady = ctx.channels.filter((c) => ctx.notReady[c.name]).map((c) => c.name)
  if (notReady.length)
    return [{ screen: 'outlets', state: 'missing', key: 'outlets.not-ready', params: { outlets: notReady.join(' ') } }]
  const tests = await Promise.all(ctx.channels.map((c) => lastTest(ctx.store.db, c.name)))
  const failed = tests.filter((t) => t && t.outcome !== 'accepted').map((t) => t?.outlet)
  return failed.length
    ? [{ screen: 'outlets', state: 'note', key: 'outlets.failed', params: { outlets: failed.join(' ') } }]
    : [{ screen: 'outlets', state: 'set', key: 'outlets', params: { n: ctx.channels.length } }]
}

async function service(ctx: Ctx): Promise<StateLine[]> {
  const backup = await lastBackup(ctx.store.db)
  const missing = await calendarMissing(ctx)
  const told = ctx.config.alarm.webhook || ctx.config.alarm.command
  return [
    { screen: 'keys', state: 'set', key: 'keys' },
    missing
      ? { screen: 'rules', state: 'missing', key: 'rules.calendar', params: { year: missing } }
      : { screen: 'rules', state: 'set', key: 'rules' },
    told
      ? { screen: 'alarm-path', state: 'set', key: 'alarm-path' }
      : { screen: 'alarm-path', state: 'note', key: 'alarm-path.none' },
    !backup
      ? { screen: 'backup', state: 'missing', key: 'backup.none' }
      : backup < plus(ctx.clock.now(), -BACKUP_OLD)
        ? {
            screen: 'backup',
            state: 'note',
            key: 'backup.old',
            params: { day: localDay(backup, ctx.config.site.offset) },
          }
        : { screen: 'backup', state: 'set', key: 'backup', params: { day: localDay(backup, ctx.config.site.offset) } },
  ]
}

/** This year, or after 1 November the next, where its working days are not known; null where they are. */
export async function calendarMissing(ctx: Ctx): Promise<number | null> {
  const today = localDay(ctx.clock.now(), ctx.config.site.offset)
  const year = Number(today.slice(0, 4))
  const { days } = await calendarOf(ctx.config.dataDir)
  if (!days.years.includes(year)) return year
  return today.slice(5) >= ANNOUNCED && !days.years.includes(year + 1) ? year + 1 : null
}
