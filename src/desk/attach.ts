/** Adds a file to a draft: typed by its content, looked into, cleaned, kept by its hash, bound to the release. The original is not kept. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'
import { pictureSize } from './file/picture-size.ts'
import { nameFile } from './file-row.ts'
import { rulesFor, scanRow } from './file-scan.ts'
import { keepScan } from './file-scan-store.ts'
import { admit } from './gate.ts'
import type { Looked } from './looked.ts'
import { addRevision } from './save.ts'
import { type ReleaseRow, releaseById, revisionOf } from './store.ts'

const MAX_BYTES = 20 * 1024 * 1024

export type Upload = { name: string; title: string; bytes: Uint8Array }

/** Attaches one file. The same file twice changes nothing. The blob is written before the row that names it. */
export async function attach(
  ctx: Ctx,
  by: Actor,
  ref: string,
  upload: Upload,
  version: number | null,
): Promise<ReleaseRow> {
  const name = upload.name
    .replace(/^.*[\\/]/, '')
    .replace(/[\p{C}"<>|:*?]/gu, '_')
    .slice(0, 120)
  if (upload.bytes.byteLength === 0) throw invalid([issue('file', 'file-empty')])
  if (upload.bytes.byteLength > MAX_BYTES)
    throw invalid([issue('file', 'file-too-large', { max: MAX_BYTES / 1024 / 1024 })])
  const { looked, words } = await lookedInto(ctx, by, ref, name, upload.bytes)
  const sha256 = await ctx.blobs.put(looked.bytes)
  const attached = await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.edit', ctx.store.dialect)
    if (version !== null && version !== release.version) throw wrongState('stale', { version: release.version })
    const current = await revisionOf(trx, release.id, release.revision)
    if (!current) throw wrongState('wrong-state', { state: release.state })
    if (current.content.attachments.some((a) => a.sha256 === sha256)) return release
    const row = { sha256, name, type: looked.type, bytes: looked.bytes.byteLength, title: upload.title.trim() || name }
    const now = ctx.clock.now()
    await nameFile(ctx, trx, by, release.id, row)
    await keepScan(trx, scanRow({ releaseId: release.id, sha256, words, at: now }, looked))
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'attachment.add',
      subject: `release:${release.id}`,
      fact: { sha256, bytes: row.bytes, found: looked.findings.length, cleaned: looked.removed.length },
    })
    await addRevision(
      ctx,
      trx,
      by,
      release,
      { ...current.content, attachments: [...current.content.attachments, { ...row, ...pictureSize(looked.bytes) }] },
      'attach',
    )
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
  // Another release may have masked or purged the same file just now: until this row named the bytes they were nobody's.
  await ctx.blobs.put(looked.bytes)
  return attached
}

/** A file with a mark of secrecy in form and place, on whatever page, sheet or slide, is not taken in. */
async function lookedInto(
  ctx: Ctx,
  by: Actor,
  ref: string,
  name: string,
  bytes: Uint8Array,
): Promise<{ looked: Looked; words: string }> {
  const { release } = await ctx.store.tx((trx) => admit(trx, by, ref, 'release.edit'))
  const current = await revisionOf(ctx.store.db, release.id, release.revision)
  if (!current) throw wrongState('wrong-state', { state: release.state })
  const rules = await rulesFor(ctx, release, current.content)
  const looked = await ctx.looker.look({ name, bytes, ...rules })
  if (looked.marked) throw invalid([issue('file', 'secrecy-mark')])
  return { looked, words: rules.words }
}
