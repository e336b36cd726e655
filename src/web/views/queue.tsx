/** 待我办理: what waits for this person, what is going out, what is wrong, what is running. */
import { type AlarmLine, AlarmRows } from './alarms.tsx'
import { About, At, Empty, figure, State, span } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'
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
  number: string
  title: string
  outlet: string
  state: string
  why: string
  counts: Counts
  audience: number
}
export type IncidentLine = { number: string; title: string; knownAt: string; clocks: { rule: string; due: string }[] }
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
}

export function QueuePage(p: QueueProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.queue')}>
      <div class="d-columns">
        <div>
          <h1>
            {T('desk.queue')} <span class="quiet num">{p.tasks.length || ''}</span>
          </h1>
          <Tasks {...p} />
          <p>
            <a href="/desk/account/absence">{T('desk.absence')}</a>
          </p>
          <h2 class="d-rule">{T('desk.recent')}</h2>
          <ReleaseRows f={p.f} rows={p.recent} />
        </div>
        <div class="d-side">
          {p.alarms.length ? (
            <section>
              <h2>{T('desk.alarms')}</h2>
              <AlarmRows f={p.f} alarms={p.alarms} mayAcknowledge={p.mayAcknowledge} back="/desk" />
            </section>
          ) : null}
          <section>
            <h2>{T('desk.going')}</h2>
            <GoingRows {...p} />
          </section>
          <section>
            <h2>{T('desk.incidents.running')}</h2>
            <IncidentRows {...p} />
          </section>
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

function GoingRows({ f, going }: QueueProps) {
  const T = say(f)
  if (going.length === 0) return <Empty>{T('desk.going.empty')}</Empty>
  return (
    <ul class="d-going">
      {going.map((g) => (
        <li>
          <a href={`/desk/releases/${g.number}`}>{g.title}</a>
          <Bar f={f} outlet={g.outlet} counts={g.counts} audience={g.audience} going={g.state !== 'held'} />
          <p>
            {T(`desk.outlet.${g.outlet}`)} · {T(g.why === 'paused' ? 'desk.run.paused' : `desk.run.${g.state}`)} ·{' '}
            <span class="num">
              {figure(g.counts['accepted'] ?? 0)} / {figure(g.audience)}
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}

function IncidentRows({ f, incidents }: QueueProps) {
  const T = say(f)
  if (incidents.length === 0) return <Empty>{T('desk.incidents.none')}</Empty>
  return (
    <ul class="d-going">
      {incidents.map((i) => (
        <li>
          <a href={`/desk/incidents#${i.number}`}>{i.title}</a>
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
