/** 新闻发布会: those that are public, who comes to one, what is handed out at it, what was said there, and whether it was held. */
import type { Journalist } from '../audience/journalist.ts'
import type { Ctx } from '../context.ts'
import { linksOf } from '../desk/conference-link-store.ts'
import type { Conference, Content } from '../desk/content.ts'
import { mayOn, standing } from '../desk/gate.ts'
import { shownTitle } from '../desk/list.ts'
import { releaseByNumber } from '../desk/store.ts'
import { notFound } from '../lib/errors.ts'
import { admitAgency, admitHome } from '../staff/gate.ts'
import { type Actor, relationOf } from '../staff/member.ts'
import { agencyFamily, ancestorsOf } from '../staff/store.ts'
import {
  type Attending,
  attendingCount,
  attendingOf,
  comesTo,
  heldOf,
  publicConference,
  publicConferences,
} from './conference-store.ts'

/** A press conference as its last edition announces it; `conference` is absent in one that gives no hours. */
export type Meeting = {
  releaseId: string
  number: string
  agencyId: string
  incidentId: string | null
  mode: string
  title: { zh: string; en: string }
  conference: Conference
}
type Row = NonNullable<Awaited<ReturnType<typeof publicConference>>>

/** Null for a record of what was said, which has no hours of its own. Pure. */
export function meetingIn(row: Row): Meeting | null {
  const content = row.content ? (JSON.parse(row.content) as Content) : null
  const conference = content?.core.conference
  if (!content || !conference) return null
  const zh = (content.parts['zh-CN'] ?? Object.values(content.parts)[0])?.title ?? ''
  return {
    releaseId: row.id,
    number: row.number,
    agencyId: row.agency_id,
    incidentId: row.incident_id,
    mode: row.mode,
    title: { zh, en: content.parts.en?.title ?? zh },
    conference,
  }
}

/** A place is kept until it begins. */
export const isOpen = ({ conference }: Meeting, now: string): boolean =>
  !conference.cancelled && conference.startsAt > now

export type MeetingLine = Meeting & { coming: number; held: boolean }

/** Those of one's own agency and below, the latest to begin first. */
export async function conferencesFor(ctx: Ctx, by: Actor): Promise<MeetingLine[]> {
  admitHome(by, 'conference.read')
  const { db } = ctx.store
  const family = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  const meetings = (await publicConferences(db, family)).flatMap((row) => meetingIn(row) ?? [])
  const lines = await Promise.all(
    meetings.map(async (m) => ({
      ...m,
      coming: await attendingCount(db, m.releaseId),
      held: (await heldOf(db, m.releaseId)) !== undefined,
    })),
  )
  return lines.sort((a, b) => (a.conference.startsAt < b.conference.startsAt ? 1 : -1))
}

export type Linked = { number: string; relation: string; title: string; state: string; face: string }
export type MeetingPage = {
  meeting: Meeting
  attending: Attending[]
  links: Linked[]
  held: Awaited<ReturnType<typeof heldOf>>
}

/** @throws Refusal not-found, also for another office's and for what is not public */
export async function conferenceFor(ctx: Ctx, by: Actor, number: string): Promise<MeetingPage> {
  const { db } = ctx.store
  const release = await releaseByNumber(db, number)
  const row = release ? await publicConference(db, release.id) : undefined
  const meeting = row ? meetingIn(row) : null
  if (!meeting) throw notFound('release')
  const relation = relationOf(by, { id: meeting.agencyId, ancestors: await ancestorsOf(db, meeting.agencyId) })
  if (relation !== 'own' && relation !== 'parent') throw notFound('release')
  await admitAgency(db, by, meeting.agencyId, 'conference.read')
  const [attending, held, links] = await Promise.all([
    attendingOf(db, meeting.releaseId),
    heldOf(db, meeting.releaseId),
    linkedTo(ctx, by, meeting.releaseId),
  ])
  return { meeting, attending, held, links }
}

/** Papers and records this reader may see, with their titles where those are theirs to read. */
async function linkedTo(ctx: Ctx, by: Actor, releaseId: string): Promise<Linked[]> {
  const found: Linked[] = []
  for (const link of await linksOf(ctx.store.db, [releaseId])) {
    const at = await standing(ctx.store.db, by, link.release_id)
    // What may not be read is not there: neither its number nor that somebody is writing it.
    if (!mayOn('release.read', by, at).ok) continue
    const { number, state, face } = at.release
    found.push({ number, relation: link.relation, title: await shownTitle(ctx, by, at), state, face })
  }
  return found
}

export type MeetingOffer = Meeting & { coming: boolean; left: number | null; papers: string[] }

/** What an accredited journalist may come to: not over, and of the agencies they read. `papers` are release ids. */
export async function meetingsFor(ctx: Ctx, journalist: Journalist): Promise<MeetingOffer[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const family = (await agencyFamily(db, journalist.agency_id)).map((a) => a.id)
  const meetings = (await publicConferences(db, family))
    .flatMap((row) => meetingIn(row) ?? [])
    .filter((m) => m.conference.startsAt > now)
  const mine = await comesTo(db, journalist.id)
  const links = await linksOf(
    db,
    meetings.map((m) => m.releaseId),
  )
  const offers = await Promise.all(
    meetings.map(async (m) => ({
      ...m,
      coming: mine.has(m.releaseId),
      left: m.conference.capacity ? Math.max(0, m.conference.capacity - (await attendingCount(db, m.releaseId))) : null,
      papers: links
        .filter((l) => l.conference_id === m.releaseId && l.relation === 'paper-of')
        .map((l) => l.release_id),
    })),
  )
  return offers.sort((a, b) => (a.conference.startsAt < b.conference.startsAt ? -1 : 1))
}
