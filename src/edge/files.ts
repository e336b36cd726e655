/** Files and pointers as they lie in the bucket: the same names an origin with FILES_URL writes. */
import { digestOf } from '../lib/edge-sign.ts'
import { FILES_BELOW, isPointer, type Pointer, pointerName, type SiteNode, type Tree } from '../store/site-shape.ts'
import type { Bucket, Stored } from './settings.ts'

/** Larger bodies are handed through as they come and not kept. */
const MOST_KEPT = 2 << 20

export type Body = Uint8Array<ArrayBuffer> | { stream: ReadableStream<Uint8Array>; size: number }
export type StoredPointer = { pointer: Pointer; etag: string; uploaded: Date; before: string }

/** All bytes of a body that may come in pieces. */
export const wholeOf = async (body: Body): Promise<Uint8Array<ArrayBuffer>> =>
  body instanceof Uint8Array ? body : new Uint8Array(await new Response(body.stream).arrayBuffer())

export type EdgeFiles = ReturnType<typeof edgeFiles>

export function edgeFiles(bucket: Bucket, prefix: string) {
  const fileKey = (hash: string) => `${prefix}${FILES_BELOW}${hash}`
  const pointerKey = (tree: Tree) => prefix + pointerName(tree)
  /** Bytes of other than their name are never shown: as bad as missing. */
  async function body(hash: string): Promise<Body> {
    const found = await bucket.get(fileKey(hash))
    if (!found) throw new Error(`file ${hash} is missing`)
    if (found.size > MOST_KEPT) return { stream: found.body, size: found.size }
    const bytes = new Uint8Array(await found.arrayBuffer())
    if ((await digestOf(bytes)) !== hash) throw new Error(`file ${hash} is damaged`)
    return bytes
  }
  return {
    async pointer(tree: Tree): Promise<StoredPointer | null> {
      const found = await bucket.get(pointerKey(tree))
      if (!found) return null
      const pointer: unknown = JSON.parse(new TextDecoder().decode(await found.arrayBuffer()))
      if (!isPointer(pointer) || pointer.tree !== tree) throw new Error(`the pointer of ${tree} cannot be read`)
      return { pointer, etag: found.etag, uploaded: found.uploaded, before: found.customMetadata?.['before'] ?? '' }
    },
    /** Only over the state that was seen. @returns false where another came in between */
    async swap(pointer: Pointer, seen: StoredPointer | null): Promise<boolean> {
      const onlyIf = seen ? { etagMatches: seen.etag } : { etagDoesNotMatch: '*' }
      const customMetadata = { before: seen?.pointer.at ?? '' }
      const done: Stored | null = await bucket.put(pointerKey(pointer.tree), JSON.stringify(pointer), {
        onlyIf,
        customMetadata,
      })
      return done !== null
    },
    body,
    async node(hash: string): Promise<SiteNode> {
      return JSON.parse(new TextDecoder().decode(await wholeOf(await body(hash)))) as SiteNode
    },
    has: async (hash: string): Promise<boolean> => (await bucket.head(fileKey(hash))) !== null,
    put: async (hash: string, bytes: Uint8Array): Promise<void> => void (await bucket.put(fileKey(hash), bytes)),
    delete: (hashes: string[]): Promise<void> => bucket.delete(hashes.map(fileKey)),
    async list(cursor: string | undefined): Promise<{ hashes: string[]; cursor?: string }> {
      const page = await bucket.list({ prefix: prefix + FILES_BELOW, ...(cursor ? { cursor } : {}) })
      const hashes = page.objects.map(({ key }) => key.slice(prefix.length + FILES_BELOW.length))
      return { hashes, ...(page.truncated && page.cursor ? { cursor: page.cursor } : {}) }
    },
  }
}
