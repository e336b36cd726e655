/** The edition a revision would become, made by the function that freezes one and written nowhere: what a preview is rendered from. */
import type { Ctx } from '../context.ts'
import { publicContent } from '../desk/false-alarm.ts'
import type { ReleaseRow, Revision } from '../desk/store.ts'
import { catalogueAt, loadEdition } from './catalogue.ts'
import type { Edition, EditionType, Mode } from './edition.ts'
import { editionOf, facesOf } from './face.ts'
import { frozenRow, laterThan } from './frozen.ts'
import { editionsOf } from './store.ts'

/** In place of what only publication gives. No id or seal looks like them, and neither opens or proves anything. */
export const PROVISIONAL = { id: 'preview-not-published', seal: 'preview.not.published' } as const
/** After everything there is. */
const LAST = Number.MAX_SAFE_INTEGER

/** `catalogue`: all that is public now, and this edition of its own release. Its time is the planned one, or now. */
export async function provisionalOf(ctx: Ctx, release: ReleaseRow, revision: Revision) {
  const { db } = ctx.store
  const before = await editionsOf(db, release.id)
  const row = frozenRow({
    id: PROVISIONAL.id,
    sequence: LAST,
    release,
    revision,
    content: publicContent(revision.content),
    before: before.at(-1),
    type: release.edition_type as EditionType,
    faces: await facesOf(db, release, revision.content),
    at: laterThan(before.at(-1)?.published_at, plannedTime(ctx, release, revision)),
    templateDigest: ctx.templateDigest,
    seal: () => PROVISIONAL.seal,
  })
  const edition = editionOf(row, [...before, row], release.number)
  const past = await Promise.all(before.map((e) => loadEdition(db, e)))
  const now = catalogueAt(db, ctx.blobs, LAST, release.mode as Mode)
  const ours = <T>(id: string, own: T, other: () => Promise<T>): Promise<T> =>
    id === release.id ? Promise.resolve(own) : other()
  return {
    edition,
    catalogue: {
      ...now,
      editions: (id: string) => ours(id, [...past, edition], () => now.editions(id)),
      latest: (id: string) => ours<Edition | null>(id, edition, () => now.latest(id)),
    },
  }
}

function plannedTime(ctx: Ctx, release: ReleaseRow, { content }: Revision): string {
  const now = ctx.clock.now()
  const planned = release.planned_at ?? content.core.notBefore
  return planned && planned > now ? planned : now
}
