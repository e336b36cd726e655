/** 转载: carries another agency's published edition unchanged, as a release of one's own with its own review. */
import type { Ctx } from '../context.ts'
import type { Attachment, Content, RepostOf } from '../desk/content.ts'
import { carryFiles, createRelease } from '../desk/create.ts'
import { admit } from '../desk/gate.ts'
import { addRevision } from '../desk/save.ts'
import { attachmentsOf, type ReleaseRow, releaseById, revisionOf } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { areaCovers } from '../lib/area-code.ts'
import { wrongState } from '../lib/errors.ts'
import { changedSince, type SourceStanding } from '../review/repost.ts'
import { sourceStanding } from '../review/store.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import { lastEditionOf, repostOf } from './store.ts'

type Db = Parameters<typeof lastEditionOf>[0]

/**
 * Begins a draft that carries the newest edition of a release. Places are those of the text that are one's own, or else all of
 * one's own; a warning's CAP terms come along for the checks, and no second alert goes out (channels/feeds).
 * @throws Refusal `wrong-state`: repost-own, repost-of-repost, repost-nothing
 */
export async function repost(ctx: Ctx, by: Actor, ref: string): Promise<ReleaseRow> {
  const { db } = ctx.store
  const { release } = await admit(db, by, ref, 'release.repost')
  if (release.agency_id === by.agencyId) throw wrongState('repost-own')
  const { content, named } = await newest(db, release.id)
  if (content.core.repostOf) throw wrongState('repost-of-repost', { number: content.core.repostOf.releaseNumber })
  const own = JSON.parse((await agencyById(db, by.agencyId))?.area_codes ?? '[]') as string[]
  const made = await createRelease(ctx, by, draftOf(content, own), 'repost', {
    repostOf: named,
    files: content.attachments,
  })
  await ctx.store.tx((trx) =>
    append(trx, ctx, {
      actor: by.memberId,
      act: 'release.repost',
      subject: `release:${made.id}`,
      fact: { source: release.id, edition: named.edition, hash: named.hash },
    }),
  )
  return made
}

/** In a draft that carries a release: the source's newest edition instead of the one it stood on. */
export async function takeNewest(ctx: Ctx, by: Actor, ref: string): Promise<ReleaseRow> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.edit', ctx.store.dialect)
    const before = (await revisionOf(trx, release.id, release.revision))?.content
    if (!before?.core.repostOf) throw wrongState('not-a-repost')
    const { content, named } = await newest(trx, before.core.repostOf.releaseId)
    const known = await attachmentsOf(trx, release.id)
    const fresh = content.attachments.filter((a) => !known.some((k) => k.sha256 === a.sha256))
    await carryFiles(ctx, trx, by, release.id, fresh)
    await addRevision(ctx, trx, by, release, renewed(before, content, named), 'repost')
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

async function newest(db: Db, releaseId: string): Promise<{ content: Content; named: RepostOf }> {
  const last = await lastEditionOf(db, releaseId)
  const source = last && (await sourceStanding(db, { releaseId, edition: last.number }))
  if (!source?.content || changedSince(source.editions, last?.number ?? 0) === 'gone')
    throw wrongState('repost-nothing')
  return { content: source.content, named: source.named }
}

/** What stands beside the text and is the carrier's own to choose is left out, or set to what is usual. */
function draftOf(content: Content, own: string[]): unknown {
  const { repostOf: _, relatesTo: __, notBefore: ___, embargo: ____, ...more } = content.core
  const { indexNumber: _____, agencyId: ______, ...core } = more
  const areas = core.areas.filter((code) => own.some((o) => areaCovers(o, code)))
  return {
    core: { ...core, lane: 'routine', areas: areas.length ? areas : own },
    parts: partsOf(content),
    attachments: content.attachments,
  }
}

/** Notes on what changed are those of each agency's own editions. */
const partsOf = (content: Content, notes?: Content): Content['parts'] =>
  Object.fromEntries(
    Object.entries(content.parts).map(([language, { changeNote, ...part }]) => {
      const note = notes?.parts[language as 'en']?.changeNote ?? (notes ? changeNote : undefined)
      return [language, note ? { ...part, changeNote: note } : part]
    }),
  )

/** The source's note on what it changed stands where nobody has written one yet: readers of this release are owed the same. */
function renewed(before: Content, source: Content, named: RepostOf): Content {
  const { areas, topics, outlets, lane, mode, agencyId, urgency, indexNumber, relatesTo, incidentId } = before.core
  const { notBefore, embargo } = before.core
  const own = { areas, topics, outlets, lane, mode, agencyId, urgency, indexNumber, relatesTo, incidentId }
  const kept = { ...own, notBefore, embargo }
  const core = { ...source.core, ...kept, repostOf: named }
  const attachments: Attachment[] = source.attachments
  return JSON.parse(JSON.stringify({ core, parts: partsOf(source, before), attachments })) as Content
}

export type RepostStanding = {
  /** What has become of the source since. */
  changed: 'gone' | 'corrected' | null
  /** Edition the release stands on, and the source's newest. */
  edition: number
  newest: number
  source: SourceStanding['named']
}

/** How a published repost stands to its source; null for what carries nothing, or is itself no longer public. */
export async function repostStanding(db: Db, releaseId: string): Promise<RepostStanding | null> {
  const last = await lastEditionOf(db, releaseId)
  const row = last && (await repostOf(db, releaseId, last.number))
  if (!last || !row || last.type === 'withdrawal' || last.type === 'takedown') return null
  const edition = Number(row.source_edition)
  const source = await sourceStanding(db, { releaseId: row.source_release, edition })
  if (!source) return null
  const newestNumber = source.editions.at(-1)?.number ?? edition
  return { changed: changedSince(source.editions, edition), edition, newest: newestNumber, source: source.named }
}
