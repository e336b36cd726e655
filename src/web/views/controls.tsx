/** Controls of a form: what was typed, what is wrong beside it. Names are the paths issues carry. */
import type { Child } from 'hono/jsx'
import type { Issue } from '../../lib/errors.ts'
import { IssueText, idOf } from './bits.tsx'
import { every, type Fields, first } from './fields.ts'
import { type Frame, say } from './frame.tsx'

export type Form = { f: Frame; fields: Fields; issues: Issue[] }

/** Issues of a field; `deep` takes those of everything inside it too. */
const issuesAt = (form: Form, name: string, deep = false): Issue[] =>
  form.issues.filter((i) => i.field === name || (deep && i.field.startsWith(`${name}.`)))

const labelOf = (form: Form, name: string) => say(form.f)(`field.${name.split('.').at(-1)}`)

type ControlProps = {
  form: Form
  name: string
  label?: string
  hint?: string
  class?: string
  /** Issues may name this path instead of the control's own. */
  also?: string
}

type Wiring = { id: string; name: string; 'aria-invalid'?: 'true'; 'aria-describedby'?: string }

/** Label, control, hint and issues, tied together for those who cannot see them side by side. */
function Field(p: ControlProps & { children: (wiring: Wiring) => Child }) {
  const { form, name } = p
  const issues = [...issuesAt(form, name), ...(p.also ? issuesAt(form, p.also) : [])]
  const id = idOf(name)
  const described = [p.hint ? `${id}-hint` : '', issues.length ? `${id}-issues` : ''].filter(Boolean).join(' ')
  const wiring: Wiring = {
    id,
    name,
    ...(issues.some((i) => i.severity === 'error') ? { 'aria-invalid': 'true' as const } : {}),
    ...(described ? { 'aria-describedby': described } : {}),
  }
  return (
    <div class={['field', p.class].filter(Boolean).join(' ')}>
      <label for={id}>{p.label ?? labelOf(form, name)}</label>
      {p.children(wiring)}
      {p.hint ? (
        <p class="hint" id={`${id}-hint`}>
          {p.hint}
        </p>
      ) : null}
      <Issues form={form} issues={issues} id={`${id}-issues`} />
    </div>
  )
}

export function Issues(p: { form: Form; issues: Issue[]; id: string }) {
  if (p.issues.length === 0) return null
  return (
    <ul class="d-found" id={p.id}>
      {p.issues.map((i) => (
        <li class={i.severity}>
          <IssueText lang={p.form.f.lang} issue={i} />
        </li>
      ))}
    </ul>
  )
}

type LineProps = ControlProps & {
  type?: string
  inputmode?: 'tel' | 'numeric'
  lang?: string
  max?: number
  placeholder?: string
}

export const Line = (p: LineProps) => (
  <Field {...p}>
    {(wiring) => (
      <input
        {...wiring}
        type={p.type ?? 'text'}
        value={first(p.form.fields, p.name)}
        lang={p.lang}
        inputmode={p.inputmode}
        maxlength={p.max}
        max={p.type === 'date' ? '9999-12-31' : undefined}
        placeholder={p.placeholder}
        autocomplete="off"
      />
    )}
  </Field>
)

/** A time in the site's offset. Its latest makes a year four digits long, after which browsers go on to the month by themselves. */
export const Moment = (p: ControlProps) => (
  <Field {...p}>
    {(wiring) => (
      <input {...wiring} type="datetime-local" max="9999-12-31T23:59" value={first(p.form.fields, p.name)} />
    )}
  </Field>
)

/** `rich`: HTML of a body, which the script of the draft form shows as paper. */
export const Text = (p: ControlProps & { rows?: number; lang?: string; rich?: boolean }) => (
  <Field {...p}>
    {(wiring) => (
      <textarea {...wiring} rows={p.rows ?? 4} lang={p.lang} data-rich={p.rich}>
        {`\n${first(p.form.fields, p.name)}`}
      </textarea>
    )}
  </Field>
)

export type Option = { value: string; label: string }

export const Select = (p: ControlProps & { options: Option[]; none?: string }) => {
  const chosen = first(p.form.fields, p.name)
  const strange = chosen && !p.options.some((o) => o.value === chosen)
  return (
    <Field {...p}>
      {(wiring) => (
        <select {...wiring}>
          {p.none === undefined ? null : <option value="">{p.none}</option>}
          {p.options.map((o) => (
            <option value={o.value} selected={o.value === chosen}>
              {o.label}
            </option>
          ))}
          {strange ? (
            <option value={chosen} selected>
              {chosen}
            </option>
          ) : null}
        </select>
      )}
    </Field>
  )
}

/** Check boxes or radio buttons under one legend. `depth` sets a choice in under the one it belongs to. */
export function Choices(
  p: ControlProps & { options: (Option & { depth?: number; note?: string })[]; radio?: boolean },
) {
  const { form, name } = p
  const id = idOf(name)
  const issues = issuesAt(form, name, true)
  const chosen = every(form.fields, name)
  const bad = issues.some((i) => i.severity === 'error')
  return (
    <fieldset
      class={['field', p.class].filter(Boolean).join(' ')}
      id={id}
      tabindex={-1}
      aria-describedby={issues.length ? `${id}-issues` : undefined}
    >
      <legend>{p.label ?? labelOf(form, name)}</legend>
      <div class={p.radio ? 'd-radios' : 'choices'}>
        {p.options.map((o) => (
          <label class={`choice depth-${o.depth ?? 0}`}>
            <input
              type={p.radio ? 'radio' : 'checkbox'}
              name={name}
              value={o.value}
              checked={chosen.includes(o.value)}
              aria-invalid={bad ? 'true' : undefined}
            />
            <span>
              {o.label}
              {o.note ? <small class="quiet"> {o.note}</small> : null}
            </span>
          </label>
        ))}
      </div>
      {p.hint ? <p class="hint">{p.hint}</p> : null}
      <Issues form={form} issues={issues} id={`${id}-issues`} />
    </fieldset>
  )
}

export const Tick = (p: { form: Form; name: string; value?: string; label: string; class?: string }) => (
  <label class={`choice ${p.class ?? ''}`}>
    <input
      type="checkbox"
      name={p.name}
      value={p.value ?? '1'}
      checked={first(p.form.fields, p.name) !== ''}
      id={idOf(p.name)}
    />
    <span>{p.label}</span>
  </label>
)
