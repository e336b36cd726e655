/** One incident: clocks with their history, figures of which none is lost, grade and suggestion, corrections two people made. */
import { FACTS } from '../../desk/record-fact.ts'
import { BY_DECISION } from '../../incident/by-hand.ts'
import type { ClockRow, clockEvents } from '../../incident/clock-store.ts'
import type { ClockStanding } from '../../incident/clocks.ts'
import { GRADES } from '../../incident/open.ts'
import type { correctionsOf, FactRow, gradesOf, IncidentRow } from '../../incident/store.ts'
import { latestOf } from '../../incident/suggest-grade.ts'
import { At, Empty, Facts, IssueList, NoEnter } from './bits.tsx'
import { StandingMark } from './clocks.tsx'
import { type Form, Line, Moment, Select } from './controls.tsx'
import { Page, say } from './frame.tsx'

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
  may: Record<'grade' | 'fact' | 'propose' | 'confirm' | 'start', boolean>
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
      {p.refused ? (
        <p class="notice warn" role="alert">
          {p.refused}
        </p>
      ) : null}
      <IssueList f={f} issues={p.issues} />
      <div class="d-columns">
        <div>
          <h2 class="d-rule">{T('desk.clocks.of-incident')}</h2>
          <Clocks {...p} />
          <h2 class="d-rule">{T('desk.facts')}</h2>
          <FactTable {...p} />
          {p.may.fact ? <NewFact {...p} /> : null}
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
                {one.source}
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
    <form method="post" action={`/desk/incidents/${p.incident.id}/facts`} class="d-narrow" data-keep novalidate>
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

function Grade(p: IncidentProps) {
  const T = say(p.f)
  const { incident: i, suggested } = p
  return (
    <section>
      <h2>{T('desk.incident.grade')}</h2>
      <p>
        <strong>{T(i.grade ? `desk.grade.${i.grade}` : 'desk.grade.unknown')}</strong>
      </p>
      {suggested ? (
        <p class="small">{T('desk.grade.suggested', { grade: T(`desk.grade.${suggested}`) })}</p>
      ) : (
        <p class="small quiet">{T('desk.grade.no-suggestion')}</p>
      )}
      {p.may.grade ? (
        <form method="post" action={`/desk/incidents/${i.id}/grade`} novalidate>
          <Select
            form={{
              ...p,
              fields: p.fields.has('grade') ? p.fields : new Map([['grade', [suggested ?? i.grade ?? 'ordinary']]]),
            }}
            name="grade"
            label={T('desk.grade.set')}
            options={GRADES.map((g) => ({ value: g, label: T(`desk.grade.${g}`) }))}
          />
          <button type="submit">{T('desk.grade.confirm')}</button>
        </form>
      ) : null}
      <ul class="d-events small">
        {p.grades.map((g) => (
          <li>
            <At f={p.f} at={g.set_at} short />
            <span>
              {g.before_grade ? `${T(`desk.grade.${g.before_grade}`)} → ` : ''}
              {T(`desk.grade.${g.grade}`)}
            </span>
            <span>{p.names.get(g.set_by)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Known(p: IncidentProps) {
  const T = say(p.f)
  const { incident: i, corrections } = p
  const open = corrections.find((k) => k.state === 'open')
  const done = corrections.filter((k) => k.state !== 'open')
  return (
    <section>
      <h2>{T('field.knownAt')}</h2>
      <p>
        <strong>
          <At f={p.f} at={i.known_at} />
        </strong>
      </p>
      {done.map((k) => (
        <p class="small">
          {T(`desk.known.${k.state}`)} <At f={p.f} at={k.old_at} short /> → <At f={p.f} at={k.new_at} short /> · {k.why}{' '}
          · {p.names.get(k.proposed_by)} · {p.names.get(k.decided_by ?? '')}
        </p>
      ))}
      {open ? <Proposal {...p} proposal={open} /> : p.may.propose ? <Propose {...p} /> : null}
    </section>
  )
}

function Proposal(p: IncidentProps & { proposal: IncidentProps['corrections'][number] }) {
  const T = say(p.f)
  const { proposal: k } = p
  const mine = k.proposed_by === p.me
  return (
    <form method="post" action={`/desk/incidents/${p.incident.id}/known/${k.id}`} class="notice">
      <Facts
        rows={
          [
            [T('desk.known.old'), <At f={p.f} at={k.old_at} />],
            [T('desk.known.new'), <At f={p.f} at={k.new_at} />],
            [T('desk.clocks.why'), k.why],
            [T('desk.known.by'), p.names.get(k.proposed_by) ?? ''],
          ] as [string, string][]
        }
      />
      {mine ? <p class="small">{T('desk.known.waits')}</p> : null}
      <p class="d-buttons">
        {p.may.confirm && !mine ? (
          <button type="submit" name="verdict" value="apply">
            {T('desk.known.apply')}
          </button>
        ) : null}
        {mine || p.may.confirm ? (
          <button type="submit" name="verdict" value="refuse">
            {T(mine ? 'desk.known.take-back' : 'desk.known.refuse')}
          </button>
        ) : null}
      </p>
    </form>
  )
}

function Propose(p: IncidentProps) {
  const T = say(p.f)
  const wrong = p.issues.some((i) => i.field === 'knownAt' || i.field === 'whyKnown')
  return (
    <details open={wrong} id="known">
      <summary>{T('desk.known.propose')}</summary>
      <form method="post" action={`/desk/incidents/${p.incident.id}/known`} novalidate>
        <NoEnter />
        <p class="small">{T('desk.known.what')}</p>
        <Moment form={p} name="knownAt" label={T('desk.known.new')} />
        <Line form={p} name="whyKnown" label={T('desk.clocks.why')} max={400} />
        <button type="submit">{T('desk.known.propose')}</button>
      </form>
    </details>
  )
}

function Start(p: IncidentProps) {
  const T = say(p.f)
  const running = new Set(p.clocks.filter(({ clock }) => !clock.ended_at).map(({ clock }) => clock.rule))
  const left = BY_DECISION.filter((r) => !running.has(r))
  if (left.length === 0) return null
  return (
    <section>
      <h2>{T('desk.clocks.start')}</h2>
      <form method="post" action={`/desk/incidents/${p.incident.id}/clocks`} novalidate>
        <NoEnter />
        <Select
          form={p}
          name="rule"
          label={T('desk.clocks.column.what')}
          options={left.map((r) => ({ value: r, label: T(`desk.clock.${r}`) }))}
        />
        <Line form={p} name="whyClock" label={T('desk.clocks.why')} max={400} />
        <button type="submit">{T('desk.clocks.start.do')}</button>
      </form>
    </section>
  )
}
