/** A Word file as a draft: headings, lists, tables, links and bold as they are; what was not taken is said. */
import { DomUtils, parseDocument } from 'htmlparser2'
import { invalid, issue } from '../../lib/errors.ts'
import { lettersOf, plainText, sanitise } from '../../lib/html.ts'
import { cleanText } from '../../lib/text.ts'
import type { BlockName, Part } from '../content.ts'
import { type ImportNote, languageOf, type Recognised, recognise } from '../recognise.ts'
import { headingsOf } from '../recognise-govuk.ts'
import { secrecyMarks } from '../secrecy.ts'
import { closeDocx, openDocx, type Parts } from './parts.ts'
import { STYLES } from './styles.ts'
import { type Counts, tidyDocx, wordsOf } from './tidy.ts'

/** Word's names of styles are English in every language of Word; WPS keeps them. Our own come back where they were. */
const STYLE_MAP = [
  "p[style-name='Title'] => p.title:fresh",
  "p[style-name='heading 1'] => h2:fresh",
  "p[style-name='heading 2'] => h3:fresh",
  ...[3, 4, 5, 6].map((n) => `p[style-name='heading ${n}'] => h4:fresh`),
  "p[style-name='Heading 1'] => h2:fresh",
  "p[style-name='Heading 2'] => h3:fresh",
  ...[3, 4, 5, 6].map((n) => `p[style-name='Heading ${n}'] => h4:fresh`),
  "p[style-name='Quote'] => blockquote > p:fresh",
  ...Object.entries(STYLES).map(([name, style]) => `p[style-name='${style}'] => p.${name}:fresh`),
  'u => u',
]

/** @throws Refusal `invalid` on field `file`: import-docx-*, secrecy-mark */
export async function readDocx(name: string, bytes: Uint8Array): Promise<Recognised> {
  const opened = openDocx(name, bytes)
  refuseMarked(opened)
  const tidy = tidyDocx(opened)
  const html = await htmlOf(name, tidy.parts)
  const read = sorted(cleanText(html).text)
  return { ...read, notes: [...notesOn(tidy.counts, opened), ...read.notes] }
}

/** A mark of secrecy stops intake wherever it stands: also in a header, a comment, or words nobody sees. */
function refuseMarked(parts: Parts): void {
  for (const [name, part] of parts) {
    if (!/^word\/[a-z]+\d*\.xml$/.test(name)) continue
    const text = wordsOf(part)
    const place = name === 'word/document.xml' ? 'body' : 'header'
    if (secrecyMarks({ part: 'attachments', field: 'file', name: place, text, raw: text }).length > 0)
      throw invalid([issue('file', 'secrecy-mark')])
  }
}

async function htmlOf(name: string, parts: Parts): Promise<string> {
  const { default: mammoth } = await import('mammoth')
  try {
    const buffer = Buffer.from(closeDocx(parts))
    const made = await mammoth.convertToHtml({ buffer }, { styleMap: STYLE_MAP, externalFileAccess: false })
    return made.value
  } catch {
    throw invalid([issue('file', 'import-docx-broken', { name })])
  }
}

type Node = ReturnType<typeof parseDocument>['children'][number]
type Element = Extract<Node, { attribs: unknown }>
const isElement = (node: Node): node is Element => 'attribs' in node
const wordsIn = (node: Node) => DomUtils.textContent(node as never).trim()

/** Paragraphs with a style of ours go back to their fields; a notice without any style is read by its shape, as a text is. */
function sorted(html: string): Recognised {
  const doc = parseDocument(html)
  footnotes(doc.children)
  cells(doc.children)
  const top = doc.children.filter(isElement)
  const of = (name: string) => top.filter((e) => e.attribs['class'] === name)
  const own = ['title', ...Object.keys(STYLES)]
  const rest = doc.children.filter((n) => !isElement(n) || !own.includes(n.attribs['class'] ?? ''))
  const body = sanitise(DomUtils.getOuterHTML(rest as never, { xmlMode: false })).html
  const [title] = of('title')
  if (!title) return unstyled(body)
  const lines = (name: string) => of(name).map(linesIn).join('\n\n')
  const part: Part = {
    title: wordsIn(title),
    blocks: Object.fromEntries(
      BLOCK_STYLES.map((b) => [b, lines(b)] as const).filter(([, text]) => text !== ''),
    ) as Part['blocks'],
    body,
    ...Object.fromEntries(
      (['summary', 'addressees', 'signature'] as const)
        .map((n) => [n, n === 'signature' ? of(n).map(linesIn).join('\n') : lines(n)] as const)
        .filter(([, text]) => text !== ''),
    ),
  }
  const known = recognise([part.title, part.signature ?? ''].join('\n'))
  return asRead(part, { ...known.core, ...(known.formedOn ? { formedOn: known.formedOn } : {}) })
}
const BLOCK_STYLES: BlockName[] = ['claim', 'whenWhere', 'facts', 'actions', 'cause', 'advice']

/** The words of a paragraph; a break in it is a new line. */
function linesIn(e: Element): string {
  return plainText(DomUtils.getOuterHTML(e as never, { xmlMode: false }))
}

/** No style says what is what. Where the text has no structure of its own its lines say it; else only the head and the foot are taken. */
function unstyled(body: string): Recognised {
  // A badge above the title is not the title.
  const lead = /^(?:<p>\[图\d+(?:：[^<]*)?\]<\/p>)+/.exec(body)?.[0] ?? ''
  if (lead) {
    const read = unstyled(body.slice(lead.length))
    const whole = lead + read.part.body
    return { ...read, bodyHtml: whole, part: { ...read.part, body: whole } }
  }
  const text = plainText(body)
  if (!/<(h[2-4]|ul|ol|table|blockquote|a|strong|em|u|s|sub|sup)[\s>]/.test(body)) return recognise(text)
  const found = recognise(lettersByLine(body))
  const { title, addressees, signature, documentNumber } = found
  const taken = [documentNumber, title, addressees, ...(signature?.split('\n') ?? [])].filter((t) => t !== undefined)
  const kept = without(body, taken)
  const { body: _, ...part } = found.part
  return asRead({ ...part, body: kept }, found.core)
}

/** Each block of the top level as one line: what the shape of a notice is read from. */
const lettersByLine = (body: string): string =>
  parseDocument(body)
    .children.map((n) => wordsIn(n).replace(/\s+/g, ' '))
    .filter(Boolean)
    .join('\n')

/** Each of the lines is taken out once, where it stands as a paragraph of its own. */
function without(body: string, lines: string[]): string {
  const doc = parseDocument(body)
  for (const line of lines) {
    const at = doc.children.find((n) => isElement(n) && /^(p|h[2-4])$/.test(n.name) && wordsIn(n) === line.trim())
    if (at) DomUtils.removeElement(at as never)
  }
  return sanitise(DomUtils.getOuterHTML(doc as never, { xmlMode: false })).html
}

function asRead(part: Part, core: Recognised['core']): Recognised {
  const words = plainText(part.body)
  return {
    ...(part.title && { title: part.title }),
    ...(part.addressees && { addressees: part.addressees }),
    ...(part.signature && { signature: part.signature }),
    ...(core.documentNumber && { documentNumber: core.documentNumber }),
    ...(core.formedOn && { formedOn: core.formedOn }),
    headings: headingsOf(part.body),
    bodyHtml: part.body,
    part,
    core,
    language: languageOf(part.title + words + Object.values(part.blocks).join('')),
    notes: part.title ? [] : [{ field: 'title', code: 'title-not-found' }],
    unrecognised: [],
    segments: [{ to: 'body', text: words }],
  }
}

/** A cell of one paragraph is its words, as the editor writes it. */
function cells(nodes: Node[]): void {
  for (const cell of DomUtils.findAll((e) => e.name === 'td' || e.name === 'th', nodes as never) as Element[]) {
    const [only, ...more] = cell.children
    if (only && more.length === 0 && isElement(only) && only.name === 'p') cell.children = only.children
  }
}

/** Notes at the foot become paragraphs at the end, each behind its number. */
function footnotes(nodes: Node[]): void {
  for (const list of nodes.filter((n) => isElement(n) && n.name === 'ol') as Element[]) {
    const items = list.children.filter(isElement)
    if (!items.length || !items.every((li) => /^(foot|end)note-/.test(li.attribs['id'] ?? ''))) continue
    const html = items.map((li, i) => `<p>[${i + 1}] ${noteWords(li)}</p>`).join('')
    const fresh = parseDocument(html).children
    const at = nodes.indexOf(list)
    nodes.splice(at, 1, ...fresh)
  }
}

/** Without the arrow that leads back. */
function noteWords(li: Element): string {
  for (const a of DomUtils.findAll((e) => e.name === 'a' && /^#(foot|end)note-ref/.test(e.attribs['href'] ?? ''), [
    li,
  ] as never))
    DomUtils.removeElement(a)
  const inner = li.children.map((p) =>
    isElement(p) && p.name === 'p' ? DomUtils.getInnerHTML(p as never) : DomUtils.getOuterHTML(p as never),
  )
  return inner.join(' ').trim()
}

function notesOn(counts: Counts, parts: Parts): ImportNote[] {
  const note = (code: string, n: number): ImportNote[] => (n ? [{ field: 'body', code, params: { n } }] : [])
  const heads = [...parts]
    .filter(([name]) => /^word\/(header|footer)\d*\.xml$/.test(name))
    .flatMap(([, part]) => wordsOf(part).split('\n'))
    .filter((line) => line.trim() !== '' && !/^[\s\d\-—–第页共/]*$/.test(line))
  return [
    ...note('docx-insertions', counts.insertions),
    ...note('docx-deletions', counts.deletions),
    ...note('docx-comments', counts.comments),
    ...note('docx-hidden', counts.hidden),
    ...note('docx-pictures', counts.pictures - counts.marked),
    ...note('docx-pictures-marked', counts.marked),
    ...note('docx-footnotes', counts.footnotes),
    ...[...new Set(heads)].slice(0, 4).map((text) => ({
      field: 'body',
      code: 'docx-header',
      params: { text: lettersOf(text.slice(0, 60)) },
    })),
  ]
}
