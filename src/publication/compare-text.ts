/** Holds a text somebody was given against the text of an edition, line by line: blanks and line ends do not count, every letter does. Pure. */
import type { Content, Language } from '../desk/content.ts'
import { languagesOf } from '../desk/content.ts'
import { partFields } from '../desk/fields.ts'
import { lettersOf } from '../lib/html.ts'

/** Where a line leaves the text: what stands before, then what was given and what the release says. */
export type Difference = { line: number; before: string; given: string; says: string }
export type Comparison = {
  language: Language
  /** Lines that are the release's own words; of all that were no words of the page's frame. */
  same: number
  lines: number
  /** Letters that are the same: of whole lines, and of the beginnings of others. */
  letters: number
  first: Difference | null
  /** Nothing of the text was left out. */
  whole: boolean
}

/** Letters without blanks, each with its place in what was written. */
type Flat = { text: string; at: number[]; raw: string }

function flat(raw: string): Flat {
  let text = ''
  const at: number[] = []
  let place = 0
  for (const c of raw.toWellFormed()) {
    const letters = c.normalize('NFKC').replace(/[\s\p{Default_Ignorable_Code_Point}•]/gu, '')
    for (let i = 0; i < letters.length; i++) at.push(place)
    text += letters
    place += c.length
  }
  return { text, at, raw }
}

/** Each line is looked for in the whole release. What stands below this many is held as one. */
const MOST_LINES = 2_000
/** Of so many lines that differ the likeness is measured: of one would be enough to show, of a few to know a text again. */
const MOST_MEASURED = 50

/** `frame`: words a page puts around a text (labels, times, names), which a reader copies with it. */
export function compareText(given: string, content: Content, frame: string[]): Comparison | null {
  const all = given.split(/[\r\n\u2028\u2029]+/).filter((line) => line.trim() !== '')
  const rest = all.slice(MOST_LINES).join('\n')
  const lines = [...all.slice(0, MOST_LINES), rest].map(flat).filter((line) => line.text !== '')
  const around = framePattern(frame)
  const found = languagesOf(content).map((language) => inLanguage(lines, content, language, around))
  return found.sort((a, b) => b.letters - a.letters || b.same - a.same)[0] ?? null
}

function inLanguage(lines: Flat[], content: Content, language: Language, around: Around): Comparison {
  const fields = fieldsIn(content, language)
  const release = flat(fields.join('\n'))
  const result: Comparison = { language, same: 0, lines: 0, letters: 0, first: null, whole: false }
  for (const [i, line] of lines.entries()) {
    if (isFrame(line.text, around, release.text)) continue
    result.lines++
    if (holds(release.text, line.text)) {
      result.same++
      result.letters += line.text.length
    } else {
      const measured = result.lines - result.same <= MOST_MEASURED ? line.text.length : 0
      const shared = longest(measured, (n) => release.text.includes(line.text.slice(0, n)))
      result.letters += shared > LEAST ? shared : 0
      result.first ??= differenceOf(i + 1, line, release, shared)
    }
  }
  const all = lines.map((line) => line.text).join('')
  result.whole = result.same === result.lines && fields.every((field) => all.includes(flat(field).text))
  return result
}

const UNSAID = ['changeNote', 'withdrawalReason']

function fieldsIn(content: Content, language: Language): string[] {
  const part = content.parts[language]
  if (!part) return []
  return partFields(language, part)
    .filter((f) => !UNSAID.includes(f.name))
    .map((f) => (f.name === 'body' ? lettersOf(f.raw) : f.text))
}

/** A browser copies the number of a list's item with it. */
const MARK = /^(?:\d{1,3}[.)]|[-*–])(?=.)/

const holds = (release: string, line: string): boolean =>
  release.includes(line) || (MARK.test(line) && release.includes(line.replace(MARK, '')))

/** Words by their first letter. */
type Around = Map<string, string[]>
const SIGNS = '·|/:：()（）◆▲●■'
const WHEN = /\d{4}-\d\d-\d\d(?:\d\d:\d\d)?/y

const framePattern = (frame: string[]): Around =>
  Map.groupBy(new Set([...SIGNS, ...frame.map((word) => flat(word).text)].filter(Boolean)), (word) => word[0] as string)

/** A line of nothing but labels, times and names of the page. A line the text has itself is the text's. */
const isFrame = (line: string, around: Around, release: string): boolean =>
  line.length < 400 && isMadeOf(line, around) && !release.includes(line)

/**
 * Every place a word can end at is visited once. A pattern of alternatives would try every way to part the line, and some words
 * are made of others: a line of thirty would take it for ever.
 */
function isMadeOf(line: string, around: Around): boolean {
  const reached = new Set([0])
  for (const at of reached) {
    for (const word of around.get(line[at] ?? '') ?? []) if (line.startsWith(word, at)) reached.add(at + word.length)
    for (const length of timeAt(line, at)) reached.add(at + length)
  }
  return reached.has(line.length)
}

/** Lengths of the day that stands there, alone and with its minute. */
function timeAt(line: string, at: number): number[] {
  WHEN.lastIndex = at
  const found = WHEN.exec(line)?.[0]
  return found ? [...new Set([10, found.length])] : []
}

const CONTEXT = 14
/** Fewer letters than this stand in many a text. */
const LEAST = 2

/** The longest beginning of the line that stands in the text says where the line leaves it. */
function differenceOf(number: number, line: Flat, release: Flat, shared: number): Difference {
  const place = shared > LEAST ? release.text.indexOf(line.text.slice(0, shared)) : -1
  const raw = (from: Flat, start: number, letters: number) => {
    const begin = from.at[start]
    const end = from.at[start + letters] ?? from.raw.length
    return begin === undefined ? '' : from.raw.slice(begin, end).replace(/\s+/g, ' ').toWellFormed()
  }
  if (place < 0) return { line: number, before: '', given: raw(line, 0, CONTEXT * 2), says: '' }
  return {
    line: number,
    before: raw(line, Math.max(0, shared - CONTEXT), Math.min(shared, CONTEXT)),
    given: raw(line, shared, CONTEXT),
    says: raw(release, place + shared, CONTEXT),
  }
}

/** The greatest n up to `most` that holds, where what holds for n holds for all below. */
function longest(most: number, ok: (n: number) => boolean): number {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (ok(middle)) low = middle
    else high = middle - 1
  }
  return low
}
