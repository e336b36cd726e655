/** What a backup says of itself: every file with its hash, and the state of the service it holds. Written last, so that one cut off has none. */
import type { Pointer } from './site-pointer.ts'

export const FORMAT = 'ortoo-backup'
export const FORMAT_VERSION = 1
export const MANIFEST = 'manifest.json'
/** The manifest's own hash, in the form `sha256sum -c` reads. */
export const MANIFEST_SUM = 'manifest.sha256'

export type HeldFile = { path: string; bytes: number; sha256: string }

export type Manifest = {
  format: typeof FORMAT
  formatVersion: number
  id: string
  /** Version of the service that made it. */
  service: string
  begunAt: string
  doneAt: string
  database: {
    kind: 'sqlite' | 'postgres'
    /** Migrations it had, in order. */
    migrations: string[]
    /** Table → rows. */
    tables: Record<string, number>
  }
  /** The ledger's last entry: compare it with a copy kept elsewhere. */
  ledger: { entries: number; head: string }
  /** The public trees as they stood. */
  trees: Pointer[]
  /** Settings by the names of their variables, without secrets: a reminder for whoever sets up the next machine. */
  settings: Record<string, string>
  /** Files that rows or trees name and that were not there. */
  missing: string[]
  files: HeldFile[]
}

export const tablePath = (table: string): string => `database/${table}.jsonl.gz`
export const blobPath = (hash: string): string => `blobs/${hash.slice(0, 2)}/${hash}`
export const publicPath = (hash: string): string => `site/files/${hash.slice(0, 2)}/${hash}`
