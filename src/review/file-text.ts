/** The scanners of words over every text of a file, hidden or not: one finding for each rule and place, with how many. Pure. */
import { type Finding, finding, type Place, type Unit, type Weight } from '../desk/looked.ts'
import { secrecyMarks, secrecyWords } from '../desk/secrecy.ts'
import { masked, type PersonalRule, personalData } from './personal.ts'
import { type WordEntry, wordsIn } from './word-list.ts'

/** Personal data that has to be masked wherever it stands. */
export const BLOCKING: readonly string[] = ['secrecy-mark', 'id-number', 'mobile', 'bank-card', 'passport']
/** A list with more findings than this is read by nobody. */
const MOST = 300
const AROUND = 12
const EXAMPLES = 2
/** Characters. */
const PIECE = 8_000

type Raw = {
  rule: string
  scanner: Finding['scanner']
  start: number
  end: number
  weight: Weight
  suggestion?: string
}

export function findingsInText(units: Unit[], words: WordEntry[], phones: string[]): Finding[] {
  const all = units.filter((unit) => !unit.again).flatMap((unit) => grouped(unit, rawIn(unit, words, phones), phones))
  if (all.length <= MOST) return all
  const left = all.slice(MOST)
  return [
    ...all.slice(0, MOST),
    finding(
      'file-many',
      { kind: 'file', at: '' },
      left.reduce((n, f) => n + f.count, 0),
    ),
  ]
}

/** A mark in form and place, anywhere a document, a sheet, a page or a slide begins, or starred anywhere. */
export const isMarked = (units: Unit[]): boolean =>
  units.some((unit) => {
    const field = { part: 'attachments', field: 'file', name: unit.body ? 'body' : 'file', raw: '' } as const
    if (unit.heads) return secrecyMarks({ ...field, text: unit.text }).length > 0
    // Where no document begins, only what is starred or says 注意保存 in full is a mark: a line of its own keeps it out of the heading.
    return secrecyMarks({ ...field, text: `${'—\n'.repeat(5)}${unit.text}` }).length > 0
  })

function rawIn({ text }: Unit, words: WordEntry[], phones: string[]): Raw[] {
  const field = { part: 'attachments', field: 'file', name: 'file', text, raw: '' } as const
  return [
    ...secrecyWords(field).map((f) => ({ ...f, scanner: 'secrecy' as const, weight: 'notice' as const })),
    ...personalIn(text, phones).map((f) => ({ ...f, scanner: 'personal' as const, weight: weightOf(f.rule) })),
    ...wordsIn(text, words).map(({ entry, start, end }) => ({
      rule: 'word',
      scanner: 'word' as const,
      weight: entry.severity,
      start,
      end,
      ...(entry.suggestion ? { suggestion: entry.suggestion } : {}),
    })),
  ]
}

/** Piece by piece, between lines: each match is held against all before it, which a list of thousands does not bear. */
function personalIn(text: string, phones: string[]): ReturnType<typeof personalData> {
  const found: ReturnType<typeof personalData> = []
  for (let at = 0; at < text.length; ) {
    const line = text.length - at > PIECE ? text.indexOf('\n', at + PIECE) : -1
    const end = line < 0 ? text.length : line + 1
    for (const f of personalData(text.slice(at, end), phones))
      found.push({ ...f, start: f.start + at, end: f.end + at })
    at = end
  }
  return found
}

const weightOf = (rule: string): Weight => (BLOCKING.includes(rule) ? 'block' : 'notice')

function grouped(unit: Unit, raw: Raw[], phones: string[]): Finding[] {
  const groups = new Map<string, Raw[]>()
  for (const hit of raw) {
    const name = `${hit.rule}\0${hit.suggestion ?? ''}\0${hit.scanner === 'word' ? unit.text.slice(hit.start, hit.end) : ''}`
    const group = groups.get(name)
    if (group) group.push(hit)
    else groups.set(name, [hit])
  }
  return [...groups.values()].map((hits) => {
    const [first] = hits as [Raw, ...Raw[]]
    return {
      rule: first.rule,
      scanner: first.scanner,
      weight: first.weight,
      place: placeOf(unit, hits),
      count: hits.length,
      excerpt: hits
        .slice(0, EXAMPLES)
        .map((hit) => shown(unit.text, hit, phones))
        .join(' … '),
      ...(first.suggestion ? { suggestion: first.suggestion } : {}),
    }
  })
}

/** In a column of cells the rows from the first to the last; elsewhere the unit itself. */
function placeOf(unit: Unit, hits: Raw[]): Place {
  if (!unit.rows) return unit.place
  const starts = lineStarts(unit.text)
  const rows = hits.map((hit) => unit.rows?.[lineOf(starts, hit.start)] ?? 1)
  const [sheet, column] = splitAt(unit.place.at)
  const [from, to] = rows.reduce(([low, high], row) => [Math.min(low, row), Math.max(high, row)], [Infinity, 0])
  return { kind: unit.place.kind, at: `${sheet}!${column}${from}${to > from ? `:${column}${to}` : ''}` }
}

const splitAt = (at: string): [string, string] => {
  const cut = at.lastIndexOf('!')
  return [at.slice(0, cut), at.slice(cut + 1)]
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The line an offset lies in, by halving. */
function lineOf(starts: number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function shown(text: string, hit: Raw, phones: string[]): string {
  const found = text.slice(hit.start, hit.end)
  if (hit.scanner === 'personal') return masked(hit.rule as PersonalRule, found)
  const around = text.slice(Math.max(0, hit.start - AROUND), hit.end + AROUND)
  return maskAll(around, phones).replace(/\s+/g, ' ').trim()
}

/** Every piece of personal data in a text masked by the usual rule. */
export function maskAll(text: string, phones: string[], rules?: readonly string[]): string {
  let at = 0
  let out = ''
  for (const { rule, start, end } of personalIn(text, phones)) {
    if (rules && !rules.includes(rule)) continue
    out += text.slice(at, start) + masked(rule, text.slice(start, end))
    at = end
  }
  return out + text.slice(at)
}
