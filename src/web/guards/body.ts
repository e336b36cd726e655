/** What may be sent: so many bytes, strict UTF-8, JSON where JSON is asked for. */
import { invalid, issue } from '../../lib/errors.ts'
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'

/** Reads the body once, refusing the first byte over the limit; c.req then answers from what was read. */
export async function limitBody(c: Req, maxBytes: number): Promise<void> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw new BadRequest(413, 'too-large', { max: maxBytes })
  const body = c.req.raw.body
  if (!body) return
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) throw new BadRequest(413, 'too-large', { max: maxBytes })
    chunks.push(chunk)
  }
  c.req.raw = new Request(c.req.raw.url, {
    method: c.req.method,
    headers: c.req.raw.headers,
    body: Buffer.concat(chunks),
  })
}

/** The JSON that was sent; {} where nothing was. Bytes that are not UTF-8 are refused, never replaced. */
export async function jsonBody(c: Req): Promise<unknown> {
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength === 0) return {}
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new BadRequest(415, 'media-type', { type: 'application/json' })
  const text = utf8(bytes)
  try {
    return JSON.parse(text)
  } catch {
    throw new BadRequest(400, 'not-json')
  }
}

/** Text of bytes that must be UTF-8. */
export function utf8(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new BadRequest(400, 'not-utf-8')
  }
}

/** The one file of a multipart body, with its text fields. */
export async function upload(c: Req): Promise<{ name: string; bytes: Uint8Array; fields: Record<string, string> }> {
  const form = await c.req.formData().catch(() => {
    throw new BadRequest(400, 'not-multipart')
  })
  const fields: Record<string, string> = {}
  let file: File | undefined
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else file ??= value
  }
  if (!file) throw invalid([issue('file', 'file-missing')])
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), fields }
}
