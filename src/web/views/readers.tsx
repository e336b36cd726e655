/** 阅看记录: who has opened the text before it was public, and whether it is kept to some. */
import { At, Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form } from './controls.tsx'
import { Page, say } from './frame.tsx'

export type ReaderLine = { name: string; times: number; last: string; revision: number }
export type OpeningLine = { name: string; at: string; revision: number; place: string }
type Props = Form & {
  number: string
  title: string
  readers: ReaderLine[]
  openings: OpeningLine[]
  limited: { by: string; at: string; named: string[] } | null
  /** Colleagues who are kept out unless named. */
  colleagues: { value: string; label: string }[]
  mayLimit: boolean
  refused?: string
}

export function ReadersPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={`${T('desk.readers')} ${p.number}`}>
      <p class="d-sub">
        <a href={`/desk/releases/${p.number}`}>{p.number}</a> {p.title}
      </p>
      <h1>{T('desk.readers')}</h1>
      <p class="hint">{T('desk.readers.what')}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <Limit {...p} />
      <h2 class="d-rule">{T('desk.readers.who', { n: p.readers.length })}</h2>
      {p.readers.length === 0 ? <Empty>{T('desk.readers.none')}</Empty> : null}
      <ul class="d-rows plain">
        {p.readers.map((r) => (
          <li>
            <strong>{r.name}</strong>
            <div>{T('desk.readers.times', { n: r.times, revision: r.revision })}</div>
            <At f={p.f} at={r.last} />
          </li>
        ))}
      </ul>
      {p.openings.length ? (
        <details>
          <summary>{T('desk.readers.each', { n: p.openings.length })}</summary>
          <ol class="d-readings">
            {p.openings.map((o) => (
              <li>
                <At f={p.f} at={o.at} /> {o.name} · {T('desk.revision', { n: o.revision })} ·{' '}
                {T(`desk.place.${o.place}`)}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </Page>
  )
}

function Limit(p: Props) {
  const T = say(p.f)
  const { limited } = p
  return (
    <section class="d-narrow" aria-labelledby="limit-head">
      <h2 class="d-rule" id="limit-head">
        {T(limited ? 'desk.limit.on' : 'desk.limit.off')}
      </h2>
      {limited ? (
        <p>
          {T('desk.limit.by', { name: limited.by })} <At f={p.f} at={limited.at} />
          {limited.named.length ? (
            <span> · {T('desk.limit.named', { names: limited.named.join(T('desk.list-comma')) })}</span>
          ) : null}
        </p>
      ) : null}
      <p class="hint">{T('desk.limit.what')}</p>
      {p.mayLimit ? (
        <form method="post" action={`/desk/releases/${p.number}/readers`}>
          <NoEnter />
          {p.colleagues.length ? (
            <Choices form={p} name="readers" label={T('desk.limit.readers')} options={p.colleagues} />
          ) : null}
          <p class="d-buttons">
            <button type="submit" name="limited" value="yes">
              {T(limited ? 'desk.limit.change' : 'desk.limit.do')}
            </button>
            {limited ? (
              <button type="submit" name="limited" value="no">
                {T('desk.limit.lift')}
              </button>
            ) : null}
          </p>
        </form>
      ) : null}
    </section>
  )
}
