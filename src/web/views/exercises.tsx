/** 演练: what to rehearse, how the last ones went, who has not taken part, who gets their mail. */
import { LIMITS, type Scenario } from '../../../templates/exercise/scenarios.ts'
import { type Lang, t } from '../../../templates/words/index.ts'
import type { Exercise, Exercises } from '../../delivery/exercises.ts'
import { MEASURES, type Measure, withinLimit } from '../../delivery/score.ts'
import { MINUTE, SECOND } from '../../lib/clock.ts'
import { At, Empty, IssueList, Refused } from './bits.tsx'
import type { Form } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type ExercisesProps = Form & {
  found: Exercises
  scenarios: readonly Scenario[]
  mayBegin: boolean
  audience: { memberId: string; name: string; email: string; receives: boolean }[] | null
  refused?: string
}

export function ExercisesPage(p: ExercisesProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.exercises')}>
      <h1>{T('desk.exercises')}</h1>
      <p>{T('exercise.what')}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <Standing {...p} />
      {p.mayBegin ? <Scenarios {...p} /> : null}
      <Results {...p} />
      <Missing {...p} />
      {p.audience ? <Audience {...p} audience={p.audience} /> : null}
    </Page>
  )
}

/** When it was last rehearsed; a lapse is said, and stops nobody. */
function Standing({ f, found }: ExercisesProps) {
  const T = say(f)
  if (!found.last) return <p class="notice warn">{T('exercise.never')}</p>
  return (
    <p class={found.lapsed ? 'notice warn' : 'notice ok'}>
      {T(found.lapsed ? 'exercise.lapsed' : found.days ? 'exercise.ready' : 'exercise.today', {
        days: found.days ?? 0,
      })}{' '}
      ({T('exercise.last')} <At f={f} at={found.last} />)
    </p>
  )
}

/** On every desk of an office that has lapsed. */
export function LapseNotice({ f, lapse }: { f: Frame; lapse: { lapsed: boolean; days: number | null } }) {
  if (!lapse.lapsed) return null
  const T = say(f)
  return (
    <p class="notice d-lapsed">
      {lapse.days === null ? T('exercise.never') : T('exercise.lapsed', { days: lapse.days })}{' '}
      <a href="/desk/exercises">{T('exercise.to')}</a>
    </p>
  )
}

function Scenarios({ f, scenarios }: ExercisesProps) {
  const T = say(f)
  return (
    <section aria-labelledby="scenarios">
      <h2 class="d-rule" id="scenarios">
        {T('exercise.begin')}
      </h2>
      <ul class="d-rows d-scenarios">
        {scenarios.map((s) => (
          <li>
            <div>
              <strong>{s.name[f.lang === 'en' ? 1 : 0]}</strong>
              <p>{s.story[f.lang === 'en' ? 1 : 0]}</p>
            </div>
            <a
              class="button"
              href={`/desk/flash?mode=exercise&scenario=${s.key}`}
              aria-label={`${T('exercise.start')}: ${s.name[f.lang === 'en' ? 1 : 0]}`}
            >
              {T('exercise.start')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Results({ f, found }: ExercisesProps) {
  const T = say(f)
  return (
    <section aria-labelledby="results">
      <h2 class="d-rule" id="results">
        {T('exercise.results')}
      </h2>
      {found.exercises.length === 0 ? (
        <Empty>{T('exercise.results.none')}</Empty>
      ) : (
        <>
          <section class="scroll" aria-label={T('exercise.results')} tabindex={0}>
            <table class="d-table d-scores">
              <thead>
                <tr>
                  <th scope="col">{T('exercise.column.begun')}</th>
                  <th scope="col">{T('exercise.column.release')}</th>
                  {MEASURES.map((m) => (
                    <th scope="col">
                      {T(`exercise.measure.${m}`)}
                      <br />
                      <small class="quiet">{T('exercise.limit', { span: exactly(f.lang, LIMITS[m]) })}</small>
                    </th>
                  ))}
                  <th scope="col">{T('exercise.column.took')}</th>
                </tr>
              </thead>
              <tbody>
                {found.exercises.map((e) => (
                  <Result f={f} exercise={e} />
                ))}
              </tbody>
            </table>
          </section>
          <p>
            <a href="/desk/exercises.csv">{T('desk.clocks.csv')}</a>
          </p>
        </>
      )}
    </section>
  )
}

function Result({ f, exercise: e }: { f: Frame; exercise: Exercise }) {
  const T = say(f)
  return (
    <tr>
      <td class="num">
        <At f={f} at={e.moments.begun} short />
      </td>
      <td>
        <a href={`/desk/releases/${e.number}`}>{e.title || e.number}</a>
        <br />
        <small class="quiet">
          {e.number} · {T(`desk.state.${e.state}`)}
        </small>
      </td>
      {MEASURES.map((m) => (
        <td class="num">
          <Figure f={f} what={m} ms={e.score[m]} />
        </td>
      ))}
      <td class="num">{e.took}</td>
    </tr>
  )
}

/** By shape and word, not by the colours of warnings. */
function Figure({ f, what, ms }: { f: Frame; what: Measure; ms: number | null }) {
  const T = say(f)
  if (ms === null) return <span class="quiet">{T('exercise.not-rehearsed')}</span>
  const good = withinLimit(what, ms)
  return (
    <span class={good ? undefined : 'late'}>
      <span aria-hidden="true">{good ? '●' : '✕'}</span> {exactly(f.lang, ms)}
      {good ? null : <span> {T('exercise.over')}</span>}
    </span>
  )
}

/** 12.3 s, 3 min 20 s, 2 h 5 min. */
export function exactly(lang: Lang, ms: number): string {
  if (ms < MINUTE) return t(lang, 'exercise.span.s', { s: (ms / SECOND).toFixed(ms < 10 * SECOND ? 1 : 0) })
  const [h, m, s] = [Math.floor(ms / (60 * MINUTE)), Math.floor(ms / MINUTE) % 60, Math.floor(ms / SECOND) % 60]
  if (h) return t(lang, 'desk.span.hours', { h, m })
  return s ? t(lang, 'exercise.span.ms', { m, s }) : t(lang, 'desk.span.minutes', { m })
}

function Missing({ f, found }: ExercisesProps) {
  const T = say(f)
  return (
    <section aria-labelledby="missing">
      <h2 class="d-rule" id="missing">
        {T('exercise.missing')}
      </h2>
      <p>{found.missing.length ? found.missing.join(T('desk.list-comma')) : T('exercise.missing.none')}</p>
    </section>
  )
}

function Audience({ f, audience }: ExercisesProps & { audience: NonNullable<ExercisesProps['audience']> }) {
  const T = say(f)
  return (
    <section aria-labelledby="audience">
      <h2 class="d-rule" id="audience">
        {T('exercise.audience')}
      </h2>
      <p>{T('exercise.audience.what')}</p>
      <form method="post" action="/desk/exercises/audience">
        <fieldset class="d-choices" id="f-memberIds">
          <legend class="visually-hidden">{T('exercise.audience')}</legend>
          {audience.map((m) => (
            <label class="choice">
              <input type="checkbox" name="memberIds" value={m.memberId} checked={m.receives} />
              <span>
                {m.name} <small class="quiet">{m.email}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit">{T('exercise.audience.keep')}</button>
      </form>
    </section>
  )
}
