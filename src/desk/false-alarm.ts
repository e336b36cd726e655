/** 误发更正: which text needs one prepared, how it is completed at each save, and what the edition made of it says. Pure. */
import { FALSE_ALARM_START } from '../../templates/draft/false-alarm.ts'
import { kinds } from '../../templates/draft/index.ts'
import { t } from '../../templates/words/index.ts'
import { type Content, type Core, type FalseAlarm, type Language, languagesOf, type Part } from './content.ts'

/** What reaches people as an alarm: the flash lane, every warning, whatever says act now. What is put right or over is none. */
export const mayAlarm = (core: Core): boolean =>
  !core.repostOf &&
  core.falseAlarmOf === undefined &&
  !core.over &&
  !kinds[core.kind]?.noFalseAlarm &&
  (core.lane === 'flash' || core.kind === 'warning' || core.cap?.actNow === true)

/**
 * The content with its false-alarm text as it would stand: title and note say this title and this number, and where nobody
 * wrote anything the words to start from are there, so that no alert goes out without.
 */
export function withFalseAlarm(content: Content, number: string): Content {
  const parts = Object.fromEntries(
    languagesOf(content).map((l) => [l, completed(content.core, l, content.parts[l] as Part, number)]),
  )
  return { ...content, parts }
}

function completed(core: Core, language: Language, part: Part, number: string): Part {
  const { falseAlarm, ...rest } = part
  if (!mayAlarm(core) || part.withdrawalReason !== undefined) return rest
  const start = FALSE_ALARM_START[language]
  const wrong = falseAlarm?.wrong?.trim() || start?.wrong || ''
  const advice = falseAlarm?.advice?.trim() || start?.advice || ''
  if (!wrong && !advice) return rest
  const words = language === 'en' ? 'en' : 'zh'
  return {
    ...rest,
    falseAlarm: {
      title: t(words, 'false-alarm.title', { title: part.title }),
      note: t(words, 'false-alarm.note', { title: part.title, number }),
      wrong,
      advice,
    },
  }
}

const whole = (f: FalseAlarm | undefined): f is FalseAlarm => Boolean(f?.wrong && f.advice)

/** Languages in which the text is ready. */
export const readyIn = (content: Content): Language[] =>
  languagesOf(content).filter((l) => whole(content.parts[l]?.falseAlarm))

/** What an edition holds of a revision: the text for a false alarm is agreed, and is no part of what is published. */
export function publicContent(content: Content): Content {
  const parts = Object.fromEntries(
    languagesOf(content).map((l) => {
      const { falseAlarm: _, ...part } = content.parts[l] as Part
      return [l, part]
    }),
  )
  return { ...content, parts }
}

/**
 * The edition that takes the place of `edition`: made of agreed words alone, with nothing for anybody to type. Of the alert only
 * whom it concerned stays. null where no text stands ready in Chinese, which every edition has.
 */
export function falseAlarmContent(content: Content, edition: number): Content | null {
  if (!readyIn(content).includes('zh-CN')) return null
  const { kind, mode, agencyId, incidentId, areas, topics, outlets, urgency, contacts } = content.core
  return {
    core: {
      kind,
      lane: 'flash',
      mode,
      agencyId,
      ...(incidentId ? { incidentId } : {}),
      areas,
      topics,
      outlets,
      urgency,
      contacts: contacts.filter((c) => c.audience === 'public'),
      falseAlarmOf: edition,
    },
    parts: Object.fromEntries(
      readyIn(content).map((l) => {
        const { title, note, wrong, advice } = (content.parts[l] as Part).falseAlarm as FalseAlarm
        return [l, { title, blocks: { facts: wrong, advice }, body: '', changeNote: note }]
      }),
    ),
    attachments: [],
  }
}
