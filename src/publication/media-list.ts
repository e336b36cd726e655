/** What a journalist finds when they come in: what they may read now, and what has become of what they have read. */
import type { Journalist } from '../audience/journalist.ts'
import type { Ctx } from '../context.ts'
import type { Content, Kind } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import { agencyFamily } from '../staff/store.ts'
import { underEmbargo } from './embargo.ts'
import { newestReads, scheduledOf, wasPublished } from './media-store.ts'

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
  const before: Before[] = []
  for (const { release, hash } of await newestReads(db, journalist.id)) {
    if (open.has(release.number)) continue
    // A correction read before its hour and then taken back is not public because the text before it is.
    const isPublic = release.face === 'live' && (await wasPublished(db, release.id, hash))
    const address = releaseAddress(release.number, release.mode)
    before.push({ number: release.number, state: isPublic ? 'public' : 'removed', address })
  }
  return { waiting, before }
}
