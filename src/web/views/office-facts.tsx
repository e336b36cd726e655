/** What holds here without anybody changing it on a screen: what is kept how long, rules of time and known working days. */
import type { ClockRule } from '../../../templates/clocks/index.ts'
import { Facts } from './bits.tsx'
import type { Form } from './controls.tsx'
import { type Frame, say } from './frame.tsx'
import { OfficeScreenPage } from './office-parts.tsx'

const form = (f: Frame): Form => ({ f, fields: new Map(), issues: [] })

export type Kept = { what: string; how: string; setting?: string }
export type RulesProps = {
  f: Frame
  kept: Kept[]
  rules: { rule: ClockRule; length: string; now: boolean }[]
  years: number[]
  /** The next year, where its days ought to be known by now and are not. */
  missing: number | null
  bad: { file: string; why: string }[]
}

export function RulesPage({ f, kept, rules, years, missing, bad }: RulesProps) {
  const T = say(f)
  const lang = f.lang === 'en' ? 1 : 0
  return (
    <OfficeScreenPage form={form(f)} screen="rules">
      {missing ? (
        <p class="notice warn">
          <strong>{T('office.calendar.missing', { year: missing })}</strong>{' '}
          {T('office.calendar.missing.do', { year: missing })}
        </p>
      ) : null}
      {bad.map((b) => (
        <p class="notice warn">{T('office.calendar.bad', { file: b.file, why: b.why })}</p>
      ))}
      <h2 class="d-rule">{T('office.kept')}</h2>
      <Facts
        rows={kept.map((k) => [
          T(`office.kept.${k.what}`),
          <>
            {k.how} {k.setting ? <code class="quiet">{k.setting}</code> : null}
          </>,
        ])}
      />
      <h2 class="d-rule">{T('office.calendar')}</h2>
      <p>{T('office.calendar.known', { years: years.join(T('desk.list-comma')) })}</p>
      <h2 class="d-rule">{T('office.clocks')}</h2>
      <p class="quiet">{T('office.clocks.what')}</p>
      <ul class="d-set">
        {rules.map(({ rule, length, now }) => (
          <li class={now ? undefined : 'quiet'}>
            <div>
              <strong>{T(`desk.clock.${rule.id}`)}</strong> · {length}
              {now ? null : <span class="chip">{T('office.clocks.not-now')}</span>}
              <p>{rule.source[lang]}</p>
              <p class="quiet">
                {T('office.clocks.version', { version: rule.version, from: rule.from })}
                {rule.until ? ` – ${rule.until}` : ''} · {T(`desk.clocks.confidence.${rule.confidence}`)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </OfficeScreenPage>
  )
}
