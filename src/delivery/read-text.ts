/** Text as a reader meets it, with the places where markup began or ended, so that one sentence can be looked for exactly. */
import { Parser } from 'htmlparser2'

/** Stands where an inline tag began or ended; U+001F can be in no published text. */
const EDGE = '\u001f'
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const BLOCKS = new Set(
  (
    'p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre div section article header footer main aside nav ' +
    'figure figcaption table caption thead tbody tfoot tr th td'
  ).split(' '),
)
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'head'])

/** Characters XML cannot carry are not missed, and any run of spaces is one space: else nothing may differ. */
export const normal = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[^\S\n]+/g, ' ')

/** One line of a text that stands for itself: trimmed, without line ends. */
export const oneLine = (text: string): string => normal(text).replace(/\s+/g, ' ').trim()

/** Lines of a plain text, empty ones left out. */
export const linesOf = (text: string): string[] =>
  normal(text.replace(/\r\n?/g, '\n'))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** HTML as text: \n where a block begins or ends, EDGE where an inline element does. */
export function flowOf(html: string): string {
  let flow = ''
  let unread = 0
  const mark = (name: string) => {
    flow += BLOCKS.has(name) ? '\n' : EDGE
  }
  const parser = new Parser({
    onopentag(name) {
      if (UNREAD.has(name)) unread++
      mark(name)
    },
    ontext(text) {
      if (unread === 0) flow += text.replace(FORBIDDEN, '').replace(/\s+/g, ' ')
    },
    onclosetag(name) {
      if (UNREAD.has(name)) unread--
      mark(name)
    },
  })
  parser.end(html)
  return flow
}

/** Lines of an HTML text, inline markup forgotten. */
export const htmlLines = (html: string): string[] => linesOf(flowOf(html).replaceAll(EDGE, ''))

/** A text that answers whether it holds a line whole: begun and ended where a line or a tag does. */
export class Flow {
  readonly plain: string
  private readonly edges = new Set<number>()

  constructor(flow: string) {
    let plain = ''
    for (const c of flow.toWellFormed().replace(/[^\S\n]+/g, ' ')) {
      if (c === EDGE) this.edges.add(plain.length)
      else if (c === '\n') plain = `${plain.endsWith(' ') ? plain.slice(0, -1) : plain}\n`
      else if (c !== ' ' || !/[ \n]$/.test(plain.slice(-1))) plain += c
    }
    this.plain = plain
  }

  holds(line: string): boolean {
    for (let at = this.plain.indexOf(line); at !== -1; at = this.plain.indexOf(line, at + 1))
      if (this.bounded(at, -1) && this.bounded(at + line.length, 1)) return true
    return false
  }

  /** True where a line or tag begins or ends, a space between them not counted. */
  private bounded(at: number, step: 1 | -1): boolean {
    const beside = (place: number) => this.plain[step === 1 ? place : place - 1]
    const edge = (place: number) => beside(place) === undefined || beside(place) === '\n' || this.edges.has(place)
    return edge(at) || (beside(at) === ' ' && edge(at + step))
  }
}

/**
 * Plain text made from HTML marks list items, parts cells by tabs and writes addresses behind links: marks and tabs become edges and the
 * addresses go, so that what is left are the words themselves.
 */
export const flowOfPlain = (text: string): string =>
  withoutAddresses(text.replace(FORBIDDEN, ''))
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', `${EDGE} ${EDGE}`)
    .replace(/^(\s*(?:•|\d+\.) )/gm, `$1${EDGE}`)

export const withoutAddresses = (text: string): string =>
  text.replace(/ ?\((?:https?|mailto|tel):(?:[!-'*-~]|\([!-'*-~]*\))*\)/g, '')
