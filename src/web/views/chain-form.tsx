/** The chain a release travels: said in a sentence, and changed by a plain form of at most so many steps. */
import { t } from '../../../templates/words/index.ts'
import type { Chains, Duty, Step, StepRole } from '../../staff/chain.ts'
import { DUTIES } from '../../staff/chain.ts'
import { NoEnter } from './bits.tsx'
import { Choices, type Form, Issues, Select } from './controls.tsx'
import { every, type Fields, first } from './fields.ts'
import { type Frame, say } from './frame.tsx'

export const MOST_STEPS = 7
const LANES = ['routine', 'flash'] as const
const ROLES: StepRole[] = ['reviewer', 'confidentiality', 'signer']

/** 先由审核人审核，再由…最后由签发人签发。每一步都是不同的人：连同拟稿人至少4人。 */
export function chainWords(lang: Frame['lang'], lane: string, steps: Step[]): string {
  const said = steps.map((s, i) =>
    t(lang, i === 0 ? 'office.chain.first' : i === steps.length - 1 ? 'office.chain.last' : 'office.chain.then', {
      role: t(lang, `role.${s.role}`),
      duties: s.duties.map((d) => t(lang, `office.duty.${d}`)).join(t(lang, 'office.chain.and')),
    }),
  )
  const whole = said.join(t(lang, 'office.chain.comma'))
  return t(lang, 'office.chain.sentence', { lane: t(lang, `desk.lane.${lane}`), steps: whole, n: steps.length + 1 })
}

/** A chain as the fields of the form. */
export function chainFields(chains: Chains): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const lane of LANES)
    for (const [i, step] of chains[lane].entries()) {
      fields.set(`${lane}.${i}.name`, [step.name])
      fields.set(`${lane}.${i}.role`, [step.role])
      fields.set(`${lane}.${i}.duties`, [...step.duties])
    }
  return fields
}

/** What was filled in; a row without a role is none. Names of our own making follow what a step does. */
export function chainsFrom(fields: Fields): Chains {
  const lane = (name: string): Step[] => {
    const used = new Set<string>()
    return Array.from({ length: MOST_STEPS }, (_, i) => `${name}.${i}`).flatMap((at) => {
      const role = first(fields, `${at}.role`) as StepRole | ''
      if (!role) return []
      const duties = every(fields, `${at}.duties`).filter((d): d is Duty => DUTIES.some((x) => x === d))
      const kept = first(fields, `${at}.name`)
      const own = kept && !/^(review|confidentiality|sign)(-\d)?$/.test(kept) ? kept : ''
      const base =
        own || (duties.includes('sign') ? 'sign' : duties[0] === 'confidentiality' ? 'confidentiality' : 'review')
      let stepName = base
      for (let n = 2; used.has(stepName); n++) stepName = `${base}-${n}`
      used.add(stepName)
      return [{ name: stepName, role, duties }]
    })
  }
  return { routine: lane('routine'), flash: lane('flash') }
}

type Props = { form: Form; agencyId: string; preview: Chains | null }

export function ChainForm({ form, agencyId, preview }: Props) {
  const T = say(form.f)
  return (
    <form method="post" action={`/desk/office/agency/${agencyId}/chains`} novalidate>
      <NoEnter />
      <p class="hint">{T('office.chain.how')}</p>
      {LANES.map((lane) => (
        <fieldset class="d-group" id={`f-chains.${lane}`} tabindex={-1}>
          <legend>{T(`desk.lane.${lane}`)}</legend>
          <Issues
            form={form}
            issues={form.issues.filter((i) => i.field === `chains.${lane}`)}
            id={`chain-${lane}-issues`}
          />
          <ol class="d-steps">
            {Array.from({ length: MOST_STEPS }, (_, i) => (
              <li>
                <input type="hidden" name={`${lane}.${i}.name`} value={first(form.fields, `${lane}.${i}.name`)} />
                <Select
                  form={form}
                  name={`${lane}.${i}.role`}
                  label={T('office.chain.who', { n: i + 1 })}
                  none={T('office.chain.nobody')}
                  options={ROLES.map((r) => ({ value: r, label: T(`role.${r}`) }))}
                />
                <Choices
                  form={form}
                  name={`${lane}.${i}.duties`}
                  label={T('office.chain.does', { n: i + 1 })}
                  options={DUTIES.map((d) => ({ value: d, label: T(`office.duty.${d}`) }))}
                />
              </li>
            ))}
          </ol>
        </fieldset>
      ))}
      {preview ? (
        <div class="notice" role="status">
          <p>
            <strong>{T('office.chain.would')}</strong>
          </p>
          {LANES.map((lane) => (
            <p>{chainWords(form.f.lang, lane, preview[lane])}</p>
          ))}
        </div>
      ) : null}
      <p class="d-buttons">
        <button type="submit" name="do" value="preview">
          {T('office.chain.preview')}
        </button>
        <button type="submit" name="do" value="propose" class="primary">
          {T('office.chain.propose')}
        </button>
      </p>
    </form>
  )
}
