/** Archives: what the system's own tar reads and writes, and what is cut off or malicious. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packTar, TarError, type TarFile, unpackTar } from '../../src/lib/tar.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ortoo-tar-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const LONG = `${'深/'.repeat(60)}${'n'.repeat(120)}.txt`
const FILES: [string, Buffer][] = [
  ['a', Buffer.from('words')],
  ['empty', Buffer.alloc(0)],
  ['block', Buffer.alloc(512, 'x')],
  ['火灾.txt', Buffer.alloc(70_000, '水位')],
  [LONG, Buffer.from('deep')],
]
async function packed(files = FILES): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const list = files.map(
    ([path, body]): TarFile => ({ path, bytes: body.length, body: [body], executable: path === 'a' }),
  )
  for await (const chunk of packTar(list, 1_767_225_600)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
/** In pieces of odd size, as a stream gives them. */
async function* pieces(bytes: Buffer, size = 333): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(bytes: Buffer): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = []
  for await (const { path, body } of unpackTar(pieces(bytes))) {
    const chunks: Uint8Array[] = []
    for await (const chunk of body) chunks.push(chunk)
    found.push([path, Buffer.concat(chunks)])
  }
  return found
}

test("the system's tar unpacks it, names, bytes and rights", async () => {
  writeFileSync(join(dir, 'x.tar'), await packed())
  execFileSync('tar', ['-xf', 'x.tar'], { cwd: dir })
  for (const [path, body] of FILES) expect(readFileSync(join(dir, path)).equals(body)).toBe(true)
  expect(statSync(join(dir, 'a')).mode & 0o777).toBe(0o755)
  expect(statSync(join(dir, 'empty')).mode & 0o111).toBe(0)
})

test('the same files give the same bytes, and come back as they were', async () => {
  expect((await packed()).equals(await packed())).toBe(true)
  expect(await read(await packed())).toEqual(FILES)
})

test("what the system's tar packed can be read, folders and all", async () => {
  mkdirSync(join(dir, 'in', 'sub'), { recursive: true })
  writeFileSync(join(dir, 'in', 'sub', 'n'.repeat(90)), 'words')
  for (const form of ['ustar', 'pax']) {
    execFileSync('tar', [`--format=${form}`, '-cf', 'x.tar', 'in'], { cwd: dir })
    expect(await read(readFileSync(join(dir, 'x.tar')))).toEqual([[`in/sub/${'n'.repeat(90)}`, Buffer.from('words')]])
  }
})

test('a body nobody reads is passed over', async () => {
  const names: string[] = []
  for await (const { path } of unpackTar(pieces(await packed()))) names.push(path)
  expect(names).toEqual(FILES.map(([path]) => path))
})

test('one that is cut off anywhere, or is none, is an error; so is a name that leads outside', async () => {
  const whole = await packed()
  for (const at of [1, 511, 700, 1024 + 512, whole.length - 1024 - 512]) {
    await expect(read(whole.subarray(0, at))).rejects.toThrow(TarError)
  }
  await expect(read(Buffer.alloc(2048, 'no archive'))).rejects.toThrow(TarError)
  for (const path of ['../a', '/etc/a', 'a/../../b'])
    await expect(read(await packed([[path, Buffer.from('x')]]))).rejects.toThrow(/outside/)
})

test('a file that grew while it was packed is an error, not a broken archive', async () => {
  const grown: TarFile = { path: 'a', bytes: 3, body: [Buffer.from('words')] }
  const pack = async () => {
    for await (const _chunk of packTar([grown]));
  }
  await expect(pack()).rejects.toThrow(/changed/)
})
