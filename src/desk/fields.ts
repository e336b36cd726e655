/** Every text of a content that a person reads, with its path: what checks and scanners go through. */

import { plainText } from '../lib/html.ts'
import { type Content, type Language, languagesOf, type Part } from './content.ts'

export type PartName = Language | 'core' | 'attachments'

/** `text` is what is read: for a body the plain text of its HTML, and `raw` is the HTML. Offsets elsewhere are into `text`. */
export type TextField = { part: PartName; field: string; name: string; text: string; raw: string }

const PLAIN = ['title', 'summary', 'addressees', 'signature', 'changeNote', 'withdrawalReason'] as const

/** The text fields of one language in reading order, empty ones left out. */
export function partFields(language: Language, part: Part): TextField[] {
  const at = `parts.${language}`
  const plain = (name: (typeof PLAIN)[number]) => one(language, `${at}.${name}`, name, part[name])
  return [
    ...plain('title'),
    ...plain('summary'),
    ...plain('addressees'),
    ...Object.entries(part.blocks).flatMap(([name, text]) => one(language, `${at}.blocks.${name}`, name, text)),
    ...one(language, `${at}.body`, 'body', part.body && plainText(part.body), part.body),
    ...plain('signature'),
    ...plain('changeNote'),
    ...plain('withdrawalReason'),
    ...one(language, `${at}.falseAlarm.wrong`, 'falseAlarmWrong', part.falseAlarm?.wrong),
    ...one(language, `${at}.falseAlarm.advice`, 'falseAlarmAdvice', part.falseAlarm?.advice),
  ]
}

const one = (part: PartName, field: string, name: string, text: string | undefined, raw = text): TextField[] =>
  raw ? [{ part, field, name, text: text ?? '', raw }] : []

/** All text fields: each language, then the core, then the attachments. */
export function textFields(content: Content): TextField[] {
  const { core } = content
  return [
    ...languagesOf(content).flatMap((language) => partFields(language, content.parts[language] as Part)),
    ...core.contacts.flatMap((contact, i) => [
      ...one('core', `core.contacts.${i}.label`, 'label', contact.label),
      ...one('core', `core.contacts.${i}.phone`, 'phone', contact.phone),
      ...one('core', `core.contacts.${i}.email`, 'email', contact.email),
    ]),
    ...one('core', 'core.conference.place', 'place', core.conference?.place),
    ...one('core', 'core.documentNumber', 'documentNumber', core.documentNumber),
    ...one('core', 'core.indexNumber', 'indexNumber', core.indexNumber),
    ...content.attachments.flatMap((attachment, i) => [
      ...one('attachments', `attachments.${i}.title`, 'title', attachment.title),
      ...one('attachments', `attachments.${i}.name`, 'name', attachment.name),
    ]),
  ]
}
