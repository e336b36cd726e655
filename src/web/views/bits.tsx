/** Small pieces of desk screens: times, states, hashes, issues, rows. */
import type { Child } from 'hono/jsx'
import { hasWords, type Lang, t } from '../../../templates/words/index.ts'
import { MINUTE, withOffset } from '../../lib/clock.ts'
import type { Issue } from '../../lib/errors.ts'
import type { JudgedHit } from '../../review/judge.ts'
import { type Frame, say } from './frame.tsx'

/** Wall time in the site's offset. `exact` shows milliseconds, `short` leaves out the year, `time` the day. */
export function At(p: { f: Frame; at: string; exact?: boolean; short?: boolean; time?: boolean }) {
  const wall = withOffset(p.at, p.f.site.offset)
  const day = p.time ? '' : p.short ? wall.slice(5, 10) : wall.slice(0, 10)
  const time = p.exact ? `${wall.slice(11, 19)}${p.at.slice(19, 23)}` : wall.slice(11, 16)
  return <time datetime={wall}>{`${day} ${time}`.trim()}</time>
}

/** Why an outlet sends nothing, in words of the desk; what the operator sets is named by `ortoo doctor`. */
export function notSent(f: Frame, outlet: string, why: string): string {
  const key = `desk.not-ready.${outlet}`
  return say(f)('desk.not-sent', { why: hasWords(key) ? say(f)(key) : why })
}

/** 3 h 20 min, of a span in milliseconds; never negative. */
export function span(lang: Lang, ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  if (h >= 48) return t(lang, 'desk.span.days', { d: Math.floor(h / 24) })
  return h > 0 ? t(lang, 'desk.span.hours', { h, m }) : t(lang, 'desk.span.minutes', { m })
}

/** Figures parted in threes: 52,310. */
export const figure = (n: number): string => n.toLocaleString('en-US')

/** First letters of a hash in fours, the whole of it for those who ask. */
export const Hash = (p: { hash: string }) => (
  <code class="hash" title={p.hash}>
    {p.hash.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')}
  </code>
)

export const State = (p: { f: Frame; state: string }) => (
  <span class={`state-${p.state} chip`}>{say(p.f)(`desk.state.${p.state}`)}</span>
)

/** Kind, lane, mode and number of a release on one line. */
export function About(p: { f: Frame; kind: string; lane: string; mode: string; number?: string }) {
  const T = say(p.f)
  return (
    <span class="about">
      {T(`public.kind.${p.kind}`)}
      {p.lane === 'flash' ? <b class="chip flash">{T('desk.lane.flash')}</b> : null}
      {p.mode === 'live' ? null : <b class="chip changed">{T(`desk.mode.${p.mode}`)}</b>}
      {p.number ? <span class="number">{p.number}</span> : null}
    </span>
  )
}

/** 中文 · 标题: the path of an issue in words. */
export function fieldName(lang: Lang, path: string): string {
  const names = path
    .split('.')
    .filter((piece) => !['core', 'parts', 'blocks'].includes(piece))
    .map((piece) =>
      /^\d+$/.test(piece) ? String(Number(piece) + 1) : hasWords(`field.${piece}`) ? t(lang, `field.${piece}`) : '',
    )
    .filter(Boolean)
  return names.join(' · ')
}

/** Rule and remedy of an issue in words; params that name fields or words are shown as they are. */
export function issueWords(lang: Lang, found: Issue): { rule: string; remedy: string } {
  const params = spokenParams(lang, found.params)
  const key = `issue.${found.code}`
  const remedy = `${key}.remedy`
  return {
    rule: hasWords(key) ? t(lang, key, params) : t(lang, 'desk.issue.other', { code: found.code }),
    remedy: hasWords(remedy) ? t(lang, remedy, params) : '',
  }
}

function spokenParams(lang: Lang, params: Issue['params'] = {}): Record<string, string | number> {
  const { role, step, language, ...rest } = params
  return {
    ...rest,
    ...(role ? { role: t(lang, `role.${role}`) } : {}),
    ...(step ? { step: stepName(lang, String(step)) } : {}),
    ...(language ? { language: hasWords(`field.${language}`) ? t(lang, `field.${language}`) : language } : {}),
  }
}

/** A step of a chain by its name, where it is one of the usual ones; an agency may name its own. */
export const stepName = (lang: Lang, name: string): string =>
  hasWords(`desk.step.${name}`) ? t(lang, `desk.step.${name}`) : name

/** Id of the control for a field. */
export const idOf = (field: string): string => `f-${field}`

/** The list above a form, each finding leading to its field. Errors first. */
export function IssueList(p: { f: Frame; issues: Issue[]; heading?: string; focus?: boolean }) {
  if (p.issues.length === 0) return null
  const T = say(p.f)
  const order = { error: 0, warning: 1, hint: 2 }
  const sorted = [...p.issues].sort((a, b) => order[a.severity] - order[b.severity])
  const errors = sorted.filter((i) => i.severity === 'error').length
  return (
    <section class={`issues d-issues ${errors ? '' : 'mild'}`} aria-labelledby="issues" id="issue-list">
      <h2 id="issues">{p.heading ?? T(errors ? 'desk.issues' : 'desk.issues.mild', { n: errors || sorted.length })}</h2>
      <ol>
        {sorted.map((i) => (
          <li class={i.severity}>
            <a href={`#${idOf(i.field)}`}>{fieldName(p.f.lang, i.field) || T('desk.issue.here')}</a>
            <IssueText lang={p.f.lang} issue={i} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Findings whose remedy has a page of its own: its address and its name. */
const WAYS: Record<string, readonly [href: string, words: string]> = {
  'authority-relay': ['/desk/releases/new#relay', 'relay.bring'],
}

export function IssueText(p: { lang: Lang; issue: Issue }) {
  const { rule, remedy } = issueWords(p.lang, p.issue)
  return (
    <span class="said">
      {p.issue.severity === 'error' ? '' : `${t(p.lang, `desk.severity.${p.issue.severity}`)} `}
      {rule}
      {remedy ? <span class="remedy"> {remedy}</span> : null}
      {WAYS[p.issue.code] ? (
        <>
          {' '}
          <a href={WAYS[p.issue.code]?.[0]}>{t(p.lang, WAYS[p.issue.code]?.[1] ?? '')}</a>
        </>
      ) : null}
    </span>
  )
}

/** A hit with what was found marked inside what stands around it. */
export function Excerpt(p: { hit: JudgedHit }) {
  const { excerpt, text } = p.hit
  const plain = text.replace(/\s+/g, ' ')
  const at = excerpt.indexOf(plain)
  if (at < 0 || plain === '') return <q>{excerpt}</q>
  return (
    <q>
      {excerpt.slice(0, at)}
      <mark>{plain}</mark>
      {excerpt.slice(at + plain.length)}
    </q>
  )
}

/** What an empty place says: nothing here, and what to do next. */
export const Empty = (p: { children: Child }) => <p class="d-empty">{p.children}</p>

/** Name and value, the name above on a phone. */
export function Facts(p: { rows: [name: string, value: Child][] }) {
  return (
    <dl class="facts">
      {p.rows.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

/** Nothing happens when Enter is pressed in a field: the first button of a form is a disabled one (HTML §4.10.21.2). */
export const NoEnter = () => <button type="submit" disabled hidden />

/** Why the last act was refused, in words, above everything else; nothing where it was not. */
export function Refused({ why }: { why?: string | undefined }) {
  return why ? (
    <p class="notice warn" role="alert">
      {why}
    </p>
  ) : null
}
