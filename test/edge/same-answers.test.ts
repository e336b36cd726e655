/** The edge in workerd and the service in Node answer alike: every path of a whole site, byte for byte and header for header. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoSite } from '../support/demo-site.ts'
import { type EdgeAnswer, startEdge, type TestEdge } from '../support/edge.ts'
import { type Origin, startOrigin } from '../support/edge-origin.ts'
import { needs } from '../support/needs.ts'

describe.skipIf(!needs('workerd'))('the edge', () => {
  let origin: Origin
  let edge: TestEdge
  let paths: string[]

  beforeAll(async () => {
    origin = await startOrigin()
    edge = await startEdge()
    const demo = await demoSite()
    for (const { tree, mode, sequence, files } of demo.commits) await origin.site.commit(tree, mode, sequence, files)
    await origin.site.commit('feeds', 'live', 21, [
      { path: '/feeds/all.atom', type: 'application/atom+xml; charset=utf-8', body: '<feed/>'.repeat(200) },
      { path: '/large.pdf', type: 'application/pdf', body: new Uint8Array(3 << 20).fill(7) },
      { path: '/drawing.svg', type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      { path: '/火灾/', type: 'text/html; charset=utf-8', body: '<!doctype html><title>火灾</title>' },
    ])
    paths = [...demo.paths(), '/feeds/all.atom', '/large.pdf', '/drawing.svg', '/火灾/']
    const { files, pointers } = await origin.edgeOf(edge).push()
    expect([files > paths.length, pointers]).toEqual([true, 4 - 1])
  })
  afterAll(async () => {
    await edge?.close()
    origin?.close()
  })

  const atNode = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<EdgeAnswer> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: origin.port, path, method, headers }, async (res) => {
        const chunks: Buffer[] = []
        for await (const chunk of res) chunks.push(chunk as Buffer)
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) })
      })
        .on('error', reject)
        .end()
    })

  /** What describes the connection is each server's own, and the time of the copy is the edge's to say. */
  const comparable = ({ status, headers, body }: EdgeAnswer) => {
    const { date: _d, connection: _c, 'keep-alive': _k, 'x-ortoo-copy': _o, 'transfer-encoding': _t, ...kept } = headers
    return { status, headers: kept, body: body.toString('base64') }
  }
  const both = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const [node, worker] = await Promise.all([atNode(path, headers, method), edge.ask(path, headers, method)])
    return { node: comparable(node), worker: comparable(worker) }
  }

  test('gives a reader of any page what the service gives, in each encoding, again, and by HEAD', async () => {
    const different: string[] = []
    let asked = 0
    for (const path of paths) {
      const address = encodeURI(path)
      const { node } = await both(address)
      const etag = String(node.headers.etag ?? '"none"')
      for (const [headers, method] of [
        [{ 'accept-encoding': 'identity' }, 'GET'],
        [{ 'accept-encoding': 'br, gzip' }, 'GET'],
        [{ 'accept-encoding': 'gzip' }, 'GET'],
        [{ 'accept-encoding': 'br;q=0, *' }, 'GET'],
        [{ 'accept-encoding': 'br' }, 'HEAD'],
        [{ 'accept-encoding': 'identity', 'if-none-match': etag }, 'GET'],
        [{ 'accept-encoding': 'br', 'if-none-match': '*' }, 'GET'],
      ] as const) {
        const answers = await both(address, { ...headers }, method)
        asked++
        if (JSON.stringify(answers.node) !== JSON.stringify({ ...answers.worker, headers: sorted(answers) }))
          different.push(`${method} ${path} ${JSON.stringify(headers)} ${difference(answers)}`)
      }
    }
    expect(different).toEqual([])
    expect(asked).toBeGreaterThan(300)
  })

  const sorted = ({ node, worker }: Awaited<ReturnType<typeof both>>) =>
    Object.fromEntries([
      ...Object.keys(node.headers).map((name) => [name, worker.headers[name]]),
      ...Object.entries(worker.headers).filter(([name]) => !(name in node.headers)),
    ])
  const difference = ({ node, worker }: Awaited<ReturnType<typeof both>>) =>
    JSON.stringify({ node: { ...node, body: node.body.length }, worker: { ...worker, body: worker.body.length } })

  test.each([
    ['a folder without its slash', '/all', 'GET'],
    ['the same with a query', '/all?page=2&x=%E7%81%AB', 'GET'],
    ['a folder in Chinese without its slash', `/${encodeURIComponent('火灾')}`, 'GET'],
    ['an address nobody can read', '/%E7%81', 'GET'],
    ['an address nobody can read, by HEAD', '/%ff', 'HEAD'],
    ['the exercise', '/exercise/all/', 'GET'],
    ['a drawing', '/drawing.svg', 'GET'],
  ])('answers %s as the service does', async (_, path, method) => {
    const { node, worker } = await both(path, { 'accept-encoding': 'identity' }, method)
    expect(worker).toEqual(node)
    expect(node.status).not.toBe(404)
  })

  test.each(['/nothing/', '/a%2Fb', '/all%00', '/desk/', '/metrics', '//all/'])(
    'has nothing at %s, and says so in both languages',
    async (path) => {
      const { status, headers, body } = await edge.ask(path)
      expect(status).toBe(404)
      expect(headers['cache-control']).toBe('no-store')
      expect(body.toString()).toMatch(/没有这个页面[\s\S]*There is no such page/)
    },
  )

  test('lets nobody write to a page', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await edge.ask('/all/', {}, method)
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
    }
  })

  test('says the time of its copy with every file', async () => {
    const { headers } = await edge.ask('/')
    expect(headers['x-ortoo-copy']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect((await edge.ask('/all')).headers['x-ortoo-copy']).toBe(headers['x-ortoo-copy'])
  })
})
