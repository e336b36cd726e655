/** The agency's list of words to avoid (错敏词): read from CSV `词,建议,提示/阻断`, and found in text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Issue, issue } from '../lib/errors.ts'
import { ROOT } from '../lib/root.ts'

export type WordEntry = { word: string; suggestion: string; severity: 'notice' | 'block' }

const SEVERITIES: Record<string, WordEntry['severity']> = { 提示: 'notice', 阻断: 'block' }
const LONGEST_WORD = 50

/**
 * Reads a word list. A first row that begins with 词 is a heading; empty rows and rows that begin with # are passed over.
 * Issues name the row as people count them, from 1 (`row.3`); rows with issues give no entry.
 */
export function parseWordList(csv: string): { entries: WordEntry[]; issues: Issue[] } {
  const entries: WordEntry[] = []
  const issues: Issue[] = []
  const seen = new Map<string, number>()
  for (const [i, line] of csv
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    const row = i + 1
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = cellsOf(line)
    if (row === 1 && cells?.[0] === '词') continue
    const entry = entryOf(cells)
    const first = typeof entry === 'string' ? undefined : seen.get(entry.word)
    if (typeof entry === 'string') issues.push(issue(`row.${row}`, entry, { row }))
    else if (first !== undefined)
      issues.push(issue(`row.${row}`, 'wordlist-repeated', { row, first, word: entry.word }))
    else {
      seen.set(entry.word, row)
      entries.push(entry)
    }
  }
  return { entries, issues }
}

function entryOf(cells: string[] | undefined): WordEntry | string {
  if (cells?.length !== 3) return 'wordlist-columns'
  const [word, suggestion, level] = cells as [string, string, string]
  if (word === '') return 'wordlist-empty'
  if ([...word].length > LONGEST_WORD) return 'wordlist-long'
  const severity = SEVERITIES[level]
  return severity ? { word, suggestion, severity } : 'wordlist-severity'
}

/** The cells of one CSV line (RFC 4180 quoting, no line ends inside quotes); undefined where a quote is left open. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = []
  let at = 0
  while (at <= line.length) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(line.slice(at))
    const plain = /^([^",]*)(?:,|$)/.exec(line.slice(at))
    const cell = quoted ?? plain
    if (!cell) return undefined
    cells.push((quoted ? cell[1]!.replaceAll('""', '"') : cell[1]!).trim())
    at += cell[0].length
    if (!cell[0].endsWith(',')) break
  }
  return cells
}

let shipped: WordEntry[] | undefined

/** The list that is shipped to start from: `templates/draft/wordlist.csv`, read once. */
export function startingWords(): WordEntry[] {
  shipped ??= parseWordList(readFileSync(join(ROOT, 'templates/draft/wordlist.csv'), 'utf8')).entries
  return shipped
}

const lower = (s: string) => s.replace(/[A-Z]/g, (c) => c.toLowerCase())
const isLetter = (c: string | undefined) => c !== undefined && /[a-z0-9]/.test(c)

/** Where the words stand in a text, the longest where several overlap. Latin words only whole, without regard to case. */
export function wordsIn(text: string, entries: WordEntry[]): { entry: WordEntry; start: number; end: number }[] {
  const plain = lower(text)
  const all = entries.flatMap((entry) => {
    const word = lower(entry.word)
    const found = []
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
      const end = at + word.length
      const cut = (isLetter(word[0]) && isLetter(plain[at - 1])) || (isLetter(word.at(-1)) && isLetter(plain[end]))
      if (!cut) found.push({ entry, start: at, end })
    }
    return found
  })
  let covered = 0
  return all
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((hit) => {
      if (hit.end <= covered) return false
      covered = hit.end
      return true
    })
}
