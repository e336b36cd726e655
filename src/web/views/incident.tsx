/** One incident: clocks with their history, figures of which none is lost, grade and suggestion, corrections two people made. */
import { FACTS } from '../../desk/record-fact.ts'
import type { ClockRow, clockEvents } from '../../incident/clock-store.ts'
import type { ClockStanding } from '../../incident/clocks.ts'
import type { OpinionRow } from '../../incident/opinion.ts'
import type { correctionsOf, FactRow, gradesOf, IncidentRow } from '../../incident/store.ts'
import { latestOf } from '../../incident/suggest-grade.ts'
import type { Upward } from '../../incident/upward.ts'
import type { Personal } from '../../purge/retention.ts'
import { At, Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { StandingMark } from './clocks.tsx'
import { type Form, Line, Moment, Select } from './controls.tsx'
import { Page, say } from './frame.tsx'
import { type AboutIt, LinksPart } from './incident-links.tsx'
import { PersonalPart } from './incident-personal.tsx'
import { Grade, Known, Start } from './incident-side.tsx'
import { UpwardPart } from './incident-upward.tsx'

export type IncidentProps = Form & {
  incident: IncidentRow
  title: string
  clocks: { clock: ClockRow; standing: ClockStanding }[]
  events: Awaited<ReturnType<typeof clockEvents>>
  facts: FactRow[]
  grades: Awaited<ReturnType<typeof gradesOf>>
  corrections: Awaited<ReturnType<typeof correctionsOf>>
  suggested: string | null
  names: Map<string, string>
  me: string
  about: AboutIt[]
  opinions: OpinionRow[]
  upward: Upward[]
  behind: boolean
  /** Once it is over, for those who may destroy it. */
  personal: Personal | null
  may: Record<'grade' | 'fact' | 'propose' | 'confirm' | 'start' | 'register', boolean>
  refused?: string
}

export function IncidentPage(p: IncidentProps) {
  const { f, incident: i } = p
  const T = say(f)
  return (
    <Page f={f} title={p.title}>
      <p class="small">
        <a href="/desk/incidents">{T('desk.incidents')}</a>
      </p>
      <h1>
        {p.title} <span class="chip">{T(i.closed_at ? 'public.incident.closed' : 'public.incident.open')}</span>
      </h1>
      <Refused why={p.refused} />
      <IssueList f={f} issues={p.issues} />
      <div class="d-columns">
        <div>
          <h2 class="d-rule">{T('desk.clocks.of-incident')}</h2>
          <div class="d-clock">
            <Clocks {...p} />
          </div>
          <h2 class="d-rule">{T('desk.facts')}</h2>
          <FactTable {...p} />
          {p.may.fact ? <NewFact {...p} /> : null}
          <UpwardPart {...p} incidentId={i.id} mayRegister={p.may.register} />
          <LinksPart f={f} about={p.about} opinions={p.opinions} />
          {p.personal ? <PersonalPart {...p} incidentId={i.id} personal={p.personal} due={dueOf(p)} /> : null}
        </div>
        <div class="d-side">
          <Grade {...p} />
          <Known {...p} />
          {p.may.start ? <Start {...p} /> : null}
        </div>
      </div>
    </Page>
  )
}

/** Until when personal data is to be destroyed; null once it was. */
const dueOf = ({ clocks }: IncidentProps): string | null =>
  clocks.find(({ clock }) => clock.rule === 'personal-data' && !clock.met_at)?.clock.due_at ?? null

function Clocks({ f, clocks, events, names }: IncidentProps) {
  const T = say(f)
  if (clocks.length === 0) return <Empty>{T('desk.clocks.none-of-incident')}</Empty>
  return (
    <>
      {clocks.map(({ clock, standing }) => (
        <section aria-label={T(`desk.clock.${clock.rule}`)}>
          <h3>
            {T(`desk.clock.${clock.rule}`)} <StandingMark f={f} standing={standing} />
          </h3>
          <p class="small">
            {clock.due_at ? (
              <>
                {T('desk.faults.due')} <At f={f} at={clock.due_at} /> ·{' '}
              </>
            ) : null}
            {T('desk.clocks.version', { version: clock.rule_version })}
          </p>
          <ul class="d-events small">
            {events
              .filter((e) => e.clock_id === clock.id)
              .map((e) => (
                <li>
                  <At f={f} at={e.at} />
                  <span>{T(`desk.clock.event.${e.kind}`)}</span>
                  {e.kind === 'moved' && e.due_at ? (
                    <span>
                      {T('desk.faults.due')} <At f={f} at={e.due_at} />
                    </span>
                  ) : null}
                  {e.member_id ? <span>{names.get(e.member_id)}</span> : null}
                  {e.why ? <span class="d-break">{e.why}</span> : null}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** The newest of each kind first, every earlier one under it. */
function FactTable({ f, facts, names }: IncidentProps) {
  const T = say(f)
  if (facts.length === 0) return <Empty>{T('desk.facts.none')}</Empty>
  const latest = latestOf(facts)
  const rows = FACTS.flatMap((what) => facts.filter((one) => one.what === what).reverse())
  return (
    <section class="scroll" aria-label={T('desk.facts')} tabindex={0}>
      <table class="d-table d-facts">
        <thead>
          <tr>
            {['what', 'value', 'asOf', 'source', 'by'].map((k) => (
              <th scope="col">{T(`desk.fact.${k}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr class={latest.get(one.what) === one ? undefined : 'old'}>
              <td>{T(`desk.fact.what.${one.what}`)}</td>
              <td class="num">
                {latest.get(one.what) === one ? (
                  <strong>{one.value}</strong>
                ) : (
                  <>
                    {one.value} <span class="small">{T('desk.fact.earlier')}</span>
                  </>
                )}
              </td>
              <td>
                <At f={f} at={one.as_of} short />
              </td>
              <td class="d-break">
                {one.source || <span class="quiet">{T('desk.personal.gone')}</span>}
                {one.explanation ? <p class="small">{one.explanation}</p> : null}
              </td>
              <td>
                {names.get(one.recorded_by)}
                <br />
                <At f={f} at={one.recorded_at} short />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function NewFact(p: IncidentProps) {
  const T = say(p.f)
  return (
    <form
      method="post"
      action={`/desk/incidents/${p.incident.id}/facts`}
      class="d-narrow d-new-fact"
      data-keep
      novalidate
    >
      <NoEnter />
      <h3>{T('desk.fact.new')}</h3>
      <Select
        form={p}
        name="what"
        label={T('desk.fact.what')}
        options={FACTS.map((w) => ({ value: w, label: T(`desk.fact.what.${w}`) }))}
      />
      <Line form={p} name="value" label={T('desk.fact.value')} inputmode="numeric" max={20} />
      <Moment form={p} name="asOf" label={T('desk.fact.asOf')} />
      <Line form={p} name="source" label={T('desk.fact.source')} hint={T('desk.fact.source.hint')} max={200} />
      <Line
        form={p}
        name="explanation"
        label={T('desk.fact.explanation')}
        hint={T('desk.fact.explanation.hint')}
        max={400}
      />
      <button type="submit">{T('desk.fact.record')}</button>
    </form>
  )
}
