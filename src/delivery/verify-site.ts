/** Reads the whole public side back: every file as it lies, every file as it is served, every release's page as it says. */
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { Ctx } from '../context.ts'
import { READ_BACK } from '../lib/edge-sign.ts'
import { sha256 } from '../lib/id.ts'
import { loadEdition } from '../publication/catalogue.ts'
import { editionsAfter } from '../publication/store.ts'
import { TREES } from '../store/site-pointer.ts'
import type { SiteHit } from '../store/site-reader.ts'
import { verifyEdition } from './verify.ts'

export type SiteFault = { path: string; what: string }
const unbrotli = promisify(brotliDecompress)
const ungzip = promisify(gunzip)
const LANES = 8

/** Files as they lie: bytes of the hash they are named by, and packed forms that unpack to them. */
export async function verifyFiles(
  ctx: Ctx,
  step: (n: number) => void,
): Promise<{ files: number; faults: SiteFault[] }> {
  return overFiles(ctx, step, async (hit) => {
    const plain = await ctx.site.bytes(hit.hash)
    const packed = [
      ...(hit.br ? [await unbrotli(await ctx.site.bytes(hit.br))] : []),
      ...(hit.gz ? [await ungzip(await ctx.site.bytes(hit.gz))] : []),
    ]
    if (sha256(plain) !== hit.hash) return 'bytes differ from the manifest'
    return packed.some((bytes) => sha256(bytes) !== hit.hash) ? 'a packed form unpacks to other bytes' : null
  })
}

/** Files as anyone gets them by the public address. */
export async function verifyServed(
  ctx: Ctx,
  step: (n: number) => void,
): Promise<{ files: number; faults: SiteFault[] }> {
  return overFiles(ctx, step, async (hit) => {
    const answer = await ctx.configured(`${ctx.config.publicUrl}${encodeURI(hit.path)}`, {
      headers: { 'accept-encoding': 'identity', 'cache-control': 'no-cache', [READ_BACK]: '1' },
      maxBytes: 64 << 20,
      timeoutMs: 10_000,
    })
    const now = await ctx.site.entry(hit.path)
    if (!now || now.hash !== hit.hash) return null // published over while we looked
    if (answer.status !== hit.status) return `status ${answer.status}, should be ${hit.status}`
    return sha256(answer.body) === hit.hash ? null : 'the bytes served differ from the manifest'
  })
}

/** The newest edition of each release, read back from the website by the parser that shares no code with the renderer. */
export async function verifyPages(ctx: Ctx): Promise<{ pages: number; faults: SiteFault[] }> {
  const website = ctx.channels.find((c) => c.name === 'website')
  if (!website) return { pages: 0, faults: [] }
  const newest = new Map<string, number>()
  await eachEdition(ctx, async (row) => void newest.set(row.release_id, row.sequence))
  const faults: SiteFault[] = []
  await eachEdition(ctx, async (row) => {
    if (newest.get(row.release_id) !== row.sequence) return
    const edition = await loadEdition(ctx.store.db, row)
    const found = await verifyEdition(ctx, edition, website)
    faults.push(...found.map((what) => ({ path: edition.address, what })))
  })
  return { pages: newest.size, faults }
}

type Row = Awaited<ReturnType<typeof editionsAfter>>[number]
async function eachEdition(ctx: Ctx, act: (row: Row) => Promise<void>): Promise<void> {
  for (let last = 0; ; ) {
    const rows = await editionsAfter(ctx.store.db, last, 500)
    for (const row of rows) await act(row)
    if (rows.length === 0) return
    last = rows.at(-1)?.sequence ?? last
  }
}

/** What is wrong with each file, LANES at a time; a check that throws is a fault with its words. */
async function overFiles(
  ctx: Ctx,
  step: (n: number) => void,
  check: (hit: SiteHit) => Promise<string | null>,
): Promise<{ files: number; faults: SiteFault[] }> {
  const faults: SiteFault[] = []
  let files = 0
  for (const tree of TREES) {
    const hits = ctx.site.walk(tree)[Symbol.asyncIterator]()
    const lane = async () => {
      for (let next = await hits.next(); !next.done; next = await hits.next()) {
        const hit = next.value
        const what = await check(hit).catch((err: Error) => err.message)
        if (what) faults.push({ path: hit.path, what })
        step(++files)
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  }
  return { files, faults }
}
