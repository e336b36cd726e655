/** Checks of the words themselves: length, characters, HTML. */
import { type Content, languagesOf, type Part } from '../desk/content.ts'
import { partFields, textFields } from '../desk/fields.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { sanitise } from '../lib/html.ts'
import { textIssues } from '../lib/text.ts'

/** Characters of what is read. */
const LONGEST: Record<string, number> = {
  title: 120,
  summary: 600,
  addressees: 2000,
  body: 100_000,
  signature: 300,
  changeNote: 2000,
  withdrawalReason: 2000,
  falseAlarmWrong: 2000,
  falseAlarmAdvice: 2000,
  whenWhere: 5000,
  facts: 5000,
  actions: 5000,
  cause: 5000,
  advice: 5000,
}

export function partIssues(content: Content): Issue[] {
  return languagesOf(content).flatMap((language) => {
    const part = content.parts[language] as Part
    return [
      ...titleIssues(`parts.${language}.title`, part.title),
      ...partFields(language, part).flatMap((f) => tooLong(f.field, f.text, LONGEST[f.name])),
      ...htmlIssues(`parts.${language}.body`, part.body),
    ]
  })
}

function titleIssues(field: string, title: string): Issue[] {
  if (title.trim() === '') return [issue(field, 'title-missing')]
  return /\n/.test(title) ? [issue(field, 'title-lines')] : []
}

function tooLong(field: string, text: string, max: number | undefined): Issue[] {
  const length = [...text].length
  return max !== undefined && length > max ? [issue(field, 'too-long', { length, max })] : []
}

/** Content is sanitised when it comes in; what is not so came by another way. */
function htmlIssues(field: string, body: string): Issue[] {
  const clean = sanitise(body)
  if (clean.html === body) return []
  return [issue(field, 'html-not-clean', { dropped: clean.dropped.slice(0, 8).join(', ') || '—' })]
}

/** Characters that may not stand, in every text of the content. */
export const textFieldIssues = (content: Content): Issue[] =>
  textFields(content).flatMap(({ field, raw, part }) => textIssues(field, raw, part))
