/** Where a quoted passage stands in a content: found again in later revisions while its words still stand. Pure. */
import type { Content } from '../desk/content.ts'
import { type TextField, textFields } from '../desk/fields.ts'

export type Passage = { field: string; quote: string }

/** White space counts as one, since a passage picked on a page has other line ends than the text it was picked from. */
const patternOf = (quote: string): RegExp =>
  new RegExp(
    quote
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
    'u',
  )

const has = (text: string, quote: string): boolean => quote.trim() !== '' && patternOf(quote).test(text)

/** The passage a person quoted: in the field they named, or else in the first that has the words; null where none does. */
export function passageOf(content: Content, quote: string, field = ''): Passage | null {
  const fields = textFields(content)
  const inside = (f: TextField | undefined) => f !== undefined && has(f.text, quote)
  const named = fields.find((f) => f.field === field)
  const found = field ? (inside(named) ? named : undefined) : fields.find(inside)
  return found ? { field: found.field, quote: quote.trim() } : null
}

/** Whether the words still stand in that field; where they do not, the passage was changed. */
export const passageStands = (content: Content, { field, quote }: Passage): boolean =>
  has(textFields(content).find((f) => f.field === field)?.text ?? '', quote)
