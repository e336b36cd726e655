/**
 * A bucket of this process: s3rver keeps the objects; in front of it stands what it lacks (checking signatures of version 4
 * and the bytes they cover, pages of a listing), and a mood that can be set to silence or failure.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'
import type { S3Place } from '../../src/config.ts'

/** fine · silent: takes the request and says nothing · failing: 503 to all */
export type Mood = 'fine' | 'silent' | 'failing'
export type S3Server = {
  place: S3Place
  /** What a process is told through its environment. */
  env: Record<string, string>
  /** Method and path of every request, in order. */
  requests: string[]
  /** Decides per request, from then on. */
  mood(of: (req: IncomingMessage) => Mood): void
  stop(): Promise<void>
}

const BUCKET = 'press'
const KEYS = { accessKeyId: 'AKIDSAMPLE', secretAccessKey: 'sample/secret+of=tests' }

export async function startS3(prefix = 'ortoo'): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'ortoo-s3-'))
  const objects = new S3rver({ silent: true, directory, configureBuckets: [{ name: BUCKET }] })
  await objects.configureBuckets()
  const behind = await listening(objects.callback())
  const requests: string[] = []
  let mood: (req: IncomingMessage) => Mood = () => 'fine'
  const front = await listening((req, res) => {
    requests.push(`${req.method} ${req.url}`)
    switch (mood(req)) {
      case 'fine':
        return void answer(req, res, behind.url).catch(() => res.destroy())
      case 'failing':
        req.resume()
        return void res.writeHead(503).end()
      case 'silent':
        return void req.resume()
    }
  })
  return {
    place: { endpoint: front.url, bucket: BUCKET, prefix: prefix && `${prefix}/`, region: 'auto', ...KEYS },
    env: {
      FILES_URL: `s3://${BUCKET}/${prefix}?endpoint=${front.url}&region=auto`,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    requests,
    mood: (of) => {
      mood = of
    },
    async stop() {
      await Promise.all([front.close(), behind.close()])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function listening(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(listener)
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const ended = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await ended
    },
  }
}

async function answer(req: IncomingMessage, res: ServerResponse, behind: string): Promise<void> {
  const body = await buffer(req)
  const wrong = fault(req, body)
  if (wrong) return void res.writeHead(403).end(`<Error><Code>${wrong}</Code></Error>`)
  const url = new URL(req.url ?? '/', behind)
  const token = url.searchParams.get('continuation-token')
  const most = Number(url.searchParams.get('max-keys') ?? 1000)
  for (const name of ['continuation-token', 'max-keys']) url.searchParams.delete(name)
  if (token) url.searchParams.set('start-after', Buffer.from(token, 'base64').toString())
  const far = await fetch(url, {
    method: req.method ?? 'GET',
    headers: { 'content-type': req.headers['content-type'] ?? '' },
    ...(req.method === 'PUT' ? { body } : {}),
  })
  const bytes = Buffer.from(await far.arrayBuffer())
  const listing = url.searchParams.has('list-type')
  res.writeHead(far.status, { etag: far.headers.get('etag') ?? '""' })
  res.end(listing ? page(bytes.toString(), most) : bytes)
}

function page(all: string, most: number): string {
  const entries = all.match(/<Contents>.*?<\/Contents>/gs) ?? []
  const kept = entries.slice(0, most)
  const last = /<Key>([^<]*)</.exec(kept.at(-1) ?? '')?.[1] ?? ''
  const more = entries.length > most
  const token = `<NextContinuationToken>${Buffer.from(last).toString('base64')}</NextContinuationToken>`
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? token : ''}${kept.join('')}</ListBucketResult>`
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

/** AWS Signature Version 4 as its specification tells a server to check it. */
function fault(req: IncomingMessage, body: Buffer): string | null {
  const said = /Credential=(\S+?)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=(\S+), Signature=(\w{64})$/.exec(
    req.headers.authorization ?? '',
  )
  if (!said || said[1] !== KEYS.accessKeyId) return 'InvalidAccessKeyId'
  const [, , day = '', region = '', names = '', signature = ''] = said
  if (req.headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const [path = '', query = ''] = (req.url ?? '').split('?')
  const request = [
    req.method,
    path,
    query.split('&').sort().join('&'),
    ...names.split(';').map((name) => `${name}:${req.headers[name]}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const at = String(req.headers['x-amz-date'])
  const text = ['AWS4-HMAC-SHA256', at, `${day}/${region}/s3/aws4_request`, sha256(request)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${KEYS.secretAccessKey}`, day), region), 's3'), 'aws4_request')
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch'
}
