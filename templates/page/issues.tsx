/** What was wrong with a form, above it: each finding with what would be right. */
import { type Lang, t } from '../words/index.ts'

export type ShownIssue = { field: string; rule: string; remedy: string }

export function Issues({ lang, issues }: { lang: Lang; issues: ShownIssue[] }) {
  if (issues.length === 0) return null
  return (
    <div class="notice warn" role="alert" id="issues">
      <p>
        <strong>{t(lang, 'form.issues')}</strong>
      </p>
      <ul>
        {issues.map((i) => (
          <li>
            {i.rule}
            {i.remedy ? (lang === 'zh' ? `：${i.remedy}` : `. ${i.remedy}.`) : ''}
          </li>
        ))}
      </ul>
    </div>
  )
}
