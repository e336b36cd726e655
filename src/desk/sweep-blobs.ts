/** Deletes the bytes of files no release names any more, where whoever masked them could not finish. */
import type { Ctx } from '../context.ts'
import { blobWent, goneBlobs } from './file-scan-store.ts'

export async function sweepBlobs(ctx: Ctx): Promise<void> {
  for (const sha256 of await goneBlobs(ctx.store.db)) {
    await ctx.blobs.delete(sha256)
    await blobWent(ctx.store.db, sha256)
  }
}
