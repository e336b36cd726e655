/** 日程: what comes in the days ahead in one's own office and those below it: releases planned, conferences, ends, deadlines. */
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { mayOn, standing } from '../desk/gate.ts'
import { shownTitle } from '../desk/list.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { boardFor } from '../incident/board.ts'
import type { Actor } from '../staff/member.ts'
import { may } from '../staff/policy.ts'
import { agencyFamily } from '../staff/store.ts'
import { underEmbargo } from './embargo.ts'
import { plannedBetween, publicConferences, turnsBetweenTimes } from './forward-store.ts'

export type Coming = {
  /** UTC ISO */
  at: string
  what: 'planned' | 'embargo' | 'conference' | 'expires' | 'display-ends' | 'clock'
  /** Of a clock: its rule. */
  rule?: string
  release?: ReleaseRow
  /** An incident, a fault: what a clock is about where it is no release. */
  subject?: { kind: string; number: string; titleZh: string; titleEn: string }
  /** '' where the words are not this reader's. */
  title: string
  place?: string
}

/** `from` and `to`: UTC ISO, `to` left out. Deadlines that have run out and are not met come too, whenever they were. */
export async function comingUp(
  ctx: Ctx,
  by: Actor,
  from: string,
  to: string,
): Promise<{ coming: Coming[]; late: Coming[] }> {
  const { db } = ctx.store
  const family = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  const within = (at: string) => at >= from && at < to
  const [planned, turns, conferences, clocks] = await Promise.all([
    plannedBetween(db, family, from, to),
    turnsBetweenTimes(db, family, from, to),
    publicConferences(db, family),
    clocksOf(ctx, by),
  ])
  const held = conferences.flatMap((row): Coming[] => {
    const conference = row.content ? (JSON.parse(row.content) as Content).core.conference : undefined
    if (!conference || conference.cancelled || !within(conference.startsAt)) return []
    const place = conference.place ? { place: conference.place } : {}
    return [{ at: conference.startsAt, what: 'conference', release: row, title: '', ...place }]
  })
  const ofReleases: Coming[] = [
    ...planned.map((r): Coming => ({ at: r.planned_at as string, what: 'planned', release: r, title: '' })),
    ...turns.map(
      (r): Coming => ({ at: r.due_at, what: r.why === 'expired' ? 'expires' : 'display-ends', release: r, title: '' }),
    ),
    ...held,
  ]
  const seen = (await Promise.all(ofReleases.map((c) => seenBy(ctx, by, c)))).flat()
  const now = ctx.clock.now()
  const late = clocks.filter((c) => c.at < now)
  const coming = [...seen, ...clocks.filter((c) => c.at >= now && within(c.at))]
  return { coming: coming.sort((a, b) => a.at.localeCompare(b.at)), late }
}

async function clocksOf(ctx: Ctx, by: Actor): Promise<Coming[]> {
  if (!may('clock.read', { roles: by.roles, relation: 'own', scopes: by.scopes }).ok) return []
  const { lines } = await boardFor(ctx, by, {})
  return lines.flatMap(({ clock, subject }) =>
    clock.due_at
      ? [{ at: clock.due_at, what: 'clock' as const, rule: clock.rule, title: '', ...(subject ? { subject } : {}) }]
      : [],
  )
}

/** Empty for who may not read the release; a plan without words for who may, and not what it says. */
async function seenBy(ctx: Ctx, by: Actor, c: Coming): Promise<Coming[]> {
  const release = c.release as ReleaseRow
  const at = await standing(ctx.store.db, by, release.id)
  if (!mayOn('release.read', by, at).ok) return []
  const title = await shownTitle(ctx, by, at)
  const inside = mayOn('release.inspect', by, at).ok
  const embargoed = c.what === 'planned' && inside && (await underEmbargo(ctx.store.db, release)) !== null
  return [{ ...c, title, ...(embargoed ? { what: 'embargo' as const } : {}) }]
}
