/** What the sections of one's account share: its data, fields that never come back, a heading with what stands. */
import type { Child } from 'hono/jsx'
import type { Issue } from '../../lib/errors.ts'
import { type Factors, hasAny } from '../../staff/factor-store.ts'
import type { SessionLine } from '../../staff/own-account.ts'
import type { PasskeyLine } from '../../staff/passkey.ts'
import type { Proof } from '../../staff/proof.ts'
import { IssueText } from './bits.tsx'
import type { Form } from './controls.tsx'
import { type Frame, say } from './frame.tsx'

export type AccountProps = Form & {
  email: string
  origin: string
  has: Factors
  /** What this session has shown lately; ways in may be changed while it is good. */
  proof: Proof | null
  passkeys: PasskeyLine[]
  sessions: SessionLine[]
  withPassword: boolean
  refused?: string
  /** Name of the form that was refused. */
  about: string
}

/** Whether ways in may be changed now: nothing to show yet, or shown. */
export const sure = (p: AccountProps): boolean => !hasAny(p.has) || p.proof !== null

/** A field that is never filled in again, with what was wrong with it. */
export function Secret(p: {
  f: Frame
  id: string
  name: string
  label: string
  issues: Issue[]
  hint?: string
  code?: boolean
  fresh?: boolean
}) {
  const issues = p.issues.filter((i) => i.field === p.name)
  const described = [p.hint ? `${p.id}-hint` : '', issues.length ? `${p.id}-issues` : ''].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={p.id}>{p.label}</label>
      <input
        id={p.id}
        name={p.name}
        type={p.code ? 'text' : 'password'}
        inputmode={p.code ? 'numeric' : undefined}
        maxlength={p.code ? 20 : 128}
        minlength={p.fresh ? 12 : undefined}
        autocomplete={p.code ? 'one-time-code' : p.fresh ? 'new-password' : 'current-password'}
        required
        aria-invalid={issues.length ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      {p.hint ? (
        <p class="hint" id={`${p.id}-hint`}>
          {p.hint}
        </p>
      ) : null}
      {issues.length ? (
        <ul class="d-found" id={`${p.id}-issues`}>
          {issues.map((i) => (
            <li class="error">
              <IssueText lang={p.f.lang} issue={i} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

export const issuesOf = (p: AccountProps, form: string): Issue[] => (p.about === form ? p.issues : [])

export const CurrentPassword = (p: AccountProps & { form: string }) =>
  p.withPassword ? (
    <Secret
      f={p.f}
      id={`${p.form.replace(/\W/g, '-')}-password`}
      name="password"
      label={say(p.f)('account.password.current')}
      issues={issuesOf(p, p.form)}
    />
  ) : null

export function Section(p: { f: Frame; name: string; chip: string; on: boolean; children: Child }) {
  const T = say(p.f)
  return (
    <section>
      <h2 class="d-rule">
        {T(`account.${p.name}`)} <span class={p.on ? 'chip a-on' : 'chip'}>{p.chip}</span>
      </h2>
      <p class="hint">{T(`account.${p.name}.lead`)}</p>
      {p.children}
    </section>
  )
}

export const Later = ({ f }: { f: Frame }) => <p class="small quiet">{say(f)('account.later')}</p>
