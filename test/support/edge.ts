/** The Worker in a real workerd, on loopback, with a real R2 binding that can be told to fail; and a caller that signs. */
import { randomUUID } from 'node:crypto'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { pushLines, SIGNED, signatureOf } from '../../src/lib/edge-sign.ts'
import { sha256 } from '../../src/lib/id.ts'
import { ROOT } from '../../src/lib/root.ts'

export const SECRET = 'a-secret-of-forty-letters-for-the-tests!'

/**
 * How the bucket misbehaves: pointers as they stood at the last `freeze`, nothing found, files alone not found, every call
 * failing, or never answering.
 */
export type Fault = 'none' | 'freeze' | 'stale' | 'miss' | 'miss-files' | 'fail' | 'hang'

/** Stands between the Worker and its bucket, in the same isolate. */
const STORE = `
import worker from './edge.js'
let fault = 'none'
const frozen = new Map()
const isPointer = (key) => key.endsWith('.json')
function failing(real) {
  const call = (name) => async (key, ...more) => {
    if (fault === 'fail') throw new Error('the bucket is out of order')
    if (fault === 'hang') await new Promise(() => {})
    if (name !== 'put' && fault === 'miss') return null
    if (name !== 'put' && fault === 'miss-files' && !isPointer(key)) return null
    if (name === 'get' && fault === 'stale' && isPointer(key)) {
      const old = frozen.get(key)
      return old ? { ...old, arrayBuffer: async () => old.bytes } : null
    }
    return real[name](key, ...more)
  }
  return { get: call('get'), head: call('head'), put: call('put'), delete: (keys) => real.delete(keys), list: (o) => real.list(o) }
}
async function freeze(real) {
  frozen.clear()
  for (const { key } of (await real.list({ prefix: 'site/' })).objects.filter((o) => isPointer(o.key))) {
    const at = await real.get(key)
    frozen.set(key, { etag: at.etag, size: at.size, uploaded: at.uploaded, customMetadata: at.customMetadata, bytes: await at.arrayBuffer() })
  }
}
let env
export default {
  async fetch(request, given, ctx) {
    const url = new URL(request.url)
    if (url.pathname === '/__fault') {
      fault = url.searchParams.get('is')
      if (fault === 'freeze') await freeze(given.FILES)
      return new Response(fault)
    }
    env ??= { ...given, FILES: failing(given.FILES) }
    return worker.fetch(request, env, ctx)
  },
}`

let bundled: Promise<string> | undefined
/** The Worker as the build makes it. */
export const edgeBundle = (): Promise<string> => {
  bundled ??= build({
    entryPoints: [join(ROOT, 'src/edge.ts')],
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2024',
    write: false,
  }).then((made) => made.outputFiles[0]?.text ?? '')
  return bundled
}

export type EdgeAnswer = { status: number; headers: IncomingHttpHeaders; body: Buffer }
export type TestEdge = {
  url: string
  /** As any client would, path and headers unchanged. */
  ask(path: string, headers?: Record<string, string>, method?: string, body?: string): Promise<EdgeAnswer>
  /** A call as the origin makes it; parts of it may be falsified. */
  call(method: string, path: string, body?: Uint8Array | string, wrong?: Partial<Signature>): Promise<EdgeAnswer>
  fault(is: Fault): Promise<void>
  keys(): Promise<string[]>
  /** Writes past the Worker, as an origin with the same bucket or another isolate would. */
  write(key: string, bytes: Uint8Array | string): Promise<void>
  close(): Promise<void>
}
export type Signature = { secret: string; at: string; nonce: string; body: string; path: string }

export type EdgeOptions = { origin?: string; secret?: string; port?: number; bindings?: Record<string, string> }

export async function startEdge(options: EdgeOptions = {}): Promise<TestEdge> {
  const edge = await edgeBundle()
  const mf = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      workers: [
        {
          name: 'edge',
          modulesRoot: '/',
          modules: [
            { type: 'ESModule', path: '/main.js', contents: STORE },
            { type: 'ESModule', path: '/edge.js', contents: edge },
          ],
          compatibilityDate: '2026-11-01',
          r2Buckets: { FILES: 'files' },
          // Past the proxy that stands in for Cloudflare's: what the Worker says is what arrives.
          unsafeDirectSockets: [{ host: '127.0.0.1', port: options.port ?? 0 }],
          bindings: {
            EDGE_SECRET: options.secret ?? SECRET,
            ...(options.origin ? { ORIGIN_URL: options.origin } : {}),
            ...options.bindings,
          },
        },
      ],
    }),
  )
  await mf.ready
  const url = await mf.unsafeGetDirectURL('edge')
  const ask: TestEdge['ask'] = (path, headers = {}, method = 'GET', body) =>
    exchange({ port: url.port, path, method, headers }, body)
  return {
    url: url.origin,
    ask,
    async call(method, path, body = '', wrong = {}) {
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      const signed = { at: String(Date.now()), nonce: randomUUID(), body: sha256(bytes), path, ...wrong }
      const signature = await signatureOf(wrong.secret ?? SECRET, pushLines({ method, ...signed }))
      const headers = {
        [SIGNED.at]: signed.at,
        [SIGNED.nonce]: signed.nonce,
        [SIGNED.body]: signed.body,
        [SIGNED.signature]: signature,
      }
      return exchange({ port: url.port, path, method, headers }, bytes)
    },
    fault: async (is) => void (await ask(`/__fault?is=${is}`)),
    async keys() {
      const bucket = await mf.getR2Bucket('FILES')
      const found: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page: Awaited<ReturnType<typeof bucket.list>> = await bucket.list(cursor ? { cursor } : {})
        found.push(...page.objects.map(({ key }) => key))
        cursor = page.truncated ? page.cursor : undefined
      }
      return found.sort()
    },
    async write(key, bytes) {
      const bucket = await mf.getR2Bucket('FILES')
      await bucket.put(key, bytes)
    },
    close: () => mf.dispose(),
  }
}

function exchange(
  to: { port: string; path: string; method: string; headers: Record<string, string> },
  body?: Uint8Array | string,
): Promise<EdgeAnswer> {
  return new Promise((resolve, reject) => {
    const wire = request({ host: '127.0.0.1', ...to }, async (res) => {
      const chunks: Buffer[] = []
      for await (const chunk of res) chunks.push(chunk as Buffer)
      resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) })
    })
    wire.on('error', reject)
    wire.end(body)
  })
}
