/** What a file is, by its bytes and never by its name; and one thing only, from its first byte to its last. */
import { FileFault } from '../looked.ts'
import { isJpeg, isPng } from './picture.ts'

export const OFFICE = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
} as const

export const ENDINGS: Record<string, string[]> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'text/plain': ['.txt'],
  'text/csv': ['.csv'],
  [OFFICE.xlsx]: ['.xlsx'],
  [OFFICE.docx]: ['.docx'],
  [OFFICE.pptx]: ['.pptx'],
}
/** For a form's `accept`. */
export const ACCEPTED = Object.values(ENDINGS).flat().join(',')

export type Rough = 'pdf' | 'png' | 'jpeg' | 'text' | 'zip'

/** @throws FileFault file-type, file-legacy, file-encrypted, file-polyglot */
export function roughType(bytes: Uint8Array): Rough {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (head.startsWith('\xd0\xcf\x11\xe0'))
    throw new FileFault(holdsWide(bytes, 'EncryptedPackage') ? 'file-encrypted' : 'file-legacy')
  if (head.startsWith('%PDF-')) return assertOnlyPdf(bytes)
  if (isPng(bytes)) return 'png'
  if (isJpeg(bytes)) return 'jpeg'
  if (head.startsWith('PK\x03\x04')) return 'zip'
  if (isText(bytes)) return 'text'
  throw new FileFault('file-type')
}

const holdsWide = (bytes: Uint8Array, word: string): boolean =>
  Buffer.from(bytes).includes(Buffer.from(word, 'utf16le'))

/** A zip behind a PDF opens as either. */
function assertOnlyPdf(bytes: Uint8Array): 'pdf' {
  const all = Buffer.from(bytes)
  const end = all.lastIndexOf('%%EOF')
  if (end < 0) throw new FileFault('file-damaged', 'no %%EOF')
  const tail = all.subarray(end + 5)
  if (tail.byteLength > 1024 || all.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) > end)
    throw new FileFault('file-polyglot')
  return 'pdf'
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !/[\x00-\x08\x0e-\x1f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return false
  }
}

/** Whether the name ends as a file of this type does. */
export const endsAs = (type: string, name: string): boolean =>
  ENDINGS[type]?.some((e) => name.toLowerCase().endsWith(e)) ?? false
