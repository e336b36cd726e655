/** 待我办理: what waits for this person, what is going out, what is wrong, what is running. */
import type { StateLine } from '../office-state.ts'
import { type AlarmLine, AlarmRows } from './alarms.tsx'
import { About, At, Empty, figure, State, span } from './bits.tsx'
import { LapseNotice } from './exercises.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { StillMissing } from './office-index.tsx'
import { Bar, type Counts } from './pace.tsx'

/** One thing to do. `why` is a key desk.why.<why>; `due` a deadline. */
export type Task = {
  href: string
  title: string
  number: string
  kind: string
  lane: string
  mode: string
  at: string
  why: string
  by?: string
  due?: string
  decisive?: boolean
  /** Whose task it is, where this person stands in. */
  standsFor?: string
}
export type Going = {
  releaseId: string
  dispatchId: string
  /** Website and feeds: nobody is counted. */
  everyone: boolean
  number: string
  title: string
  outlet: string
  state: string
  why: string
  counts: Counts
  audience: number
}
/** `near`: its own page is open to this person. */
export type IncidentLine = {
  number: string
  title: string
  mode: string
  knownAt: string
  near: boolean
  clocks: { rule: string; due: string }[]
}
export type ReleaseLine = {
  id: string
  number: string
  title: string
  kind: string
  lane: string
  mode: string
  state: string
  at: string
  editions: number
}

export type QueueProps = {
  f: Frame
  tasks: Task[]
  going: Going[]
  alarms: AlarmLine[]
  mayAcknowledge: boolean
  incidents: IncidentLine[]
  recent: ReleaseLine[]
  lapse: { lapsed: boolean; days: number | null }
  /** A signer without a second factor. */
  withoutFactor: boolean
  /** What an administrator still has to set up; empty for others. */
  missing: StateLine[]
}

/** What waits first; then what is wrong, what goes out, what runs. On a phone the recent releases come last. */
export function QueuePage(p: QueueProps) {
  const T = say(p.f)
  const n = p.tasks.length
  return (
    <Page f={p.f} title={n ? `(${n}) ${T('desk.queue')}` : T('desk.queue')}>
      <div class="d-columns d-mine">
        <div id="tasks" data-refresh="20" data-refresh-also="alarms incidents recent" data-refresh-title="">
          <h1>
            {T('desk.queue')} <span class="quiet num">{n || ''}</span>
          </h1>
          {p.withoutFactor ? (
            <p class="notice">
              {T('account.flash.warn')} <a href="/desk/account">{T('account.flash.set-up')}</a>
            </p>
          ) : null}
          <StillMissing f={p.f} lines={p.missing} />
          <Tasks {...p} />
          <p class="late" data-failed hidden>
            {T('desk.clocks.stale')}
          </p>
          <LapseNotice f={p.f} lapse={p.lapse} />
        </div>
        <div class="d-side">
          <div id="alarms">
            {p.alarms.length ? (
              <section>
                <h2>{T('desk.alarms')}</h2>
                <AlarmRows f={p.f} alarms={p.alarms} mayAcknowledge={p.mayAcknowledge} back="/desk" />
              </section>
            ) : null}
          </div>
          <section id="going" data-going="/desk/going" aria-label={T('desk.going')}>
            <GoingRows {...p} />
          </section>
          <section id="incidents">
            <h2>{T('desk.incidents.running')}</h2>
            <IncidentRows {...p} />
          </section>
        </div>
        <div id="recent">
          <h2 class="d-rule">{T('desk.recent')}</h2>
          <ReleaseRows f={p.f} rows={p.recent} />
        </div>
      </div>
    </Page>
  )
}

function Tasks({ f, tasks }: QueueProps) {
  const T = say(f)
  if (tasks.length === 0)
    return (
      <Empty>
        {T('desk.queue.empty')}{' '}
        {f.begin.release ? <a href="/desk/releases/new">{T('desk.queue.empty.begin')}</a> : null}
      </Empty>
    )
  return (
    <ul class="d-rows">
      {tasks.map((task) => (
        <li class={task.lane === 'flash' ? 'flash' : undefined}>
          <At f={f} at={task.at} short />
          <div>
            <a class="title" href={task.href}>
              {task.title}
            </a>
            <p>
              <strong>{T(`desk.why.${task.why}`)}</strong>
              {task.standsFor ? <b class="chip changed">{T('desk.behalf', { name: task.standsFor })}</b> : null}
              {task.by ? <span>{task.by}</span> : null}
              {task.due ? <Due f={f} due={task.due} /> : null}
              <About f={f} {...task} />
            </p>
          </div>
          <a
            class={task.decisive ? 'button primary' : 'button'}
            href={task.href}
            aria-label={`${T(`desk.do.${task.why}`)}: ${task.title}`}
          >
            {T(`desk.do.${task.why}`)}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** How long is left, or by how much it is late; said in words. */
export function Due(p: { f: Frame; due: string }) {
  const left = Date.parse(p.due) - Date.parse(p.f.now)
  return (
    <span class={left < 0 ? 'late' : 'due'}>
      {say(p.f)(left < 0 ? 'desk.due.late' : 'desk.due.left', { span: span(p.f.lang, Math.abs(left)) })}
    </span>
  )
}

/** One release, one line for each outlet under way: figures move by the events of the release (client/my-desk.ts). */
export function GoingRows({ f, going }: Pick<QueueProps, 'f' | 'going'>) {
  const T = say(f)
  const releases = [...new Set(going.map((g) => g.number))].map((number) => going.filter((g) => g.number === number))
  return (
    <>
      <h2>{T('desk.going')}</h2>
      {going.length === 0 ? <Empty>{T('desk.going.empty')}</Empty> : null}
      <ul class="d-going">
        {releases.map((runs) => (
          <li data-events={`/desk/releases/${runs[0]?.number}/events`}>
            <a href={`/desk/releases/${runs[0]?.number}`}>{runs[0]?.title}</a>
            {runs.map((g) => (
              <GoingRun f={f} g={g} />
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}

function GoingRun({ f, g }: { f: Frame; g: Going }) {
  const T = say(f)
  return (
    <div data-run={g.dispatchId}>
      <div data-bar="">
        <Bar f={f} outlet={g.outlet} counts={g.counts} audience={g.audience} going={g.state !== 'held'} />
      </div>
      <p>
        {T(`desk.outlet.${g.outlet}`)} ·{' '}
        <span class={g.state === 'held' ? 'late' : undefined}>
          {T(g.why === 'paused' ? 'desk.run.paused' : `desk.run.${g.state}`)}
        </span>{' '}
        {g.everyone ? null : (
          <span class="num" data-total="">
            {figure(g.counts['accepted'] ?? 0)} / {figure(g.audience)}
          </span>
        )}{' '}
        <span class="num" data-pace=""></span>
      </p>
    </div>
  )
}

function IncidentRows({ f, incidents }: QueueProps) {
  const T = say(f)
  if (incidents.length === 0) return <Empty>{T('desk.incidents.none')}</Empty>
  return (
    <ul class="d-going">
      {incidents.map((i) => (
        <li>
          <a href={`/desk/incidents${i.near ? '/' : '#'}${i.number}`}>{i.title}</a>{' '}
          {i.mode === 'live' ? null : <b class="chip changed">{T(`desk.mode.${i.mode}`)}</b>}
          <p>
            {T('field.knownAt')} <At f={f} at={i.knownAt} short />
          </p>
          {i.clocks.map((c) => (
            <p>
              {T(`desk.clock.${c.rule}`)} <Due f={f} due={c.due} />
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}

export function ReleaseRows({ f, rows }: { f: Frame; rows: ReleaseLine[] }) {
  if (rows.length === 0) return <Empty>{say(f)('desk.releases.empty')}</Empty>
  return (
    <ul class="d-rows">
      {rows.map((r) => (
        <li>
          <At f={f} at={r.at} short />
          <div>
            <a class="title" href={`/desk/releases/${r.number}`}>
              {r.title}
            </a>
            <p>
              <About f={f} {...r} />
              {r.editions > 1 ? <span>{say(f)('public.edition', { number: r.editions })}</span> : null}
            </p>
          </div>
          <State f={f} state={r.state} />
        </li>
      ))}
    </ul>
  )
}
