/** What the Worker is given: its bucket, its secret, its origin. Of the bucket only what the edge asks is named. */
import { LEAST_SECRET } from '../lib/edge-sign.ts'

/** The slice of an R2 bucket that is used here; a write says null where its condition did not hold. */
export type Bucket = {
  get(key: string): Promise<StoredBody | null>
  head(key: string): Promise<Stored | null>
  put(key: string, bytes: Uint8Array | string, options?: PutOptions): Promise<Stored | null>
  delete(keys: string[]): Promise<void>
  list(options: { prefix: string; cursor?: string; limit?: number }): Promise<Listed>
}
export type Stored = { etag: string; size: number; uploaded: Date; customMetadata?: Record<string, string> }
export type StoredBody = Stored & { body: ReadableStream<Uint8Array>; arrayBuffer(): Promise<ArrayBuffer> }
export type PutOptions = {
  onlyIf?: { etagMatches?: string; etagDoesNotMatch?: string }
  customMetadata?: Record<string, string>
}
export type Listed = { objects: { key: string }[]; truncated: boolean; cursor?: string }

export type EdgeEnv = {
  FILES: Bucket
  /** https://origin.example: where what is no public file goes; without it nothing is passed on. */
  ORIGIN_URL?: string
  /** The origin's EDGE_SECRET; without it nothing is received. */
  EDGE_SECRET?: string
  /** The part of FILES_URL behind the bucket, where origin and edge share one. */
  FILES_PREFIX?: string
  /** `1` lets members reach the desk through the edge. */
  PASS_DESK?: string
  /** Offset of the times it says, as the origin's SITE_OFFSET. */
  SITE_OFFSET?: string
}

export type Settings = {
  prefix: string
  origin: string | null
  secret: string | null
  passDesk: boolean
  offset: string
}

/** What an operator wrote wrongly is left out rather than half believed; `ortoo doctor` says so from the other side. */
export function settingsOf(env: EdgeEnv): Settings {
  const prefix = (env.FILES_PREFIX ?? '').replace(/^\/+|\/+$/g, '')
  const origin = env.ORIGIN_URL && URL.canParse(env.ORIGIN_URL) ? new URL(env.ORIGIN_URL).origin : null
  const secret = env.EDGE_SECRET && env.EDGE_SECRET.length >= LEAST_SECRET ? env.EDGE_SECRET : null
  const offset = /^[+-]\d{2}:\d{2}$/.test(env.SITE_OFFSET ?? '') ? (env.SITE_OFFSET as string) : '+08:00'
  return { prefix: prefix && `${prefix}/`, origin, secret, passDesk: env.PASS_DESK === '1', offset }
}

/** What keeps an answer's background work alive. */
export type Later = { waitUntil(work: Promise<unknown>): void }
