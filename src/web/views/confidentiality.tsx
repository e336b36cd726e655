/** 保密审查: eight checks, none answered beforehand; disclosure, reason, article, verdict. */
import { CHECKS, DISCLOSURES, REASONS, VERDICTS } from '../../review/confidentiality.ts'
import { idOf } from './bits.tsx'
import { Choices, type Form, Issues, Line, Select } from './controls.tsx'
import { say } from './frame.tsx'

const RESULTS = ['clear', 'issue', 'na'] as const
export const checkField = (name: string) => `confidentiality.checks.${name}`

export function ConfidentialityFields({ form }: { form: Form }) {
  const T = say(form.f)
  return (
    <section class="d-confidentiality" aria-labelledby="conf" id={idOf('confidentiality')}>
      <h2 id="conf">{T('desk.confidentiality')}</h2>
      <p class="hint">{T('desk.confidentiality.hint')}</p>
      <Issues form={form} issues={form.issues.filter((i) => i.field === 'confidentiality')} id="conf-issues" />
      {CHECKS.map((name, i) => (
        <div class="d-check">
          <Choices
            form={form}
            name={checkField(name)}
            label={`${i + 1}. ${T(`desk.check.${name}`)}`}
            radio
            options={RESULTS.map((r) => ({ value: r, label: T(`desk.check.result.${r}`) }))}
          />
          <Line
            form={form}
            name={`${checkField(name)}.note`}
            label={T('desk.check.note')}
            class="note"
            placeholder=" "
          />
        </div>
      ))}
      <Choices
        form={form}
        name="confidentiality.carrier"
        label={T('desk.carrier')}
        radio
        options={['official', 'other'].map((c) => ({ value: c, label: T(`desk.carrier.${c}`) }))}
      />
      <Choices
        form={form}
        name="confidentiality.disclosure"
        label={T('desk.disclosure')}
        radio
        options={DISCLOSURES.map((d) => ({ value: d, label: T(`desk.disclosure.${d}`) }))}
      />
      <Select
        form={form}
        name="confidentiality.reason"
        label={T('desk.reason')}
        none={T('desk.reason.none')}
        options={REASONS.map((r) => ({ value: r, label: T(`desk.reason.${r}`) }))}
      />
      <Line form={form} name="confidentiality.article" label={T('desk.article')} hint={T('desk.article.hint')} />
      <Choices
        form={form}
        name="confidentiality.verdict"
        label={T('desk.verdict')}
        radio
        options={VERDICTS.map((v) => ({ value: v, label: T(`desk.verdict.${v}`) }))}
      />
    </section>
  )
}
