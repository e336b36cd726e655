/** Beside an incident: its grade with what the figures suggest, when it became known, and deadlines begun by decision. */
import { BY_DECISION } from '../../incident/by-hand.ts'
import { GRADES } from '../../incident/open.ts'
import { At, Facts, NoEnter } from './bits.tsx'
import { Line, Moment, Select } from './controls.tsx'
import { say } from './frame.tsx'
import type { IncidentProps } from './incident.tsx'

export function Grade(p: IncidentProps) {
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

export function Known(p: IncidentProps) {
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

export function Start(p: IncidentProps) {
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
