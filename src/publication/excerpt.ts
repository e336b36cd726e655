/** The place of a text where the words that were asked for stand, with the words marked. Pure. */
import { query, runsOf } from '../lib/cjk.ts'

/** Pieces of a text in order; `hit` is to be marked. */
export type Piece = { text: string; hit: boolean }
export type Finder = { whole: RegExp; any: RegExp }

const LETTER = /[a-z0-9]/
/** Full-width forms stand 0xFEE0 above ASCII. */
const wide = (c: string): string => String.fromCharCode(c.charCodeAt(0) + 0xfee0)
const variants = (c: string): string => {
  const upper = c.toUpperCase()
  const all = new Set([c, upper, wide(c), wide(upper)])
  return `[${[...all].join('')}]`
}
/** Variation selectors and joiners are not typed but may stand between the letters of a word. */
const BETWEEN = '\\p{Default_Ignorable_Code_Point}*'

function spelt(run: string): string {
  const letters = [...run].map((c) => (LETTER.test(c) ? variants(c) : c))
  const text = letters.join(BETWEEN)
  return /^[\p{Script=Latin}\p{N}]/u.test(run) ? `(?<![\\p{L}\\p{N}])${text}(?![\\p{L}\\p{N}])` : text
}

/** null where nothing was asked for that could be marked. */
export function finderOf(q: string): Finder | null {
  const runs = [...new Set(runsOf(q))].slice(0, 20)
  if (runs.length === 0) return null
  const pieces = query(q).slice(0, 40)
  const any = [...new Set([...runs, ...pieces])].map(spelt).join('|')
  return { whole: new RegExp(runs.map(spelt).join('|'), 'iu'), any: new RegExp(any, 'giu') }
}

/** A text with what was found in it marked. */
export function marked(text: string, finder: Finder | null): Piece[] {
  if (!finder) return [{ text, hit: false }]
  const pieces: Piece[] = []
  let last = 0
  for (const m of text.matchAll(finder.any)) {
    if (m.index > last) pieces.push({ text: text.slice(last, m.index), hit: false })
    pieces.push({ text: m[0], hit: true })
    last = m.index + m[0].length
  }
  if (last < text.length) pieces.push({ text: text.slice(last), hit: false })
  return pieces
}

const BEFORE = 24

/** Where in a text the best of what was asked for stands; -1 where none of it does. */
export function placeOf(text: string, finder: Finder): number {
  const whole = text.search(finder.whole)
  return whole >= 0 ? whole : text.search(new RegExp(finder.any, 'iu'))
}

/** `width` characters around what was found, else the beginning; blanks and line ends become single blanks. */
export function excerptOf(text: string, finder: Finder | null, width: number): Piece[] {
  const plain = text.replace(/\s+/g, ' ').trim()
  const at = finder ? placeOf(plain, finder) : -1
  const from = startOf(plain, Math.max(0, at - BEFORE))
  const to = Math.min(plain.length, from + width)
  const cut = plain
    .slice(from, to)
    .toWellFormed()
    .replace(/^\ufffd|\ufffd$/g, '')
  const ends = [...(from > 0 ? ['…'] : []), ...(to < plain.length ? ['…'] : [])]
  const pieces = marked(cut, finder)
  return [
    ...(from > 0 ? [{ text: '…', hit: false }] : []),
    ...pieces,
    ...(ends.length > (from > 0 ? 1 : 0) ? [{ text: '…', hit: false }] : []),
  ]
}

/** A little later, where a sentence or a word begins. */
function startOf(text: string, at: number): number {
  if (at === 0) return 0
  const near = /[。；！？，、\s]/.exec(text.slice(at, at + BEFORE - 2))
  return near ? at + near.index + 1 : at
}
