/** 预警发布权限: who may be the first to warn of what, at which level and where; everybody else relays. */
import { eventName } from '../../lib/event-codes.ts'
import type { AuthorityRule } from '../../staff/authority.ts'
import { Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form, Line, Select } from './controls.tsx'
import type { Choice } from './draft.tsx'
import { every, type Fields, first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'

export type AuthorityProps = Form & {
  agency: Choice
  agencies: Choice[]
  areas: Choice[]
  own: AuthorityRule[]
  above: AuthorityRule[]
  manage: boolean
  /** A change of it waits for its second person. */
  waiting: boolean
  refused?: string
}

/** Classes of GB/T 35561; a longer code is typed. */
const HAZARDS = ['', '11A', '11B', '11C', '11D', '11E', '11F', '11G', '12', '13', '14'] as const
const LEVELS = ['red', 'orange', 'yellow', 'blue'] as const
const BLANK = 2

export const fieldsOfRules = (rules: AuthorityRule[]): Fields =>
  new Map(
    rules.flatMap((r, i): [string, string[]][] => [
      [`rules.${i}.hazard`, [r.hazard]],
      [`rules.${i}.levels`, [...r.levels]],
      [`rules.${i}.area`, [r.area]],
      [`rules.${i}.originator`, [r.originator ?? '']],
      [`rules.${i}.station`, [r.station]],
    ]),
  )

const numbers = (fields: Fields): number[] =>
  [...new Set([...fields.keys()].flatMap((n) => /^rules\.(\d+)\./.exec(n)?.[1] ?? []))]
    .map(Number)
    .sort((a, b) => a - b)

/** A row without a place is one nobody filled in, or took out. */
export const rulesFrom = (fields: Fields): unknown[] =>
  numbers(fields)
    .map((i) => `rules.${i}`)
    .filter((at) => first(fields, `${at}.area`) !== '' && first(fields, `${at}.remove`) === '')
    .map((at) => ({
      hazard: first(fields, `${at}.hazard`),
      levels: every(fields, `${at}.levels`).filter(Boolean),
      area: first(fields, `${at}.area`),
      originator: first(fields, `${at}.originator`) || null,
      station: first(fields, `${at}.station`).trim(),
    }))

export function AuthorityPage(p: AuthorityProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('authority')} wide>
      <h1>
        {T('authority')} · {p.agency.label}
      </h1>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <p>{T('authority.lead')}</p>
      <p class="small quiet">{T('authority.law')}</p>
      {p.waiting ? (
        <p class="notice">
          {T('authority.waiting')} <a href={`/desk/office?agency=${p.agency.value}`}>{T('desk.changes-open')}</a>
        </p>
      ) : null}
      <Rules {...p} heading={T('authority.own')} rules={p.own} empty={T('authority.empty')} />
      {p.above.length ? <Rules {...p} heading={T('authority.above')} rules={p.above} empty="" /> : null}
      {p.manage ? <Edit {...p} /> : null}
    </Page>
  )
}

function Rules(p: AuthorityProps & { heading: string; rules: AuthorityRule[]; empty: string }) {
  const T = say(p.f)
  return (
    <section>
      <h2 class="d-rule">{p.heading}</h2>
      {p.rules.length === 0 ? <Empty>{p.empty}</Empty> : null}
      {p.rules.length ? (
        <section class="d-scroll" aria-label={p.heading}>
          <table class="d-table">
            <thead>
              <tr>
                {['hazard', 'levels', 'area', 'originator'].map((c) => (
                  <th scope="col">{T(`authority.${c}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {p.rules.map((r) => (
                <tr>
                  <td>{hazardName(p.f, r.hazard)}</td>
                  <td>
                    {r.levels.length
                      ? r.levels.map((l) => T(`public.level.${l}`)).join(T('desk.list-comma'))
                      : T('authority.every-level')}
                  </td>
                  <td>{p.areas.find((a) => a.value === r.area)?.label ?? r.area}</td>
                  <td>
                    {r.originator ? (
                      (p.agencies.find((a) => a.value === r.originator)?.label ?? r.originator)
                    ) : (
                      <>
                        {r.station} <span class="chip">{T('authority.relay-only')}</span>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </section>
  )
}

function hazardName(f: Frame, hazard: string): string {
  const T = say(f)
  if (HAZARDS.some((h) => h === hazard)) return T(`authority.hazard.${hazard || 'any'}`)
  return hazard.length === 5 ? `${eventName(hazard)[f.lang]} ${hazard}` : hazard
}

/** The whole matrix in one form: what stands, and two rows to add. */
function Edit(p: AuthorityProps) {
  const T = say(p.f)
  const used = numbers(p.fields)
  const next = (used.at(-1) ?? -1) + 1
  const rows = [...used, ...Array.from({ length: BLANK }, (_, i) => next + i)]
  return (
    <details class="d-fold" open={p.issues.length > 0 || p.own.length === 0}>
      <summary>{T('authority.change')}</summary>
      <form method="post" action="/desk/office/authority" data-keep novalidate class="d-authority">
        <NoEnter />
        <input type="hidden" name="agencyId" value={p.agency.value} />
        {rows.map((i, n) => (
          <Row {...p} at={`rules.${i}`} n={n + 1} />
        ))}
        <p class="hint">{T('authority.change.hint')}</p>
        <button type="submit" class="primary">
          {T('authority.change.do')}
        </button>
      </form>
    </details>
  )
}

function Row(p: AuthorityProps & { at: string; n: number }) {
  const T = say(p.f)
  const typed = first(p.fields, `${p.at}.hazard`)
  const known = HAZARDS.map((h) => ({ value: h, label: hazardName(p.f, h) }))
  const more = HAZARDS.some((h) => h === typed) ? [] : [{ value: typed, label: hazardName(p.f, typed) }]
  return (
    <fieldset class="d-group">
      <legend>{T('authority.rule', { n: p.n })}</legend>
      <div class="d-grid">
        <Select form={p} name={`${p.at}.hazard`} label={T('authority.hazard')} options={[...known, ...more]} />
        <Select
          form={p}
          name={`${p.at}.area`}
          label={T('authority.area')}
          options={p.areas}
          none={T('authority.no-rule')}
        />
        <Select
          form={p}
          name={`${p.at}.originator`}
          label={T('authority.originator')}
          options={p.agencies}
          none={T('authority.outside')}
        />
        <Line form={p} name={`${p.at}.station`} label={T('authority.station')} hint={T('authority.station.hint')} />
      </div>
      <Choices
        form={p}
        name={`${p.at}.levels`}
        label={T('authority.levels')}
        hint={T('authority.levels.hint')}
        options={LEVELS.map((l) => ({ value: l, label: T(`public.level.${l}`) }))}
      />
    </fieldset>
  )
}
