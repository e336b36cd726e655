/** Begins a release: its permanent number, its first revision. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { wallMinute } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import type { Attachment, Content, RelayOf, RepostOf } from './content.ts'
import { readContent } from './draft.ts'
import { nameFile } from './file-row.ts'
import { carryScans } from './file-scan-store.ts'
import { admitHome } from './gate.ts'
import { withIndexNumber } from './index-number.ts'
import { releaseNumber } from './release.ts'
import { addRevision } from './save.ts'
import { insertRelease, nextCount, note, type ReleaseRow, releaseById } from './store.ts'

/** Where a release is from: another one, or another station's warning. */
export type Source = { repostOf?: RepostOf; relayOf?: RelayOf }
type Trx = Parameters<typeof insertRelease>[0]
/** What a release carries: where it is from, the files that came with it, and what is recorded with it in one act. */
export type Carried = Source & { files: Attachment[]; record?: (trx: Trx, releaseId: string) => Promise<void> }

/** Creates a draft in the writer's own agency. `how` says by which door it came: written, imported or carried over. */
export async function createRelease(
  ctx: Ctx,
  by: Actor,
  sent: unknown,
  how: 'save' | 'import' | 'repost' = 'save',
  carried?: Carried,
): Promise<ReleaseRow> {
  admitHome(by, 'release.create')
  const read = withSource(readContent(sent, by.agencyId), carried ?? {})
  return ctx.store.tx(async (trx) => {
    const now = ctx.clock.now()
    const day = wallMinute(now, ctx.config.site.offset).slice(0, 10)
    const slug = (await agencyById(trx, by.agencyId))?.slug ?? ''
    const content = await withIndexNumber(trx, ctx.config.gov.index, slug, day, read)
    const year = Number(now.slice(0, 4))
    const number = releaseNumber(year, await nextCount(trx, `release-${year}`))
    const row = blank(ctx, by, content, number, now)
    await insertRelease(trx, row)
    await carryFiles(ctx, trx, by, row.id, carried?.files ?? [])
    await carried?.record?.(trx, row.id)
    await note(trx, {
      release_id: row.id,
      at: now,
      member_id: by.memberId,
      act: how === 'import' ? 'imported' : how === 'repost' ? 'reposted' : 'created',
      revision: 1,
      edition: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'release.create',
      subject: `release:${row.id}`,
      fact: { number, kind: row.kind, lane: row.lane, mode: row.mode },
    })
    await addRevision(ctx, trx, by, row, content, how)
    return (await releaseById(trx, row.id)) as ReleaseRow
  })
}

/** Where a release is from is nobody's to type. */
export function withSource(content: Content, { repostOf, relayOf }: Source): Content {
  const { repostOf: _, relayOf: __, falseAlarmOf: ___, over: ____, ...core } = content.core
  return { ...content, core: { ...core, ...(repostOf ? { repostOf } : {}), ...(relayOf ? { relayOf } : {}) } }
}

/** The same bytes under the new release; a blob is shared until the last release that names it is purged. */
export async function carryFiles(ctx: Ctx, trx: Trx, by: Actor, releaseId: string, files: Attachment[]): Promise<void> {
  for (const file of files) await nameFile(ctx, trx, by, releaseId, file)
  await carryScans(
    trx,
    releaseId,
    files.map((f) => f.sha256),
  )
}

const blank = (ctx: Ctx, by: Actor, content: Content, number: string, now: string): ReleaseRow => ({
  id: newId(ctx.clock.ms()),
  number,
  agency_id: by.agencyId,
  kind: content.core.kind,
  lane: content.core.lane,
  mode: content.core.mode,
  // Named by the first revision, once it is known to exist.
  incident_id: null,
  state: 'draft',
  face: 'none',
  edition_type: 'first',
  editions: 0,
  revision: 0,
  version: 1,
  document_number: null,
  planned_at: null,
  created_by: by.memberId,
  created_at: now,
  updated_at: now,
})
