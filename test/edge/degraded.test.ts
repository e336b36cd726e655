/** The edge when its bucket lies, loses files or falls silent, and when the origin is gone. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isInWindow, isSignedBy, passLines } from '../../src/lib/edge-sign.ts'
import { folderBlobs } from '../../src/store/blob.ts'
import { folderPointers } from '../../src/store/site-pointer.ts'
import { SECRET, startEdge, type TestEdge } from '../support/edge.ts'
import { html, type Origin, startOrigin } from '../support/edge-origin.ts'
import { needs } from '../support/needs.ts'

/** Longer than the edge may rely on a look. */
const PAST_HOLD = 2_200

describe.skipIf(!needs('workerd'))('with a bucket that is not to be relied on', () => {
  let origin: Origin
  let edge: TestEdge
  let sequence = 0

  beforeAll(async () => {
    origin = await startOrigin()
    edge = await startEdge()
  })
  afterEach(() => edge.fault('none'))
  afterAll(async () => {
    await edge?.close()
    origin?.close()
  })

  const commit = (...files: Parameters<Origin['site']['commit']>[3]) =>
    origin.site.commit('website', 'live', ++sequence, files)
  const push = () => origin.edgeOf(edge).push()
  const shown = async (path: string) => {
    const { status, body } = await edge.ask(path)
    return `${status} ${/<main>(.*)<\/main>/.exec(body.toString())?.[1] ?? ''}`
  }

  test('a reader who saw a page never sees an older one, whatever the store says', async () => {
    await commit(
      html('/', 'home'),
      html('/a/', 'one'),
      html('/b/', 'to be withdrawn'),
      html('/list/', 'a and b'),
      html('/unread/', 'x'),
    )
    await push()
    await edge.fault('freeze')
    await commit(html('/a/', 'two'))
    await push()
    expect(await shown('/a/')).toBe('200 two')
    await edge.fault('stale')
    for (const end = Date.now() + PAST_HOLD + 500; Date.now() < end; await sleep(150))
      expect(await shown('/a/')).toBe('200 two')
  })

  test('a withdrawal is not acknowledged while the store says what was before, and is once it does not', async () => {
    await edge.fault('freeze')
    await edge.fault('stale')
    await commit(html('/b/', 'gone', 410), html('/list/', 'a'))
    await expect(push()).rejects.toMatchObject({ code: 'edge-differs' })
    await edge.fault('none')
    await push()
    expect(await shown('/b/')).toBe('410 gone')
    await edge.fault('stale')
    for (const end = Date.now() + PAST_HOLD + 500; Date.now() < end; await sleep(150)) {
      expect(await shown('/b/')).toBe('410 gone')
      expect(await shown('/list/')).toBe('200 a')
    }
  })

  test('a store that finds nothing for a while leaves the last whole state up, and no withdrawn page in it', async () => {
    await commit(html('/c/', 'to be withdrawn'), html('/list/', 'a and c'))
    await push()
    for (const path of ['/', '/a/', '/c/', '/list/']) await edge.ask(path, { 'x-ortoo-read-back': '1' })
    await edge.fault('miss')
    await commit(html('/c/', 'gone', 410), html('/list/', 'a'))
    await expect(push()).rejects.toMatchObject({ code: 'edge-differs' })
    await sleep(PAST_HOLD)
    expect(await shown('/a/')).toBe('200 two')
    const unread = await edge.ask('/unread/')
    expect([unread.status, unread.headers['retry-after']]).toEqual([503, '5'])
    await edge.fault('none')
    await push()
    expect(await shown('/c/')).toBe('410 gone')
    await edge.fault('miss')
    await sleep(PAST_HOLD)
    expect([await shown('/c/'), await shown('/list/')]).toEqual(['410 gone', '200 a'])
    expect(await shown('/a/')).toBe('200 two')
  })

  test('a pointer whose files cannot be read yet takes down what it withdrew, and leaves the rest', async () => {
    await commit(html('/d/', 'to be withdrawn'), html('/list/', 'a and d'))
    await push()
    for (const path of ['/', '/a/', '/d/', '/list/']) await edge.ask(path, { 'x-ortoo-read-back': '1' })
    await commit(html('/d/', 'gone', 410), html('/list/', 'a'))
    await edge.fault('miss-files')
    // Another isolate took the push: this one only sees what lies in the bucket.
    await edge.write('site/website.json', JSON.stringify(await folderPointers(origin.dir).read('website')))
    await sleep(PAST_HOLD)
    const gone = await edge.ask('/d/')
    expect([gone.status, gone.body.toString()]).toEqual([410, expect.not.stringContaining('to be withdrawn')])
    expect(await shown('/list/')).toMatch(/^503/)
    expect([await shown('/a/'), await shown('/')]).toEqual(['200 two', '200 home'])
    await edge.fault('none')
    const blobs = folderBlobs(`${origin.dir}/files`)
    for await (const hash of blobs.list()) await edge.write(`site/files/${hash}`, (await blobs.get(hash)) as Uint8Array)
    await sleep(1_200)
    await edge.ask('/', { 'x-ortoo-read-back': '1' })
    expect([await shown('/d/'), await shown('/list/')]).toEqual(['410 gone', '200 a'])
  })

  test('a damaged file is as good as missing', async () => {
    const blobs = folderBlobs(`${origin.dir}/files`)
    await commit(html('/e/', 'whole'))
    await push()
    const hit = await origin.site.entry('/e/')
    await edge.write(`site/files/${hit?.hash}`, 'something else')
    const fresh = await startEdge()
    for await (const hash of blobs.list())
      await fresh.write(`site/files/${hash}`, (await blobs.get(hash)) as Uint8Array)
    await fresh.write(`site/files/${hit?.hash}`, 'something else')
    await fresh.write('site/website.json', JSON.stringify(await folderPointers(origin.dir).read('website')))
    const { status, body } = await fresh.ask('/e/')
    expect([status, body.toString()]).toEqual([503, 'Service Unavailable'])
    expect((await fresh.ask('/a/')).status).toBe(200)
    await fresh.close()
  })

  test('a store that never answers keeps nobody waiting for long', async () => {
    await edge.ask('/a/', { 'x-ortoo-read-back': '1' })
    await edge.fault('hang')
    await sleep(PAST_HOLD)
    const began = performance.now()
    expect(await shown('/a/')).toBe('200 two')
    expect(performance.now() - began).toBeLessThan(2_500)
    const then = performance.now()
    expect(await shown('/a/')).toBe('200 two')
    expect(performance.now() - then).toBeLessThan(500)
  })
})

describe.skipIf(!needs('workerd'))('with an origin behind it', () => {
  type Seen = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string }
  let origin: Origin
  let edge: TestEdge
  let main: Server
  let port = 0
  const seen: Seen[] = []

  const up = async () => {
    main = createServer(async (req, res) => {
      let body = ''
      for await (const chunk of req) body += chunk
      const { method, url, headers } = req
      if (url !== '/healthz') seen.push({ method, url, headers, body })
      res.writeHead(url === '/subscriptions' ? 303 : 200, { 'set-cookie': 'lang=en', location: '/subscribe/asked/' })
      res.end(`origin ${method} ${url}`)
    })
    await new Promise<void>((listening) => main.listen(port, '127.0.0.1', listening))
    port = (main.address() as AddressInfo).port
  }
  const down = async () => {
    main.closeAllConnections()
    await new Promise((closed) => main.close(closed))
  }

  beforeAll(async () => {
    await up()
    origin = await startOrigin()
    edge = await startEdge({ origin: `http://127.0.0.1:${port}` })
    await origin.site.commit('website', 'live', 1, [html('/', 'home'), html('/subscribe/', 'the form')])
    await origin.edgeOf(edge).push()
  })
  afterAll(async () => {
    await edge?.close()
    origin?.close()
    await down()
  })

  test('subscribing goes to the origin whole, with the address it came from under the edge’s seal', async () => {
    const headers = {
      'cf-connecting-ip': '203.0.113.9',
      'x-forwarded-for': '198.51.100.1',
      'x-ortoo-client': '198.51.100.2',
      'content-type': 'application/x-www-form-urlencoded',
    }
    const answer = await edge.ask('/subscriptions?lang=zh', headers, 'POST', 'email=a%40b.example')
    expect([answer.status, answer.body.toString()]).toEqual([200, 'origin POST /subscriptions?lang=zh'])
    expect(answer.headers['set-cookie']).toEqual(['lang=en'])
    const got = seen.at(-1) as Seen
    expect([got.body, got.headers['content-type'], got.headers['x-forwarded-for']]).toEqual([
      'email=a%40b.example',
      'application/x-www-form-urlencoded',
      undefined,
    ])
    const [at, client, signature] = ['at', 'client', 'signature'].map((name) => String(got.headers[`x-ortoo-${name}`]))
    expect([client, isInWindow(at as string, Date.now())]).toEqual(['203.0.113.9', true])
    const lines = passLines({
      method: 'POST',
      path: '/subscriptions?lang=zh',
      at: at as string,
      client: client as string,
    })
    expect(await isSignedBy(SECRET, lines, signature as string)).toBe(true)
    expect(await isSignedBy(SECRET, lines.with(4, '203.0.113.10'), signature as string)).toBe(false)
  })

  test('a redirect of the origin is the reader’s to follow', async () => {
    const { status, headers } = await edge.ask('/subscriptions', {}, 'POST', 'x')
    expect([status, headers.location]).toEqual([303, '/subscribe/asked/'])
  })

  test.each(['/desk/', '/setup', '/metrics', '/readyz', '/anything/else/'])('%s never reaches it', async (path) => {
    const before = seen.length
    expect((await edge.ask(path)).status).toBe(404)
    expect(seen.length).toBe(before)
  })

  test('a public page does not go there; a page only the origin has does', async () => {
    const before = seen.length
    expect((await edge.ask('/subscribe/')).body.toString()).toContain('the form')
    expect(seen.length).toBe(before)
    expect((await edge.ask('/search?q=%E7%81%AB')).body.toString()).toBe('origin GET /search?q=%E7%81%AB')
  })

  test('while the bucket is silent the origin is asked, since it knows what is public', async () => {
    await edge.fault('fail')
    await sleep(PAST_HOLD)
    expect((await edge.ask('/')).body.toString()).toBe('origin GET /')
    await edge.fault('none')
    await sleep(1_100)
    expect((await edge.ask('/', { 'x-ortoo-read-back': '1' })).body.toString()).toContain('home')
  })

  test('when it is gone the pages stay, and say of what time they are', async () => {
    const plain = await edge.ask('/', { 'accept-encoding': 'identity' })
    await down()
    const refused = await edge.ask('/search?q=x')
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60'])
    expect(refused.body.toString()).toMatch(/主机暂时联系不上[\s\S]*main server[\s\S]*href="\/all\/"/)
    await edge.ask('/subscriptions', {}, 'POST', 'x')
    const noted = await edge.ask('/', { 'accept-encoding': 'br' })
    const text = noted.body.toString()
    expect(noted.status).toBe(200)
    expect(text).toMatch(
      /<header class="top"><div class="band copy" role="note">.*副本.*\d{4}-\d\d-\d\d \d\d:\d\d \(UTC\+08:00\)/,
    )
    expect(text.replace(/<div class="band copy".*?<\/div>/, '')).toBe(plain.body.toString())
    expect(noted.headers.etag).not.toBe(plain.headers.etag)
    expect(noted.headers['x-ortoo-copy']).toBe(plain.headers['x-ortoo-copy'])
    const again = await edge.ask('/', { 'if-none-match': String(noted.headers.etag) })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect((await edge.ask('/', { 'if-none-match': String(plain.headers.etag) })).status).toBe(200)
    const readBack = await edge.ask('/', { 'x-ortoo-read-back': '1', 'accept-encoding': 'identity' })
    expect(readBack.body.equals(plain.body)).toBe(true)
  })

  test('when it is back the note is gone', async () => {
    await up()
    expect((await edge.ask('/search?q=x')).status).toBe(200)
    expect((await edge.ask('/')).body.toString()).not.toContain('band copy')
  })
})
