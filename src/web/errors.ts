/** The one place where a refusal becomes an HTTP answer: RFC 9457 problem details for programs, a page for people. */
import { hasWords, t } from '../../templates/words/index.ts'
import { type ErrorKind, type Issue, Refusal } from '../lib/errors.ts'
import { isDoor } from '../lib/outside-paths.ts'
import { isUniqueViolation, raisedCode } from '../store/violation.ts'
import type { Req } from './env.ts'

/** The request itself cannot be read: form, size, media type, conditions. */
export class BadRequest extends Error {
  constructor(
    readonly status: 400 | 405 | 412 | 413 | 415 | 422 | 428 | 429,
    readonly code: string,
    readonly params: Record<string, string | number> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(`${status} ${code}`)
    this.name = 'BadRequest'
  }
}

/** Nobody is signed in, or the token is not good. */
export class NotSignedIn extends Error {
  constructor(readonly code: 'not-signed-in' | 'token-unknown' = 'not-signed-in') {
    super(code)
    this.name = 'NotSignedIn'
  }
}

/** One finding with its words: `rule` says what is wrong, `remedy` what would be right. */
export type SpokenIssue = { field: string; code: string; rule: string; remedy: string; severity: Issue['severity'] }

/** RFC 9457. `type` is a relative reference to a page about the code. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  instance: string
  requestId: string
  issues?: SpokenIssue[]
}

type Lang = 'zh' | 'en'
type Found = {
  status: number
  code: string
  params?: Record<string, string | number>
  issues?: Issue[]
  headers?: Record<string, string>
}

/** Answers an error: in JSON, or as a page where the route answers pages. What nobody foresaw is logged and says nothing. */
export async function answerError(c: Req, err: unknown): Promise<Response> {
  const found = foundIn(c, err)
  if (found.status >= 500)
    c.var.ctx.log.error({ err, requestId: c.var.requestId, method: c.req.method, route: c.req.routePath }, 'request')
  const problem = problemOf(found, c.var.lang, new URL(c.req.url).pathname, c.var.requestId)
  const headers = { 'cache-control': 'no-store', 'content-language': tagOf(c.var.lang), ...found.headers }
  if (c.var.html) {
    if (found.status === 401) return c.redirect(`/desk/login?next=${encodeURIComponent(nextOf(c))}`, 303)
    // A visitor who mistyped an address is not sent to the desk.
    if (!isDoor(c.req.path)) return (await import('./public-error-page.tsx')).publicErrorPage(c, problem, headers)
    const { errorPage } = await import('./error-page.tsx')
    return c.html(errorPage(problem, c.var.lang), problem.status as 400, headers)
  }
  if (c.var.plain)
    return c.text(
      linesOf(problem, c.var.lang),
      (err instanceof Refusal && err.kind === 'invalid' ? 400 : problem.status) as 400,
      headers,
    )
  return c.body(JSON.stringify(problem), problem.status as 400, {
    ...headers,
    'content-type': 'application/problem+json; charset=utf-8',
  })
}

/** One line per finding, or the one sentence. */
function linesOf({ detail, issues }: Problem, lang: Lang): string {
  const stop = lang === 'zh' ? '。' : '. '
  const line = ({ field, rule, remedy }: SpokenIssue) =>
    `${field}: ${[rule, remedy].filter(Boolean).join(stop)}${stop.trim()}`
  return `${issues ? issues.map(line).join('\n') : detail}\n`
}

/** An error as a page of the public site says it; what nobody foresaw has no words and is thrown on. */
export function problemIn(c: Req, err: unknown): { problem: Problem; headers: Record<string, string> } {
  const found = foundIn(c, err)
  if (found.code === 'unexpected') throw err
  const problem = problemOf(found, c.var.lang, new URL(c.req.url).pathname, c.var.requestId)
  return { problem, headers: found.headers ?? {} }
}

/** Where to go on after signing in: only a page that was asked for, never the answer to a form. */
const nextOf = (c: Req): string => {
  const { pathname, search } = new URL(c.req.url)
  return c.req.method === 'GET' ? pathname + search : '/desk/'
}

export const tagOf = (lang: Lang): string => (lang === 'zh' ? 'zh-CN' : 'en')

const STATUS: Record<ErrorKind, number> = {
  'not-found': 404,
  'not-allowed': 403,
  'wrong-state': 409,
  invalid: 422,
  unavailable: 503,
}

function foundIn(c: Req, err: unknown): Found {
  if (err instanceof BadRequest) return err
  if (err instanceof NotSignedIn)
    return {
      status: 401,
      code: err.code,
      headers: { 'www-authenticate': err.code === 'token-unknown' ? 'Bearer error="invalid_token"' : 'Bearer' },
    }
  if (err instanceof Refusal) {
    if (err.code === 'too-many-tries' || err.code === 'sign-in-locked')
      return {
        status: 429,
        code: err.code,
        params: err.params,
        headers: { 'retry-after': String(err.params['seconds']) },
      }
    // A stale version is a failed precondition where the caller stated one (RFC 9110 §13.1.1).
    const stale = err.code === 'stale' && c.req.header('if-match') !== undefined
    return { status: stale ? 412 : STATUS[err.kind], code: err.code, params: err.params, issues: err.issues }
  }
  const raised = raisedCode(err)
  if (raised) return { status: 409, code: hasWords(`problem.${raised}`) ? raised : 'guarded' }
  if (isUniqueViolation(err)) return { status: 409, code: 'already-there' }
  return { status: 500, code: 'unexpected', params: { requestId: c.var.requestId } }
}

function problemOf(found: Found, lang: Lang, instance: string, requestId: string): Problem {
  const { status, code, issues = [] } = found
  return {
    type: `/api/problems/${code}`,
    title: t(lang, `problem.title.${status}`),
    status,
    code,
    detail: t(lang, `problem.${code}`, spokenParams(lang, found.params ?? {})),
    instance,
    requestId,
    ...(issues.length ? { issues: issues.map((i) => spoken(i, lang)) } : {}),
  }
}

/** An issue in the reader's language. */
export function spoken({ field, code, severity, params = {} }: Issue, lang: Lang): SpokenIssue {
  const said = spokenParams(lang, params)
  const remedy = `issue.${code}.remedy`
  return {
    field,
    code,
    rule: t(lang, `issue.${code}`, said),
    remedy: hasWords(remedy) ? t(lang, remedy, said) : '',
    severity,
  }
}

/** Names of roles and states in the reader's words; everything else as it is. */
function spokenParams(lang: Lang, params: Record<string, string | number>): Record<string, string | number> {
  const word = (key: string, value: string) => (hasWords(`${key}.${value}`) ? t(lang, `${key}.${value}`) : value)
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name === 'roles' || name === 'role')
        return [
          name,
          String(value)
            .split(' ')
            .map((r) => word('role', r))
            .join(lang === 'zh' ? '、' : ', '),
        ]
      return [name, name === 'state' ? word('desk.state', String(value)) : value]
    }),
  )
}
