/** Tar archives (POSIX ustar, pax for long names): written in the order given, with nothing of the machine in them; read as a stream. */

export type TarFile = {
  /** Relative, with slashes. */
  path: string
  bytes: number
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  executable?: boolean
}

const BLOCK = 512
/** A name that does not fit is written in a record of its own in front (POSIX.1-2001, pax). */
const NAME_BYTES = 100
const LARGEST_OCTAL = 8 ** 11

/** One archive; the same files give the same bytes. `at` is every file's time, seconds since the epoch. */
export async function* packTar(files: AsyncIterable<TarFile> | Iterable<TarFile>, at = 0): AsyncIterable<Uint8Array> {
  for await (const { path, bytes, body, executable } of files) {
    const records = [
      ...(Buffer.byteLength(path) > NAME_BYTES || /[^ -~]/.test(path) ? [pax('path', path)] : []),
      ...(bytes >= LARGEST_OCTAL ? [pax('size', String(bytes))] : []),
    ]
    if (records.length) {
      const record = Buffer.concat(records)
      yield header('pax', record.length, 0o644, at, 'x')
      yield padded(record)
    }
    yield header(path, bytes, executable ? 0o755 : 0o644, at, '0')
    let written = 0
    for await (const chunk of body) {
      written += chunk.length
      yield chunk
    }
    if (written !== bytes) throw new Error(`${path} changed while it was read`)
    if (bytes % BLOCK) yield Buffer.alloc(BLOCK - (bytes % BLOCK))
  }
  yield Buffer.alloc(2 * BLOCK)
}

function header(path: string, bytes: number, mode: number, at: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  block.write(path.slice(0, NAME_BYTES), 0, NAME_BYTES, 'utf8')
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(bytes < LARGEST_OCTAL ? bytes : 0, 124, 12)
  octal(at, 136, 12)
  block.write('        ', 148, 'latin1')
  block.write(type, 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** `<length> key=value\n`, where the length counts its own digits. */
function pax(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + 1
  while (String(length).length + rest !== length) length = String(length).length + rest
  return Buffer.from(`${length} ${key}=${value}\n`)
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)])
}

/** An archive that is cut off, or none at all. */
export class TarError extends Error {}

/**
 * Files of an archive in order; each body is read to its end before the next. Folders and links are passed over.
 * @throws TarError when it is cut off, damaged in a header, or names a file outside its own folder
 */
export async function* unpackTar(source: AsyncIterable<Uint8Array>): AsyncIterable<TarFile> {
  const from = reader(source)
  let extra: Record<string, string> = {}
  for (;;) {
    const block = await from.exactly(BLOCK)
    if (block.every((byte) => byte === 0)) return
    const { path, bytes, type } = parsed(block, extra)
    const padding = (BLOCK - (bytes % BLOCK)) % BLOCK
    if (type === 'x') {
      extra = paxOf(await from.exactly(bytes))
      await from.exactly(padding)
      continue
    }
    extra = {}
    if (type === '0' || type === '\0') {
      if (path.startsWith('/') || path.split('/').includes('..')) throw new TarError(`${path} lies outside`)
      const body = from.upTo(bytes)
      yield { path, bytes, body }
      for await (const _rest of body);
    } else await from.exactly(bytes)
    await from.exactly(padding)
  }
}

function parsed(block: Buffer, extra: Record<string, string>): { path: string; bytes: number; type: string } {
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
  const text = (at: number, width: number) => block.toString('utf8', at, at + width).split('\0')[0] ?? ''
  if (Number.parseInt(text(148, 8), 8) !== sum) throw new TarError('no tar archive, or damaged')
  const prefix = text(345, 155)
  const bytes = Number(extra['size'] ?? Number.parseInt(text(124, 12), 8))
  return {
    path: extra['path'] ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100)),
    bytes,
    type: block.toString('latin1', 156, 157),
  }
}

function paxOf(record: Buffer): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 0; at < record.length; ) {
    const length = Number.parseInt(record.toString('latin1', at, at + 20), 10)
    if (!(length > 0)) break
    const line = record.toString('utf8', at, at + length - 1)
    const [, key = '', value = ''] = /^\d+ ([^=]+)=(.*)$/s.exec(line) ?? []
    found[key] = value
    at += length
  }
  return found
}

/** Takes a stream in pieces of known length. */
function reader(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array()
  async function* upTo(bytes: number): AsyncIterable<Uint8Array> {
    for (let left = bytes; left > 0; ) {
      if (held.length === 0) {
        const next = await chunks.next()
        if (next.done) throw new TarError('cut off')
        held = next.value
        continue
      }
      const piece = held.subarray(0, left)
      held = held.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
  return {
    upTo: (bytes: number) => once(upTo(bytes)),
    async exactly(bytes: number): Promise<Buffer> {
      const pieces: Uint8Array[] = []
      for await (const piece of upTo(bytes)) pieces.push(piece)
      return Buffer.concat(pieces)
    },
  }
}

/** The same iterator whoever asks: what one reader left over another skips. */
function once<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]()
  // No `return`: a reader that stops early must not end what the next one skips.
  return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) }
}
