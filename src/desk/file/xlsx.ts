/** A workbook looked into: sheets, columns, rows and cells nobody sees, comments, names, caches, links, and every text. */
import { attrsOf, tokens } from '../../lib/xml-tokens.ts'
import { type Column, type Contents, type Finding, finding, type Unit } from '../looked.ts'
import { officeFindings, otherTexts } from './office.ts'
import { elements, type Package, relationships, textOfPart } from './package.ts'
import {
  type Book,
  type Cell,
  columnName,
  isHiddenColumn,
  isHiddenRow,
  ranges,
  readBook,
  readSheet,
  type Sheet,
  type SheetData,
} from './xlsx-book.ts'

export function lookIntoXlsx(pkg: Package): Contents {
  const book = readBook(pkg)
  const found: Contents = { findings: [], units: [], columns: [] }
  const used = new Set<number>()
  for (const sheet of book.sheets) {
    const data = readSheet(textOfPart(pkg, sheet.part), book.shared)
    for (const c of data.cells) if (c.shared !== null) used.add(c.shared)
    found.findings.push(...hiddenIn(book, sheet, data))
    const columns = byColumn(data.cells)
    found.units.push(headOf(sheet, data), ...columns.map((cells) => columnUnit(sheet, cells)))
    found.columns.push(...columns.map((cells) => columnOf(sheet, data, cells)))
    found.findings.push(...commentsOf(pkg, sheet))
  }
  const left = book.shared.filter((text, i) => !used.has(i) && text.trim() !== '')
  if (left.length > 0) {
    const place = { kind: 'part', at: book.sharedPart } as const
    found.findings.push(finding('file-left-over', place, left.length))
    found.units.push({ place, text: left.join('\n'), heads: false })
  }
  found.findings.push(...named(pkg), ...caches(pkg), ...officeFindings(pkg))
  const done = [book.sharedPart, ...book.sheets.map((s) => s.part)]
  found.units.push(...otherTexts(pkg, done))
  return found
}

/** One finding per sheet and way of hiding, with how many cells hold something. */
function hiddenIn(book: Book, sheet: Sheet, data: SheetData): Finding[] {
  const full = data.cells.filter((c) => c.text.trim() !== '')
  if (sheet.hidden)
    return full.length ? [finding('file-hidden-sheet', { kind: 'sheet', at: sheet.name }, full.length)] : []
  const inColumns = full.filter((c) => isHiddenColumn(data, c.col))
  const inRows = full.filter((c) => !isHiddenColumn(data, c.col) && isHiddenRow(data, c.row))
  const unseen = full.filter(
    (c) => book.invisible[c.style] && !isHiddenColumn(data, c.col) && !isHiddenRow(data, c.row),
  )
  const at = (where: string) => ({ kind: 'cells', at: `${sheet.name}!${where}` }) as const
  return [
    ...(inColumns.length
      ? [
          finding(
            'file-hidden-columns',
            at(
              ranges(
                inColumns.map((c) => c.col),
                columnName,
              ),
            ),
            inColumns.length,
          ),
        ]
      : []),
    ...(inRows.length ? [finding('file-hidden-rows', at(ranges(inRows.map((c) => c.row))), inRows.length)] : []),
    ...(unseen.length
      ? [finding('file-hidden-cells', at(unseen.slice(0, 4).map(address).join(', ')), unseen.length)]
      : []),
  ]
}

const address = (c: Cell): string => columnName(c.col) + c.row

function byColumn(cells: Cell[]): Cell[][] {
  const columns = new Map<number, Cell[]>()
  for (const c of cells)
    if (c.text.trim() !== '') {
      const column = columns.get(c.col)
      if (column) column.push(c)
      else columns.set(c.col, [c])
    }
  return [...columns.keys()].sort((a, b) => a - b).map((col) => columns.get(col) as Cell[])
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

function columnUnit(sheet: Sheet, cells: Cell[]): Unit {
  const letters = columnName(cells[0]?.col ?? 1)
  return {
    place: { kind: 'cells', at: `${sheet.name}!${letters}` },
    text: cells.map((c) => oneLine(c.text)).join('\n'),
    rows: cells.map((c) => c.row),
    heads: false,
  }
}

/** The first rows as lines: where a mark of secrecy would stand, though its characters be spread over cells. */
function headOf(sheet: Sheet, data: SheetData): Unit {
  const rows = new Map<number, string>()
  for (const c of data.cells) {
    if (rows.size >= 8 && !rows.has(c.row)) break
    rows.set(c.row, `${rows.get(c.row) ?? ''} ${oneLine(c.text)}`)
  }
  return { place: { kind: 'sheet', at: sheet.name }, text: [...rows.values()].join('\n'), heads: true, again: true }
}

const columnOf = (sheet: Sheet, data: SheetData, cells: Cell[]): Column => ({
  sheet: sheet.name,
  column: columnName(cells[0]?.col ?? 1),
  head: oneLine(cells[0]?.text ?? '').slice(0, 200),
  count: cells.length,
  hidden: sheet.hidden || isHiddenColumn(data, cells[0]?.col ?? 1),
})

function commentsOf(pkg: Package, sheet: Sheet): Finding[] {
  return relationships(pkg, sheet.part)
    .filter((r) => r.type === 'comments' || r.type === 'threadedComment')
    .flatMap((r) => {
      const text = textOfPart(pkg, r.target)
      const refs = elements(text, ['comment', 'threadedComment']).map((a) => a['ref'] ?? '')
      if (refs.length === 0) return []
      return [
        finding('file-comment', { kind: 'cells', at: `${sheet.name}!${refs.slice(0, 4).join(', ')}` }, refs.length),
      ]
    })
}

/** Names that hold a value of their own instead of leading to cells. */
function named(pkg: Package): Finding[] {
  const text = textOfPart(pkg, pkg.main)
  const found: string[] = []
  let name = ''
  for (const token of tokens(text)) {
    if (token.kind === 'open' && token.name === 'definedName') name = attrsOf(text, token)['name'] ?? ''
    else if (token.kind === 'text' && name) {
      const says = text.slice(token.start, token.end)
      if (/"|&quot;/.test(says) && !name.startsWith('_xlnm')) found.push(name)
    } else if (token.kind === 'close') name = ''
  }
  return found.length
    ? [finding('file-constant', { kind: 'part', at: found.slice(0, 4).join(', ') }, found.length)]
    : []
}

/** What a pivot table keeps of rows that stand in no sheet. */
function caches(pkg: Package): Finding[] {
  const parts = [...pkg.parts.keys()].filter((n) => /pivotCache(Records|Definition)\d*\.xml$/.test(n))
  const kept = parts.reduce((n, part) => n + elements(textOfPart(pkg, part), ['s', 'n', 'd']).length, 0)
  return kept ? [finding('file-cache', { kind: 'part', at: 'pivotCache' }, kept)] : []
}
