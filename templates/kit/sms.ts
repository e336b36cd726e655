/**
 * SMS of an edition, shortened by one rule: who, what, what to do, whom to ring, where it stands. Who, what, the first number
 * and the address are always whole; of what to do as many whole sentences as four segments hold, in order. Nothing is ever
 * cut inside a sentence, so neither a figure nor a name can lose its end.
 */
import { plainText } from '../../src/lib/html.ts'
import { t } from '../words/index.ts'
import { ended, sentencesOf } from './sentences.ts'
import { type Segments, segmentsOf } from './sms-segments.ts'
import { changeWord, conferenceLines, type KitSource, stopOf, takenBack } from './source.ts'

/** Segments a phone still shows as one message without fail, and an office is willing to pay for. */
export const MOST_SEGMENTS = 4

/** `left`: sentences of what to do that found no room. */
export type Sms = Segments & { text: string; left: number }

export function smsOf(source: KitSource): Sms {
  const head = headOf(source)
  const tail = tailOf(source)
  const wanted = todoOf(source)
  let taken = 0
  while (taken < wanted.length && fits(joined(source, head, wanted.slice(0, taken + 1), tail))) taken++
  const text = joined(source, head, wanted.slice(0, taken), tail)
  return { text, left: wanted.length - taken, ...segmentsOf(text) }
}

const fits = (text: string): boolean => segmentsOf(text).segments <= MOST_SEGMENTS
const gap = ({ language }: KitSource): string => (language === 'zh-CN' ? '' : ' ')

/** The address ends the text and stands apart, so that a phone takes nothing else into the link. */
const joined = (source: KitSource, head: string, todo: string[], tail: string): string =>
  `${[head, ...todo, tail].filter(Boolean).join(gap(source))} ${source.url}`

function headOf(source: KitSource): string {
  const { title, state, marks, agency, language, lang } = source
  const what = state === 'shown' ? changeWord(source) + title : takenBack(source)
  // Whole, as the title is: without its hour nobody comes to a press conference.
  const said = [what, ...conferenceLines(source)].map((line) => ended(line, stopOf(language)))
  return `${marks}${t(lang, 'kit.sms.who', { agency })}${said.join(gap(source))}`
}

function todoOf(source: KitSource): string[] {
  const { part, state, language } = source
  if (state === 'gone') return []
  if (state === 'withdrawn') return sentencesOf(part.withdrawalReason ?? '').map((s) => ended(s, stopOf(language)))
  const told = part.blocks.advice || part.summary || part.blocks.facts || plainText(part.body)
  return [...sentencesOf(part.changeNote ?? ''), ...sentencesOf(told)].map((s) => ended(s, stopOf(language)))
}

function tailOf({ hotlines, lang, language }: KitSource): string {
  const line = hotlines[0]
  const call = line ? ended(`${line.label} ${line.phone}`.trim(), stopOf(language)) : ''
  return [call, t(lang, 'kit.sms.more')].filter(Boolean).join(language === 'zh-CN' ? '' : ' ')
}
