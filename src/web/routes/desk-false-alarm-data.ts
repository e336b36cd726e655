/** The text for a false alarm as screens show it. */
import { FALSE_ALARM_START } from '../../../templates/draft/false-alarm.ts'
import { kinds } from '../../../templates/draft/index.ts'
import { type Content, type Kind, type Lane, languagesOf } from '../../desk/content.ts'
import { mayAlarm, readyIn } from '../../desk/false-alarm.ts'
import type { KitPart } from '../views/false-alarm.tsx'

/** Each language of a content with its text, as it would go out; none where nothing could be an alarm. */
export const kitParts = (content: Content): KitPart[] =>
  mayAlarm(content.core)
    ? languagesOf(content).map((language) => ({
        language,
        text: readyIn(content).includes(language) ? (content.parts[language]?.falseAlarm ?? null) : null,
      }))
    : []

/** Shown from the first moment, so that whoever writes an alert sees what would be said if it were false. */
export function startingFalseAlarm(kind: Kind, lane: Lane): Record<string, string> {
  const start = FALSE_ALARM_START['zh-CN']
  if (!start || kinds[kind].noFalseAlarm || (lane !== 'flash' && !kinds[kind].capRequired)) return {}
  return { 'parts.zh-CN.falseAlarm.wrong': start.wrong, 'parts.zh-CN.falseAlarm.advice': start.advice }
}
