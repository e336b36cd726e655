/**
 * Reads a zip (APPNOTE.TXT 6.3) that a stranger made: every size is looked at before anything is inflated, and whatever makes
 * the archive mean two things to two readers is refused.
 */
import { crc32, inflateRawSync } from 'node:zlib'

export type ZipCode = 'damaged' | 'bomb' | 'encrypted' | 'polyglot'
export class ZipFault extends Error {
  readonly code: ZipCode
  constructor(code: ZipCode, said: string) {
    super(said)
    this.code = code
  }
}

const LIMITS = {
  entries: 2_000,
  /** Bytes of one entry and of all, inflated. */
  entry: 64 * 1024 * 1024,
  total: 160 * 1024 * 1024,
  /** Inflated to packed, of an entry larger than a megabyte: sheets of one repeated line stay far below. */
  ratio: 150,
}
const MEGABYTE = 1024 * 1024
const END = 22
/** Between two entries: a data descriptor at most. */
const DESCRIPTOR = 24

type Entry = { name: string; at: number; method: number; packed: number; size: number; crc: number }

/** @returns the entries in their order, folders left out. @throws ZipFault */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const entries = directory(view, bytes)
    assertMeasured(entries)
    return new Map(entries.filter((e) => !e.name.endsWith('/')).map((e) => [e.name, inflated(view, bytes, e)]))
  } catch (err) {
    if (err instanceof ZipFault) throw err
    throw new ZipFault('damaged', String(err))
  }
}

/** The central directory, which has to be whole, to fill the file up to its end, and to agree with what lies before it. */
function directory(view: DataView, bytes: Uint8Array): Entry[] {
  const end = bytes.byteLength - END
  if (end < 0 || view.getUint32(0, true) !== 0x04034b50) throw new ZipFault('damaged', 'no first entry')
  if (view.getUint32(end, true) !== 0x06054b50 || view.getUint16(end + 20, true) !== 0)
    throw new ZipFault(cut(bytes) ? 'damaged' : 'polyglot', 'the end is not the end of a zip')
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (count > LIMITS.entries) throw new ZipFault('bomb', `${count} entries`)
  if (count !== view.getUint16(end + 8, true) || start + size !== end) throw new ZipFault('damaged', 'directory')
  const entries: Entry[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new ZipFault('damaged', 'directory entry')
    const nameLength = view.getUint16(at + 28, true)
    if (view.getUint16(at + 8, true) & 0x41) throw new ZipFault('encrypted', 'entry')
    entries.push({
      name: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  if (at !== end) throw new ZipFault('polyglot', 'bytes after the directory')
  assertContiguous(view, entries, start)
  return entries
}

/** A zip whose end is missing altogether was cut off; one whose end stands elsewhere has something behind it. */
const cut = (bytes: Uint8Array): boolean => Buffer.from(bytes).lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) < 0

/** Nothing before, between or behind the entries, and no name twice: one file, one meaning. */
function assertContiguous(view: DataView, entries: Entry[], directoryAt: number): void {
  if (new Set(entries.map((e) => e.name.toLowerCase())).size !== entries.length)
    throw new ZipFault('polyglot', 'a name stands twice')
  let at = 0
  for (const e of [...entries].sort((a, b) => a.at - b.at)) {
    if (e.at < at || e.at - at > DESCRIPTOR || (at === 0 && e.at !== 0))
      throw new ZipFault('polyglot', 'gap or overlap')
    if (view.getUint32(e.at, true) !== 0x04034b50) throw new ZipFault('damaged', e.name)
    at = dataAt(view, e) + e.packed
  }
  if (at > directoryAt || directoryAt - at > DESCRIPTOR) throw new ZipFault('polyglot', 'gap before the directory')
}

const dataAt = (view: DataView, e: Entry): number =>
  e.at + 30 + view.getUint16(e.at + 26, true) + view.getUint16(e.at + 28, true)

function assertMeasured(entries: Entry[]): void {
  const total = entries.reduce((sum, e) => sum + e.size, 0)
  if (total > LIMITS.total) throw new ZipFault('bomb', `${total} bytes`)
  for (const e of entries) {
    if (e.size > LIMITS.entry) throw new ZipFault('bomb', e.name)
    if (e.size > MEGABYTE && e.size > e.packed * LIMITS.ratio) throw new ZipFault('bomb', e.name)
  }
}

/** Never more than the directory said: what claims less than it holds is refused by the size, not by the memory. */
function inflated(view: DataView, bytes: Uint8Array, e: Entry): Uint8Array {
  const start = dataAt(view, e)
  const packed = bytes.subarray(start, start + e.packed)
  if (packed.byteLength !== e.packed) throw new ZipFault('damaged', e.name)
  if (e.method !== 0 && e.method !== 8) throw new ZipFault('damaged', `${e.name}: method ${e.method}`)
  const out = e.method === 0 ? packed : e.size === 0 ? new Uint8Array() : unpacked(packed, e)
  if (out.byteLength !== e.size || crc32(out) !== e.crc) throw new ZipFault('damaged', e.name)
  return out
}

function unpacked(packed: Uint8Array, e: Entry): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: e.size })
  } catch (err) {
    throw new ZipFault((err as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'damaged', e.name)
  }
}
