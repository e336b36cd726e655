/** Files by hash in a folder. */
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../../src/lib/id.ts'
import { type Blobs, folderBlobs, sweepHalfWritten } from '../../src/store/blob.ts'

let dir = ''
let blobs: Blobs
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ortoo-blob-'))
  blobs = folderBlobs(join(dir, 'files'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const text = (value: string) => new TextEncoder().encode(value)
const listed = async () => {
  const hashes: string[] = []
  for await (const hash of blobs.list()) hashes.push(hash)
  return hashes
}
const fileOf = (hash: string) => join(dir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash)

test('bytes come back by their hash, also when many put the same at once', async () => {
  const hashes = await Promise.all(Array.from({ length: 10 }, () => blobs.put(text('火灾'))))
  expect(new Set(hashes)).toEqual(new Set([sha256('火灾')]))
  expect(Buffer.from((await blobs.get(sha256('火灾'))) ?? []).toString()).toBe('火灾')
  expect(await blobs.has(sha256('火灾'))).toBe(true)
  expect(await listed()).toEqual([sha256('火灾')])
})

test('what was never put, or was deleted, is null and not listed', async () => {
  expect([await blobs.get(sha256('x')), await blobs.has(sha256('x')), await listed()]).toEqual([null, false, []])
  const hash = await blobs.put(text('x'))
  await blobs.delete(hash)
  await blobs.delete(hash)
  expect([await blobs.get(hash), await blobs.has(hash), await listed()]).toEqual([null, false, []])
})

test('empty bytes are a file like any other', async () => {
  const hash = await blobs.put(new Uint8Array())
  expect((await blobs.get(hash))?.length).toBe(0)
})

test('a file that changed on the disk is an error, never handed out', async () => {
  const hash = await blobs.put(text('agreed words'))
  writeFileSync(fileOf(hash), 'other words')
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

test('nobody but the account of the service can read them, and no half-written file stays behind', async () => {
  const hash = await blobs.put(text('draft'))
  expect(statSync(fileOf(hash)).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(fileOf(hash), '..'))).toEqual([hash])
})

test('what a crash left half written is swept once it is old, and nothing else', async () => {
  const hash = await blobs.put(text('kept'))
  const left = (name: string) => join(fileOf(hash), '..', `.${name}.tmp`)
  for (const name of ['old', 'new']) writeFileSync(left(name), 'canary')
  utimesSync(left('old'), 1_000, 1_000)
  expect(await sweepHalfWritten(dir, 2_000_000)).toBe(1)
  expect(readdirSync(join(fileOf(hash), '..')).sort()).toEqual(['.new.tmp', hash].sort())
})
