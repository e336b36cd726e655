/** An origin's public files with a Node server before them, and the way they are pushed to an edge under test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/lib/clock.ts'
import { configured } from '../../src/lib/http.ts'
import { PAGE_CSP } from '../../src/lib/page-csp.ts'
import { folderBlobs } from '../../src/store/blob.ts'
import { openSite, type Site, type SiteFile } from '../../src/store/site.ts'
import { type Edge, openEdge } from '../../src/store/site-edge.ts'
import { folderPointers } from '../../src/store/site-pointer.ts'
import { SECRET, type TestEdge } from './edge.ts'

export type Origin = {
  site: Site
  dir: string
  port: number
  edgeOf(edge: Pick<TestEdge, 'url'>, secret?: string): Edge
  close(): void
}

export async function startOrigin(): Promise<Origin> {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-edge-'))
  const blobs = folderBlobs(join(dir, 'files'))
  const site = openSite({ blobs, dir, csp: PAGE_CSP })
  const server = createServer(async (req, res) => {
    if (!(await site.handle(req, res))) res.writeHead(404).end()
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  return {
    site,
    dir,
    port: (server.address() as AddressInfo).port,
    edgeOf: ({ url }, secret = SECRET) =>
      openEdge({ url, secret, call: configured([url]), blobs, pointers: folderPointers(dir), clock: systemClock }),
    close() {
      server.close()
      server.closeAllConnections()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const html = (path: string, body: string, status: 200 | 410 = 200): SiteFile => ({
  path,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="zh-CN"><head><title>t</title></head><body><header class="top"></header><main>${body}</main></body></html>`,
  ...(status === 200 ? {} : { status }),
})
