/**
 * What an edition does to clocks: it meets what was asked, keeps or replaces a promise, and starts what follows from it. That a press
 * conference is announced meets nothing: it is held first (hold-conference.ts).
 */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { meetClock, moveClock, openPromises } from '../incident/clock-store.ts'
import { answeredBy } from '../incident/move-opinion.ts'
import { startFor } from '../incident/start-clock.ts'
import { incidentById } from '../incident/store.ts'
import type { Tables } from '../store/tables.ts'
import type { EditionRow } from './store.ts'

type Trx = Kysely<Tables>
type Freshly = { release: ReleaseRow; row: EditionRow; content: Content | null }

/** An exercise meets no duty; a withdrawal tells nobody what happened. */
export async function turnClocks(trx: Trx, ctx: Ctx, { release, row, content }: Freshly): Promise<void> {
  if (release.mode !== 'live') return
  const at = row.published_at
  if (row.post_review_due) {
    const about = { subject: `edition:${row.id}`, from: at, due: row.post_review_due, agencyId: release.agency_id }
    await startFor(trx, ctx, 'flash-edition', about)
  }
  if (!content || row.type === 'withdrawal' || row.type === 'takedown') return
  await meetClock(trx, `release:${release.id}`, 'proactive-publication', at)
  await answeredBy(trx, ctx, release.id)
  await followTongues(trx, ctx, release, content, at)
  if (release.incident_id) await followIncident(trx, ctx, { release, row, content }, release.incident_id)
}

async function followTongues(trx: Trx, ctx: Ctx, release: ReleaseRow, content: Content, at: string): Promise<void> {
  const subject = `release:${release.id}`
  if (content.parts['mn-Mong-CN']) await meetClock(trx, subject, 'mongolian-version', at)
  else if (content.parts['zh-CN'])
    await startFor(trx, ctx, 'chinese-edition', { subject, from: at, agencyId: release.agency_id })
}

async function followIncident(
  trx: Trx,
  ctx: Ctx,
  { release, row, content }: Freshly & { content: Content },
  incidentId: string,
): Promise<void> {
  const at = row.published_at
  const subject = `incident:${incidentId}`
  await meetClock(trx, subject, 'first-information', at)
  await meetClock(trx, subject, 'opinion-response', at)
  // A correction of the report that promised keeps or changes its own promise; only another report fulfils it.
  for (const c of await openPromises(trx, incidentId, release.id, 'own')) await moveClock(trx, c, { kind: 'ended', at })
  for (const c of await openPromises(trx, incidentId, release.id, 'others'))
    await moveClock(trx, c, { kind: 'met', at })
  const due = content.core.nextUpdateAt
  const closed = (await incidentById(trx, incidentId))?.closed_at
  if (due && due > at && !closed)
    await startFor(trx, ctx, 'promise', {
      subject: `edition:${row.id}`,
      from: at,
      due: new Date(due).toISOString(),
      agencyId: release.agency_id,
    })
}
