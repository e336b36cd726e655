/** A WebSub callback on a real socket: keeps all it is sent, and lies, stalls, turns away or goes when it is told to. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Asked = { path: string; query: URLSearchParams }
export type Posted = { path: string; headers: IncomingHttpHeaders; body: Buffer }
export type Manner =
  | 'honest'
  | 'wrong-challenge'
  | 'longer-challenge'
  | 'garbage'
  | 'redirect'
  | 'stall'
  | 'reset'
  | number

export type Callback = {
  url: string
  port: number
  asked: Asked[]
  posted: Posted[]
  /** How requests of a path are met from now on: verification, and delivery. */
  meet(path: string, how: { verify?: Manner; post?: Manner }): void
  /** Waits for what the test is about. */
  until<T>(find: () => T | undefined | false, ms?: number): Promise<T>
  close(): Promise<void>
}

export async function startCallback(): Promise<Callback> {
  const asked: Asked[] = []
  const posted: Posted[] = []
  const manners = new Map<string, { verify?: Manner; post?: Manner }>()
  const server = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://callback')
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const manner = manners.get(url.pathname) ?? {}
    if (req.method === 'GET') asked.push({ path: url.pathname, query: url.searchParams })
    else posted.push({ path: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks) })
    const how = (req.method === 'GET' ? manner.verify : manner.post) ?? 'honest'
    const challenge = url.searchParams.get('hub.challenge') ?? ''
    if (how === 'stall') return void res.writeHead(200).write('')
    if (how === 'reset') return void req.socket.destroy()
    if (how === 'redirect')
      return void res.writeHead(302, { location: `${base}/elsewhere?hub.challenge=${challenge}` }).end(challenge)
    if (how === 'wrong-challenge') return void res.end('not what was asked')
    if (how === 'longer-challenge') return void res.end(`${challenge}\n`)
    if (how === 'garbage') return void res.end(Buffer.alloc(300_000, 0xff))
    res.writeHead(how === 'honest' ? 200 : how).end(challenge)
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const { port } = server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`
  return {
    url: base,
    port,
    asked,
    posted,
    meet: (path, how) => void manners.set(path, how),
    async until(find, ms = 8000) {
      for (const end = Date.now() + ms; Date.now() < end; await sleep(15)) {
        const found = find()
        if (found) return found
      }
      throw new Error(`never came: asked ${JSON.stringify(asked)}, posted ${posted.map((p) => p.path)}`)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** X-Hub-Signature as a subscriber computes it. */
export const hubSignature = (secret: string, body: Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
