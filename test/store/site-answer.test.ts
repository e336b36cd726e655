/** The public tree over HTTP, asked byte by byte as any client might. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/lib/id.ts'
import { type Blobs, folderBlobs } from '../../src/store/blob.ts'
import { openSite, type Site, type SiteFile } from '../../src/store/site.ts'

const PAGE = '洪水预警 '.repeat(300)
const TAG = sha256(PAGE).slice(0, 16)
const html = (path: string, body: string): SiteFile => ({ path, type: 'text/html; charset=utf-8', body })

let dir = ''
let blobs: Blobs
let site: Site
let server: Server
let port = 0
let troubles: unknown[] = []

beforeEach(async () => {
  troubles = []
  dir = mkdtempSync(join(tmpdir(), 'ortoo-answer-'))
  blobs = folderBlobs(join(dir, 'files'))
  site = openSite({
    blobs,
    dir,
    csp: "default-src 'self'",
    onError: (err) => troubles.push(err),
    clock: { ticks: () => 0 },
  })
  await site.commit('website', 'live', 1, [
    html('/', 'home'),
    html('/r/1/', PAGE),
    { ...html('/r/2/', PAGE), status: 410 },
    html('/火灾/', 'fire'),
    { path: '/seal.svg', type: 'image/svg+xml', body: '<svg/>' },
    { path: '/a.pdf', type: 'application/pdf', body: 'pdf', headers: { 'content-disposition': 'attachment' } },
  ])
  await site.commit('feeds', 'live', 1, [{ path: '/feed.xml', type: 'application/atom+xml', body: PAGE }])
  await site.commit('website', 'exercise', 1, [html('/exercise/', 'drill')])
  server = createServer(async (req, res) => {
    if (!(await site.handle(req, res))) res.writeHead(404, { 'x-from': 'the application' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(dir, { recursive: true, force: true })
})

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer }
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', path, method, headers }, async (res) => {
      const chunks: Buffer[] = []
      for await (const chunk of res) chunks.push(chunk as Buffer)
      resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) })
    })
    call.on('error', reject).end()
  })

describe('a page', () => {
  test('comes with its type, entity tag, freshness and safety', async () => {
    const { status, headers, body } = await ask('/r/1/?utm=x')
    expect([status, body.toString()]).toEqual([200, PAGE])
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(PAGE)),
      etag: `"${TAG}"`,
      vary: 'Accept-Encoding',
      'cache-control': 'public, max-age=5, stale-while-revalidate=30',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'self'",
    })
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['last-modified']))
    expect(headers['content-encoding']).toBeUndefined()
  })

  test('comes compressed as asked, each form under an entity tag of its own', async () => {
    const br = await ask('/r/1/', { 'accept-encoding': 'gzip, br' })
    const gz = await ask('/r/1/', { 'accept-encoding': 'gzip, br;q=0' })
    expect([br.headers['content-encoding'], br.headers.etag]).toEqual(['br', `"${TAG}-br"`])
    expect([gz.headers['content-encoding'], gz.headers.etag]).toEqual(['gzip', `"${TAG}-gz"`])
    expect([brotliDecompressSync(br.body).toString(), gunzipSync(gz.body).toString()]).toEqual([PAGE, PAGE])
  })

  test.each(['', 'br', 'gzip'])('answers HEAD like GET without the body (Accept-Encoding %j)', async (encoding) => {
    for (const path of ['/r/1/', '/r/2/', '/r/1', '/%zz']) {
      const get = await ask(path, { 'accept-encoding': encoding })
      const head = await ask(path, { 'accept-encoding': encoding }, 'HEAD')
      const { date: _a, ...ofGet } = get.headers
      const { date: _b, ...ofHead } = head.headers
      expect([head.status, ofHead, head.body.length]).toEqual([get.status, ofGet, 0])
    }
  })

  test('is not sent again to who has it, in the form they have', async () => {
    for (const [encoding, tag] of [
      ['identity', `"${TAG}"`],
      ['br', `"${TAG}-br"`],
      ['gzip', `"${TAG}-gz"`],
    ] as const) {
      for (const have of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await ask('/r/1/', { 'accept-encoding': encoding, 'if-none-match': have })
        expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tag])
        expect(again.headers).toMatchObject({
          vary: 'Accept-Encoding',
          'cache-control': 'public, max-age=5, stale-while-revalidate=30',
        })
        expect(again.headers['content-length']).toBeUndefined()
      }
    }
    const other = await ask('/r/1/', { 'accept-encoding': 'br', 'if-none-match': `"${TAG}"` })
    expect(other.status).toBe(200)
  })

  test('that was taken down says 410 every time and is not kept by caches', async () => {
    const { status, headers } = await ask('/r/2/', { 'if-none-match': '*' })
    expect([status, headers.etag, headers['cache-control']]).toEqual([
      410,
      undefined,
      'public, max-age=0, must-revalidate',
    ])
  })

  test('is found under the encoded form of its Chinese path', async () => {
    expect((await ask(encodeURI('/火灾/'))).body.toString()).toBe('fire')
  })

  test('asked for without its last slash is a redirect to it with the query, to a path of ours', async () => {
    const { status, headers } = await ask(`${encodeURI('/火灾')}?a=1`)
    expect([status, headers.location]).toEqual([301, `${encodeURI('/火灾/')}?a=1`])
    expect((await ask('//evil.example')).status).toBe(404)
  })
})

describe('other files', () => {
  test('feeds are served from their own tree, attachments with their own headers, an SVG without power', async () => {
    expect((await ask('/feed.xml')).headers['content-security-policy']).toBeUndefined()
    expect((await ask('/a.pdf')).headers['content-disposition']).toBe('attachment')
    expect((await ask('/seal.svg')).headers['content-security-policy']).toContain('sandbox')
  })

  test('an exercise that is taken away is gone under every way of writing its address, also where it was just read', async () => {
    const ways = ['/exercise/', '/%65xercise/', '/exercis%65/?utm=x']
    for (const way of ways) expect((await ask(way)).body.toString()).toBe('drill')
    await site.commit('website', 'exercise', 2, [{ ...html('/exercise/', 'taken down'), status: 410 }])
    for (const way of ways)
      expect([(await ask(way)).status, (await ask(way)).body.toString()]).toEqual([410, 'taken down'])
  })

  test('an exercise is marked against being found, and a live page is not', async () => {
    expect((await ask('/exercise/')).headers['x-robots-tag']).toBe('noindex, nofollow')
    expect((await ask('/exercise')).headers['x-robots-tag']).toBe('noindex, nofollow')
    expect((await ask('/')).headers['x-robots-tag']).toBeUndefined()
  })
})

describe('what is not ours', () => {
  test.each(['/nowhere', '/r%2f1/', '/r/1/%00', '/r%5c1', '/a/../r/1/', '*'])(
    '%s goes on to the application',
    async (path) => {
      expect((await ask(path, {}, path === '*' ? 'OPTIONS' : 'GET')).headers['x-from']).toBe('the application')
    },
  )

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s goes on to the application', async (method) => {
    expect((await ask('/', {}, method)).headers['x-from']).toBe('the application')
  })

  test.each(['/%', '/%zz', '/%e7%81', '/%ff', '/r/1/%c0%ae'])(
    '%s is a bad request, never an error of ours',
    async (path) => {
      const { status, headers } = await ask(path)
      expect([status, headers['x-content-type-options'], troubles]).toEqual([400, 'nosniff', []])
    },
  )

  test('a file whose bytes are lost is 503 and reported, and the next page is served', async () => {
    await blobs.delete(sha256(PAGE))
    const { status, headers } = await ask('/r/1/')
    expect([status, headers['cache-control'], troubles.length]).toEqual([503, 'no-store', 1])
    expect((await ask('/')).status).toBe(200)
  })

  test('a page replaced and purged by another process is served new at once, without an error', async () => {
    const other = openSite({ blobs, dir })
    await ask('/', { 'if-none-match': '*' }) // the nodes are in memory now, the bytes are not
    await other.commit('website', 'live', 2, [html('/', 'corrected')])
    expect(await other.deleteUnreferenced()).toContain(sha256('home'))
    expect((await ask('/')).body.toString()).toBe('corrected')
    expect(troubles).toEqual([])
  })
})
