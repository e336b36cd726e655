/** Whether what reached a canary is what was signed. Reads mail and notification by code that neither outlet shares. Pure. */
import type { Language, Part } from '../desk/content.ts'
import { type Edition, isGone } from '../publication/edition.ts'
import { linesIn } from './read-compare.ts'
import { Flow, flowOf, flowOfPlain, oneLine, withoutAddresses } from './read-text.ts'

/** '' where nothing is amiss. A code and never the words: they would outlive the release. */
export type Fault = '' | 'text' | 'language'

/** Both halves of a mail must say every line: some readers see only the one, some only the other. */
export function mailFault(
  edition: Edition,
  mail: { language: string; subject: string; text: string; html: string },
): Fault {
  const part = edition.content?.parts[mail.language as Language]
  if (!part) return 'language'
  const halves = [new Flow(flowOfPlain(mail.text)), new Flow(flowOf(mail.html))]
  const wanted = isGone(edition)
    ? [part.withdrawalReason ?? '']
    : [part.title, ...(edition.content?.core.displayUntil ? [] : linesIn(edition, part))]
  const lines = wanted.map((line) => oneLine(withoutAddresses(line))).filter((line) => line !== '')
  const named = isGone(edition) ? edition.releaseNumber : oneLine(part.title)
  if (!oneLine(mail.subject).includes(named)) return 'text'
  return halves.every((half) => lines.every((line) => half.holds(line))) ? '' : 'text'
}

/** So many letters of a long text stand in a notification for certain. */
const TELLING = 40

/** A notification is short: its title must be the release's, and its body begin as one of its texts does. */
export function pushFault(edition: Edition, shown: { language: string; title: string; body: string }): Fault {
  const part = edition.content?.parts[shown.language as Language]
  if (!part) return 'language'
  const begins = (text: string) => [...oneLine(text)].slice(0, TELLING).join('')
  const named = isGone(edition) ? edition.releaseNumber : begins(part.title)
  if (!oneLine(shown.title).includes(named)) return 'text'
  const body = oneLine(shown.body)
  const texts = textsOf(edition, part)
  return texts.length === 0 ? (body === '' ? '' : 'text') : texts.some((t) => body.startsWith(begins(t))) ? '' : 'text'
}

const textsOf = (edition: Edition, part: Part): string[] =>
  (isGone(edition)
    ? [part.withdrawalReason]
    : [edition.type === 'correction' ? part.changeNote : undefined, part.blocks.advice, part.summary, part.blocks.facts]
  ).filter((text): text is string => Boolean(text && oneLine(text)))
