/** Pictures in the text: each an attached picture, each with its description in the language of the text it stands in. Pure. */
import { type Content, languagesOf, type Part } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { isPicture } from '../lib/file-path.ts'
import { plainText } from '../lib/html.ts'
import { type Placed, placedIn, strayTokens } from '../lib/placed.ts'

/** More than this nobody reads past on a phone. */
export const MOST_PLACED = 30
/** Characters: a description longer than this belongs into the text (WCAG 2.2, 1.1.1). */
export const LONGEST_ALT = 200

export const pictureIssues = (content: Content): Issue[] =>
  content.core.repostOf ? [] : [...titleIssues(content), ...languagesOf(content).flatMap((l) => inText(content, l))]

/** A picture below the text has its title for description; the name of a file says nothing. */
function titleIssues(content: Content): Issue[] {
  const placed = languagesOf(content).map(
    (l) => new Set(placedIn((content.parts[l] as Part).body).map((p) => p.sha256)),
  )
  const isBelow = (sha256: string) => placed.length === 0 || placed.some((set) => !set.has(sha256))
  return content.attachments.flatMap((a, i) =>
    isPicture(a) && isBelow(a.sha256) && (a.title.trim() === '' || a.title === a.name)
      ? [issue(`attachments.${i}.title`, 'alt-required', { name: a.name })]
      : [],
  )
}

function inText(content: Content, language: keyof Content['parts']): Issue[] {
  const field = `parts.${language}.body`
  const { body } = content.parts[language] as Part
  const placed = placedIn(body)
  return [
    ...placed.flatMap((p, i) => one(content, field, p, i + 1)),
    ...(placed.length > MOST_PLACED ? [issue(field, 'pictures-too-many', { n: placed.length, max: MOST_PLACED })] : []),
    ...strayTokens(plainText(body)).map((line) =>
      issue(field, 'picture-token', { line: line.slice(0, 40) }, 'warning'),
    ),
  ]
}

/** `n`: which picture of the text. */
function one(content: Content, field: string, p: Placed, n: number): Issue[] {
  const file = content.attachments.find((a) => a.sha256 === p.sha256)
  if (!file) return [issue(field, 'picture-not-attached', { n })]
  if (!isPicture(file)) return [issue(field, 'picture-no-picture', { n, name: file.name })]
  if (p.alt === '' || p.alt === file.name) return [issue(field, 'picture-alt', { n, name: file.name })]
  return [...p.alt].length > LONGEST_ALT
    ? [issue(field, 'picture-alt-long', { n, length: [...p.alt].length, max: LONGEST_ALT })]
    : []
}
