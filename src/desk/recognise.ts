/**
 * Reads the shape of an official notice out of plain text (GB/T 9704-2012: 发文字号, title, 主送机关, 一、（一）1.（1）, 附件,
 * signature and date). Every character ends in exactly one place of the result; what is not understood stays in the body.
 */
import { escapeHtml, sanitise } from '../lib/html.ts'
import { cleanText } from '../lib/text.ts'
import type { Core, Language, Part } from './content.ts'
import { bodySegments, ending, linesOf, opening, type Place, readDate, type Segment } from './notice-shape.ts'
import { kindOfTitle } from './title-kind.ts'

export type { Place, Segment }

export type ImportNote = { field: string; code: string; params?: Record<string, string | number> }

export type Recognised = {
  documentNumber?: string
  title?: string
  /** As written, with its colon. */
  addressees?: string
  /** Level 0 is the title of the document that is passed on; 1 to 4 are 一、（一）1.（1）. */
  headings: { level: number; text: string }[]
  /** The signing body and, on the next line, the date as written. */
  signature?: string
  /** YYYY-MM-DD */
  formedOn?: string
  /** Sanitised. */
  bodyHtml: string
  part: Part
  core: Partial<Core>
  language: Language
  notes: ImportNote[]
  /** Lines above the title that belong to no known place; they stand at the head of the body. */
  unrecognised: string[]
  segments: Segment[]
}

/** What a pasted or imported text says. Never fails: a text without any shape is all body. */
export function recognise(source: string): Recognised {
  const lines = linesOf(cleanText(source).text)
  const end = ending(lines)
  const head = opening(lines.slice(0, end.from))
  const segments = [...head.segments, ...head.rest.flatMap((line) => bodySegments(line, head.title)), ...end.segments]
  return assemble(segments, head.unrecognised)
}

function assemble(pieces: Segment[], unrecognised: string[]): Recognised {
  const segments = onePerPlace(pieces)
  const only = (to: Place) => segments.filter((s) => s.to === to).map((s) => s.text)
  const written = segments.filter((s) => s.to === 'body' || s.to === 'heading')
  const bodyHtml = sanitise(written.map(asHtml).join('')).html
  const [documentNumber] = only('documentNumber')
  const [title] = only('title')
  const [addressees] = only('addressees')
  const signature = [...only('signature'), ...only('date')].join('\n') || undefined
  const formedOn = only('date').map(readDate)[0]
  const headings = segments.filter((s) => s.to === 'heading').map((s) => ({ level: s.level!, text: s.text }))
  const language = languageOf(segments.map((s) => s.text).join('\n'))
  const kind = title && kindOfTitle(title)
  const found = {
    ...(documentNumber && { documentNumber }),
    ...(title && { title }),
    ...(addressees && { addressees }),
    ...(signature && { signature }),
    ...(formedOn && { formedOn }),
  }
  return {
    ...found,
    headings,
    bodyHtml,
    part: {
      title: title ?? '',
      blocks: {},
      body: bodyHtml,
      ...(addressees && { addressees }),
      ...(signature && { signature }),
    },
    core: { ...(kind && { kind }), ...(documentNumber && { documentNumber }), ...(formedOn && { formedOn }) },
    language,
    notes: notesOn(found, segments, unrecognised),
    unrecognised,
    segments,
  }
}

/** A second number or title is text like any other. */
function onePerPlace(pieces: Segment[]): Segment[] {
  const taken = new Set<Place>()
  return pieces.map((piece) => {
    if (piece.to === 'body' || piece.to === 'heading' || !taken.has(piece.to)) {
      taken.add(piece.to)
      return piece
    }
    return { to: 'body', text: piece.text }
  })
}

const asHtml = ({ to, text, level }: Segment): string => {
  const tag = to !== 'heading' ? 'p' : level === 0 || level === 1 ? 'h2' : level === 2 ? 'h3' : level === 3 ? 'h4' : 'p'
  return `<${tag}>${escapeHtml(text)}</${tag}>`
}

/** What was not found, and what was found but left where it stood, so that a person looks. */
function notesOn(
  found: Pick<Recognised, 'documentNumber' | 'title' | 'addressees' | 'signature' | 'formedOn'>,
  segments: Segment[],
  unrecognised: string[],
): ImportNote[] {
  const body = segments.filter((s) => s.to === 'body').map((s) => s.text)
  const missing = (['title', 'documentNumber', 'addressees', 'signature', 'formedOn'] as const)
    .filter((name) => !found[name])
    .map((name) => ({ field: name, code: `${NOTE[name]}-not-found` }))
  const annexes = body.filter((line) => /^附件\s*\d*\s*[：:.]?/.test(line))
  return [
    ...missing,
    ...unrecognised.map((text) => ({ field: 'body', code: 'kept-in-body', params: { text: text.slice(0, 40) } })),
    ...annexes.map((text) => ({ field: 'attachments', code: 'annex-named', params: { text: text.slice(0, 60) } })),
    ...body
      .filter((l) => /^(抄送|印发)/.test(l))
      .map((text) => ({ field: 'body', code: 'kept-in-body', params: { text: text.slice(0, 40) } })),
    ...body.filter((l) => /^[（(]此件.{0,10}公开/.test(l)).map(() => ({ field: 'body', code: 'public-mark' })),
  ]
}

const NOTE = {
  title: 'title',
  documentNumber: 'document-number',
  addressees: 'addressees',
  signature: 'signature',
  formedOn: 'date',
} as const

/** The script most of the letters are in. */
export function languageOf(text: string): Language {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  const [mongolian, han, latin] = [
    count(/\p{Script=Mongolian}/gu),
    count(/\p{Script=Han}/gu),
    count(/\p{Script=Latin}+/gu),
  ]
  if (mongolian > han && mongolian > latin) return 'mn-Mong-CN'
  return latin > han ? 'en' : 'zh-CN'
}
