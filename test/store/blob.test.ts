/** Files by hash: the same promises over a folder and over a bucket. */
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/lib/id.ts'
import { type Blobs, folderBlobs, sweepHalfWritten } from '../../src/store/blob.ts'
import { s3Blobs } from '../../src/store/blob-s3.ts'
import { s3 } from '../../src/store/s3.ts'
import { type S3Server, startS3 } from '../support/s3.ts'

const text = (value: string) => new TextEncoder().encode(value)
async function listed(blobs: Blobs): Promise<string[]> {
  const hashes: string[] = []
  for await (const hash of blobs.list()) hashes.push(hash)
  return hashes
}

let dir = ''
let bucket: S3Server
let spoil: (hash: string) => Promise<void>
beforeAll(async () => {
  bucket = await startS3()
})
afterAll(() => bucket.stop())
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ortoo-blob-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
const fileOf = (hash: string) => join(dir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash)

let run = 0
const OVER: Record<string, () => Blobs> = {
  folder: () => {
    spoil = async (hash) => writeFileSync(fileOf(hash), 'other words')
    return folderBlobs(join(dir, 'files'))
  },
  bucket: () => {
    const place = { ...bucket.place, prefix: `run${++run}/` }
    spoil = (hash) => s3(place).put(`blobs/${hash}`, text('other words'))
    return s3Blobs(s3(place, { pauseMs: 1, page: 2 }), 'blobs/')
  },
}

describe.each(Object.keys(OVER))('in a %s', (over) => {
  let blobs: Blobs
  beforeEach(() => {
    blobs = (OVER[over] as () => Blobs)()
  })

  test('bytes come back by their hash, also when many put the same at once', async () => {
    const hashes = await Promise.all(Array.from({ length: 10 }, () => blobs.put(text('火灾'))))
    expect(new Set(hashes)).toEqual(new Set([sha256('火灾')]))
    expect(Buffer.from((await blobs.get(sha256('火灾'))) ?? []).toString()).toBe('火灾')
    expect(await blobs.has(sha256('火灾'))).toBe(true)
    expect(await listed(blobs)).toEqual([sha256('火灾')])
  })

  test('what was never put, or was deleted, is null and not listed', async () => {
    expect([await blobs.get(sha256('x')), await blobs.has(sha256('x')), await listed(blobs)]).toEqual([null, false, []])
    const hash = await blobs.put(text('x'))
    await blobs.delete(hash)
    await blobs.delete(hash)
    expect([await blobs.get(hash), await blobs.has(hash), await listed(blobs)]).toEqual([null, false, []])
  })

  test('empty bytes are a file like any other, and so are a few million', async () => {
    const hash = await blobs.put(new Uint8Array())
    expect((await blobs.get(hash))?.length).toBe(0)
    const large = Buffer.alloc(3_000_000, '水位')
    expect(Buffer.compare((await blobs.get(await blobs.put(large))) as Buffer, large)).toBe(0)
  })

  test('a list longer than a page names every one once', async () => {
    const put = await Promise.all(Array.from({ length: 7 }, (_, i) => blobs.put(text(`${i}`))))
    expect((await listed(blobs)).sort()).toEqual(put.sort())
  })

  test('a file that changed where it lies is an error, never handed out', async () => {
    const hash = await blobs.put(text('agreed words'))
    await spoil(hash)
    await expect(blobs.get(hash)).rejects.toThrow(/damaged/)
  })

  test.each(['../../etc/passwd', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(62)}/.`, ''])(
    '%j is no name of a file',
    async (name) => {
      await expect(blobs.get(name)).rejects.toThrow(/64 lower-case/)
      await expect(blobs.delete(name)).rejects.toThrow(/64 lower-case/)
      await expect(blobs.has(name)).rejects.toThrow(/64 lower-case/)
    },
  )
})

describe('on a disk', () => {
  test('nobody but the account of the service can read them, and no half-written file stays behind', async () => {
    const hash = await folderBlobs(join(dir, 'files')).put(text('draft'))
    expect(statSync(fileOf(hash)).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(fileOf(hash), '..'))).toEqual([hash])
  })

  test('what a crash left half written is swept once it is old, and nothing else', async () => {
    const hash = await folderBlobs(join(dir, 'files')).put(text('kept'))
    const left = (name: string) => join(fileOf(hash), '..', `.${name}.tmp`)
    for (const name of ['old', 'new']) writeFileSync(left(name), 'canary')
    utimesSync(left('old'), 1_000, 1_000)
    expect(await sweepHalfWritten(dir, 2_000_000)).toBe(1)
    expect(readdirSync(join(fileOf(hash), '..')).sort()).toEqual(['.new.tmp', hash].sort())
  })
})

describe('of a bucket', () => {
  afterEach(() => bucket.mood(() => 'fine'))
  const patient = () => s3({ ...bucket.place, prefix: `run${++run}/` }, { pauseMs: 1, timeoutMs: 200 })

  test('one that fails twice is asked a third time, and nobody notices', async () => {
    let left = 2
    bucket.mood(() => (left-- > 0 ? 'failing' : 'fine'))
    const blobs = s3Blobs(patient(), 'blobs/')
    expect(await blobs.get(await blobs.put(text('x')))).toEqual(Buffer.from('x'))
  })

  test('one that goes on failing, or says nothing, is given up after five attempts with a stable code', async () => {
    for (const mood of ['failing', 'silent'] as const) {
      bucket.mood(() => mood)
      const before = bucket.requests.length
      await expect(s3Blobs(patient(), 'blobs/').put(text('x'))).rejects.toMatchObject({ code: 'files-unavailable' })
      expect(bucket.requests.length - before).toBe(5)
    }
  })

  test('one that refuses the key, or is not there, is not asked again', async () => {
    const wrong = (change: object) => s3Blobs(s3({ ...bucket.place, ...change }, { pauseMs: 1 }), 'blobs/')
    const before = bucket.requests.length
    for (const change of [{ secretAccessKey: 'wrong' }, { bucket: 'nobody' }]) {
      const refused = expect.objectContaining({ code: 'files-refused' })
      await expect(wrong(change).get(sha256('x'))).rejects.toEqual(refused)
    }
    expect(bucket.requests.length - before).toBe(2)
  })
})
