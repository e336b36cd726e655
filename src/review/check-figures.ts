/** Casualties a text states, held against those recorded for its incident: a number that falls is recorded first, with its reason. */
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { partFields } from '../desk/fields.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { asciiDigits, hanNumber } from '../lib/figures.ts'
import type { CheckContext } from './checks.ts'

/** A figure of the incident, as recorded. */
export type RecordedFigure = { what: string; value: string; as_of: string }

const TOLL = ['deaths', 'missing', 'injured'] as const
type Toll = (typeof TOLL)[number]

const HAN = '([\\d,]+|[〇零一二两三四五六七八九十百千]+)\\s*(?:人|名|例|位)'
const zh = (word: string) =>
  new RegExp(
    `${HAN}[^，。；、：\\d]{0,6}?(?:${word})|(?:${word})(?:人数)?[^，。；、\\d〇零一二两三四五六七八九十百千]{0,4}${HAN}`,
    'g',
  )
const EN = '(\\d[\\d,]*)'
const BE = '(?:\\s+(?:people|persons|others|were|was|are|is|have|been|confirmed|still|remain|reported))*\\s+'
const PATTERNS: Record<'zh-CN' | 'en', Record<Toll, RegExp>> = {
  'zh-CN': { deaths: zh('死亡|遇难|罹难'), missing: zh('失踪|失联'), injured: zh('重伤') },
  en: {
    deaths: new RegExp(`${EN}${BE}(?:dead|killed|died)\\b|\\b(?:killed|killing|deaths?:?)\\s+${EN}`, 'gi'),
    missing: new RegExp(`${EN}${BE}missing\\b|\\bmissing:?\\s+${EN}`, 'gi'),
    injured: new RegExp(`${EN}${BE}(?:badly|seriously|severely)\\s+(?:hurt|injured)\\b`, 'gi'),
  },
}
/** What is no statement of the office about now. */
const NOT_READ = ['changeNote', 'withdrawalReason', 'addressees', 'signature', 'claim']

/** The highest figure of each kind a text states, and where: an earlier, lower one may stand beside it. */
export function statedIn(language: Language, part: Part): Partial<Record<Toll, { value: number; field: string }>> {
  const found: Partial<Record<Toll, { value: number; field: string }>> = {}
  if (language === 'mn-Mong-CN') return found
  for (const f of partFields(language, part).filter((one) => !NOT_READ.includes(one.name)))
    for (const what of TOLL)
      for (const m of asciiDigits(f.text).matchAll(PATTERNS[language][what])) {
        const value = read(m[1] ?? m[2] ?? '')
        if (!Number.isNaN(value) && value > (found[what]?.value ?? -1)) found[what] = { value, field: f.field }
      }
  return found
}

const read = (figure: string): number => (/\d/.test(figure) ? Number(figure.replaceAll(',', '')) : hanNumber(figure))

/** The figure that stood as of a time: of those true by then the latest, of two for one time the one recorded last. */
function standingFigure(recorded: readonly RecordedFigure[], what: Toll, asOf: string): number | null {
  let latest: RecordedFigure | undefined
  for (const r of recorded) if (r.what === what && r.as_of <= asOf && r.as_of >= (latest?.as_of ?? '')) latest = r
  return latest ? Number(latest.value) : null
}

export function figureIssues(content: Content, { recorded, now }: CheckContext): Issue[] {
  if (!recorded?.length) return []
  const asOf = content.core.asOf ?? now
  return languagesOf(content).flatMap((language) => {
    const stated = statedIn(language, content.parts[language] as Part)
    return TOLL.flatMap((what) => {
      const said = stated[what]
      const stands = standingFigure(recorded, what, asOf)
      if (!said || stands === null || said.value === stands) return []
      const params = { said: said.value, recorded: stands }
      return said.value < stands
        ? [issue(said.field, `figure-below-${what}`, params)]
        : [issue(said.field, 'figure-not-recorded', params, 'hint')]
    })
  })
}
