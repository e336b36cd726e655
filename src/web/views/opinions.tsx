/** 舆情: the list with how long is left for each, and one item as a line of stations with what may come next. */
import { RelayLine, type Station } from '../../../templates/page/relay.tsx'
import type { ClockRow } from '../../incident/clock-store.ts'
import type { ClockStanding } from '../../incident/clocks.ts'
import { ANSWERS, DECISIONS, OPINION_STATES, type OpinionRow, type OpinionState } from '../../incident/opinion.ts'
import type { OpinionLine, OpinionPage as Shown } from '../../incident/opinions.ts'
import type { IncidentRow } from '../../incident/store.ts'
import { At, Empty, IssueList, NoEnter, span } from './bits.tsx'
import { StandingMark } from './clocks.tsx'
import { Choices, type Form, Line, type Option, Select } from './controls.tsx'
import { first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'

type ListProps = Form & {
  lines: (OpinionLine & { standing: ClockStanding | null; incident: IncidentRow | undefined })[]
  incidents: Option[]
  topics: Option[]
  mayCollect: boolean
  refused?: string
}

export function OpinionsPage(p: ListProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.concerns')}>
      <h1>{T('desk.concerns')}</h1>
      <p>{T('desk.concerns.what')}</p>
      <Refused refused={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <div class="d-columns">
        <div>
          {p.lines.length === 0 ? <Empty>{T('desk.concerns.none')}</Empty> : null}
          <ul class="d-rows">
            {p.lines.map((l) => (
              <li>
                <At f={p.f} at={l.opinion.created_at} short />
                <div>
                  <a class="title" href={`/desk/opinions/${l.opinion.number}`}>
                    {l.opinion.title}
                  </a>
                  <p>
                    <strong>{T(`desk.opinion.state.${l.opinion.state}`)}</strong>
                    {l.opinion.decision ? <span>{T(`desk.opinion.decision.${l.opinion.decision}`)}</span> : null}
                    <span class="number">{l.opinion.number}</span>
                    {l.incident ? <span class="number">{l.incident.number}</span> : null}
                  </p>
                </div>
                <div>
                  {l.standing ? <StandingMark f={p.f} standing={l.standing} /> : null}
                  <Left f={p.f} clock={l.clock} />
                </div>
              </li>
            ))}
          </ul>
        </div>
        <div class="d-side">{p.mayCollect ? <New {...p} /> : null}</div>
      </div>
    </Page>
  )
}

const Refused = ({ refused }: { refused?: string | undefined }) =>
  refused ? (
    <p class="notice warn" role="alert">
      {refused}
    </p>
  ) : null

function Left({ f, clock }: { f: Frame; clock: ClockRow | undefined }) {
  if (!clock?.due_at || clock.met_at || clock.ended_at) return null
  const left = Date.parse(clock.due_at) - Date.parse(f.now)
  return (
    <p class="small">{say(f)(left < 0 ? 'desk.due.late' : 'desk.due.left', { span: span(f.lang, Math.abs(left)) })}</p>
  )
}

function New(p: ListProps) {
  const T = say(p.f)
  return (
    <section>
      <h2>{T('desk.concerns.new')}</h2>
      <form method="post" action="/desk/opinions" data-keep novalidate>
        <NoEnter />
        <Line
          form={p}
          name="opinionTitle"
          label={T('field.opinionTitle')}
          hint={T('desk.opinion.title.hint')}
          max={60}
        />
        <Select form={p} name="incidentId" label={T('field.incidentId')} none={T('desk.none')} options={p.incidents} />
        <Select form={p} name="topic" label={T('field.topic')} none={T('desk.none')} options={p.topics} />
        <button type="submit">{T('desk.concerns.collect')}</button>
      </form>
    </section>
  )
}

type OneProps = Form & {
  opinion: OpinionRow
  steps: Shown['steps']
  clocks: { clock: ClockRow; standing: ClockStanding }[]
  incident: { number: string; title: string } | null
  topic: { name_zh: string; name_en: string } | undefined
  into: OpinionRow | undefined
  release: string | null
  names: Map<string, string>
  next: OpinionState[]
  refused?: string
}

export function OpinionPage(p: OneProps) {
  const T = say(p.f)
  const { opinion: o } = p
  return (
    <Page f={p.f} title={o.title}>
      <p class="small">
        <a href="/desk/opinions">{T('desk.concerns')}</a>
      </p>
      <h1>
        {o.title} <span class="chip">{T(`desk.opinion.state.${o.state}`)}</span>
      </h1>
      <p>
        <span class="number">{o.number}</span> <About {...p} />
      </p>
      <Refused refused={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <div class="d-columns">
        <div>
          <h2 class="d-rule">{T('desk.opinion.steps')}</h2>
          <Stations {...p} />
          <h2 class="d-rule">{T('desk.opinion.next')}</h2>
          {o.state === 'assessed' ? <Empty>{T('desk.opinion.over')}</Empty> : null}
          {p.next.map((to) => (
            <Step {...p} to={to} />
          ))}
        </div>
        <div class="d-side">
          <section>
            <h2>{T('desk.clocks.of-incident')}</h2>
            {p.clocks.map(({ clock, standing }) => (
              <p>
                {T(`desk.clock.${clock.rule}`)} <StandingMark f={p.f} standing={standing} />
                {clock.due_at ? (
                  <span class="small">
                    {' '}
                    {T('desk.faults.due')} <At f={p.f} at={clock.due_at} short />
                  </span>
                ) : null}
              </p>
            ))}
          </section>
        </div>
      </div>
    </Page>
  )
}

function About({ f, incident, topic, into, opinion, release }: OneProps) {
  const T = say(f)
  return (
    <>
      {incident ? <a href={`/desk/incidents/${incident.number}`}>{incident.title}</a> : null}{' '}
      {topic ? <span class="chip">{f.lang === 'en' ? topic.name_en : topic.name_zh}</span> : null}{' '}
      {into ? (
        <span>
          {T('desk.opinion.decision.merge')} <a href={`/desk/opinions/${into.number}`}>{into.number}</a>
        </span>
      ) : null}
      {opinion.transferred_to ? (
        <span>
          {T('desk.opinion.decision.transfer')} {opinion.transferred_to}
        </span>
      ) : null}
      {release ? (
        <span>
          {T('desk.opinion.by.release')} <a href={`/desk/releases/${release}`}>{release}</a>
        </span>
      ) : null}
    </>
  )
}

/** Done, now, and to come, each with its time and who did it. */
function Stations({ f, steps, names, opinion }: OneProps) {
  const T = say(f)
  const done = new Map(steps.map((s) => [s.state, s]))
  const skipped = opinion.decision !== null && opinion.decision !== 'respond'
  const stations = OPINION_STATES.filter((s) => !(skipped && s === 'responded')).map((state): Station => {
    const step = done.get(state)
    const how = state === 'responded' && opinion.answered_by ? T(`desk.opinion.by.${opinion.answered_by}`) : ''
    const note = step?.decision ? T(`desk.opinion.decision.${step.decision}`) : how
    const who = step ? (names.get(step.member_id ?? '') ?? T('desk.opinion.system')) : ''
    return {
      name: T(`desk.opinion.state.${state}`),
      state: opinion.state === state && state !== 'assessed' ? 'now' : step ? 'done' : 'todo',
      ...(step ? { at: step.at, who } : {}),
      ...(note ? { note } : {}),
    }
  })
  return <RelayLine stations={stations} lang={f.lang} offset={f.site.offset} quietStates />
}

function Step(p: OneProps & { to: OpinionState }) {
  const T = say(p.f)
  const action = `/desk/opinions/${p.opinion.number}/steps`
  return (
    <>
      {p.to === 'responded' ? <Answer {...p} /> : null}
      <form method="post" action={action} class="d-narrow" novalidate>
        <NoEnter />
        <input type="hidden" name="to" value={p.to} />
        {p.to === 'judged' ? <Judging {...p} /> : null}
        {p.to === 'responded' ? (
          <Choices
            form={p}
            name="by"
            label={T('desk.opinion.otherwise')}
            radio
            options={ANSWERS.filter((a) => a !== 'release').map((a) => ({
              value: a,
              label: T(`desk.opinion.by.${a}`),
            }))}
          />
        ) : null}
        <button type="submit">{T(`desk.opinion.do.${p.to}`)}</button>
      </form>
    </>
  )
}

function Judging(p: OneProps) {
  const T = say(p.f)
  return (
    <>
      <Choices
        form={p}
        name="decision"
        label={T('desk.opinion.decision')}
        radio
        options={DECISIONS.map((d) => ({ value: d, label: T(`desk.opinion.decision.${d}`) }))}
      />
      <Line
        form={p}
        name="into"
        label={`${T('desk.opinion.into')}${T('desk.optional')}`}
        placeholder="O2026-0001"
        max={20}
      />
      <Line form={p} name="toBody" label={`${T('desk.opinion.body')}${T('desk.optional')}`} max={80} />
    </>
  )
}

function Answer(p: OneProps) {
  const T = say(p.f)
  const typed = first(p.fields, 'answer') ? p.fields : new Map([...p.fields, ['answer', [p.release ?? '']]])
  return (
    <form method="post" action={`/desk/opinions/${p.opinion.number}/answer`} class="d-narrow" novalidate>
      <NoEnter />
      <Line
        form={{ ...p, fields: typed }}
        name="answer"
        label={T('desk.opinion.answer')}
        hint={T('desk.opinion.answer.what')}
        placeholder="2026-000042"
        max={20}
      />
      <button type="submit" class="primary">
        {T('desk.opinion.answer.do')}
      </button>
    </form>
  )
}
