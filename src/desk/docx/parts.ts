/** The parts of a .docx that hold words, unpacked under a ceiling: whatever a file says of its own size, no more is ever inflated. */
import { Unzip, UnzipInflate, zipSync } from 'fflate'
import { Parser } from 'htmlparser2'
import { invalid, issue } from '../../lib/errors.ts'

const MB = 1024 * 1024
/** A book of 500 pages has a document.xml of about 6 MB. */
const EACH = 8 * MB
const ALL = 24 * MB
const MOST_ENTRIES = 2000
/** That book has some 150,000; each becomes a node that holds fifty times what it weighs in the file. */
const MOST_TAGS = 600_000
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
  const seen = { entries: 0, bytes: 0, tags: 0, macros: false }
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
      seen.tags += text?.split('<').length ?? 0
      if (seen.tags > MOST_TAGS) failure = 'import-docx-too-big'
      else if (text === null || isTooDeep(text)) failure = 'import-docx-broken'
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

/** Deeper than any person nests anything. Whoever reads a part walks it by recursion, and looks into each paragraph from each around it. */
const DEEPEST = 200

/** Asked of every part before anything is made of it: eight hundred bytes of paragraphs inside each other would hold the service for minutes. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let deepest = 0
  const parser = new Parser(
    {
      onopentagname() {
        deepest = Math.max(deepest, ++depth)
      },
      onclosetag() {
        depth--
      },
    },
    { xmlMode: true },
  )
  for (let at = 0; at < text.length && deepest <= DEEPEST; at += 65_536) parser.write(text.slice(at, at + 65_536))
  return deepest > DEEPEST
}

/** The parts as a file again, holding nothing else: what the reader of the format is given. */
export const closeDocx = (parts: Parts): Uint8Array =>
  zipSync(Object.fromEntries([...parts].map(([name, text]) => [name, new TextEncoder().encode(text)])), { level: 0 })
