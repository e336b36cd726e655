/** Adds a file to a draft: typed by its content, kept by its hash, bound to the release. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../staff/member.ts'
import { admit } from './gate.ts'
import { addRevision } from './save.ts'
import { secrecyMarks } from './secrecy.ts'
import { insertAttachment, type ReleaseRow, releaseById, revisionOf } from './store.ts'

const MAX_BYTES = 20 * 1024 * 1024
const ENDINGS: Record<string, string[]> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'text/plain': ['.txt'],
  'text/csv': ['.csv'],
}

/** A type from the first bytes, never from the name. Office files wait for the scanner that can look inside them. */
export function typeOf(bytes: Uint8Array, name: string): string | null {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (head.startsWith('%PDF-')) return 'application/pdf'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (isText(bytes)) return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain'
  return null
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !/[\x00-\x08\x0e-\x1f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return false
  }
}

/** A file of text with a mark of secrecy in form and place is not taken in. */
const isMarked = (bytes: Uint8Array, type: string): boolean =>
  type.startsWith('text/') &&
  secrecyMarks({ part: 'attachments', field: 'file', name: 'body', text: new TextDecoder().decode(bytes), raw: '' })
    .length > 0

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
  const type = typeOf(upload.bytes, name)
  if (upload.bytes.byteLength === 0) throw invalid([issue('file', 'file-empty')])
  if (upload.bytes.byteLength > MAX_BYTES)
    throw invalid([issue('file', 'file-too-large', { max: MAX_BYTES / 1024 / 1024 })])
  if (!type || !ENDINGS[type]?.some((e) => name.toLowerCase().endsWith(e)))
    throw invalid([issue('file', 'file-type', { name })])
  if (isMarked(upload.bytes, type)) throw invalid([issue('file', 'secrecy-mark')])
  await ctx.store.tx((trx) => admit(trx, by, ref, 'release.edit'))
  const sha256 = await ctx.blobs.put(upload.bytes)
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.edit', ctx.store.dialect)
    if (version !== null && version !== release.version) throw wrongState('stale', { version: release.version })
    const current = await revisionOf(trx, release.id, release.revision)
    if (!current) throw wrongState('wrong-state', { state: release.state })
    if (current.content.attachments.some((a) => a.sha256 === sha256)) return release
    const row = { sha256, name, type, bytes: upload.bytes.byteLength, title: upload.title.trim() || name }
    await insertAttachment(trx, {
      id: newId(ctx.clock.ms()),
      release_id: release.id,
      ...row,
      added_by: by.memberId,
      added_at: ctx.clock.now(),
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'attachment.add',
      subject: `release:${release.id}`,
      fact: { sha256, bytes: row.bytes },
    })
    await addRevision(
      ctx,
      trx,
      by,
      release,
      { ...current.content, attachments: [...current.content.attachments, row] },
      'attach',
    )
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}
