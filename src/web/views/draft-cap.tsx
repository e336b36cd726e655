/** What the public must do now, in the terms of the common alerting protocol. */
import type { KindData } from '../../../templates/draft/index.ts'
import { CERTAINTY, RESPONSE, SEVERITY, URGENCY } from '../../incident/warning/alert.ts'
import { AreaShapes } from './area-map.tsx'
import { idOf } from './bits.tsx'
import { type Form, Issues, Line, Moment, Select, Tick } from './controls.tsx'
import { say } from './frame.tsx'

const CAP = {
  category: [
    'Met',
    'Fire',
    'Geo',
    'Safety',
    'Security',
    'Rescue',
    'Health',
    'Env',
    'Transport',
    'Infra',
    'CBRNE',
    'Other',
  ],
  urgency: URGENCY,
  severity: SEVERITY,
  certainty: CERTAINTY,
  responseType: RESPONSE,
} as const

/** Terms of the common alerting protocol, where the kind allows them. */
export function CapFields({ form, kind }: { form: Form; kind: KindData }) {
  const T = say(form.f)
  const filled = [...form.fields.keys()].some((n) => n.startsWith('core.cap.'))
  if (!kind.capAllowed && !filled) return null
  const select = (name: keyof typeof CAP) => (
    <Select
      form={form}
      name={`core.cap.${name}`}
      label={T(`desk.cap.${name}`)}
      options={CAP[name].map((v) => ({ value: v, label: T(`desk.cap.${name}.${v}`) }))}
      none={T('desk.choose')}
    />
  )
  return (
    <details class="d-group" open={kind.capRequired || filled} id={idOf('core.cap')}>
      <summary>{T('desk.group.cap')}</summary>
      <p class="hint">{T(kind.capRequired ? 'desk.cap.required' : 'desk.cap.when')}</p>
      <Issues form={form} issues={form.issues.filter((i) => i.field === 'core.cap')} id="cap-issues" />
      {kind.capRequired ? null : <Tick form={form} name="core.cap.actNow" label={T('field.actNow')} />}
      <div class="d-grid">
        {select('category')}
        {select('urgency')}
        {select('severity')}
        {select('certainty')}
        {select('responseType')}
        <Line form={form} name="core.cap.eventCode" hint={T('desk.cap.eventCode.hint')} />
        <Moment form={form} name="core.cap.onset" />
        <Moment form={form} name="core.cap.expires" />
      </div>
      <AreaShapes form={form} />
    </details>
  )
}
