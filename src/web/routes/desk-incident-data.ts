/** What an incident's page at the desk gathers from several stages: releases about it, reports upward, public concern, personal data. */
import type { Ctx } from '../../context.ts'
import { mayOn, standing as standingOfRelease } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { opinionsOfIncident } from '../../incident/opinion-store.ts'
import type { FactRow, IncidentRow } from '../../incident/store.ts'
import { standing, type Upward } from '../../incident/upward.ts'
import { receiptsOf, upwardOf } from '../../incident/upward-store.ts'
import { type Personal, personalOf } from '../../purge/retention.ts'
import { type Actor, relationOf } from '../../staff/member.ts'
import { ancestorsOf } from '../../staff/store.ts'
import { releaseIdsOfIncident } from '../desk-store.ts'
import type { AboutIt } from '../views/incident-links.tsx'

/** Releases this reader may see, in the order they were begun; those sealed have no line. */
export async function aboutIt(ctx: Ctx, by: Actor, incidentId: string): Promise<AboutIt[]> {
  const { db } = ctx.store
  const found: AboutIt[] = []
  for (const id of await releaseIdsOfIncident(db, incidentId)) {
    const at = await standingOfRelease(db, by, id)
    if (!mayOn('release.read', by, at).ok) continue
    const { number, kind, face } = at.release
    const title = await shownTitle(ctx, by, at)
    found.push({ number, kind, title, state: at.state, isPublic: face === 'live' })
  }
  return found
}

const TOLL = ['deaths', 'missing', 'injured']

/** `behind`: casualties were recorded since the last report that went up, and nothing since told of them. */
export async function upwardAbout(
  ctx: Ctx,
  incidentId: string,
  facts: FactRow[],
): Promise<{ upward: Upward[]; behind: boolean }> {
  const rows = await upwardOf(ctx.store.db, incidentId)
  const receipts = await receiptsOf(
    ctx.store.db,
    rows.map((r) => r.id),
  )
  const upward = standing(rows, receipts)
  const last = upward
    .map((u) => u.entry.reported_at)
    .sort()
    .at(-1)
  const behind = last !== undefined && facts.some((f) => TOLL.includes(f.what) && f.recorded_at > last)
  return { upward, behind }
}

/** Of one's own office and those below. */
export async function opinionsAbout(ctx: Ctx, by: Actor, incidentId: string) {
  const { db } = ctx.store
  const rows = await opinionsOfIncident(db, incidentId)
  const seen = await Promise.all(
    rows.map(async (o) => {
      const relation = relationOf(by, { id: o.agency_id, ancestors: await ancestorsOf(db, o.agency_id) })
      return relation === 'own' || relation === 'parent'
    }),
  )
  return rows.filter((_, i) => seen[i])
}

/** Null while it runs, and for those who may not see it. */
export const personalAbout = async (ctx: Ctx, by: Actor, row: IncidentRow, may: boolean): Promise<Personal | null> =>
  row.closed_at && may ? personalOf(ctx, by, row.id) : null
