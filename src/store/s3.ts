/** The few calls of the S3 protocol this service makes: signed, bounded in time, tried again a few times. */
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { S3Place } from '../config.ts'
import { systemClock } from '../lib/clock.ts'
import { Refusal, unavailable } from '../lib/errors.ts'
import { configured, type HttpAnswer, type Outsider } from '../lib/http.ts'
import { sha256 } from '../lib/id.ts'

/** How long one attempt may take, and how many there are. */
export type Patience = { timeoutMs?: number; attempts?: number }

/**
 * Every call may be repeated. Throws Refusal `unavailable`: `files-unavailable` when the far end did not answer in all
 * attempts, `files-refused` when it answered that it will not (wrong key, no such bucket).
 */
export type S3 = {
  get(key: string, patience?: Patience): Promise<Uint8Array | null>
  has(key: string): Promise<boolean>
  /** Durable when it resolves: that is what a 200 means. The signature covers the bytes. */
  put(key: string, bytes: Uint8Array, type?: string): Promise<void>
  delete(key: string): Promise<void>
  /** Keys below a prefix, without the place's own prefix, in order of their bytes. */
  list(prefix: string): AsyncIterable<string>
}

export type S3Options = {
  http?: Outsider
  /** Pause before the second attempt; it doubles. Default 100. */
  pauseMs?: number
  /** Keys per page of a listing; default what the far end likes, at most 1,000. */
  page?: number
} & Patience

const ATTEMPTS = 5
const TIMEOUT_MS = 10_000
/** Slower than this a link counts as broken. */
const LEAST_BYTES_PER_MS = 100
const MOST_BYTES = 1 << 30
const EMPTY = sha256('')

type Call = { method: string; key: string; query?: string; body?: Uint8Array; type?: string; patience?: Patience }

export function s3(place: S3Place, options: S3Options = {}): S3 {
  const http = options.http ?? configured([place.endpoint])
  /** Signing keys of a day: deriving one takes four rounds. */
  const cache = new Map<string, ArrayBuffer>()

  async function once(call: Call): Promise<HttpAnswer> {
    const { method, body } = call
    const path = [place.bucket, ...(call.key ? `${place.prefix}${call.key}`.split('/') : [])].map(encodeURIComponent)
    const url = `${new URL(place.endpoint).origin}/${path.join('/')}${call.query ? `?${call.query}` : ''}`
    const { accessKeyId, secretAccessKey, region } = place
    const headers = { 'x-amz-content-sha256': body ? sha256(body) : EMPTY }
    const credentials = { accessKeyId, secretAccessKey, region, service: 's3', cache }
    const datetime = systemClock.now().replace(/[:-]|\.\d{3}/g, '')
    const signed = await new AwsV4Signer({ method, url, headers, datetime, ...credentials }).sign()
    return http(url, {
      method,
      headers: { ...Object.fromEntries(signed.headers), ...(call.type ? { 'content-type': call.type } : {}) },
      ...(body ? { body } : {}),
      timeoutMs:
        (call.patience?.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS) + (body?.length ?? 0) / LEAST_BYTES_PER_MS,
      maxBytes: MOST_BYTES,
    })
  }

  async function ask(call: Call): Promise<HttpAnswer> {
    const attempts = call.patience?.attempts ?? options.attempts ?? ATTEMPTS
    let why = ''
    for (let tried = 0; tried < attempts; tried++) {
      if (tried) await sleep((options.pauseMs ?? 100) * 2 ** (tried - 1) * (0.5 + Math.random()))
      const answer = await once(call).catch((err) => trouble(err))
      if (typeof answer === 'string') why = answer
      else if (answer.status >= 500 || answer.status === 429 || answer.status === 408) why = `HTTP ${answer.status}`
      else return settled(call, answer)
    }
    throw unavailable('files-unavailable', { why })
  }

  return {
    async get(key, patience) {
      const answer = await ask({ method: 'GET', key, ...(patience ? { patience } : {}) })
      return answer.status === 404 ? null : answer.body
    },
    has: async (key) => (await ask({ method: 'HEAD', key })).status !== 404,
    put: async (key, body, type = 'application/octet-stream') => void (await ask({ method: 'PUT', key, body, type })),
    delete: async (key) => void (await ask({ method: 'DELETE', key })),
    async *list(prefix) {
      for (let token: string | null = ''; token !== null; ) {
        const query = [
          token ? `continuation-token=${encodeURIComponent(token)}` : '',
          'encoding-type=url',
          'list-type=2',
          options.page ? `max-keys=${options.page}` : '',
          `prefix=${encodeURIComponent(place.prefix + prefix)}`,
        ]
        const { body } = await ask({ method: 'GET', key: '', query: query.filter(Boolean).join('&') })
        const page = new TextDecoder().decode(body)
        for (const [, key] of page.matchAll(/<Key>([^<]*)<\/Key>/g))
          yield plain(key as string).slice(place.prefix.length)
        const more = /<IsTruncated>true<\/IsTruncated>/.test(page)
        token = more ? xmlText(/<NextContinuationToken>([^<]+)</.exec(page)?.[1] ?? '') || null : null
        if (more && token === null) throw unavailable('files-refused', { status: 200, why: 'no continuation token' })
      }
    },
  }
}

/** What an answer that will not change by asking again means. 404 is one when the bucket is there. */
function settled(call: Call, answer: HttpAnswer): HttpAnswer {
  const { status } = answer
  if (status >= 200 && status < 300) return answer
  const code = /<Code>(\w+)<\/Code>/.exec(new TextDecoder().decode(answer.body.subarray(0, 4096)))?.[1] ?? ''
  if (status === 404 && code !== 'NoSuchBucket' && call.key && call.method !== 'PUT') return answer
  throw unavailable('files-refused', { status, why: code || `HTTP ${status}` })
}

/** Why the far end gave no answer; anything that is no such reason is thrown on. */
function trouble(err: unknown): string {
  if (err instanceof Refusal && err.kind === 'unavailable') return String(err.params['why'] ?? err.code)
  throw err
}

const xmlText = (text: string): string =>
  text
    .replace(/&(lt|gt|quot|apos|#39);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"' })[name as string] ?? "'")
    .replaceAll('&amp;', '&')

/** Keys of ours are plain letters; a far end that was asked to may still write their slashes as %2F. */
const plain = (key: string): string => decodeURIComponent(xmlText(key))
