/** PDFs of public pages, made when somebody asks and kept in memory by the hash of the page they were made from. */
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { printToPdf } from '../lib/chromium.ts'
import { SECOND } from '../lib/clock.ts'
import { notFound, unavailable } from '../lib/errors.ts'
import { lru } from '../store/lru.ts'

const MOST_KEPT = 48 * 1024 * 1024
const MOST_WAITING = 6
const TIME_LIMIT = 20 * SECOND

export type Pdf = { bytes: Uint8Array; hash: string }
/** `gone`: the page is a tombstone. */
export type Printer = { print(path: string): Promise<Pdf | 'gone'> }

/**
 * Nothing is printed but what stands on the site at this moment, and asked again when the sheet is ready: what was withdrawn meanwhile is
 * not handed out. Kept in memory alone, so a rebuild has nothing to repeat and a purge nothing to look for.
 */
export async function openPrinter(ctx: Ctx): Promise<Printer> {
  const folder = join(ctx.config.dataDir, 'print')
  // What a process that was killed left behind.
  await rm(folder, { recursive: true, force: true })
  const kept = lru<Uint8Array>(MOST_KEPT)
  const underWay = new Map<string, Promise<Uint8Array>>()
  let turn: Promise<unknown> = Promise.resolve()
  ctx.bell.on('forget', () => kept.clear())

  /** One at a time, however many ask; one sheet for all who ask for the same. */
  function made(path: string, hash: string): Promise<Uint8Array> {
    const waiting = underWay.get(hash)
    if (waiting) return waiting
    if (underWay.size >= MOST_WAITING) throw unavailable('printer-busy')
    const work = turn.then(() => printed(ctx, folder, path)).finally(() => underWay.delete(hash))
    turn = work.catch(() => {})
    underWay.set(hash, work)
    return work
  }

  return {
    async print(path) {
      const page = await ctx.site.entry(path)
      if (!page?.type.startsWith('text/html')) throw notFound()
      if (page.status === 410) return 'gone'
      const bytes = kept.get(page.hash) ?? (await made(path, page.hash))
      const now = await ctx.site.entry(path)
      if (now?.status === 410) return 'gone'
      if (now?.hash !== page.hash) throw unavailable('printer-changed')
      kept.set(page.hash, bytes, bytes.length)
      return { bytes, hash: page.hash }
    },
  }
}

/** The page as readers get it, by a door of its own on this machine that is open while the sheet is made. */
async function printed(ctx: Ctx, folder: string, path: string): Promise<Uint8Array> {
  const door = createServer(async (req, res) => {
    if (!(await ctx.site.handle(req, res))) res.writeHead(404).end()
  })
  await new Promise<void>((up, fail) => door.once('error', fail).listen(0, '127.0.0.1', () => up()))
  try {
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}${path}`
    return await printToPdf({ chromium: ctx.config.chromium as string, url, folder, timeoutMs: TIME_LIMIT })
  } catch (err) {
    ctx.log.warn({ err }, 'a page could not be printed')
    throw unavailable('printer-failed')
  } finally {
    door.close()
    door.closeAllConnections()
  }
}
