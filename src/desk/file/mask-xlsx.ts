/**
 * A workbook with what nobody sees taken out, and columns or personal data masked. What is left is a table to read: formulas
 * become their values, and the machinery that refers to cells (names, tables, pivots, rules) goes where cells went.
 */
import { escapeXml, spliced, type Token, tokens } from '../../lib/xml-tokens.ts'
import type { MaskOrder } from '../looked.ts'
import { dropEmbedded } from './mask-docx.ts'
import { type Masker, maskPackage } from './mask-runs.ts'
import { dropParts, editPart, type Package, relationships, setPart, textOfPart, without } from './package.ts'
import {
  type Book,
  type Cell,
  columnName,
  isHiddenColumn,
  isHiddenRow,
  readBook,
  readSheet,
  type Sheet,
  type SheetData,
} from './xlsx-book.ts'

export function maskXlsx(pkg: Package, order: MaskOrder, mask: Masker): void {
  const hidden = order.take.includes('hidden')
  if (hidden) dropHiddenSheets(pkg)
  if (order.take.includes('comments')) dropComments(pkg)
  if (order.take.includes('embedded')) dropEmbedded(pkg)
  const book = readBook(pkg)
  if (hidden || order.columns.length > 0) dropMachinery(pkg, book)
  for (const sheet of book.sheets) maskSheet(pkg, book, sheet, order, mask)
  if (order.take.includes('personal'))
    maskPackage(pkg, (part) => part === book.sharedPart || book.sheets.some((s) => s.part === part), mask)
  blankUnused(pkg, book)
}

function dropHiddenSheets(pkg: Package): void {
  const { sheets } = readBook(pkg)
  const gone = sheets.filter((s) => s.hidden)
  if (gone.length === 0) return
  const parts = gone.map((s) => s.part)
  editPart(pkg, pkg.main, ['sheet'], (a) => !gone.some((s) => s.rid === a['id']))
  dropParts(pkg, (n) => parts.includes(n))
}

/** Comments stand in three places: the part of texts, the drawing of their frames, and who said them. */
function dropComments(pkg: Package): void {
  const { sheets } = readBook(pkg)
  for (const sheet of sheets) {
    const rels = relationships(pkg, sheet.part).filter((r) => ['comments', 'threadedComment'].includes(r.type))
    if (rels.length > 0) editPart(pkg, sheet.part, ['legacyDrawing'], () => false)
  }
  dropParts(pkg, (n) => /(comments\d*|threadedComment\d*|vmlDrawing\d*)\.(xml|vml)$|\/persons\//i.test(n))
}

const IN_BOOK = [
  'definedNames',
  'pivotCaches',
  'externalReferences',
  'calcPr',
  'extLst',
  'customWorkbookViews',
  'bookViews',
]
const IN_SHEET = [
  'f',
  'tableParts',
  'dataValidations',
  'conditionalFormatting',
  'extLst',
  'customSheetViews',
  'protectedRanges',
  'scenarios',
]
const MACHINERY =
  /\/(tables|pivotTables|pivotCache|externalLinks|slicers|slicerCaches|timelines|timelineCaches|queryTables|ctrlProps)\/|(connections|calcChain|volatileDependencies)\.xml$/i

function dropMachinery(pkg: Package, book: Book): void {
  editPart(pkg, pkg.main, IN_BOOK, () => false)
  for (const { part } of book.sheets) {
    const text = textOfPart(pkg, part)
    // In a sheet f is a formula only inside a cell; extLst and the rest stand once.
    setPart(
      pkg,
      part,
      without(text, (t) => IN_SHEET.includes(t.name)),
    )
  }
  dropParts(pkg, (n) => MACHINERY.test(n))
}

function maskSheet(pkg: Package, book: Book, sheet: Sheet, order: MaskOrder, mask: Masker): void {
  const text = textOfPart(pkg, sheet.part)
  const data = readSheet(text, book.shared)
  const heads = headRows(data)
  const columns = new Set(order.columns.filter((c) => c.sheet === sheet.name).map((c) => c.column))
  const personal = order.take.includes('personal')
  const changes = data.cells.flatMap((cell) => {
    const now = told(
      cell,
      book,
      data,
      {
        hidden: order.take.includes('hidden'),
        chosen: columns.has(columnName(cell.col)) && cell.row !== heads.get(cell.col),
        personal,
      },
      mask,
    )
    return now === cell.text ? [] : [{ start: cell.start, end: cell.end, to: element(text, cell, now) }]
  })
  const now = spliced(text, changes)
  setPart(pkg, sheet.part, personal ? headersMasked(now, mask) : now)
}

/** The first cell of a column that says something is its heading, and stays. */
function headRows(data: SheetData): Map<number, number> {
  const heads = new Map<number, number>()
  for (const c of data.cells) if (c.text.trim() && !heads.has(c.col)) heads.set(c.col, c.row)
  return heads
}

type Reach = { hidden: boolean; chosen: boolean; personal: boolean }

/** What the cell says from now on; '' where it is emptied. */
function told(cell: Cell, book: Book, data: SheetData, reach: Reach, mask: Masker): string {
  const unseen = isHiddenColumn(data, cell.col) || isHiddenRow(data, cell.row) || book.invisible[cell.style]
  if (reach.hidden && unseen) return ''
  const masked = reach.personal || reach.chosen ? mask(cell.text) : cell.text
  return reach.chosen && masked === cell.text && cell.text.trim() !== '' ? starred(cell.text) : masked
}

/** A name keeps its first character, anything else nothing. */
const starred = (text: string): string => (/^\p{Script=Han}{2,4}$/u.test(text) ? `${[...text][0]}**` : '***')

function element(text: string, cell: Cell, now: string): string {
  const name = /^<([^\s/>]+)/.exec(text.slice(cell.start, cell.end))?.[1] ?? 'c'
  const prefix = name.includes(':') ? `${name.split(':')[0]}:` : ''
  const open = `<${name} r="${columnName(cell.col)}${cell.row}"${cell.style ? ` s="${cell.style}"` : ''}`
  if (now === '') return `${open}/>`
  return `${open} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${escapeXml(now)}</${prefix}t></${prefix}is></${name}>`
}

/** What is printed above and below a sheet. */
function headersMasked(text: string, mask: Masker): string {
  const names = ['oddHeader', 'oddFooter', 'evenHeader', 'evenFooter', 'firstHeader', 'firstFooter']
  const changes: { start: number; end: number; to: string }[] = []
  let inside = false
  for (const token of tokens(text)) {
    if (token.kind === 'text' && inside) {
      const said = text.slice(token.start, token.end)
      changes.push({ start: token.start, end: token.end, to: mask(said) })
    } else inside = token.kind === 'open' && names.includes(token.name)
  }
  return spliced(text, changes)
}

/** Texts no cell leads to any more are emptied, and keep their place: cells lead to them by number. */
function blankUnused(pkg: Package, book: Book): void {
  if (!book.sharedPart) return
  const used = new Set<number>()
  for (const sheet of book.sheets)
    for (const c of readSheet(textOfPart(pkg, sheet.part), book.shared).cells) if (c.shared !== null) used.add(c.shared)
  const text = textOfPart(pkg, book.sharedPart)
  const changes: { start: number; end: number; to: string }[] = []
  let nth = -1
  let open: Token | null = null
  for (const token of tokens(text)) {
    if (token.name !== 'si') continue
    if (token.kind === 'open') {
      nth++
      open = token.empty ? null : token
    } else if (open && !used.has(nth)) changes.push({ start: open.end, end: token.start, to: emptyText(text, open) })
  }
  setPart(pkg, book.sharedPart, spliced(text, changes))
}

const emptyText = (text: string, si: Token): string => {
  const prefix = /^<(\w+:)?si/.exec(text.slice(si.start, si.end))?.[1] ?? ''
  return `<${prefix}t/>`
}
