/** Files by hash that were lately read or written, kept in memory before the place they lie in: bytes of a hash never change. */
import type { Blobs } from './blob.ts'
import { lru } from './lru.ts'

/** `forget` drops all of it, after a purge; deleting one does as much. */
export type RememberedBlobs = Blobs & { forget(): void }

const OVERHEAD = 200

export function rememberedBlobs(blobs: Blobs, maxBytes = 16 * 1024 * 1024): RememberedBlobs {
  const held = lru<Uint8Array>(maxBytes)
  const keep = (hash: string, bytes: Uint8Array) => held.set(hash, bytes, bytes.length + OVERHEAD)
  return {
    async put(bytes) {
      const hash = await blobs.put(bytes)
      keep(hash, bytes)
      return hash
    },
    async get(hash) {
      const there = held.get(hash)
      if (there) return there
      const bytes = await blobs.get(hash)
      if (bytes) keep(hash, bytes)
      return bytes
    },
    has: (hash) => blobs.has(hash),
    async delete(hash) {
      held.clear()
      await blobs.delete(hash)
    },
    list: () => blobs.list(),
    forget: () => held.clear(),
  }
}
