/** CSV in and out (RFC 4180), as spreadsheets here write and read it: also in GB 18030, also after a BOM. */

/** Text of a CSV file: UTF-8, or else GB 18030, which is what spreadsheets save on many machines. */
export function csvText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Rows of cells; empty lines are left out. A quote that is never closed holds the rest of the file. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((c) => c.trim() !== '')) rows.push(row)
    row = []
  }
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string
    if (quoted) {
      if (c !== '"') cell += c
      else if (source[i + 1] === '"') cell += source[++i]
      else quoted = false
    } else if (c === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (c === ',') endCell()
    else if (c === '\n') endRow()
    else cell += c
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** With a BOM, so that spreadsheets see UTF-8. A cell that one of them would take for a formula gets an apostrophe before it. */
export const writeCsv = (rows: string[][]): string =>
  `\uFEFF${rows.map((r) => r.map(cellOf).join(',')).join('\r\n')}\r\n`

const cellOf = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
/** The cell as it was before `writeCsv`. */
export const bareCell = (text: string): string => text.trim().replace(/^'(?=[=+\-@])/, '')
