/** Files by their SHA-256 in a bucket: the same promises as the folder's. */
import { sha256 } from '../lib/id.ts'
import { type Blobs, checkedHash, isHash } from './blob.ts'
import type { S3 } from './s3.ts'

const WORTH_ASKING = 1 << 20

/** `below` is the part of the key in front of the hash: `blobs/`, `site/files/`. */
export function s3Blobs(s3: S3, below: string): Blobs {
  const key = (hash: string) => below + checkedHash(hash)
  return {
    async put(bytes) {
      const hash = sha256(bytes)
      // Sending a small file again is one request; asking first would be two for every new one.
      if (bytes.length <= WORTH_ASKING || !(await s3.has(key(hash)))) await s3.put(key(hash), bytes)
      return hash
    },
    async get(hash) {
      const bytes = await s3.get(key(hash))
      if (bytes && sha256(bytes) !== hash) throw new Error(`blob ${hash} is damaged: its bytes have another hash`)
      return bytes
    },
    has: async (hash) => s3.has(key(hash)),
    delete: async (hash) => s3.delete(key(hash)),
    async *list() {
      for await (const name of s3.list(below)) {
        const hash = name.slice(below.length)
        if (isHash(hash)) yield hash
      }
    },
  }
}
