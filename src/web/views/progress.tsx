/** How a release is going out: one line per outlet, bars that add up to the audience, exact times, causes in words. */
import type { EditionProgress, RunProgress } from '../../delivery/progress.ts'
import type { RunRow } from '../../delivery/run-store.ts'
import { COUNTERS } from '../../delivery/store.ts'
import { At, Empty, figure } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

/** Counters in the order they are drawn and listed. */
const ORDER = [
  'accepted',
  'in_digest',
  'deferred',
  'unknown',
  'failed',
  'gone',
  'suppressed',
  'superseded',
  'sending',
  'planned',
] as const satisfies readonly (typeof COUNTERS)[number][]

export type Allowed = { stop: boolean; resume: boolean }

/** A bar whose parts are as wide as their share; drawn with attributes, since the page allows no inline style. */
export function Bar(p: { f: Frame; counts: Record<string, number>; audience: number }) {
  let x = 0
  const parts = ORDER.filter((c) => (p.counts[c] ?? 0) > 0).map((name) => {
    const width = p.audience ? ((p.counts[name] as number) / p.audience) * 100 : 0
    const part = { name, x, width }
    x += width
    return part
  })
  const label = parts
    .map((s) => `${say(p.f)(`desk.count.${s.name}`)} ${figure(p.counts[s.name] as number)}`)
    .join(' · ')
  return (
    <svg class="bar" role="img" aria-label={label || say(p.f)('desk.run.none')} width="100%" height="10">
      <rect class="all" width="100%" height="10" />
      {parts.map((s) => (
        <rect class={s.name} x={`${s.x}%`} width={`${s.width}%`} height="10" />
      ))}
    </svg>
  )
}

export const countsOf = (run: RunRow): Record<string, number> => Object.fromEntries(COUNTERS.map((c) => [c, run[c]]))

type ProgressProps = { f: Frame; editions: EditionProgress[]; allowed: Allowed; number: string }

/** The part of the screen that moves while a release goes out; asked for again by desk.js. */
export function Progress({ f, editions, allowed, number }: ProgressProps) {
  const T = say(f)
  if (editions.length === 0) return <Empty>{T('desk.progress.none')}</Empty>
  return (
    <>
      {editions.map((e) => (
        <section class="d-edition">
          <h3>
            {T('public.edition', { number: e.edition.number })} · {T(`public.type.${e.edition.type}`)}{' '}
            <At f={f} at={e.edition.published_at} exact />
          </h3>
          {e.told ? (
            <p class="told">
              <strong class="num">
                {figure(e.told.done)} / {figure(e.told.all)}
              </strong>{' '}
              {T('desk.told')}
            </p>
          ) : null}
          {e.runs.length === 0 ? <p class="quiet">{T('desk.progress.soon')}</p> : null}
          {e.runs.map((line) => (
            <Outlet f={f} line={line} allowed={allowed} number={number} />
          ))}
        </section>
      ))}
    </>
  )
}

function Outlet({ f, line, allowed, number }: { f: Frame; line: RunProgress; allowed: Allowed; number: string }) {
  const { run } = line
  const T = say(f)
  const held = run.state === 'held' || run.state === 'stopped'
  return (
    <div class={`d-outlet ${run.state}`} data-outlet={run.outlet}>
      <h4>{T(`desk.outlet.${run.outlet}`)}</h4>
      <div>
        <Bar f={f} counts={countsOf(run)} audience={run.audience} />
        <p>
          <strong>{T(line.everyone && run.verified_at ? 'desk.time.verified_at' : `desk.run.${run.state}`)}</strong>
          {run.why ? <span> {T(`desk.run.why.${run.why}`)}</span> : null}
          {line.notReady ? <span class="late"> {T('desk.not-sent', { why: line.notReady })}</span> : null}
        </p>
        {line.everyone ? null : <Counts f={f} run={run} />}
        <Times f={f} run={run} />
        <Causes f={f} causes={line.causes} />
        {!line.everyone && allowed.stop && ['waiting', 'planning', 'sending'].includes(run.state) ? (
          <Act f={f} number={number} id={run.dispatch_id} verb="stop" danger />
        ) : null}
        {held && allowed.resume && run.why !== 'superseded' ? <Answers f={f} run={run} number={number} /> : null}
      </div>
      <p class="num total">
        {line.everyone ? (
          run.verified_at ? (
            <At f={f} at={run.verified_at} exact short />
          ) : (
            T(`desk.run.${run.state}`)
          )
        ) : (
          `${figure(run.accepted)} / ${figure(run.audience)}`
        )}
      </p>
    </div>
  )
}

/** Every counter that is not nought, and the sum they make. */
function Counts({ f, run }: { f: Frame; run: RunRow }) {
  const T = say(f)
  const shown = ORDER.filter((c) => run[c] > 0)
  if (shown.length === 0) return null
  return (
    <ul class="d-counts">
      {shown.map((c) => (
        <li class={c}>
          {T(`desk.count.${c}`)} <b class="num">{figure(run[c])}</b>
        </li>
      ))}
      <li class="sum">
        {T('desk.count.audience')} <b class="num">{figure(run.audience)}</b>
      </li>
      {run.repeats ? (
        <li>
          {T('desk.count.repeats')} <b class="num">{figure(run.repeats)}</b>
        </li>
      ) : null}
    </ul>
  )
}

const TIMES = ['planned_at', 'started_at', 'first_accepted_at', 'last_accepted_at', 'verified_at', 'done_at'] as const

function Times({ f, run }: { f: Frame; run: RunRow }) {
  const shown = TIMES.filter((name) => run[name])
  if (shown.length === 0) return null
  return (
    <ul class="d-times">
      {shown.map((name) => (
        <li>
          {say(f)(`desk.time.${name}`)} <At f={f} at={run[name] as string} exact short />
        </li>
      ))}
    </ul>
  )
}

function Causes({ f, causes }: { f: Frame; causes: RunProgress['causes'] }) {
  const T = say(f)
  if (causes.length === 0) return null
  return (
    <details class="d-causes">
      <summary>{T('desk.causes', { n: figure(causes.reduce((sum, c) => sum + c.n, 0)) })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{T('desk.causes.state')}</th>
            <th scope="col">{T('desk.causes.why')}</th>
            <th scope="col" class="num">
              {T('desk.causes.n')}
            </th>
          </tr>
        </thead>
        <tbody>
          {causes.map((c) => (
            <tr>
              <td>{T(`desk.count.${c.state.replace('-', '_')}`)}</td>
              <td>
                {c.why || T('desk.causes.unsaid')}
                <span class="remedy"> {T(`desk.causes.do.${c.state}`)}</span>
              </td>
              <td class="num">{figure(c.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Answers({ f, run, number }: { f: Frame; run: RunRow; number: string }) {
  return (
    <div class="d-answers">
      <p>
        {say(f)(`desk.held.ask.${run.unknown > 0 ? 'unknown' : 'left'}`, {
          n: figure(run.unknown || run.planned + run.deferred),
        })}
      </p>
      <Act f={f} number={number} id={run.dispatch_id} verb="resume" answer="go-on" />
      {run.unknown > 0 ? (
        <>
          <Act f={f} number={number} id={run.dispatch_id} verb="resume" answer="unknown-again" />
          <Act f={f} number={number} id={run.dispatch_id} verb="resume" answer="leave-unknown" />
        </>
      ) : null}
    </div>
  )
}

function Act(p: { f: Frame; number: string; id: string; verb: 'stop' | 'resume'; answer?: string; danger?: boolean }) {
  const key = `desk.run.do.${p.answer ?? p.verb}`
  return (
    <form method="post" action={`/desk/releases/${p.number}/dispatches/${p.id}/${p.verb}`}>
      {p.answer ? <input type="hidden" name="answer" value={p.answer} /> : null}
      <button type="submit" class={p.danger ? 'danger' : undefined} id={`${p.verb}-${p.answer ?? ''}-${p.id}`}>
        {say(p.f)(key)}
      </button>
    </form>
  )
}
