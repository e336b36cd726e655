/** Alerts that run now, from the rows of what is public. */
import { type Kysely, sql } from 'kysely'
import type { Content } from '../desk/content.ts'
import { DAY, plus } from '../lib/clock.ts'
import type { Tables } from '../store/tables.ts'
import type { Running } from './alerts.ts'

/** Looked at together; a place with more alerts than this has other worries. */
const MOST = 200

/**
 * Whatever is public in this mode and has not ended: warnings and CAP alerts until they expire, all-clears and what was lifted for a
 * day. Never the release itself.
 */
export async function runningAlerts(
  db: Kysely<Tables>,
  { mode, now, but, incidentId }: { mode: string; now: string; but: string; incidentId?: string | undefined },
): Promise<Running[]> {
  const yesterday = plus(now, -DAY)
  const rows = await db
    .selectFrom('release')
    .innerJoin('edition', (j) =>
      j.onRef('edition.release_id', '=', 'release.id').onRef('edition.number', '=', 'release.editions'),
    )
    .select(['release.id', 'release.number', 'release.agency_id', 'release.incident_id', 'edition.content'])
    .select(['edition.faces', 'edition.number as edition', 'edition.published_at'])
    .where('release.face', '=', 'live')
    .where('release.mode', '=', mode)
    .where('release.id', '<>', but)
    .where((e) =>
      e.or([
        sql<boolean>`release.id in (select release_id from turn_due where due_at > ${now} and why in ('alert-ended','expired'))`,
        e.and([e('release.kind', 'in', ['all-clear', 'warning']), e('edition.published_at', '>', yesterday)]),
        ...(incidentId
          ? [e.and([e('release.incident_id', '=', incidentId), e('edition.published_at', '>', yesterday)])]
          : []),
      ]),
    )
    .orderBy('edition.sequence', 'desc')
    .limit(MOST)
    .execute()
  return rows
    .flatMap((r) => (r.content ? [{ ...r, content: JSON.parse(r.content) as Content }] : []))
    .filter((r) => speaksOfDanger(r.content, r.published_at, now))
    .map((r) => {
      const { agency } = JSON.parse(r.faces) as { agency?: { name: { zh: string; en: string } } }
      return {
        releaseId: r.id,
        number: r.number,
        edition: r.edition,
        publishedAt: r.published_at,
        agency: { id: r.agency_id, zh: agency?.name.zh ?? '', en: agency?.name.en ?? '' },
        content: r.content,
      }
    })
}

/** What has expired says no more to anybody; what is over is remembered for a day. */
function speaksOfDanger({ core }: Content, publishedAt: string, now: string): boolean {
  if (core.kind === 'all-clear' || core.over || core.relayOf?.msgType === 'Cancel') return publishedAt > plus(now, -DAY)
  const until = core.cap?.expires ?? core.expiresAt
  if (until) return until > now
  return core.kind === 'warning' || core.kind.startsWith('incident-') || core.cap?.actNow === true
}
