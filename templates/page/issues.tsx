/** What was wrong with a form, above it: each finding with what would be right; and beside the field it is about. */
import { type Lang, t } from '../words/index.ts'

export type ShownIssue = { field: string; rule: string; remedy: string }

type Props = { lang: Lang; issues: ShownIssue[]; at?: (field: string) => string | undefined }

/** `at` gives the id of the field an issue is about: then the finding leads there. */
export function Issues({ lang, issues, at }: Props) {
  if (issues.length === 0) return null
  return (
    <div class="notice warn" role="alert" id="issues" tabindex={-1}>
      <p>
        <strong>{t(lang, 'form.issues')}</strong>
      </p>
      <ul>
        {issues.map((i) => {
          const id = at?.(i.field)
          return <li>{id ? <a href={`#${id}`}>{sentence(lang, i)}</a> : sentence(lang, i)}</li>
        })}
      </ul>
    </div>
  )
}

const sentence = (lang: Lang, i: ShownIssue): string =>
  `${i.rule}${i.remedy ? (lang === 'zh' ? `：${i.remedy}` : `. ${i.remedy}.`) : ''}`

/** `topics.3` is about the field topics. */
export const fieldOf = (issue: ShownIssue): string => issue.field.split('.')[0] as string
export const issuesAt = (issues: ShownIssue[], field: string): ShownIssue[] =>
  issues.filter((i) => fieldOf(i) === field)

/** Beside the field, which names it by `aria-describedby="<field>-issue"`. */
export function FieldIssues({ lang, issues, field }: { lang: Lang; issues: ShownIssue[]; field: string }) {
  const own = issuesAt(issues, field)
  if (own.length === 0) return null
  return (
    <p class="field-issue" id={`${field}-issue`}>
      <span class="visually-hidden">{t(lang, 'readers.error.at')}</span>
      {own.map((i) => sentence(lang, i)).join(lang === 'zh' ? '；' : ' ')}
    </p>
  )
}
