/** How a release is going out: one line per outlet, bars that add up to the audience, exact times, causes in words. */
import type { EditionProgress, RunProgress } from '../../delivery/progress.ts'
import type { RunRow } from '../../delivery/run-store.ts'
import { wordOf } from '../../publication/face.ts'
import { At, Empty, figure, notSent } from './bits.tsx'
import { canaryName } from './canaries.tsx'
import { Causes } from './causes.tsx'
import { ErrorTimer } from './false-alarm.tsx'
import { type Frame, say } from './frame.tsx'
import { Bar, countsOf, ORDER, type PaceSeen, paceWords } from './pace.tsx'

export type Allowed = { stop: boolean; pause: boolean; resume: boolean }

type ProgressProps = {
  f: Frame
  editions: EditionProgress[]
  allowed: Allowed
  number: string
  /** Pace by dispatch, where the release is being watched. */
  paces?: ReadonlyMap<string, PaceSeen>
}

/** The part of the screen that moves while a release goes out; put in place again by desk.js. */
export function Progress({ f, editions, allowed, number, paces }: ProgressProps) {
  const T = say(f)
  if (editions.length === 0) return <Empty>{T('desk.progress.none')}</Empty>
  return (
    <>
      {editions.map((e) => (
        <section class="d-edition">
          <h3>
            {T('public.edition', { number: e.edition.number })} · {T(`public.type.${wordOf(e.edition)}`)}{' '}
            <At f={f} at={e.edition.published_at} exact />
          </h3>
          {e.told ? (
            <p class="told">
              <strong class="num">
                {figure(e.told.done)} / {figure(e.told.all)}
              </strong>{' '}
              {T('desk.told')} <NotTold f={f} told={e.told} />
            </p>
          ) : null}
          <ErrorTimer f={f} error={e.error} />
          {e.runs.length === 0 ? <p class="quiet">{T('desk.progress.soon')}</p> : null}
          {e.runs.map((line) => (
            <Outlet f={f} line={line} allowed={allowed} number={number} pace={paces?.get(line.run.dispatch_id)} />
          ))}
        </section>
      ))}
    </>
  )
}

/** Whoever is missing from “n of n” is named by why. */
function NotTold({ f, told }: { f: Frame; told: NonNullable<EditionProgress['told']> }) {
  const T = say(f)
  const coming = told.all - told.done - told.unknown - told.left - told.failed
  const rest = { unknown: told.unknown, coming, failed: told.failed, left: told.left }
  const said = Object.entries(rest).flatMap(([why, n]) => (n > 0 ? [T(`desk.told.${why}`, { n: figure(n) })] : []))
  return said.length ? (
    <span class="rest">
      {T('desk.told.rest')}
      {said.join(T('desk.list-comma'))}
    </span>
  ) : null
}

type OutletProps = { f: Frame; line: RunProgress; allowed: Allowed; number: string; pace?: PaceSeen | undefined }
const GOING = ['waiting', 'planning', 'sending']

function Outlet({ f, line, allowed, number, pace }: OutletProps) {
  const { run } = line
  const T = say(f)
  const held = run.state === 'held' || run.state === 'stopped'
  return (
    <div class={`d-outlet ${run.state}`} data-outlet={run.outlet} data-run={run.dispatch_id}>
      <h4>{T(`desk.outlet.${run.outlet}`)}</h4>
      <div>
        <div data-bar="">{line.signed ? null : <RunBar f={f} run={run} />}</div>
        <p>
          <strong>{stateWords(f, line)}</strong>
          {run.why && run.why !== 'paused' ? <span> {T(`desk.run.why.${run.why}`)}</span> : null}
          {line.notReady ? <span class="late"> {notSent(f, run.outlet, line.notReady)}</span> : null}{' '}
          {line.everyone ? null : (
            <span class="num" data-pace="">
              {pace ? paceWords(f.lang, run, pace) : ''}
            </span>
          )}
        </p>
        {line.signed ? <Signed f={f} line={line} number={number} /> : null}
        {line.everyone || line.signed ? null : <Counts f={f} run={run} />}
        <Times f={f} run={run} />
        <Sightings f={f} line={line} />
        {line.signed ? null : <Causes f={f} causes={line.causes} id={run.dispatch_id} />}
        {!line.everyone && GOING.includes(run.state) ? (
          <Halt f={f} run={run} allowed={allowed} number={number} />
        ) : null}
        {held && allowed.resume && run.why !== 'superseded' ? <Answers f={f} run={run} number={number} /> : null}
        {run.why === 'paused' && !allowed.resume && allowed.stop ? (
          <Act f={f} number={number} id={run.dispatch_id} verb="stop" danger />
        ) : null}
      </div>
      <p class="num total" data-total="">
        {line.everyone ? (
          run.verified_at ? (
            <At f={f} at={run.verified_at} exact short />
          ) : (
            T(`desk.run.${run.state}`)
          )
        ) : (
          totalWords(run, line.signed)
        )}
      </p>
    </div>
  )
}

/** Whether it reached readers of our own, and as what. */
function Sightings({ f, line }: { f: Frame; line: RunProgress }) {
  return (
    <>
      {line.sightings.map((s) => {
        const name = canaryName(f, { kind: line.run.outlet, name: s.name })
        const late = !s.seen_at && s.expected_by < f.now
        const how = s.fault ? 'seen-fault' : s.seen_at ? 'seen' : late ? 'late' : 'awaited'
        const took = s.seen_at && s.accepted_at ? Date.parse(s.seen_at) - Date.parse(s.accepted_at) : 0
        return (
          <p class={how === 'seen-fault' || how === 'late' ? 'late' : 'small quiet'}>
            {say(f)(`desk.canary.${how}`, { name, seconds: Math.max(0, Math.round(took / 1000)) })}
          </p>
        )
      })}
    </>
  )
}

export const RunBar = ({ f, run }: { f: Frame; run: RunRow }) => (
  <Bar
    f={f}
    outlet={run.outlet}
    counts={countsOf(run)}
    audience={run.audience}
    going={[...GOING, 'verifying', 'stopping'].includes(run.state)}
  />
)
export const totalWords = (run: RunRow, signed?: RunProgress['signed']): string =>
  `${figure(signed?.all ?? run.accepted)} / ${figure(run.audience)}`

function stateWords(f: Frame, { run, everyone }: RunProgress): string {
  if (everyone && run.verified_at) return say(f)('desk.time.verified_at')
  return say(f)(run.state === 'held' && run.why === 'paused' ? 'desk.run.paused' : `desk.run.${run.state}`)
}

/** By hand nothing is accepted: of those asked, how many have signed, and how many of them by a member's word. */
function Signed({ f, line, number }: { f: Frame; line: RunProgress; number: string }) {
  const T = say(f)
  const at = `/desk/releases/${number}`
  return (
    <p>
      {T('roll.progress', { n: figure(line.signed?.all ?? 0), all: figure(line.run.suppressed) })}
      {line.signed?.byHand ? ` ${T('roll.by-hand', { n: figure(line.signed.byHand) })}` : ''}{' '}
      <a href={`${at}/acknowledgements`}>{T('roll.title')}</a> · <a href={`${at}/kit`}>{T('kit.title')}</a>
    </p>
  )
}

/** The equation: every counter that is not nought, and the sum they make. */
function Counts({ f, run }: { f: Frame; run: RunRow }) {
  const T = say(f)
  const shown = ORDER.filter((c) => run[c] > 0)
  if (shown.length === 0) return null
  return (
    <ul class="d-counts">
      {shown.map((c) => (
        <li class={c}>
          {T(`desk.count.${c}`)}{' '}
          <b class="num" data-count={c}>
            {figure(run[c])}
          </b>
        </li>
      ))}
      <li class="sum">
        {T('desk.count.audience')}{' '}
        <b class="num" data-count="audience">
          {figure(run.audience)}
        </b>
      </li>
      {run.repeats ? (
        <li>
          {T('desk.count.repeats')}{' '}
          <b class="num" data-count="repeats">
            {figure(run.repeats)}
          </b>
        </li>
      ) : null}
    </ul>
  )
}

export const TIMES = [
  'planned_at',
  'started_at',
  'first_accepted_at',
  'last_accepted_at',
  'verified_at',
  'done_at',
] as const

function Times({ f, run }: { f: Frame; run: RunRow }) {
  const shown = TIMES.filter((name) => run[name])
  if (shown.length === 0) return null
  return (
    <ul class="d-times">
      {shown.map((name) => (
        <li>
          {say(f)(`desk.time.${name}`)}{' '}
          <span data-time={name}>
            <At f={f} at={run[name] as string} exact short />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Pause first: it is the one that can be taken back. */
function Halt({ f, run, allowed, number }: { f: Frame; run: RunRow; allowed: Allowed; number: string }) {
  if (!allowed.stop && !allowed.pause) return null
  return (
    <div class="d-halt">
      <p class="small quiet">{say(f)('desk.run.asks')}</p>
      {allowed.pause ? <Act f={f} number={number} id={run.dispatch_id} verb="pause" /> : null}
      {allowed.stop ? <Act f={f} number={number} id={run.dispatch_id} verb="stop" danger /> : null}
    </div>
  )
}

function Answers({ f, run, number }: { f: Frame; run: RunRow; number: string }) {
  const left = run.planned + run.deferred
  const asked = run.unknown > 0 ? 'unknown' : left > 0 ? 'left' : 'nobody'
  return (
    <div class="d-answers">
      <p>{say(f)(`desk.held.ask.${asked}`, { n: figure(run.unknown || left) })}</p>
      <Act f={f} number={number} id={run.dispatch_id} verb="resume" answer="go-on" />
      {run.unknown > 0 ? (
        <>
          <Act f={f} number={number} id={run.dispatch_id} verb="resume" answer="unknown-again" />
          <Act f={f} number={number} id={run.dispatch_id} verb="resume" answer="leave-unknown" />
        </>
      ) : null}
      {run.why === 'paused' ? <Act f={f} number={number} id={run.dispatch_id} verb="stop" danger /> : null}
    </div>
  )
}

type Verb = 'stop' | 'pause' | 'resume'
function Act(p: { f: Frame; number: string; id: string; verb: Verb; answer?: string; danger?: boolean }) {
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
