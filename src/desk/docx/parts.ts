/** The parts of a .docx that hold words, unpacked under a ceiling: whatever a file says of its own size, no more is ever inflated. */
import { Unzip, UnzipInflate, zipSync } from 'fflate'
import { invalid, issue } from '../../lib/errors.ts'

const MB = 1024 * 1024
/** A book of 500 pages has a document.xml of about 6 MB. */
const EACH = 8 * MB
const ALL = 24 * MB
const MOST_ENTRIES = 2000
/** How much is fed to the inflater at a time: a bomb is noticed after at most a thousand times as much. */
const BITE = 4096

const WANTED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(document|styles|numbering|footnotes|endnotes|comments|header\d*|footer\d*)\.xml|word\/_rels\/document\.xml\.rels)$/

export type Parts = Map<string, string>

type Failure = 'import-docx-too-big' | 'import-docx-broken' | 'import-docx-macros'

/** @throws Refusal `invalid`: import-docx-too-big, import-docx-broken, import-docx-macros */
export function openDocx(name: string, bytes: Uint8Array): Parts {
  const found = unpack(bytes)
  if (typeof found !== 'string') return found
  throw invalid([issue('file', found, { name, ...(found === 'import-docx-too-big' ? { max: ALL / MB } : {}) })])
}

function unpack(bytes: Uint8Array): Parts | Failure {
  const parts: Parts = new Map()
  const seen = { entries: 0, bytes: 0, macros: false }
  let failure: Failure | null = null
  const unzip = new Unzip((file) => {
    seen.entries++
    if (/vbaProject\.bin$/i.test(file.name)) seen.macros = true
    if (seen.entries > MOST_ENTRIES) failure = 'import-docx-too-big'
    if (failure || !WANTED.test(file.name)) return
    const chunks: Uint8Array[] = []
    let size = 0
    file.ondata = (err, data, final) => {
      if (failure) return
      if (err) failure = 'import-docx-broken'
      size += data.length
      seen.bytes += data.length
      if (size > EACH || seen.bytes > ALL) failure = 'import-docx-too-big'
      chunks.push(data)
      if (!final || failure) return
      const text = textOf(chunks)
      if (text === null) failure = 'import-docx-broken'
      else parts.set(file.name, text)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length && !failure; at += BITE)
      unzip.push(bytes.subarray(at, at + BITE), at + BITE >= bytes.length)
  } catch {
    failure ??= 'import-docx-broken'
  }
  if (failure) return failure
  if (!parts.has('word/document.xml') || !parts.has('[Content_Types].xml')) return 'import-docx-broken'
  return seen.macros ? 'import-docx-macros' : parts
}

/** Null for what is no UTF-8, and for entities of its own making: that is how a small XML grows without end. */
function textOf(chunks: Uint8Array[]): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
    return /<!(DOCTYPE|ENTITY)/i.test(text) ? null : text
  } catch {
    return null
  }
}

/** The parts as a file again, holding nothing else: what the reader of the format is given. */
export const closeDocx = (parts: Parts): Uint8Array =>
  zipSync(Object.fromEntries([...parts].map(([name, text]) => [name, new TextEncoder().encode(text)])), { level: 0 })
