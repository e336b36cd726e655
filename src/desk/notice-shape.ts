/** The shape of an official notice, line by line: what stands above the text, at its end, and which lines are headings. */
import { asciiDigits, hanNumber } from '../lib/figures.ts'

export type Place = 'documentNumber' | 'title' | 'summary' | 'addressees' | 'heading' | 'body' | 'signature' | 'date'
/** A piece of the source and where it went; the pieces in order are the source, white space between them apart. */
export type Segment = { to: Place; text: string; level?: number }
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const NUMBER = /\p{Script=Han}{1,20}\s*[〔［[(（【]\s*\d{4}\s*[〕］\])）】]\s*第?\s*\d+\s*号/u
const TITLE =
  /(?:关于.+的?|^.{0,40})(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|公示|办法|规定|细则|方案|要点|解读|说明|预警|情况通报)(?:[（(].{1,20}[）)])?$/u
const ADDRESSEES = /^(.{2,400}?[：:])\s*(.*)$/su
const BODY_WORD =
  /(?:政府|厅|局|委|办|公司|单位|部门|机构|小组|中心|院|校|团|会|盟|市|旗|县|区|处|科|所|站|队|人民|群众|居民|牧民|媒体|同志|们)[）)]?[：:]$/u
const FURTHEST_HEAD = 8

type Opening = { segments: Segment[]; rest: string[]; title?: string; unrecognised: string[] }

/** The lines before the text proper: number, title, addressees. Anything above the title that is none of them is passed on. */
export function opening(lines: string[]): Opening {
  const titleAt = findTitle(lines.slice(0, FURTHEST_HEAD))
  if (titleAt < 0) return withoutTitle(lines)
  const segments: Segment[] = []
  const unrecognised: string[] = []
  for (const line of lines.slice(0, titleAt)) {
    const number = NUMBER.exec(line)
    if (number && number[0].length === line.length) segments.push({ to: 'documentNumber', text: line })
    else {
      segments.push({ to: 'body', text: line })
      unrecognised.push(line)
    }
  }
  const titled = titleSegments(lines[titleAt]!)
  segments.push(...titled)
  const { taken, segments: after } = afterTitle(lines.slice(titleAt + 1))
  const title = titled.find((s) => s.to === 'title')?.text
  return {
    segments: [...segments, ...after],
    rest: lines.slice(titleAt + 1 + taken),
    unrecognised,
    ...(title ? { title } : {}),
  }
}

/** A text whose first line is short and has no full stop still has that for a title. */
function withoutTitle(lines: string[]): Opening {
  const first = lines[0]
  const short =
    first !== undefined && lines.length > 1 && [...first].length <= 60 && !/[。！？；：.!?;:,，、]$/.test(first)
  if (!short || headingLevel(first) !== undefined) return { segments: [], rest: lines, unrecognised: [] }
  const titled = titleSegments(first)
  const title = titled.find((s) => s.to === 'title')?.text
  return { segments: titled, rest: lines.slice(1), unrecognised: [], ...(title ? { title } : {}) }
}

const isTitle = (line: string): boolean => {
  const bare = line.replace(NUMBER, '').trim()
  return [...bare].length <= 120 && !/[。；！？]/.test(bare) && headingLevel(bare) === undefined && TITLE.test(bare)
}

/** The line that says 关于 or carries the document number; a caption of a web page often stands above it. */
function findTitle(lines: string[]): number {
  const sure = lines.findIndex((line) => isTitle(line) && (line.includes('关于') || NUMBER.test(line)))
  return sure >= 0 ? sure : lines.findIndex(isTitle)
}

/** A title line may carry the document number before or behind the title; where the two cannot be told apart it is all title. */
function titleSegments(line: string): Segment[] {
  const found = NUMBER.exec(line)
  if (!found) return [{ to: 'title', text: line }]
  const start = found.index + touching(line, found)
  const number = line.slice(start, found.index + found[0].length)
  const before = line.slice(0, start).trim()
  const behind = line.slice(start + number.length).trim()
  const unsure = start > 0 && before !== '' && start === found.index && !/\s/.test(line[start - 1]!)
  if ((before !== '' && behind !== '') || unsure) return [{ to: 'title', text: line }]
  const segments: Segment[] = [
    { to: 'title', text: before },
    { to: 'documentNumber', text: number },
    { to: 'title', text: behind },
  ]
  return segments.filter((s) => s.text !== '')
}

/** How much of what looks like the number's agency word still belongs to a title that ends right before it. */
function touching(line: string, found: RegExpExecArray): number {
  const word = /^\p{Script=Han}*/u.exec(found[0])![0]
  const ends = [...word.matchAll(/通知|意见|决定|通报|公告|通告|批复|函|办法|要点|方案/gu)].at(-1)
  const at = ends ? ends.index + ends[0].length : 0
  return found.index > 0 || line.startsWith(word) ? (at < word.length ? at : 0) : 0
}

/** Number and addressees may follow the title, the addressees with the first paragraph on the same line. */
function afterTitle(lines: string[]): { taken: number; segments: Segment[] } {
  const segments: Segment[] = []
  let taken = 0
  const number = lines[0] && NUMBER.exec(lines[0])
  if (number && number[0].length === lines[0]!.length) {
    segments.push({ to: 'documentNumber', text: lines[0]! })
    taken++
  }
  const found = lines[taken] && ADDRESSEES.exec(lines[taken]!)
  if (found && BODY_WORD.test(found[1]!) && !/[。；！？]/.test(found[1]!) && headingLevel(found[1]!) === undefined) {
    segments.push({ to: 'addressees', text: found[1]! })
    if (found[2]) segments.push({ to: 'body', text: found[2] })
    taken++
  }
  return { taken, segments }
}

const WRITTEN_DATE =
  /^(\d{4}|[〇○零Ｏ0一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日$/u
const FURTHEST_SIGNATURE = 60

/** Signature and date at the end: a date line, and above it a short line that is a name and not a sentence. */
export function ending(lines: string[]): { from: number; segments: Segment[] } {
  for (let i = lines.length - 1; i >= Math.max(1, lines.length - 12); i--) {
    if (!readDate(lines[i]!)) continue
    const above = lines[i - 1]!
    const signs =
      i >= 2 &&
      [...above].length <= FURTHEST_SIGNATURE &&
      !/[。；：！？.;:!?，,]/.test(above) &&
      headingLevel(above) === undefined
    const segments: Segment[] = [
      ...(signs ? [{ to: 'signature' as const, text: above }] : []),
      { to: 'date', text: lines[i]! },
      // 附注, 附件 and 抄送 may follow the date; they are part of the text.
      ...lines.slice(i + 1).map((text) => ({ to: 'body' as const, text })),
    ]
    return { from: signs ? i - 1 : i, segments }
  }
  return { from: lines.length, segments: [] }
}

/** YYYY-MM-DD of a date line in Arabic or Chinese numerals; undefined for any other line or a day that does not exist. */
export function readDate(line: string): string | undefined {
  const m = WRITTEN_DATE.exec(asciiDigits(line).replace(/\s/g, '').replace(/[○Ｏ]/g, '〇'))
  if (!m) return undefined
  const [year, month, day] = m.slice(1).map((s) => (/^\d+$/.test(s) ? Number(s) : hanNumber(s.replaceAll('0', '〇'))))
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const real = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(iso) ? iso : undefined
}

const LEVELS = [
  /^[一二三四五六七八九十]{1,3}、/,
  /^[（(][一二三四五六七八九十]{1,3}[）)]/,
  /^\d{1,2}[.．、](?!\d)/,
  /^[（(]\d{1,2}[）)]/,
]

/** 1 to 4 for a line that begins as a heading of that level. */
function headingLevel(line: string): number | undefined {
  const at = LEVELS.findIndex((pattern) => pattern.test(line))
  return at < 0 ? undefined : at + 1
}

/** A heading stands alone on a short line; 一、 with its text behind it on the same line is a paragraph. */
export function bodySegments(line: string, title: string | undefined): Segment[] {
  const level = headingLevel(line)
  const alone = [...line].length <= 60 && !/[。；！？：:;]/.test(line)
  if (level !== undefined && alone) return [{ to: 'heading', text: line, level }]
  if (title && [...line].length > 3 && title.includes(`《${line}》`)) return [{ to: 'heading', text: line, level: 0 }]
  // Two or more ideographic spaces inside a line are where the next paragraph was indented before its line end was lost.
  return line.split(/\s*\u3000{2,}/).flatMap((text) => (text === '' ? [] : [{ to: 'body' as const, text }]))
}
