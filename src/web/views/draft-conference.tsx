/** When and where a press conference is held: what the calendar shows and what readers take into their own. */
import type { KindData } from '../../../templates/draft/index.ts'
import { idOf } from './bits.tsx'
import { type Form, Issues, Line, Moment, Tick } from './controls.tsx'
import { first } from './fields.ts'
import { say } from './frame.tsx'

export function ConferenceFields({ form, kind }: { form: Form; kind: KindData }) {
  const T = say(form.f)
  const filled = [...form.fields.keys()].some((name) => name.startsWith('core.conference.'))
  if (first(form.fields, 'core.kind') !== 'press-conference' && !filled) return null
  return (
    <fieldset class="d-group" id={idOf('core.conference')}>
      <legend>{kind.name[form.f.lang === 'zh' ? 0 : 1]}</legend>
      <Issues form={form} issues={form.issues.filter((i) => i.field === 'core.conference')} id="conference-issues" />
      <div class="d-grid">
        <Moment form={form} name="core.conference.startsAt" hint={T('desk.conference.hint')} />
        <Moment form={form} name="core.conference.endsAt" />
        <Line form={form} name="core.conference.place" />
        <Line
          form={form}
          name="core.conference.capacity"
          hint={T('desk.conference.capacity.hint')}
          inputmode="numeric"
          max={4}
        />
      </div>
      <Tick form={form} name="core.conference.cancelled" label={T('field.cancelled')} />
    </fieldset>
  )
}
