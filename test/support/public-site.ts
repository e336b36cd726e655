/** The public side alone, as readers get it: real files in a folder, served by the service's own answerer, published edition by edition. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, staticFiles } from '../../channels/website/index.ts'
import type { Catalogue, IncidentNow, TurnWhy } from '../../src/delivery/channel.ts'
import { PAGE_CSP } from '../../src/lib/page-csp.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { folderBlobs } from '../../src/store/blob.ts'
import { openSite } from '../../src/store/site.ts'
import { sampleConfig, sampleDeps } from './demo-site.ts'
import { memoryCatalogue } from './editions.ts'

export type PublicSite = {
  url: string
  /** Path, status and bytes of every answer. */
  asked: { path: string; status: number; bytes: number; conditional: boolean }[]
  publish(...editions: Edition[]): Promise<void>
  /** Renders the latest edition of a release, or of an incident, as of a time. */
  turn(releaseId: string, at: string, why: TurnWhy, incident?: Partial<IncidentNow>): Promise<void>
  /** While true every answer is 503. */
  away: boolean
  close(): Promise<void>
}

export async function publicSite(): Promise<PublicSite> {
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-public-'))
  const site = openSite({ dir, blobs: folderBlobs(join(dir, 'files')), csp: PAGE_CSP })
  const asked: PublicSite['asked'] = []
  const server = createServer(async (req: IncomingMessage, res) => {
    const path = req.url ?? '/'
    const before = req.socket.bytesWritten
    res.on('finish', () =>
      asked.push({
        path,
        status: res.statusCode,
        bytes: req.socket.bytesWritten - before,
        conditional: req.headers['if-none-match'] !== undefined,
      }),
    )
    if (open.away) return void res.writeHead(503).end()
    if (!(await site.handle(req, res))) res.writeHead(404).end()
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = { ...sampleConfig(), publicUrl: url }
  const channel = create({ ...sampleDeps(config), site })
  const known: Edition[] = []
  const empty = { topics: [], areas: [], agencies: [], running: [] }
  await site.commit('website', 'live', 0, staticFiles(config, empty, '2026-11-23T00:00:00.000Z'))
  const signal = new AbortController().signal
  let turned = 0
  const open: PublicSite = {
    url,
    asked,
    away: false,
    async publish(...editions) {
      for (const edition of editions) {
        known.push(edition)
        const prepared = await channel.prepare(edition, 'all', memoryCatalogue(known, edition.mode))
        await channel.send(prepared, [], signal)
      }
    },
    async turn(releaseId, at, why, incident) {
      const edition = known.findLast((e) => e.releaseId === releaseId) as Edition
      const state = {
        ...(edition.incident as object),
        areas: edition.areas,
        closedAt: null,
        ...incident,
      } as IncidentNow
      const catalogue: Catalogue = {
        ...memoryCatalogue(known, edition.mode),
        asOf: at,
        ...(incident ? { incident: async () => state } : {}),
      }
      const sequence = Math.max(...known.map((e) => e.sequence)) + ++turned
      const prepared = await channel.turn?.({ sequence, at, why, mode: edition.mode, edition }, catalogue)
      if (prepared) await channel.send(prepared, [], signal)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return open
}
