/** Preview as it will be: every document an edition would become, from the outlets' own renderers. Nothing of it is kept anywhere. */
import type { Ctx } from '../context.ts'
import type { PreviewDocument } from '../delivery/channel.ts'
import { type Language, languagesOf } from '../desk/content.ts'
import { admit, type Standing, standing } from '../desk/gate.ts'
import { type Revision, revisionOf } from '../desk/store.ts'
import { notFound } from '../lib/errors.ts'
import { filePathIn, isPicture } from '../lib/file-path.ts'
import { provisionalOf } from '../publication/provisional.ts'
import { currentSubmission } from '../review/store.ts'
import type { Actor } from '../staff/member.ts'

/** `outlet`: the name of the outlet; `chosen`: the release goes to it. */
export type Previewed = PreviewDocument & { outlet: string; chosen: boolean }

/** Waiting to go out; after that the public page is the thing itself. */
const AHEAD = ['draft', 'in-review', 'approved', 'scheduled', 'held']
const SEALED = ['quarantined', 'purged']

export type Previewable = { at: Standing; revision: Revision | null }

/** `revision` null: there is nothing still to go out. What is sealed has no preview, not even for those who know of it. @throws Refusal */
export async function previewable(ctx: Ctx, by: Actor, ref: string): Promise<Previewable> {
  const { db } = ctx.store
  if (SEALED.includes((await standing(db, by, ref)).state)) throw notFound('release')
  const at = await admit(db, by, ref, 'release.inspect')
  if (!AHEAD.includes(at.state)) return { at, revision: null }
  const submission = await currentSubmission(db, at.release.id)
  const agreed = submission && ['open', 'approved'].includes(submission.state) ? submission.revision : null
  return { at, revision: (await revisionOf(db, at.release.id, agreed ?? at.release.revision)) ?? null }
}

/** Outlets in the order they are served. `only` leaves the others unrendered. */
export async function previewsOf(
  ctx: Ctx,
  { at }: Previewable,
  revision: Revision,
  language: Language,
  only?: (outlet: string) => boolean,
): Promise<Previewed[]> {
  if (!languagesOf(revision.content).includes(language)) return []
  const { edition, catalogue } = await provisionalOf(ctx, at.release, revision)
  const chosen = revision.content.core.outlets
  const found = await Promise.all(
    ctx.channels
      .filter((channel) => !only || only(channel.name))
      .map(async (channel) => {
        const documents = (await channel.preview?.(edition, language, catalogue)) ?? []
        const goes = channel.audience === 'everyone' || chosen.includes(channel.name)
        return documents.map((document) => ({ ...document, outlet: channel.name, chosen: goes }))
      }),
  )
  return found.flat()
}

/** Together; what is larger is shown by its description, as before. */
const MOST_SHOWN = 24 * 1024 * 1024

/**
 * The document with its pictures in it: a frame that may fetch nothing shows them, and no address gives a draft's file to anybody
 * who may not see the draft.
 */
export async function withOwnPictures(ctx: Ctx, html: string, { content }: Revision): Promise<string> {
  let shown = html
  let left = MOST_SHOWN
  for (const file of content.attachments.filter(isPicture)) {
    const path = ['', '/exercise', '/test']
      .map((root) => filePathIn(root, file))
      .find((p) => html.includes(`src="${p}"`))
    // As often as it stands there it weighs: a picture of 20 MB named a thousand times is not put in at all.
    const weight = file.bytes * (path ? html.split(`src="${path}"`).length - 1 : 0)
    const bytes = path && weight <= left ? await ctx.blobs.get(file.sha256) : null
    if (!path || !bytes) continue
    left -= weight
    const data = `data:${file.type};base64,${Buffer.from(bytes).toString('base64')}`
    shown = shown.replaceAll(`src="${path}"`, `src="${data}"`)
  }
  return shown
}
