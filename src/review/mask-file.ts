/** Makes another file of an attached one: what nobody sees taken out, personal data masked. A new revision, derived from the one before. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { type Attachment, type Content, languagesOf, type Part } from '../desk/content.ts'
import { pictureSize } from '../desk/file/picture-size.ts'
import { nameFile } from '../desk/file-row.ts'
import { rulesFor, scanRow } from '../desk/file-scan.ts'
import { dropFile, keepScan } from '../desk/file-scan-store.ts'
import { admit } from '../desk/gate.ts'
import { type Looked, MASKS } from '../desk/looked.ts'
import { addRevision } from '../desk/save.ts'
import { type ReleaseRow, type Revision, releaseById, revisionOf } from '../desk/store.ts'
import { sweepBlobs } from '../desk/sweep-blobs.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { replacePlaced } from '../lib/placed.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import { isOffered } from './store.ts'

export const maskInput = z.strictObject({
  take: z.array(z.enum(MASKS)).max(MASKS.length).default([]),
  columns: z
    .array(z.strictObject({ sheet: z.string().max(80), column: z.string().regex(/^[A-Z]{1,3}$/, 'column') }))
    .max(500)
    .default([]),
})

/**
 * The file it came from is no longer the release's: its row goes at once, and its bytes with it unless a published edition
 * still offers it or another release carries it. Earlier revisions keep its name and hash, and verdicts on the attachments
 * are void, since their hash changed.
 */
export async function maskFile(
  ctx: Ctx,
  by: Actor,
  ref: string,
  sha256: string,
  sent: unknown,
  version: number | null,
): Promise<ReleaseRow> {
  const { file, looked, words } = await masked(ctx, by, ref, sha256, sent)
  const now = await ctx.blobs.put(looked.bytes)
  const { release, gone } = await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.edit', ctx.store.dialect)
    if (version !== null && version !== release.version) throw wrongState('stale', { version: release.version })
    const current = (await revisionOf(trx, release.id, release.revision)) as Revision
    const files = current.content.attachments
    if (!files.some((a) => a.sha256 === sha256)) throw notFound('attachment')
    if (now === sha256) throw invalid([issue('take', 'mask-unchanged')])
    const row: Attachment = { ...file, sha256: now, bytes: looked.bytes.byteLength }
    const at = ctx.clock.now()
    await nameFile(ctx, trx, by, release.id, row)
    await keepScan(trx, scanRow({ releaseId: release.id, sha256: now, words, at, derivedFrom: sha256 }, looked))
    const said = { ...row, ...pictureSize(looked.bytes) }
    const attachments = files.filter((a) => a.sha256 !== now).map((a) => (a.sha256 === sha256 ? said : a))
    const parts = partsWith(current.content, sha256, now)
    await addRevision(ctx, trx, by, release, { ...current.content, parts, attachments }, 'mask')
    const kept = await isOffered(trx, release.id, sha256)
    const gone = kept ? false : await dropFile(trx, release.id, sha256, at)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'attachment.mask',
      subject: `release:${release.id}`,
      fact: { from: sha256, to: now, purged: gone ? 1 : 0 },
    })
    return { release: (await releaseById(trx, release.id)) as ReleaseRow, gone }
  })
  // Asked again of the rows: meanwhile another release may have come to name the same file.
  if (gone) await sweepBlobs(ctx)
  return release
}

/** A picture set into the text keeps its place, its description and its caption. */
const partsWith = (content: Content, from: string, to: string): Content['parts'] =>
  Object.fromEntries(
    languagesOf(content).map((l) => {
      const part = content.parts[l] as Part
      return [l, { ...part, body: replacePlaced(part.body, from, to) }]
    }),
  )

type Masked = { file: Attachment; looked: Looked; words: string }

async function masked(ctx: Ctx, by: Actor, ref: string, sha256: string, sent: unknown): Promise<Masked> {
  const { release } = await admit(ctx.store.db, by, ref, 'release.edit')
  const mask = readableZod(maskInput, sent)
  if (mask.take.length + mask.columns.length === 0) throw invalid([issue('take', 'mask-nothing')])
  const content = (await revisionOf(ctx.store.db, release.id, release.revision))?.content
  const file = content?.attachments.find((a) => a.sha256 === sha256)
  const bytes = file ? await ctx.blobs.get(sha256) : null
  // What another station signed is passed on as it is or not at all.
  if (!content || !file || !bytes || content.core.relayOf?.sha256 === sha256) throw notFound('attachment')
  const rules = await rulesFor(ctx, release, content)
  const looked = await ctx.looker.look({ name: file.name, bytes: new Uint8Array(bytes), mask, ...rules })
  return { file, looked, words: rules.words }
}
