/**
 * One journalist reads one release, or takes one file of it, before its hour. The copy is recorded in the transaction that finds it
 * may be read, and only then shown: no copy without its row.
 *
 * How a copy is marked. Signed words are not touched: no other word, no other spacing. Characters nobody sees would break search,
 * copying and screen readers, and go with the first paste into a plain field; a file's bytes are what was approved, and its hash is
 * published. So the mark is one that is meant to be seen: name, outlet, time and number of the copy above and below the text, upon the
 * ground of the page and on each printed sheet, in the page's metadata, and the number in the name of a file. Somebody who retypes
 * the text leaves no mark; then it is known who had it, and that is all that can be.
 */
import type { Kysely } from 'kysely'
import { type Journalist, journalistActor } from '../audience/journalist.ts'
import type { Ctx } from '../context.ts'
import type { Attachment, Content, Language } from '../desk/content.ts'
import { languagesOf, partFor } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import { lockRelease, type ReleaseRow, type Revision, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { notFound } from '../lib/errors.ts'
import type { Tables } from '../store/tables.ts'
import { newCopyNumber } from './copy-number.ts'
import type { Edition } from './edition.ts'
import { isWithin, readerNow, underEmbargo } from './embargo.ts'
import { insertRead } from './media-store.ts'
import { previewOf } from './preview.ts'

export type Copy = { copy: string; at: string; opensAt: string }
export type PageCopy = Copy & { edition: Edition & { content: Content }; language: Language }
export type FileCopy = Copy & { file: Attachment; bytes: Uint8Array; name: string }
/** Public by now: everybody reads it there. */
export type Opened = { opened: string }

/** `wanted` null: the language a reader of Chinese gets. @throws Refusal `not-found` for all that may not be read, as for what is not there */
export async function readPage(
  ctx: Ctx,
  reader: Journalist,
  id: string,
  wanted: Language | null,
): Promise<PageCopy | Opened> {
  return ctx.store.tx(async (trx) => {
    const found = await openFor(ctx, trx, reader, id)
    if ('opened' in found) return found
    const { release, revision } = found
    const { content } = revision
    if (wanted && !languagesOf(content).includes(wanted)) throw notFound('release')
    const { language } = partFor(content, wanted ?? 'zh-CN')
    const copy = await record(ctx, trx, reader, found, { what: 'page', language, file_hash: '' })
    const edition = await previewOf(trx, release, revision, copy.opensAt)
    return { ...copy, edition, language }
  })
}

/** @throws Refusal `not-found`, also for a file that lies there and is not of this revision */
export async function readFile(ctx: Ctx, reader: Journalist, id: string, hash: string): Promise<FileCopy | Opened> {
  const taken = await ctx.store.tx(async (trx) => {
    const found = await openFor(ctx, trx, reader, id)
    if ('opened' in found) return found
    const file = found.revision.content.attachments.find((a) => a.sha256 === hash)
    if (!file) throw notFound('release')
    return { file, ...(await record(ctx, trx, reader, found, { what: 'attachment', language: '', file_hash: hash })) }
  })
  if ('opened' in taken) return taken
  const bytes = await ctx.blobs.get(taken.file.sha256)
  if (!bytes) throw notFound('release')
  return { ...taken, bytes: new Uint8Array(bytes), name: markedName(taken.file.name, taken.copy) }
}

/** 补助标准.KQ7M2-F9D4X.pdf */
export function markedName(name: string, copy: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)}.${copy}${name.slice(dot)}` : `${name}.${copy}`
}

type Open = { release: ReleaseRow; revision: Revision }

async function openFor(ctx: Ctx, trx: Kysely<Tables>, reader: Journalist, id: string): Promise<Open | Opened> {
  await lockRelease(trx, ctx.store.dialect, id)
  const release = await releaseById(trx, id)
  const journalist = await readerNow(trx, reader.id, ctx.clock.now())
  if (!release || !(await isWithin(trx, journalist, release.agency_id))) throw notFound('release')
  const revision = await underEmbargo(trx, release)
  if (revision) return { release, revision }
  if (release.face === 'live' && release.mode === 'live')
    return { opened: releaseAddress(release.number, release.mode) }
  throw notFound('release')
}

async function record(
  ctx: Ctx,
  trx: Kysely<Tables>,
  reader: Journalist,
  { release, revision }: Open,
  what: Pick<Tables['media_read'], 'what' | 'language' | 'file_hash'>,
): Promise<Copy> {
  const copy = newCopyNumber()
  const at = ctx.clock.now()
  await insertRead(trx, {
    copy,
    journalist_id: reader.id,
    release_id: release.id,
    revision: revision.ordinal,
    revision_hash: revision.hash,
    ...what,
    at,
  })
  await append(trx, ctx, {
    actor: journalistActor(reader),
    act: 'media.read',
    subject: `release:${release.id}`,
    fact: { copy, what: what.what, hash: revision.hash },
  })
  return { copy, at, opensAt: release.planned_at as string }
}
