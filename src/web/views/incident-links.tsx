/** What an incident's page lists of releases about it, by what they are, and of public concern. */
import type { OpinionRow } from '../../incident/opinion.ts'
import { Empty, State } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type AboutIt = { number: string; kind: string; title: string; state: string; isPublic: boolean }
export type LinksProps = { f: Frame; about: AboutIt[]; opinions: OpinionRow[] }

const GROUPS: [name: string, of: (kind: string) => boolean][] = [
  ['reports', (k) => k.startsWith('incident-')],
  ['warning', (k) => k === 'warning'],
  ['response', (k) => k === 'response'],
  ['press-conference', (k) => k === 'press-conference'],
  ['clarification', (k) => k === 'clarification'],
]
const groupOf = (kind: string): string => GROUPS.find(([, of]) => of(kind))?.[0] ?? 'other'

export function LinksPart({ f, about, opinions }: LinksProps) {
  const T = say(f)
  const groups = Map.groupBy(about, (r) => groupOf(r.kind))
  return (
    <section id="about-it" aria-labelledby="about-it-head">
      <h2 class="d-rule" id="about-it-head">
        {T('desk.about-it')}
      </h2>
      {about.length + opinions.length === 0 ? <Empty>{T('desk.about-it.none')}</Empty> : null}
      {[...GROUPS.map(([name]) => name), 'other'].map((name) => {
        const of = groups.get(name)
        return of ? (
          <>
            <h3>{T(`desk.about-it.${name}`)}</h3>
            <ul class="d-links">
              {of.map((r) => (
                <Row f={f} release={r} />
              ))}
            </ul>
          </>
        ) : null
      })}
      {opinions.length ? (
        <>
          <h3>{T('desk.about-it.opinions')}</h3>
          <ul class="d-links">
            {opinions.map((o) => (
              <li>
                <a href={`/desk/opinions/${o.number}`}>{o.title}</a> <span class="number">{o.number}</span>{' '}
                <span class="chip">{T(`desk.opinion.state.${o.state}`)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

function Row({ f, release: r }: { f: Frame; release: AboutIt }) {
  const T = say(f)
  return (
    <li>
      <a href={`/desk/releases/${r.number}`}>{r.title || T('desk.sealed.title', { number: r.number })}</a>{' '}
      <span class="number">{r.number}</span> <State f={f} state={r.state} />
      {r.kind === 'press-conference' && r.isPublic ? (
        <>
          {' '}
          <a class="small" href={`/desk/conferences/${r.number}`}>
            {T('desk.conference.who')}
          </a>
        </>
      ) : null}
    </li>
  )
}
