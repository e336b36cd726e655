/** Fetches what was published back by its public address and compares: bytes with the manifest, words with the edition. */
import type { Ctx } from '../context.ts'
import { sha256 } from '../lib/id.ts'
import type { Edition } from '../publication/edition.ts'
import type { Channel, Proof } from './channel.ts'
import { compare, readBack } from './read-back.ts'

/** @returns differences; empty means verified */
export async function verifyEdition(ctx: Ctx, edition: Edition, channel: Channel): Promise<string[]> {
  const proofs = (await channel.proof?.(edition)) ?? []
  const found = await Promise.all(proofs.map((proof) => verifyOne(ctx, edition, proof)))
  return found.flat()
}

async function verifyOne(ctx: Ctx, edition: Edition, proof: Proof): Promise<string[]> {
  const where = `${proof.path}: `
  try {
    const answer = await ctx.configured(`${ctx.config.publicUrl}${encodeURI(proof.path)}`, {
      headers: { 'accept-encoding': 'identity', 'cache-control': 'no-cache' },
      maxBytes: 8 << 20,
      timeoutMs: 5000,
    })
    const manifest = await ctx.site.lookup(proof.path)
    if (!manifest) return [`${where}not in the manifest`]
    if (answer.status !== manifest.status) return [`${where}status ${answer.status}, expected ${manifest.status}`]
    if (sha256(answer.body) !== manifest.hash) return [`${where}bytes differ from the manifest`]
    const found = readBack(proof.format, answer.body, answer.headers['content-type'] ?? '')
    return compare(edition, found, { address: proof.path, status: answer.status }).map((d) => where + d)
  } catch (err) {
    return [`${where}${(err as Error).message}`]
  }
}
