/** Fetches what was published back by its public address and compares: bytes with the manifest, words with the edition. */
import type { Ctx } from '../context.ts'
import { READ_BACK } from '../lib/edge-sign.ts'
import { Refusal } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'
import { catalogueAt } from '../publication/catalogue.ts'
import { type Edition, isGone } from '../publication/edition.ts'
import { treeFor } from '../store/site-pointer.ts'
import type { Channel, Proof } from './channel.ts'
import { compare, readBack } from './read-back.ts'

/**
 * Where there is an edge, readers come to it: it is given what is public here first, and what it has not acknowledged is not
 * verified, whatever one look at it says.
 * @returns differences; empty means verified
 */
export async function verifyEdition(ctx: Ctx, edition: Edition, channel: Channel): Promise<string[]> {
  const proofs = (await channel.proof?.(edition)) ?? []
  const before = isGone(edition) ? await earlierEditions(ctx, edition) : []
  const behind = proofs.length > 0 ? await edgeBehind(ctx, edition, channel) : null
  if (behind) return [behind]
  const found = await Promise.all(proofs.map((proof) => verifyOne(ctx, edition, proof, before)))
  return found.flat()
}

async function edgeBehind({ edge }: Ctx, edition: Edition, channel: Channel): Promise<string | null> {
  try {
    await edge?.push([treeFor(channel.name === 'feeds' ? 'feeds' : 'website', edition.mode)])
    return null
  } catch (err) {
    if (!(err instanceof Refusal)) throw err
    return `edge: ${err.code} ${err.params['why'] ?? ''}`
  }
}

/** Of what is gone no sentence may be left. */
const earlierEditions = async (ctx: Ctx, edition: Edition): Promise<Edition[]> =>
  (await catalogueAt(ctx.store.db, ctx.blobs, edition.sequence, edition.mode).editions(edition.releaseId)).filter(
    (e) => e.number < edition.number && e.content,
  )

async function verifyOne(ctx: Ctx, edition: Edition, proof: Proof, before: Edition[]): Promise<string[]> {
  const where = `${proof.path}: `
  const address = `${ctx.config.publicUrl}${encodeURI(proof.path)}`
  try {
    const answer = await ctx.configured(address, {
      headers: { 'accept-encoding': 'identity', 'cache-control': 'no-cache', [READ_BACK]: '1' },
      maxBytes: 8 << 20,
      timeoutMs: 5000,
    })
    const manifest = await ctx.site.lookup(proof.path)
    if (!manifest) return [`${where}not in the manifest`]
    if (answer.status !== manifest.status) return [`${where}status ${answer.status}, expected ${manifest.status}`]
    if (sha256(answer.body) !== manifest.hash) return [`${where}bytes differ from the manifest`]
    const found = readBack(proof.format, answer.body, answer.headers['content-type'] ?? '')
    return compare(edition, found, { address, status: answer.status, before }).map((d) => where + d)
  } catch (err) {
    return [`${where}${(err as Error).message}`]
  }
}
