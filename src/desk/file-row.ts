/** A file becomes part of a release: the row that names its bytes, whoever brings it and however. */
import type { Ctx } from '../context.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../staff/member.ts'
import type { Attachment } from './content.ts'
import { insertAttachment } from './store.ts'

type Trx = Parameters<typeof insertAttachment>[0]

export async function nameFile(ctx: Ctx, trx: Trx, by: Actor, releaseId: string, file: Attachment): Promise<void> {
  const { sha256, name, type, bytes, title } = file
  await insertAttachment(trx, {
    id: newId(ctx.clock.ms()),
    release_id: releaseId,
    sha256,
    name,
    type,
    bytes,
    title,
    added_by: by.memberId,
    added_at: ctx.clock.now(),
  })
}
