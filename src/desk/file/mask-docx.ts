/** A text document with its changes accepted, and comments and hidden text gone; personal data masked. */
import { attrsOf, spliced, type Token, tokens } from '../../lib/xml-tokens.ts'
import type { MaskOrder } from '../looked.ts'
import { GONE, hidingStyles, storiesOf } from './docx.ts'
import { type Masker, maskPackage } from './mask-runs.ts'
import { dropParts, editPart, type Package, setPart, textOfPart, unwrapped, without } from './package.ts'

const RANGES = [
  'moveFromRangeStart',
  'moveFromRangeEnd',
  'moveToRangeStart',
  'moveToRangeEnd',
  'customXmlInsRangeStart',
  'customXmlInsRangeEnd',
  'customXmlDelRangeStart',
  'customXmlDelRangeEnd',
]
const COMMENTED = ['commentRangeStart', 'commentRangeEnd', 'commentReference', 'annotationRef']

export function maskDocx(pkg: Package, order: MaskOrder, mask: Masker): void {
  const hiding = hidingStyles(pkg)
  const stories = storiesOf(pkg)
  const each = (change: (text: string) => string) => {
    for (const part of stories) setPart(pkg, part, change(textOfPart(pkg, part)))
  }
  if (order.take.includes('changes')) each(accepted)
  if (order.take.includes('hidden')) each((text) => withoutRuns(text, hiding))
  if (order.take.includes('comments')) {
    each((text) => without(text, (t) => COMMENTED.includes(t.name)))
    dropParts(pkg, (n) => /\/(comments\w*|people)\.xml$/.test(n))
  }
  if (order.take.includes('embedded')) dropEmbedded(pkg)
  if (order.take.includes('personal')) maskPackage(pkg, () => false, mask)
}

/** What was struck out goes, what was put in stays; so do the looks as they are now. Settings stop recording. */
function accepted(text: string): string {
  const rows = deletedRows(text)
  const kept = without(
    text,
    (t) =>
      GONE.includes(t.name) ||
      rows.has(t.start) ||
      RANGES.includes(t.name) ||
      /(?:PrChange|GridChange|numberingChange)$/.test(t.name),
  )
  return unwrapped(kept, ['ins', 'moveTo'])
}

/** Starts of table rows whose own mark is struck out. */
function deletedRows(text: string): Set<number> {
  const gone = new Set<number>()
  const rows: number[] = []
  let inRowProperties = false
  for (const token of tokens(text)) {
    if (token.name === 'tr') {
      if (token.kind === 'open' && !token.empty) rows.push(token.start)
      else rows.pop()
    }
    if (token.name === 'trPr') inRowProperties = token.kind === 'open' && !token.empty
    if (token.name === 'del' && token.kind === 'open' && inRowProperties) gone.add(rows.at(-1) as number)
  }
  return gone
}

/** Runs that are hidden by their own looks, by their style or by that of their paragraph. */
function withoutRuns(text: string, hiding: Set<string>): string {
  const cuts: { start: number; end: number; to: string }[] = []
  let run: Token | null = null
  let hidden = false
  let paragraph = false
  for (const token of tokens(text)) {
    if (token.name === 'p' && token.kind === 'open') paragraph = false
    if (token.kind === 'open' && token.name === 'pStyle') paragraph = hiding.has(attrsOf(text, token)['val'] ?? '')
    if (token.kind === 'open' && token.name === 'r' && !token.empty) [run, hidden] = [token, paragraph]
    if (token.kind === 'open' && run) {
      const a = ['vanish', 'specVanish', 'rStyle'].includes(token.name) ? attrsOf(text, token) : {}
      if (/anish$/.test(token.name) && !/^(0|false|off)$/.test(a['val'] ?? '')) hidden = true
      if (token.name === 'rStyle' && hiding.has(a['val'] ?? '')) hidden = true
    }
    if (token.kind === 'close' && token.name === 'r' && run) {
      if (hidden) cuts.push({ start: run.start, end: token.end, to: '' })
      run = null
    }
  }
  return spliced(text, cuts)
}

/** The workbook behind a chart goes, the chart stays. */
export function dropEmbedded(pkg: Package): void {
  dropParts(pkg, (n) => /\/embeddings\/|^customXml\//i.test(n))
  for (const chart of [...pkg.parts.keys()].filter((n) => /charts\/chart[^/]*\.xml$/.test(n)))
    editPart(pkg, chart, ['externalData'], () => false)
}
