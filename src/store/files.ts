/** Where files lie, as the configuration says: folders under the data folder, or a bucket. One door for all who open them. */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type Blobs, folderBlobs } from './blob.ts'
import { s3Blobs } from './blob-s3.ts'
import { type Exclusive, exclusiveByFile } from './exclusive.ts'
import { exclusiveByDatabase } from './exclusive-postgres.ts'
import { s3 } from './s3.ts'
import { folderPointers, type Pointers } from './site-pointer.ts'
import { s3Pointers } from './site-pointer-s3.ts'
import { FILES_BELOW } from './site-shape.ts'

export type Files = {
  /** Attachments. */
  blobs: Blobs
  /**
   * Public files have a place of their own: a purge deletes what no page refers to, and must never meet an attachment on
   * its way in.
   */
  site: { dir: string; blobs: Blobs; pointers: Pointers; exclusive: Exclusive; far: boolean }
}

export type FilesSettings = Pick<Config, 'dataDir' | 'databaseUrl' | 'files'>

/** Names below the data folder and below a bucket's prefix are the same. */
export function openFiles({ dataDir, databaseUrl, files }: FilesSettings): Files {
  const dir = join(dataDir, 'site')
  const exclusive = databaseUrl.startsWith('postgres')
    ? exclusiveByDatabase(databaseUrl)
    : exclusiveByFile(join(dir, 'writer.lock'))
  if (!files)
    return {
      blobs: folderBlobs(join(dataDir, 'blobs')),
      site: { dir, blobs: folderBlobs(join(dir, 'files')), pointers: folderPointers(dir), exclusive, far: false },
    }
  const bucket = s3(files)
  // A visitor may be waiting for these: the far end gets less time, and a build that fails is tried again by its run.
  const quick = s3(files, { timeoutMs: 5_000, attempts: 4 })
  return {
    blobs: s3Blobs(bucket, 'blobs/'),
    site: { dir, blobs: s3Blobs(quick, FILES_BELOW), pointers: s3Pointers(quick, 'site/'), exclusive, far: true },
  }
}
