/** Masks words in a document whose paragraphs are cut into runs: what is one number to a reader may lie in four elements. */
import { escapeXml, spliced, type Token, textOf, tokens } from '../../lib/xml-tokens.ts'
import { type Package, retagged, setPart, textOfPart, xmlParts } from './package.ts'

export type Masker = (text: string) => string

/** Paragraph by paragraph: the texts joined, masked, and laid back into their elements. */
export function maskRuns(text: string, paragraphs: string[], mask: Masker): string {
  const changes: { start: number; end: number; to: string }[] = []
  let runs: Token[] = []
  const flush = () => {
    changes.push(...laidBack(text, runs, mask))
    runs = []
  }
  for (const token of tokens(text)) {
    if (token.kind === 'text') runs.push(token)
    else if (paragraphs.includes(token.name)) flush()
  }
  flush()
  return spliced(text, changes)
}

/** As long as masking keeps the length each character goes back where it stood; otherwise all into the first. */
function laidBack(text: string, runs: Token[], mask: Masker) {
  const said = runs.map((run) => textOf(text, run))
  const joined = said.join('')
  const masked = joined.trim() ? mask(joined) : joined
  if (masked === joined) return []
  let at = 0
  return runs.map((run, i) => {
    const length = (said[i] as string).length
    const piece = masked.length === joined.length ? masked.slice(at, at + length) : i === 0 ? masked : ''
    at += length
    return { start: run.start, end: run.end, to: escapeXml(piece) }
  })
}

/** Every part of a package but the ones done otherwise: texts, and attributes that say something. */
export function maskPackage(pkg: Package, skip: (part: string) => boolean, mask: Masker): void {
  for (const part of xmlParts(pkg)) {
    if (/^\[|\.rels$|theme\d*\.xml$|styles\.xml$/.test(part) || skip(part)) continue
    const text = textOfPart(pkg, part)
    const runs = maskRuns(text, ['p', 'si', 'comment', 'tr', 'row', 'c', 'definedName'], mask)
    const now = retagged(runs, (_tag, _attr, value) => (value.length > 5 ? mask(value) : value))
    if (now !== text) setPart(pkg, part, now)
  }
}
