/** 增发语种: an addition adds a language and leaves everything else as it was. */
import { type Content, languagesOf } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { canonicalJson } from '../lib/id.ts'

/** What an addition changed besides adding a language, and whether it adds one. */
export function additionViolations(previous: Content, next: Content): Issue[] {
  const added = languagesOf(next).filter((l) => !previous.parts[l])
  const same = (before: unknown, after: unknown) => canonicalJson({ v: before }) === canonicalJson({ v: after })
  const changed = languagesOf(previous).filter((l) => !same(withoutNote(previous, l), withoutNote(next, l)))
  return [
    ...(added.length === 0 ? [issue('parts', 'addition-no-language')] : []),
    ...changed.map((l) => issue(`parts.${l}`, 'addition-changed')),
    ...(same(previous.core, next.core) ? [] : [issue('core', 'addition-changed')]),
    ...(same(previous.attachments, next.attachments) ? [] : [issue('attachments', 'addition-changed')]),
  ]
}

/** A part without its note on the last change and its text for a false alarm, which belong to their edition. */
export function withoutNote(content: Content, language: keyof Content['parts']): unknown {
  const part = content.parts[language]
  if (!part) return null
  const { changeNote: _, falseAlarm: __, ...rest } = part
  return rest
}
