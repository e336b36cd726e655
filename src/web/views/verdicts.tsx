/** What deciders wrote, newest first. */
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type Opinion = {
  name: string
  step: string
  verdict: string
  opinion: string
  at: string
  /** Recorded on the telephone, and whether the signer has said under their own login that it was theirs. */
  byPhone: 'waits' | 'confirmed' | null
  behalfOf: string | null
  revision: number
}
export function Opinions({ f, opinions }: { f: Frame; opinions: Opinion[] }) {
  const T = say(f)
  const said = opinions.filter((o) => o.opinion)
  if (said.length === 0) return null
  return (
    <section>
      <h2 class="d-rule">{T('desk.opinions')}</h2>
      <ul class="d-opinions">
        {said.map((o) => (
          <li>
            <p>
              <strong>{o.name}</strong>
              {o.behalfOf ? <span> {T('desk.behalf', { name: o.behalfOf })}</span> : null} · {o.step} ·{' '}
              {T(`desk.verdict-of.${o.verdict}`)} · {T('desk.revision', { n: o.revision })} · <At f={f} at={o.at} />
              {o.byPhone ? (
                <span class="chip changed">
                  {T(o.byPhone === 'waits' ? 'desk.phone.mark.waits' : 'desk.phone.mark')}
                </span>
              ) : null}
            </p>
            <blockquote>{o.opinion}</blockquote>
          </li>
        ))}
      </ul>
    </section>
  )
}
