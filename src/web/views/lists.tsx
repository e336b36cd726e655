/** Lists: releases with filters, incidents with a form for a new one, the ledger. */
import { kinds } from '../../../templates/draft/index.ts'
import type { LedgerFault } from '../../ledger/verify.ts'
import { RELEASE_STATES } from '../../staff/policy.ts'
import { At, Empty, Facts, Hash, IssueList, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form, Line, Moment, Select } from './controls.tsx'
import type { AreaChoice } from './draft.tsx'
import { first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'
import { Due, type ReleaseLine, ReleaseRows } from './queue.tsx'

export type ReleasesProps = Form & { rows: ReleaseLine[]; next: string | null }

export function ReleasesPage(p: ReleasesProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.releases')}>
      <h1>{T('desk.releases')}</h1>
      <form method="get" action="/desk/releases" class="d-filter">
        <Select
          form={p}
          name="state"
          label={T('desk.filter.state')}
          none={T('desk.filter.all')}
          options={RELEASE_STATES.map((s) => ({ value: s, label: T(`desk.state.${s}`) }))}
        />
        <Select
          form={p}
          name="kind"
          label={T('field.kind')}
          none={T('desk.filter.all')}
          options={Object.keys(kinds).map((k) => ({ value: k, label: T(`kind.${k}`) }))}
        />
        <Line form={p} name="number" label={T('desk.filter.number')} placeholder="2026-000042" />
        <button type="submit">{T('desk.filter')}</button>
      </form>
      <ReleaseRows f={p.f} rows={p.rows} />
      {p.next ? (
        <p class="pages">
          <a href={nextHref(p)}>{T('desk.older')}</a>
        </p>
      ) : null}
    </Page>
  )
}

function nextHref(p: ReleasesProps): string {
  const query = new URLSearchParams()
  for (const name of ['state', 'kind', 'number']) if (first(p.fields, name)) query.set(name, first(p.fields, name))
  query.set('after', p.next ?? '')
  return `/desk/releases?${query}`
}

export type IncidentRowView = {
  id: string
  number: string
  title: string
  class: string
  grade: string | null
  areas: string
  knownAt: string
  closedAt: string | null
  mode: string
  causeConfirmed: boolean
  clocks: { rule: string; due: string; met: string | null; breached: boolean }[]
  releases: ReleaseLine[]
  mayConfirm: boolean
  mayClose: boolean
  mayInspect: boolean
}
export type IncidentsProps = Form & {
  incidents: IncidentRowView[]
  areas: AreaChoice[]
  mayOpen: boolean
  refused?: string
}

export function IncidentsPage(p: IncidentsProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.incidents')}>
      <h1>{T('desk.incidents')}</h1>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <div class="d-columns">
        <div>
          {p.incidents.length === 0 ? <Empty>{T('desk.incidents.none')}</Empty> : null}
          {p.incidents.map((i) => (
            <Incident f={p.f} incident={i} />
          ))}
        </div>
        {p.mayOpen ? <NewIncident {...p} /> : null}
      </div>
    </Page>
  )
}

function Incident({ f, incident: i }: { f: Frame; incident: IncidentRowView }) {
  const T = say(f)
  return (
    <article class={i.closedAt ? 'd-incident closed' : 'd-incident'} id={i.number}>
      <h2>
        {i.title} {i.mode === 'live' ? null : <b class="chip changed">{T(`desk.mode.${i.mode}`)}</b>}{' '}
        <span class="chip">{T(i.closedAt ? 'public.incident.closed' : 'public.incident.open')}</span>
      </h2>
      <Facts
        rows={
          [
            [T('desk.incident.number'), i.number],
            [
              T('desk.incident.class'),
              `${T(`desk.class.${i.class}`)}${i.grade ? ` · ${T(`desk.grade.${i.grade}`)}` : ''}`,
            ],
            [T('field.areas'), i.areas],
            [T('field.knownAt'), <At f={f} at={i.knownAt} />],
            [T('block.cause'), T(i.causeConfirmed ? 'desk.cause.confirmed' : 'desk.cause.locked')],
            ...i.clocks.map((c): [string, unknown] => [
              T(`desk.clock.${c.rule}`),
              <>
                <At f={f} at={c.due} />{' '}
                {c.met ? T('desk.clock.met') : c.breached ? T('desk.clock.breached') : <Due f={f} due={c.due} />}
              </>,
            ]),
          ] as [string, string][]
        }
      />
      {i.mayInspect ? (
        <p>
          <a href={`/desk/incidents/${i.number}`}>{T('desk.incident.more')}</a>
        </p>
      ) : null}
      {i.releases.length ? <ReleaseRows f={f} rows={i.releases} /> : null}
      <div class="d-buttons">
        {i.mayConfirm ? (
          <form method="post" action={`/desk/incidents/${i.id}/cause`}>
            <button type="submit">{T('desk.cause.confirm')}</button>
          </form>
        ) : null}
        {i.mayClose ? (
          <form method="post" action={`/desk/incidents/${i.id}/close`}>
            <button type="submit">{T('desk.incident.close')}</button>
          </form>
        ) : null}
      </div>
    </article>
  )
}

function NewIncident(p: IncidentsProps) {
  const T = say(p.f)
  return (
    <section class="d-side">
      <h2>{T('desk.incident.new')}</h2>
      <form method="post" action="/desk/incidents" data-keep novalidate>
        <NoEnter />
        <Line form={p} name="titleZh" label={T('desk.incident.title.zh')} lang="zh-CN" max={120} />
        <Line form={p} name="titleEn" label={T('desk.incident.title.en')} lang="en" />
        <Select
          form={p}
          name="class"
          label={T('desk.incident.class')}
          options={['natural', 'accident', 'health', 'security'].map((c) => ({
            value: c,
            label: T(`desk.class.${c}`),
          }))}
        />
        <Select
          form={p}
          name="grade"
          label={T('desk.incident.grade')}
          none={T('desk.grade.unknown')}
          hint={T('desk.grade.hint')}
          options={['extraordinary', 'major', 'large', 'ordinary'].map((g) => ({
            value: g,
            label: T(`desk.grade.${g}`),
          }))}
        />
        <Moment form={p} name="knownAt" />
        <Choices
          form={p}
          name="areas"
          class="d-areas"
          options={p.areas.map((a) => ({ value: a.code, label: a.name, depth: a.depth }))}
        />
        <button type="submit" class="primary">
          {T('desk.incident.open')}
        </button>
      </form>
    </section>
  )
}
