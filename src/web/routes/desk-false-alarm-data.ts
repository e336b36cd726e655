/** The text for a false alarm as screens show it. */
import { type Content, languagesOf } from '../../desk/content.ts'
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
