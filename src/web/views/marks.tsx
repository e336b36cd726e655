/** 审校标记: each reader's step with each language, who gave it and when, or who can. */
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type MarkLine = {
  step: string
  language: string
  given: { name: string; at: string; behalfOf?: string } | null
  /** Who is registered for the language and still free to take the step. */
  able: string[]
}

export function Marks({ f, marks }: { f: Frame; marks: MarkLine[] }) {
  const T = say(f)
  if (marks.length === 0) return null
  return (
    <section class="d-marks" aria-labelledby="marks-head">
      <h2 id="marks-head">{T('desk.marks')}</h2>
      <ul>
        {marks.map((m) => (
          <li class={m.given ? 'given' : 'open'}>
            <b>
              <span aria-hidden="true">{m.given ? '✓' : '○'}</span> {m.step} · {T(`field.${m.language}`)}
            </b>{' '}
            {m.given ? (
              <span>
                {m.given.name} {m.given.behalfOf ?? ''} <At f={f} at={m.given.at} short />
              </span>
            ) : m.able.length ? (
              <span class="quiet">{T('desk.marks.waits', { names: m.able.join(T('desk.list-comma')) })}</span>
            ) : (
              <span class="late">{T('desk.marks.nobody')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
