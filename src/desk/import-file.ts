/** A file someone brings: read by what it holds, not by what it is called. */
import { parseDocument } from 'htmlparser2'
import { invalid, issue } from '../lib/errors.ts'
import { plainText, sanitise } from '../lib/html.ts'
import { cleanText } from '../lib/text.ts'
import { type ImportNote, languageOf, type Recognised, recognise } from './recognise.ts'
import { headingsOf, isGovUk, recogniseGovUk } from './recognise-govuk.ts'

/** More than any field of a release holds; each paragraph of it takes its time, and others wait meanwhile. */
const LONGEST = 400_000

/**
 * Reads a text, an HTML page, or a GOV.UK press release in JSON.
 * @throws Refusal `invalid` for a file that is none of these, with the reason; nothing is guessed out of binary files.
 */
export function importFile(name: string, bytes: Uint8Array): Recognised {
  const { text, notes } = decode(name, bytes)
  if (text.length > LONGEST) throw invalid([issue('file', 'import-too-long', { name, max: LONGEST })])
  if (text.trim() === '') throw invalid([issue('file', 'import-empty', { name })])
  const read = readText(name, text)
  return { ...read, notes: [...notes, ...read.notes] }
}

function readText(name: string, text: string): Recognised {
  if (/^\s*[{[]/.test(text)) {
    const json = parsed(text)
    if (isGovUk(json)) return recogniseGovUk(json)
    if (json !== undefined) throw invalid([issue('file', 'import-json', { name })])
  }
  return /^\s*<(?:!doctype html|html|head|body|div|p|h[1-6]|article|section)\b/i.test(text)
    ? fromHtml(text)
    : recognise(text)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a text may begin with a bracket
  }
}

/** Strict: UTF-8 first, then what older Chinese programs write; a byte that fits neither refuses the file. */
function decode(name: string, bytes: Uint8Array): { text: string; notes: ImportNote[] } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: decoded('utf-16le', bytes) ?? refuse(name), notes: [encodingNote('UTF-16')] }
  }
  if (bytes.includes(0)) return refuse(name)
  const utf8 = decoded('utf-8', bytes)
  if (utf8 !== undefined) return { text: utf8, notes: [] }
  return { text: decoded('gb18030', bytes) ?? refuse(name), notes: [encodingNote('GB18030')] }
}

const encodingNote = (encoding: string): ImportNote => ({ field: 'file', code: 'decoded-as', params: { encoding } })
const refuse = (name: string): never => {
  throw invalid([issue('file', 'import-not-text', { name })])
}

function decoded(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The first heading, else the page's title, is the title; the heading also stays in the body where it stood. */
function fromHtml(source: string): Recognised {
  const text = cleanText(source).text
  const { html: bodyHtml, dropped } = sanitise(text)
  const words = plainText(bodyHtml)
  const title = firstText(text, 'h1') ?? firstText(text, 'title') ?? ''
  return {
    ...(title && { title }),
    headings: headingsOf(bodyHtml),
    bodyHtml,
    part: { title, blocks: {}, body: bodyHtml },
    core: {},
    language: languageOf(words),
    notes: dropped.length
      ? [{ field: 'body', code: 'html-dropped', params: { dropped: dropped.slice(0, 20).join(', ') } }]
      : [],
    unrecognised: [],
    segments: [{ to: 'body', text: words }],
  }
}

type Node = { name?: string; data?: string; children?: Node[] }

function firstText(html: string, tag: string): string | undefined {
  const queue = [...(parseDocument(html).children as Node[])]
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node.name === tag) return words(node).replace(/\s+/g, ' ').trim() || undefined
    queue.unshift(...(node.children ?? []))
  }
  return undefined
}

const words = (node: Node): string => node.data ?? (node.children ?? []).map(words).join('')
