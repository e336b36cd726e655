/** A file someone brings, of any form we read: a Word file by its structure, everything else as text. */
import { invalid, issue } from '../lib/errors.ts'
import { readDocx } from './docx/read.ts'
import { importFile } from './import-file.ts'
import type { Recognised } from './recognise.ts'

const begins = (bytes: Uint8Array, ...with_: number[]) => with_.every((b, i) => bytes[i] === b)

/** @throws Refusal `invalid` on field `file` or what stands in it */
export async function bringFile(name: string, bytes: Uint8Array): Promise<Recognised> {
  if (begins(bytes, 0x50, 0x4b, 3, 4)) return readDocx(name, bytes)
  // A Word file of before 2007, and one locked with a password, are both of this older form.
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw invalid([issue('file', 'import-doc-old', { name })])
  return importFile(name, bytes)
}
