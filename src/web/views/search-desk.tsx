/** What was found at the desk, with the words that were asked for marked. */
import type { Piece } from '../../publication/excerpt.ts'
import type { InsideFound } from '../../publication/search-inside.ts'
import { About, At, Empty, Refused, State } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type SearchDeskProps = { f: Frame; q: string; found: InsideFound; refused?: string }

export function SearchDeskPage(p: SearchDeskProps) {
  const T = say(p.f)
  const { hits, incidents, more } = p.found
  return (
    <Page f={p.f} title={p.q ? `${T('desk.search')} ${p.q}` : T('desk.search')}>
      <h1>{T('desk.search')}</h1>
      <search>
        <form method="get" action="/desk/search" class="d-search whole">
          <label for="search-q">{T('desk.search.label')}</label>
          <input id="search-q" type="search" name="q" value={p.q} autocomplete="off" enterkeyhint="search" />
          <button type="submit" class="primary">
            {T('desk.search.do')}
          </button>
        </form>
      </search>
      <Refused why={p.refused} />
      {p.q && !p.refused && hits.length + incidents.length === 0 ? (
        <Empty>{T('desk.search.none', { q: p.q })}</Empty>
      ) : null}
      {incidents.length ? (
        <section aria-labelledby="found-incidents">
          <h2 class="d-rule" id="found-incidents">
            {T('desk.incidents')}
          </h2>
          <ul class="d-rows">
            {incidents.map(({ row, title, near }) => (
              <li>
                <At f={p.f} at={row.known_at} short />
                <div>
                  <a class="title" href={`/desk/incidents${near ? '/' : '#'}${row.number}`}>
                    <Pieces pieces={title} />
                  </a>
                  <p>
                    <span class="number">{row.number}</span>
                    {row.mode === 'live' ? null : <b class="chip changed">{T(`desk.mode.${row.mode}`)}</b>}
                  </p>
                </div>
                <span class="chip">{T(row.closed_at ? 'public.incident.closed' : 'public.incident.open')}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {hits.length ? <Releases {...p} /> : null}
      {more ? <p class="hint">{T('desk.search.more')}</p> : null}
      {p.q ? null : <p class="hint">{T('desk.search.hint')}</p>}
    </Page>
  )
}

function Releases({ f, found }: SearchDeskProps) {
  const T = say(f)
  return (
    <section aria-labelledby="found-releases">
      <h2 class="d-rule" id="found-releases">
        {T('desk.releases')}
      </h2>
      <ul class="d-rows">
        {found.hits.map(({ release: r, title, excerpt, how }) => (
          <li>
            <At f={f} at={r.updated_at} short />
            <div>
              <a class="title" href={`/desk/releases/${r.number}`}>
                {title.length ? <Pieces pieces={title} /> : T('desk.search.untold', { number: r.number })}
              </a>
              {excerpt.length ? (
                <p class="d-excerpt">
                  <span>
                    <Pieces pieces={excerpt} />
                  </span>
                </p>
              ) : null}
              <p>
                <About f={f} {...r} />
                {how === 'document' && r.document_number ? <mark>{r.document_number}</mark> : null}
              </p>
            </div>
            <State f={f} state={r.state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const Pieces = ({ pieces }: { pieces: Piece[] }) => (
  <>{pieces.map((piece) => (piece.hit ? <mark>{piece.text}</mark> : piece.text))}</>
)
