/** What a journalist finds when they come in: what they may read now, and what has become of what they have read. */
import type { Journalist } from '../audience/journalist.ts'
import type { Ctx } from '../context.ts'
import type { Content, Kind } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import { agencyFamily } from '../staff/store.ts'
import { underEmbargo } from './embargo.ts'
import { releasesReadBy, scheduledOf } from './media-store.ts'

export type Waiting = {
  id: string
  number: string
  kind: Kind
  opensAt: string
  agency: { zh: string; en: string }
  content: Content
}
/** public: it can be read by everybody, at `address` · removed: taken back, held, moved or sealed; its number is all that is said. */
export type Before = { number: string; state: 'public' | 'removed'; address: string }

export async function mediaList(ctx: Ctx, journalist: Journalist): Promise<{ waiting: Waiting[]; before: Before[] }> {
  const { db } = ctx.store
  const family = new Map((await agencyFamily(db, journalist.agency_id)).map((a) => [a.id, a]))
  const waiting: Waiting[] = []
  for (const release of await scheduledOf(db, [...family.keys()])) {
    const revision = await underEmbargo(db, release)
    const agency = family.get(release.agency_id)
    if (!revision || !agency) continue
    waiting.push({
      id: release.id,
      number: release.number,
      kind: release.kind as Kind,
      opensAt: release.planned_at as string,
      agency: { zh: agency.name_zh, en: agency.name_en },
      content: revision.content,
    })
  }
  const open = new Set(waiting.map((w) => w.number))
  const before = (await releasesReadBy(db, journalist.id))
    .filter((r) => !open.has(r.number))
    .map(
      (r): Before => ({
        number: r.number,
        state: r.state === 'published' ? 'public' : 'removed',
        address: releaseAddress(r.number, r.mode),
      }),
    )
  return { waiting, before }
}
