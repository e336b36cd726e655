/**
 * Takes the public files from the origin. Every call is signed (lib/edge-sign.ts), and every call may be made again: a file is
 * named by its own bytes, a pointer only goes forward, and what is deleted was unreferenced under the very roots the call
 * names. So a call somebody recorded changes nothing when it is made again, within its two minutes or by another isolate.
 *
 *   GET  /_edge/state            the pointers as they stand
 *   GET  /_edge/files?after=     hashes of what lies here, a page at a time
 *   POST /_edge/missing          {hashes} → those that are not here
 *   PUT  /_edge/files/<sha256>   one file
 *   POST /_edge/files            many small ones (lib/edge-parcel.ts)
 *   POST /_edge/pointer          a pointer, once all it leads to is here
 *   POST /_edge/delete           {roots, hashes}: files no root refers to
 */
import type { Clock } from '../lib/clock.ts'
import { MOST_PARCEL_BYTES, openParcel } from '../lib/edge-parcel.ts'
import { digestOf, isInWindow, isSignedBy, pushLines, SIGNED, WINDOW_MS } from '../lib/edge-sign.ts'
import { SAFE } from '../store/site-rules.ts'
import { isPointer, type Pointer, TREES, type Tree } from '../store/site-shape.ts'
import type { Copy } from './copy.ts'
import type { EdgeFiles } from './files.ts'
import type { Settings } from './settings.ts'
import { swapPointer } from './swap.ts'

const MOST_FILE = 64 << 20
const MOST_JSON = 1 << 20
/** So many calls to the bucket one request may make. */
const MOST_HASHES = 500
const HASH = /^[0-9a-f]{64}$/

export type Received = {
  request: Request
  url: URL
  settings: Settings
  copy: Copy
  files: EdgeFiles
  clock: Pick<Clock, 'ms'>
}

export async function receive(call: Received): Promise<Response> {
  const { request, url, settings, clock } = call
  if (!settings.secret) return say(404, { error: 'not-found' })
  const refused = await refusal(request, url, settings.secret, clock.ms())
  if (refused) return refused
  try {
    return await act(call)
  } catch (err) {
    return say(503, { error: 'store', why: err instanceof Error ? err.message : 'unknown' }, { 'retry-after': '1' })
  }
}

async function act(call: Received): Promise<Response> {
  const { request, url, files } = call
  const sent = await bodyOf(request, mostOf(request.method, url.pathname))
  if (sent instanceof Response) return sent
  const file = /^\/_edge\/files\/([0-9a-f]{64})$/.exec(url.pathname)?.[1]
  switch (`${request.method} ${file ? '/_edge/files/*' : url.pathname}`) {
    case 'GET /_edge/state':
      return say(200, { pointers: await pointersIn(files), now: call.clock.ms() })
    case 'GET /_edge/files':
      return say(200, await files.list(url.searchParams.get('after') ?? undefined))
    case 'POST /_edge/missing':
      return missing(files, jsonOf(sent))
    case 'POST /_edge/files':
      return keepAll(files, sent)
    case 'PUT /_edge/files/*':
      return keep(files, file as string, request, sent)
    case 'POST /_edge/pointer': {
      const pointer = jsonOf(sent)
      return isPointer(pointer) ? acknowledge(call, pointer) : say(422, { error: 'not-a-pointer' })
    }
    case 'POST /_edge/delete':
      return remove(call, jsonOf(sent))
    default:
      return say(404, { error: 'not-found' })
  }
}

const mostOf = (method: string, path: string): number =>
  method === 'PUT' ? MOST_FILE : path === '/_edge/files' ? MOST_PARCEL_BYTES + MOST_JSON : MOST_JSON

/** Calls of the last minutes this isolate has seen: none is taken twice. */
const seen = new Map<string, number>()

/** A stranger learns that it is not signed, and nothing else. */
async function refusal(request: Request, url: URL, secret: string, now: number): Promise<Response | null> {
  const header = (name: string) => request.headers.get(name) ?? ''
  const [at, nonce, body] = [header(SIGNED.at), header(SIGNED.nonce), header(SIGNED.body)]
  const lines = pushLines({ method: request.method, path: url.pathname + url.search, at, nonce, body })
  if (!(await isSignedBy(secret, lines, header(SIGNED.signature)))) return say(401, { error: 'not-signed' })
  if (!isInWindow(at, now)) return say(401, { error: 'clock', now })
  if (!/^[\w-]{16,64}$/.test(nonce) || seen.has(nonce)) return say(401, { error: 'replayed' })
  seen.set(nonce, now)
  for (const [old, when] of seen) {
    if (now - when <= 2 * WINDOW_MS && seen.size <= 50_000) break
    seen.delete(old)
  }
  return null
}

/** No more than may be sent, and exactly what was signed. */
async function bodyOf(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | Response> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return say(413, { error: 'too-large', most })
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > most) return say(413, { error: 'too-large', most })
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return (await digestOf(bytes)) === request.headers.get(SIGNED.body) ? bytes : say(400, { error: 'body-differs' })
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const hashesIn = (value: unknown, most: number): string[] | null =>
  Array.isArray(value) && value.length <= most && value.every((one) => typeof one === 'string' && HASH.test(one))
    ? (value as string[])
    : null

async function missing(files: EdgeFiles, sent: unknown): Promise<Response> {
  const hashes = isRecord(sent) ? hashesIn(sent['hashes'], MOST_HASHES) : null
  if (!hashes) return say(422, { error: 'hashes', most: MOST_HASHES })
  const there = await Promise.all(hashes.map((hash) => files.has(hash)))
  return say(200, { missing: hashes.filter((_, i) => !there[i]) })
}

async function keep(files: EdgeFiles, hash: string, request: Request, bytes: Uint8Array): Promise<Response> {
  if (request.headers.get(SIGNED.body) !== hash) return say(422, { error: 'hash-differs' })
  await files.put(hash, bytes)
  return say(200, { hash })
}

/** All of them or, where one is not what it is named for, none. */
async function keepAll(files: EdgeFiles, sent: Uint8Array<ArrayBuffer>): Promise<Response> {
  const parcel = openParcel(sent)
  if (!parcel) return say(422, { error: 'parcel' })
  const digests = await Promise.all(parcel.map(({ bytes }) => digestOf(bytes)))
  if (parcel.some(({ hash }, i) => hash !== digests[i])) return say(422, { error: 'hash-differs' })
  await Promise.all(parcel.map(({ hash, bytes }) => files.put(hash, bytes)))
  return say(200, { files: parcel.length })
}

async function acknowledge({ files, copy, clock }: Received, pointer: Pointer): Promise<Response> {
  const { status, ...answer } = await swapPointer(files, copy, clock, pointer)
  return say(status, answer)
}

async function remove({ files, copy }: Received, sent: unknown): Promise<Response> {
  const hashes = isRecord(sent) ? hashesIn(sent['hashes'], MOST_HASHES) : null
  const roots = isRecord(sent) && isRecord(sent['roots']) ? sent['roots'] : null
  if (!hashes || !roots) return say(422, { error: 'hashes', most: MOST_HASHES })
  const now = await pointersIn(files)
  if (TREES.some((tree) => (now[tree]?.root ?? null) !== (roots[tree] ?? null)))
    return say(409, { error: 'roots', pointers: now })
  if (hashes.length) await files.delete(hashes)
  copy.forget()
  return say(200, { deleted: hashes.length })
}

async function pointersIn(files: EdgeFiles): Promise<Record<Tree, Pointer | null>> {
  const found = TREES.map(async (tree) => [tree, (await files.pointer(tree))?.pointer ?? null] as const)
  return Object.fromEntries(await Promise.all(found)) as Record<Tree, Pointer | null>
}

const say = (status: number, body: object, more: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { ...SAFE, 'cache-control': 'no-store', ...more } })
