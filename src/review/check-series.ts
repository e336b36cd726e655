/** Checks of a report's place in the series of its incident: 首报, 续报（n）, 终报. */
import type { Content } from '../desk/content.ts'
import { hanOf } from '../desk/series.ts'
import { type Issue, issue } from '../lib/errors.ts'
import type { CheckContext } from './checks.ts'

/** Only what goes out for the first time takes a place; what puts an earlier report right keeps its own. */
export function seriesIssues(content: Content, { series, editionType }: CheckContext): Issue[] {
  const { core } = content
  const promise =
    core.kind === 'incident-final' && core.nextUpdateAt ? [issue('core.nextUpdateAt', 'final-promises')] : []
  if (!series || editionType !== 'first' || core.repostOf) return promise
  const { closedBy, first, number, taken } = series
  if (closedBy) return [...promise, issue('core.kind', 'series-closed', { number: closedBy })]
  return [
    ...promise,
    ...(core.kind === 'incident-notice' && first
      ? [issue('core.kind', 'series-second-first', { number: first }, 'warning')]
      : []),
    ...(core.kind !== 'incident-notice' && !first ? [issue('core.kind', 'series-no-first', undefined, 'hint')] : []),
    ...(number === null ? [] : numberIssues(content, number, taken)),
  ]
}

function numberIssues(content: Content, number: number, taken: string | null): Issue[] {
  const at = 'parts.zh-CN.title'
  const words = `续报（${hanOf(number)}）`
  if (taken === '') return [issue(at, 'series-taken-untold', { words })]
  if (taken) return [issue(at, 'series-taken', { words, number: taken })]
  return content.parts['zh-CN']?.title.includes(words) ? [] : [issue(at, 'series-unnamed', { words }, 'warning')]
}
