/** What is read out over loudspeakers: said twice, figures in words, nothing that can only be seen. */
import { wallMinute } from '../../src/lib/clock.ts'
import { plainText } from '../../src/lib/html.ts'
import type { Part } from '../../src/publication/edition.ts'
import { saysCorrection } from '../page/change-word.ts'
import { t } from '../words/index.ts'
import { ended } from './sentences.ts'
import { type KitSource, moment, named, stopOf, takenBack } from './source.ts'
import { spokenZh, telephone } from './spoken-zh.ts'

export function loudspeakerOf(source: KitSource): string {
  const { lang, edition } = source
  const drill = edition.mode === 'live' ? '' : t(lang, `kit.speak.${edition.mode}`)
  const once = [drill, ...saying(source), drill].filter(Boolean).join('\n')
  const say = source.language === 'zh-CN' ? spokenZh : spokenPlain
  return [
    t(lang, 'kit.speak.attention'),
    say(once),
    t(lang, 'kit.speak.again'),
    say(once),
    t(lang, 'kit.speak.end'),
  ].join('\n')
}

function saying(source: KitSource): string[] {
  const { lang, agency, edition, part, state, config } = source
  const stop = stopOf(source.language)
  const wall = wallMinute(edition.publishedAt, config.site.offset)
  const intro = t(lang, `kit.speak.intro${saysCorrection(edition) ? '.correction' : ''}`, {
    agency,
    kind: t(lang, `public.kind.${edition.kind}`),
    date: wall.slice(0, 10),
    time: wall.slice(11),
  })
  if (state !== 'shown') return [intro, ended(takenBack(source), stop), ended(part.withdrawalReason ?? '', stop)]
  return [
    intro,
    ...sourceLine(source),
    ...(edition.content?.core.warningLevel
      ? [ended(t(lang, `public.level.${edition.content.core.warningLevel}`), stop)]
      : []),
    ended(source.title, stop),
    ended(part.changeNote ?? '', stop),
    ...conference(source).map((text) => ended(text, stop)),
    ...what(part).map((text) => ended(text, stop)),
    ...(part.blocks.advice ? [t(lang, 'kit.speak.do'), ended(part.blocks.advice, stop)] : []),
    ...source.hotlines.map((c) => ended(call(source, c.label, c.phone ?? ''), stop)),
  ]
}

function sourceLine({ repost, lang }: KitSource): string[] {
  return repost ? [t(lang, 'kit.speak.source', { agency: named(repost.agencyName, lang) })] : []
}

/** When it begins, as a time that is read out, and where; or that it is off. */
function conference(source: KitSource): string[] {
  const { conference: held, lang } = source
  if (!held) return []
  if (held.cancelled) return [t(lang, 'kit.conference.cancelled')]
  return [
    t(lang, 'kit.speak.conference', { at: moment(held.startsAt, source) }),
    ...(held.place ? [t(lang, 'kit.speak.conference.place', { place: held.place })] : []),
  ]
}

/** When and where, then what; the body only where nothing shorter was written. */
function what({ blocks, summary, body }: Part): string[] {
  const told = [blocks.whenWhere, blocks.facts].filter((text): text is string => Boolean(text?.trim()))
  if (told.length) return told
  return [summary || (blocks.advice ? '' : plainText(body))].filter(Boolean)
}

/** In Chinese a number is put into words before the rest is, whatever stands before it. */
const call = ({ lang, language }: KitSource, label: string, phone: string): string =>
  t(lang, 'kit.speak.call', { label, phone: language === 'zh-CN' ? telephone(phone) : spelt(phone) })

/** 0482-1234567 → 0 4 8 2, 1 2 3 4 5 6 7 */
const spelt = (phone: string): string =>
  phone
    .split(/\D+/)
    .filter(Boolean)
    .map((group) => [...group].join(' '))
    .join(', ')

/** English and Mongolian keep their figures; telephone numbers are spelt, brackets and addresses left out. */
export const spokenPlain = (text: string): string =>
  text
    .replace(/(?:(?:see|more|full text|at)\s*:?\s*)?https?:\/\/[^\s)]+/gi, '')
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '')
    .replace(/(?<![\d.,])(?:\+\d{1,3}[- ]?)?\d{3,4}-\d{5,8}(?!\d)/g, spelt)
    .replace(/[()（）[\]【】〔〕{}<>]/g, ', ')
    .replace(/["“”«»《》]/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?,(?: ?,)+/g, ',')
    .replace(/ +([,.!?;:᠃])/g, '$1')
    .replace(/,(?=[.!?;:᠃\n]|$)/gm, '')
    .replace(/^[\s,]+|[\s,]+$/gm, '')
