/** A workbook read: its sheets, the looks of its cells, its shared texts. */
import { attrsOf, type Token, textOf, tokens } from '../../lib/xml-tokens.ts'
import { elements, type Package, relationships, textOfPart } from './package.ts'

export type Sheet = { name: string; part: string; rid: string; hidden: boolean }
export type Cell = {
  row: number
  col: number
  text: string
  /** Index into the shared texts, where it is one. */
  shared: number | null
  style: number
  /** Of the whole element. */
  start: number
  end: number
}
export type Span = { from: number; to: number }
export type SheetData = { cells: Cell[]; hiddenColumns: Span[]; hiddenRows: Set<number>; allRowsHidden: boolean }
export type Book = { sheets: Sheet[]; shared: string[]; sharedPart: string; invisible: boolean[] }

const yes = (v: string | undefined): boolean => v === '1' || v === 'true' || v === 'on'
const isZero = (v: string | undefined): boolean => v !== undefined && Number(v) === 0

export function readBook(pkg: Package): Book {
  const rels = relationships(pkg, pkg.main)
  const sheets = elements(textOfPart(pkg, pkg.main), ['sheet']).map((a) => ({
    name: a['name'] ?? '',
    rid: a['id'] ?? '',
    part: rels.find((r) => r.id === a['id'])?.target ?? '',
    hidden: a['state'] === 'hidden' || a['state'] === 'veryHidden',
  }))
  const sharedPart = rels.find((r) => r.type === 'sharedStrings')?.target ?? ''
  const styles = rels.find((r) => r.type === 'styles')?.target ?? ''
  return {
    sheets,
    sharedPart,
    shared: sharedTexts(textOfPart(pkg, sharedPart)),
    invisible: invisibleStyles(textOfPart(pkg, styles)),
  }
}

/** The texts of `si`, phonetic ones too. */
function sharedTexts(text: string): string[] {
  const all: string[] = []
  let inside = false
  let now = ''
  for (const token of tokens(text)) {
    if (token.kind === 'open' && token.name === 'si') {
      if (token.empty) all.push('')
      else [inside, now] = [true, '']
    } else if (token.kind === 'close' && token.name === 'si') {
      all.push(now)
      inside = false
    } else if (token.kind === 'text' && inside) now += textOf(text, token)
  }
  return all
}

const WHITE = /^(?:FF|00)?FFFFFF$/i

/** By number of the style: whether what it shows cannot be seen. A format of nothing but semicolons, or white upon white. */
function invisibleStyles(text: string): boolean[] {
  const formats = new Map(elements(text, ['numFmt']).map((a) => [a['numFmtId'], a['formatCode'] ?? '']))
  const fonts = colours(text, 'fonts', 'font', 'color')
  const fills = colours(text, 'fills', 'fill', 'fgColor')
  const xfs: boolean[] = []
  let inside = false
  for (const token of tokens(text)) {
    if (token.name === 'cellXfs') inside = token.kind === 'open' && !token.empty
    if (!inside || token.kind !== 'open' || token.name !== 'xf') continue
    const a = attrsOf(text, token)
    const format = (formats.get(a['numFmtId']) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\.|\s/g, '')
    const ink = fonts[Number(a['fontId'] ?? 0)]
    const ground = fills[Number(a['fillId'] ?? 0)]
    xfs.push(/^;{2,3}$/.test(format) || (ink !== undefined && ink === (ground ?? 'white')))
  }
  return xfs
}

/** Colour of each of a group's members: 'white', another spelled as it is, undefined for none. */
function colours(text: string, group: string, member: string, of: string): (string | undefined)[] {
  const found: (string | undefined)[] = []
  let inside = false
  for (const token of tokens(text)) {
    if (token.name === group) inside = token.kind === 'open' && !token.empty
    if (!inside || token.kind !== 'open') continue
    if (token.name === member) found.push(undefined)
    if (token.name !== of || found.length === 0) continue
    const a = attrsOf(text, token)
    const white = WHITE.test(a['rgb'] ?? '') || a['theme'] === '0' || a['indexed'] === '1' || a['indexed'] === '9'
    const tint = a['tint'] && Number(a['tint']) < -0.05 ? `/${a['tint']}` : ''
    found[found.length - 1] = (white ? 'white' : (a['rgb'] ?? a['theme'] ?? a['indexed'] ?? 'auto')) + tint
  }
  return found
}

export function readSheet(text: string, shared: string[]): SheetData {
  const data: SheetData = { cells: [], hiddenColumns: [], hiddenRows: new Set(), allRowsHidden: false }
  let row = 0
  let col = 0
  let cell: (Cell & { type: string }) | null = null
  let inside = ''
  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      if (cell && (inside === 'v' || inside === 't' || inside === 'f'))
        cell.text += inside === 'f' ? '' : textOf(text, token)
      continue
    }
    inside = token.kind === 'open' && !token.empty ? token.name : ''
    if (token.kind === 'open') {
      const a = ['col', 'row', 'c', 'sheetFormatPr'].includes(token.name) ? attrsOf(text, token) : {}
      if (token.name === 'sheetFormatPr' && yes(a['zeroHeight'])) data.allRowsHidden = true
      if (token.name === 'col' && (yes(a['hidden']) || isZero(a['width'])))
        data.hiddenColumns.push({ from: Number(a['min']), to: Number(a['max']) })
      if (token.name === 'row') {
        row = Number(a['r'] ?? row + 1)
        col = 0
        if (yes(a['hidden']) || (isZero(a['ht']) && a['ht'] !== undefined)) data.hiddenRows.add(row)
      }
      if (token.name === 'c') {
        col = a['r'] ? columnNumber(a['r'].replace(/\d+$/, '')) : col + 1
        cell = {
          row,
          col,
          text: '',
          shared: null,
          style: Number(a['s'] ?? 0),
          type: a['t'] ?? 'n',
          start: token.start,
          end: token.end,
        }
        if (token.empty) cell = null
      }
    } else if (token.name === 'c' && cell) {
      data.cells.push(finished(cell, token, shared))
      cell = null
    }
  }
  return data
}

function finished({ type, ...cell }: Cell & { type: string }, close: Token, shared: string[]): Cell {
  const index = type === 's' ? Number(cell.text) : null
  const text = index === null ? plainNumber(cell.text, type) : (shared[index] ?? '')
  return { ...cell, text, shared: index, end: close.end }
}

/** A telephone number kept as 1.38E10 is still one. */
const plainNumber = (text: string, type: string): string =>
  type === 'n' && /e\+?\d+$/i.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text)) : text

export function columnNumber(letters: string): number {
  let n = 0
  for (const c of letters.toUpperCase()) n = n * 26 + c.charCodeAt(0) - 64
  return n
}
export function columnName(n: number): string {
  let name = ''
  for (let left = n; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name
  return name
}
export const isHiddenColumn = (data: SheetData, col: number): boolean =>
  data.hiddenColumns.some((s) => col >= s.from && col <= s.to)
export const isHiddenRow = (data: SheetData, row: number): boolean => data.allRowsHidden || data.hiddenRows.has(row)

/** 2:4, 7 */
export function ranges(numbers: Iterable<number>, name: (n: number) => string = String): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const runs: [number, number][] = []
  for (const n of sorted) {
    const last = runs.at(-1)
    if (last && n === last[1] + 1) last[1] = n
    else runs.push([n, n])
  }
  const said = runs.slice(0, 6).map(([a, b]) => (a === b ? name(a) : `${name(a)}:${name(b)}`))
  return said.join(', ') + (runs.length > 6 ? '…' : '')
}
