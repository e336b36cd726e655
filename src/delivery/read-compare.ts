/** What of a document read back is not as the edition says. Pure; an empty list means verified. */
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { type Edition, isGone } from '../publication/edition.ts'
import type { Proof } from './channel.ts'
import type { Found, FoundItem } from './read-back.ts'
import { Flow, htmlLines, linesOf, oneLine, withoutAddresses } from './read-text.ts'

export type Where = {
  /** Absolute address the bytes were fetched from. */
  address: string
  /** HTTP status of the answer. */
  status?: number
  /** Earlier editions of a release now gone: none of their sentences may be left. */
  before?: Edition[]
}

const TYPES: Record<Proof['format'], string> = {
  html: 'text/html',
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  jsonfeed: 'application/feed+json',
  cap: 'application/cap+xml',
}
/** Where the page says that nothing is there any more. */
const GONE = 410
/** Shorter sentences may stand on any page by chance. */
const TELLING = 8

/** Differences in plain words, each naming what was found and what should be. */
export function compare(edition: Edition, found: Found, where: Where): string[] {
  if (found.problems.length > 0) return found.problems
  const gone = isGone(edition)
  return [
    ...statusDifference(found, where, gone),
    ...differs('content type', found.contentType.split(';')[0]?.trim().toLowerCase(), TYPES[found.format]),
    ...(found.self === undefined ? [] : differs('own address', found.self, where.address)),
    ...(gone ? goneDifferences(edition, found, where) : shownDifferences(edition, found, where)),
  ]
}

const differs = (what: string, found: unknown, wanted: unknown): string[] =>
  found === wanted ? [] : [`${what} is ${JSON.stringify(found)}, should be ${JSON.stringify(wanted)}`]

function statusDifference(found: Found, { status }: Where, gone: boolean): string[] {
  if (status === undefined) return []
  return differs('status', status, gone && found.format === 'html' ? GONE : 200)
}

/** The name the release has in this format. The date 2026 is part of the name (RFC 4151). */
function idOf(edition: Edition, format: Proof['format'], address: string): string {
  const mode = edition.mode === 'live' ? '' : `${edition.mode}-`
  if (format === 'html') return edition.id
  if (format === 'cap') return `ortoo-${mode}${edition.releaseNumber}-${edition.number}`
  const kind = edition.mode === 'live' ? 'release' : edition.mode
  return `tag:${new URL(address).hostname},2026:${kind}/${edition.releaseNumber}`
}

function shownDifferences(edition: Edition, found: Found, { address }: Where): string[] {
  const id = idOf(edition, found.format, address)
  const items = found.items.filter((item) => item.id === id)
  const content = edition.content as Content
  if (items.length === 0) return [`${id} is not there`]
  if (found.format !== 'cap' && items.length > 1) return [`${id} stands there ${items.length} times`]
  const languages = items.map((i) => i.language ?? '').sort()
  const missing =
    found.format === 'cap' ? differs('languages', languages.join(), languagesOf(content).sort().join()) : []
  return [...missing, ...items.flatMap((item) => itemDifferences(edition, content, item, found.format))]
}

function itemDifferences(edition: Edition, content: Content, item: FoundItem, format: Proof['format']): string[] {
  const part = content.parts[item.language as Language]
  if (!part) return [`language ${JSON.stringify(item.language)} is none of the edition's`]
  const areas = (codes: string[]) => [...new Set(codes)].sort().join()
  // What ends by itself stands in feeds as a link alone, with no word of it (公示).
  const link = content.core.displayUntil !== undefined && format !== 'html'
  return [
    ...(link ? [] : titleDifference(edition, part, item, format)),
    ...(link ? saidTooMuch(edition, part, item) : missingLines(edition, part, item, format)),
    ...differs('areas', areas(item.areas), areas(edition.areas.map((a) => a.code))),
    ...differs('edition number', item.editionNumber, edition.number),
    ...differs('hash', item.hash, edition.hash),
    ...(format === 'cap' ? [] : differs('release number', item.release, edition.releaseNumber)),
    ...(format === 'cap' ? [] : differs('edition type', item.type, edition.type)),
    ...timeDifferences(edition, content, item, format),
  ]
}

const MARKS = /^(【演练】|【测试】|EXERCISE: ?|TEST: ?)/
const HEADLINE = 139

function titleDifference(edition: Edition, part: Part, item: FoundItem, format: Proof['format']): string[] {
  const found = oneLine(item.title)
  const wanted = oneLine(part.title)
  if (edition.mode !== 'live' && !MARKS.test(found))
    return [`title ${JSON.stringify(found)} does not say ${edition.mode}`]
  const bare = edition.mode === 'live' || MARKS.test(wanted) ? found : oneLine(found.replace(MARKS, ''))
  const cut = format === 'cap' && bare.endsWith('…') && found.length >= HEADLINE - 2
  if (cut && wanted.startsWith(bare.slice(0, -1))) return []
  return differs('title', bare, wanted)
}

/** Every line the edition says in this language, wherever the format puts it. A first edition changed nothing. */
export function linesIn(edition: Edition, part: Part): string[] {
  const texts = [edition.type === 'first' ? '' : part.changeNote, ...Object.values(part.blocks)]
  return [...texts.flatMap((text) => linesOf(text ?? '')), ...htmlLines(part.body)]
}

function missingLines(edition: Edition, part: Part, item: FoundItem, format: Proof['format']): string[] {
  const flow = new Flow(item.text)
  const shape = (line: string) => (format === 'cap' ? oneLine(withoutAddresses(line)) : line)
  return linesIn(edition, part)
    .filter((line) => shape(line) !== '' && !flow.holds(shape(line)))
    .map((line) => `text lacks ${JSON.stringify(line)}`)
}

const saidTooMuch = (edition: Edition, part: Part, item: FoundItem): string[] =>
  linesIn(edition, part)
    .map(oneLine)
    .filter((line) => line.length >= TELLING && oneLine(item.whole).includes(line))
    .map((line) => `says ${JSON.stringify(line)}, which is on display only for a time`)

/** Formats differ in precision: all of them carry seconds. */
const second = (time: string): number => Math.floor(Date.parse(time) / 1000)

function timeDifferences(edition: Edition, content: Content, item: FoundItem, format: Proof['format']): string[] {
  const found = new Set(item.times.map(second))
  const { asOf, nextUpdateAt } = content.core.displayUntil && format !== 'html' ? {} : content.core
  const wanted = { published: edition.publishedAt, ...(format === 'cap' ? {} : { asOf, nextUpdateAt }) }
  return Object.entries(wanted).flatMap(([name, time]) =>
    time === undefined || found.has(second(time)) ? [] : [`${name} time ${time} is not there`],
  )
}

function goneDifferences(edition: Edition, found: Found, { address, before = [] }: Where): string[] {
  const id = idOf(edition, found.format, address)
  const items = found.items.filter((item) => item.id === id)
  const buried = found.gone.find((g) => g.id === id)
  const rest = [...items.map((i) => i.whole), ...(buried ? [buried.whole] : [])]
  // A tombstone and an entry that says the same may stand side by side (RFC 6721 §3): few readers know tombstones.
  if (items.length > 1 || rest.length === 0) return [`${id} stands there ${items.length} times, should be once`]
  const times = [...items.flatMap((i) => i.times), ...(buried ? [buried.when] : [])].map(second)
  return [
    ...(found.format === 'cap' ? differs('message type', found.message, 'Cancel') : []),
    ...(times.includes(second(edition.publishedAt)) ? [] : [`time ${edition.publishedAt} is not there`]),
    ...(rest.some((text) => text.includes(edition.releaseNumber)) ? [] : ['release number is not there']),
    ...before.flatMap((earlier) => leaks(earlier, rest.map(oneLine))),
  ]
}

function leaks(earlier: Edition, rest: string[]): string[] {
  if (isGone(earlier) || !earlier.content) return []
  const said = Object.values(earlier.content.parts).flatMap((p) => [
    oneLine(p.title),
    ...linesIn(earlier, p).map(oneLine),
  ])
  return said
    .filter((line) => line.length >= TELLING && rest.some((text) => text.includes(line)))
    .map((line) => `still says ${JSON.stringify(line)}`)
}
