/** Checks of the text for a false alarm: it says what was wrong and what to do, and never that a danger is over. Pure. */
import { NOT_IN_FALSE_ALARM, SAYS_SENT_IN_ERROR } from '../../templates/draft/false-alarm.ts'
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { mayAlarm } from '../desk/false-alarm.ts'
import { type Issue, issue } from '../lib/errors.ts'

export function falseAlarmIssues(content: Content): Issue[] {
  return languagesOf(content).flatMap((language) => {
    const part = content.parts[language] as Part
    if (content.core.falseAlarmOf !== undefined) return released(language, part)
    return mayAlarm(content.core) ? prepared(language, part) : []
  })
}

function prepared(language: Language, { falseAlarm }: Part): Issue[] {
  const at = `parts.${language}.falseAlarm`
  if (!falseAlarm) return [issue(`${at}.wrong`, 'false-alarm-missing', { language }, 'warning')]
  const { wrong, advice } = falseAlarm
  return [
    ...(wrong ? [] : [issue(`${at}.wrong`, 'false-alarm-wrong-missing')]),
    ...(advice ? [] : [issue(`${at}.advice`, 'false-alarm-advice-missing')]),
    ...lifts(language, `${at}.wrong`, wrong),
    ...lifts(language, `${at}.advice`, advice),
    ...unsaid(language, `${at}.wrong`, wrong),
  ]
}

/** What stands in an alert's place is held to the same through every later edition. */
const released = (language: Language, { blocks }: Part): Issue[] =>
  (['facts', 'advice'] as const).flatMap((name) =>
    lifts(language, `parts.${language}.blocks.${name}`, blocks[name] ?? ''),
  )

function lifts(language: Language, field: string, text: string): Issue[] {
  const words = NOT_IN_FALSE_ALARM[language]?.exec(text)?.[0]
  return words ? [issue(field, 'false-alarm-lifts', { words })] : []
}

function unsaid(language: Language, field: string, text: string): Issue[] {
  const says = SAYS_SENT_IN_ERROR[language]
  return !says || !text || says.test(text) ? [] : [issue(field, 'false-alarm-unsaid')]
}
