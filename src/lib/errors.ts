/** The five kinds of refusal, and the issue: what is wrong with one field, by which rule, and what would be right. */

export type IssueSeverity = 'error' | 'warning' | 'hint'

/**
 * One finding about one field. `field` is a path (`parts.zh-CN.title`), `code` names the rule; its words in both
 * languages stand in templates/words under `issue.<code>` (rule) and `issue.<code>.remedy` (what would be right).
 */
export type Issue = {
  field: string
  code: string
  severity: IssueSeverity
  params?: Record<string, string | number>
}

export type ErrorKind = 'not-found' | 'not-allowed' | 'wrong-state' | 'invalid' | 'unavailable'

/** A refusal a person can act on. `code` is stable and public (RFC 9457 `type`). */
export class Refusal extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly issues: Issue[]
  readonly params: Record<string, string | number>

  constructor(kind: ErrorKind, code: string, issues: Issue[] = [], params: Record<string, string | number> = {}) {
    super(`${kind}: ${code}${issues.length ? ` (${issues.map((i) => `${i.field} ${i.code}`).join(', ')})` : ''}`)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.issues = issues
    this.params = params
  }
}

type Params = Record<string, string | number>
/** What the person may not see answers exactly like what does not exist. */
export const notFound = (code = 'not-found', params?: Params) => new Refusal('not-found', code, [], params)
export const notAllowed = (code: string, params?: Params) => new Refusal('not-allowed', code, [], params)
export const wrongState = (code: string, params?: Params) => new Refusal('wrong-state', code, [], params)
export const invalid = (issues: Issue[], code = 'invalid') => new Refusal('invalid', code, issues)
export const unavailable = (code: string, params?: Params) => new Refusal('unavailable', code, [], params)

export const issue = (field: string, code: string, params?: Params, severity: IssueSeverity = 'error'): Issue => ({
  field,
  code,
  severity,
  ...(params ? { params } : {}),
})
