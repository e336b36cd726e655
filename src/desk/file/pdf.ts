/** A PDF looked into: pages without text, letters painted over or unseen, annotations, and every text. Runs in a thread of its own. */
import { type Contents, type Finding, finding, type Place, type Unit } from '../looked.ts'
import { type Painting, unseenIn } from './pdf-cover.ts'
import { ranges } from './xlsx-book.ts'

/** More pages are not looked at, and the rest is said to be so. */
const PAGES = 500

type Annotation = {
  subtype?: string
  contentsObj?: { str?: string }
  fieldValue?: unknown
  alternativeText?: string
  overlayText?: string
}
type Seen = { findings: Finding[]; unit: Unit; blank: boolean }

/** @throws whatever the reader of PDFs throws: the file is then one nobody could look into */
export async function lookIntoPdf(bytes: Uint8Array): Promise<Contents> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const home = new URL('./', import.meta.resolve('pdfjs-dist/package.json')).href
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${home}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${home}standard_fonts/`,
    wasmUrl: `${home}wasm/`,
    useSystemFonts: false,
    isEvalSupported: false,
    stopAtErrors: false,
    verbosity: 0,
  } as never)
  const doc = await task.promise
  const found: Contents = { findings: [], units: [], columns: [] }
  const blank: number[] = []
  for (let n = 1; n <= Math.min(doc.numPages, PAGES); n++) {
    const page = await doc.getPage(n)
    const seen = lookAt(n, {
      texts: (await page.getTextContent()).items.map((item) =>
        'str' in item ? item.str + (item.hasEOL ? '\n' : '') : '',
      ),
      painting: (await page.getOperatorList()) as never,
      annotations: (await page.getAnnotations()) as Annotation[],
      ops: pdfjs.OPS as never,
    })
    found.findings.push(...seen.findings)
    found.units.push(seen.unit)
    if (seen.blank) blank.push(n)
    page.cleanup()
  }
  if (blank.length > 0)
    found.findings.push(finding('file-scan-page', { kind: 'page', at: ranges(blank) }, blank.length))
  if (doc.numPages > PAGES)
    found.findings.push(
      finding('file-unscannable', { kind: 'page', at: `${PAGES + 1}:${doc.numPages}` }, doc.numPages - PAGES),
    )
  found.findings.push(...(await told(doc as never)))
  await task.destroy()
  return found
}

type Page = { texts: string[]; painting: Painting; annotations: Annotation[]; ops: Record<string, number> }

function lookAt(n: number, { texts, painting, annotations, ops }: Page): Seen {
  const place: Place = { kind: 'page', at: String(n) }
  const said = annotations.flatMap((a) => [
    a.contentsObj?.str,
    a.overlayText,
    typeof a.fieldValue === 'string' ? a.fieldValue : '',
  ])
  const notes = annotations.filter((a) => !['Link', 'Widget', 'Popup'].includes(a.subtype ?? ''))
  const unseen = unseenIn(painting, ops)
  const text = texts.join('')
  const rule = (name: Parameters<typeof finding>[0], words: string) =>
    words.trim() ? [finding(name, place, 1, words)] : []
  const findings = [
    ...rule('file-covered', unseen.over),
    ...rule('file-under-picture', unseen.picture),
    ...rule('file-invisible-text', unseen.invisible),
    ...rule('file-pale-text', unseen.pale),
    ...(notes.length ? [finding('file-comment', place, notes.length, notes[0]?.contentsObj?.str ?? '')] : []),
  ]
  const more = said.filter(Boolean).join('\n')
  const unit = { place, text: more ? `${text}\n${more}` : text, heads: true, ...(n === 1 ? { body: true } : {}) }
  return { findings, unit, blank: text.trim() === '' && painting.fnArray.length > 0 }
}

type Doc = {
  getMetadata(): Promise<{ info: Record<string, unknown>; metadata: unknown }>
  getAttachments(): Promise<Record<string, unknown> | null>
}

/** What cleaning could not take out, because the file is signed. */
async function told(doc: Doc): Promise<Finding[]> {
  const { info, metadata } = await doc.getMetadata()
  const names = ['Author', 'Creator', 'Title', 'Subject', 'Keywords'].filter((k) => String(info[k] ?? '').trim() !== '')
  const attached = Object.keys((await doc.getAttachments()) ?? {})
  return [
    ...(names.length || metadata
      ? [finding('file-metadata', { kind: 'part', at: names.join(', ') || 'XMP' }, Math.max(1, names.length))]
      : []),
    ...(attached.length
      ? [finding('file-embedded', { kind: 'part', at: attached.slice(0, 3).join(', ') }, attached.length)]
      : []),
  ]
}
