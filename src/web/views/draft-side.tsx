/** Beside a draft: who is still able to sign, and the words somebody has to look at. */
import type { JudgedHit } from '../../review/judge.ts'
import type { Able as Person } from '../../review/signers.ts'
import { At, Excerpt, fieldName, stepName } from './bits.tsx'
import { type Form, Line, Select } from './controls.tsx'
import { type Frame, say } from './frame.tsx'
import { FileWhere } from './scan-file.tsx'

export type AbleStep = { step: string; role: string; people: Person[] }

export const dialled = (phone: string): string => phone.replace(/[^\d+*#]/g, '')

/** Who can take each step and had no hand in the draft; on duty first, tap to call. */
export function Able(p: { f: Frame; able: AbleStep[]; saved: boolean }) {
  const T = say(p.f)
  const signing = p.able.at(-1)
  if (!signing) return null
  return (
    <section class="d-able">
      <h2 class={signing.people.length ? undefined : 'late'}>{T('desk.able', { n: signing.people.length })}</h2>
      <People f={p.f} people={signing.people} />
      {p.able.slice(0, -1).map((step) => (
        <p class={step.people.length ? 'small' : 'small late'}>
          {stepName(p.f.lang, step.step)}
          {T('desk.colon')}
          {step.people.length ? step.people.map((x) => x.name).join(T('desk.list-comma')) : T('desk.able.nobody')}
        </p>
      ))}
    </section>
  )
}

export function People(p: { f: Frame; people: Person[] }) {
  const T = say(p.f)
  if (p.people.length === 0) return <p class="late">{T('desk.able.none')}</p>
  return (
    <ul class="d-people">
      {p.people.map((x) => (
        <li>
          {x.name}
          {x.onDuty ? <span class="chip duty">{T('desk.on-duty')}</span> : null}
          {x.away ? (
            <span class="small quiet">
              {T('desk.away', { name: x.away.delegate })} <At f={p.f} at={x.away.until} short />
            </span>
          ) : null}
          {x.phone ? <a href={`tel:${dialled(x.phone)}`}>{x.phone}</a> : null}
        </li>
      ))}
    </ul>
  )
}

/** Hits inside the draft form: what is chosen here is kept with the same save. */
export function HitFields({ form, hits, number }: { form: Form; hits: JudgedHit[]; number: string }) {
  const T = say(form.f)
  if (hits.length === 0) return null
  return (
    <section class="d-hits" id="hits" aria-labelledby="hits-head">
      <h2 id="hits-head">{T('desk.hits')}</h2>
      <p class="hint">{T('desk.hits.hint')}</p>
      <ul>
        {hits.map((hit) => (
          <li class={hit.resolution ? 'settled' : `hit-${hit.severity}`}>
            <HitWords f={form.f} hit={hit} number={number} />
            {hit.resolution ? (
              <p class="small quiet">
                {answerWords(form.f, hit, hit.resolution.action)}
                {T('desk.colon')}
                {hit.resolution.note}
              </p>
            ) : (
              <fieldset>
                <legend class="visually-hidden">
                  {[T(`scan.${hit.rule}`), hit.excerpt].filter(Boolean).join(T('desk.colon'))}
                </legend>
                <div class="d-hit">
                  <Select
                    form={form}
                    name={`hit.${hit.key}.action`}
                    label={T('desk.hit.action')}
                    none={T('desk.hit.later')}
                    options={[...hitActions(form.f, hit), ...maskAction(form.f, hit)]}
                  />
                  <Line form={form} name={`hit.${hit.key}.note`} label={T('desk.hit.note')} />
                </div>
              </fieldset>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A blocking hit cannot be kept: it is changed in the text or was no hit. */
export const hitActions = (f: Frame, hit: JudgedHit) =>
  (hit.severity === 'block' ? ['false-hit'] : ['keep', 'false-hit']).map((a) => ({
    value: a,
    label: answerWords(f, hit, a),
  }))

/** What was answered of words is not what is said of a picture somebody looked at. */
export const answerWords = (f: Frame, hit: { file?: unknown }, action: string): string =>
  say(f)(hit.file ? `desk.hit.file.${action}` : `desk.hit.${action}`)

/** Personal data in the text can be masked on the spot; in a file, on the page of its findings. */
const maskAction = (f: Frame, hit: JudgedHit) =>
  hit.scanner === 'personal' && !hit.file ? [{ value: 'mask', label: say(f)('desk.hit.mask') }] : []

export function HitWords({ f, hit, number }: { f: Frame; hit: JudgedHit; number: string }) {
  const T = say(f)
  return (
    <p>
      <strong class={hit.severity === 'block' ? 'late' : undefined}>{T(`scan.${hit.rule}`)}</strong>{' '}
      {hit.file ? (
        <FileWhere f={f} file={hit.file} number={number} />
      ) : (
        <span class="quiet small">{fieldName(f.lang, hit.field)}</span>
      )}
      {hit.excerpt ? (
        <>
          <br />
          <Excerpt hit={hit} />
        </>
      ) : null}
      {hit.suggestion ? <span class="remedy"> {T('desk.hit.instead', { words: hit.suggestion })}</span> : null}
    </p>
  )
}
