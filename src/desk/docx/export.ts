/** A draft or release handed to a colleague as a Word file. That a copy left the desk is written down: a purge cannot reach it. */
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { append } from '../../ledger/append.ts'
import { notFound } from '../../lib/errors.ts'
import { isPicture } from '../../lib/file-path.ts'
import { placedIn } from '../../lib/placed.ts'
import type { Actor } from '../../staff/member.ts'
import { type Attachment, BLOCKS, type Language, languagesOf, type Part } from '../content.ts'
import { admit } from '../gate.ts'
import { noteReading } from '../read-log.ts'
import { revisionOf } from '../store.ts'
import { type Drawn, writeDocx } from './write.ts'

/** @returns the file and its name; `wanted` is the language, or the first there is */
export async function exportDocx(
  ctx: Ctx,
  by: Actor,
  ref: string,
  wanted: string | undefined,
): Promise<{ name: string; bytes: Uint8Array }> {
  const found = await ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.inspect')
    const { release } = at
    const revision = await revisionOf(trx, release.id, release.revision)
    if (!revision) throw notFound('release')
    const there = languagesOf(revision.content)
    const language = wanted === undefined ? there[0] : there.find((l) => l === wanted)
    if (!language) throw notFound('release')
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'draft.export',
      subject: `release:${release.id}`,
      fact: { revision: revision.ordinal, language },
    })
    return { at, release, revision, language }
  })
  const { at, release, revision, language } = found
  await noteReading(ctx, by, at, revision.ordinal, 'word')
  const part = revision.content.parts[language]
  if (!part) throw notFound('release')
  const spoken = language === 'en' ? 'en' : 'zh'
  const foot = t(spoken, 'editor.word.foot', {
    number: release.number,
    n: revision.ordinal,
    state: stateIn(spoken, release.state),
  })
  const pictures = await picturesOf(ctx, part, revision.content.attachments)
  const labels = Object.fromEntries(BLOCKS.map((b) => [b, t(spoken, `block.${b}`)]))
  return {
    name: fileName(release.number, language),
    bytes: await writeDocx({ part, language, foot, labels, pictures }),
  }
}

/** The bytes of the pictures in the text. */
async function picturesOf(ctx: Ctx, part: Part, files: Attachment[]): Promise<Map<string, Drawn>> {
  const found = new Map<string, Drawn>()
  for (const { sha256 } of placedIn(part.body)) {
    const file = files.find((f) => f.sha256 === sha256)
    const bytes = file && isPicture(file) ? await ctx.blobs.get(sha256) : null
    if (!file || !bytes) continue
    const type = file.type === 'image/png' ? 'png' : 'jpg'
    found.set(sha256, { type, bytes: new Uint8Array(bytes), width: file.width, height: file.height })
  }
  return found
}

const stateIn = (lang: 'zh' | 'en', state: string) => t(lang, `desk.state.${state}`)
const fileName = (number: string, language: Language): string => `${number}-${language}.docx`
