/**
 * Marks of secrecy. In form and place (GB/T 9704-2012 §7.2: 密级★期限, 份号 at the head) they stop intake, because this
 * service may hold no state secret (保守国家秘密法 2024, art. 31). Elsewhere the words are only hits for a person to judge.
 */
import type { TextField } from './fields.ts'

export type Found = { rule: string; start: number; end: number }

const TERM = '(?:绝\\s*密|機\\s*密|机\\s*密|秘\\s*密)'
const STARRED = new RegExp(`${TERM}[\\s\\p{M}]*[★☆]|[★☆]\\s*${TERM}`, 'gu')
const INTERNAL = /内\s*部\s*(?:资\s*料|文\s*件|材\s*料)[\s,，、。.·★☆!！]*(?:请\s*)?注\s*意\s*保\s*[存管密]/gu
// Alone: nothing beside it on its line but the edge, space, brackets, a colon or a period of years. 《秘密》 and “秘密” are words.
const EDGE = '[\\s【】（）()\\[\\]〔〕:：|]'
const ALONE = new RegExp(`(?<=^|${EDGE})${TERM}(?=$|${EDGE}|\\d+\\s*年|长期|\\d+\\s*个月)`, 'gu')
const COPY_NUMBER = /份\s*号\s*[:：]?\s*\d*|^\s*\d{6}\s*$/gu
const HEADING_LINES = 5

/** Marks that stop intake, as ranges of the field's text. */
export function secrecyMarks({ text, name }: TextField): Found[] {
  const anywhere = [...text.matchAll(STARRED), ...text.matchAll(INTERNAL)].map((m) => range(m, 0))
  const head = headingZone(text).flatMap(({ line, at, nth }) => [
    ...[...line.matchAll(ALONE)].map((m) => range(m, at)),
    // A bare six-digit number is a copy number only as the first line of a document.
    ...[...line.matchAll(COPY_NUMBER)]
      .filter((m) => m[0].includes('份') || (nth === 0 && name === 'body'))
      .map((m) => range(m, at)),
  ])
  const found: Found[] = []
  for (const mark of [...anywhere, ...head].sort((a, b) => a.start - b.start || b.end - a.end))
    if (!found.some((f) => mark.start < f.end && mark.end > f.start)) found.push(mark)
  return found
}

const range = (m: RegExpMatchArray, at: number): Found => ({
  rule: 'secrecy-mark',
  start: at + m.index!,
  end: at + m.index! + m[0].length,
})

/** The first lines that say anything; `at` is where each begins. */
function headingZone(text: string): { line: string; at: number; nth: number }[] {
  const zone: { line: string; at: number; nth: number }[] = []
  let at = 0
  for (const line of text.split('\n')) {
    if (line.trim() !== '') zone.push({ line, at, nth: zone.length })
    if (zone.length === HEADING_LINES) break
    at += line.length + 1
  }
  return zone
}

const WORDS: [rule: string, pattern: RegExp][] = [
  ['secrecy-word', /绝密|机密|機密|[国商工]?[家业作]?秘密|密级|涉密|保密|不得外传|禁止外传|不宜公开|密不录由/gu],
  ['internal-word', /内部(?!\p{P}*装修)|仅供参考|征求意见稿|讨论稿|送审稿/gu],
]

/** Words a confidentiality reviewer wants to look at; none stops anything by itself. */
export function secrecyWords({ text }: TextField): Found[] {
  return WORDS.flatMap(([rule, pattern]) =>
    [...text.matchAll(pattern)].map((m) => ({ rule, start: m.index, end: m.index + m[0].length })),
  )
}
