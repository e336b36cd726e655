/** Beside the text that is decided on: whose it is, what changed since, the words somebody has to look at. */
import { languagesIn } from '../../../templates/page/pick.ts'
import type { JudgedHit } from '../../review/judge.ts'
import { At, Facts, Hash } from './bits.tsx'
import { Changes } from './changes.tsx'
import type { DecideProps } from './decide.tsx'
import { answerWords, HitWords, hitActions } from './draft-side.tsx'
import { type Frame, say } from './frame.tsx'

/** Who wrote it, which draft it is, where and in which languages it will be read. */
export function Whose({ f, revision, edition }: DecideProps) {
  const T = say(f)
  const areas = edition.areas.map((a) => (f.lang === 'en' ? a.name.en || a.name.zh : a.name.zh))
  return (
    <Facts
      rows={[
        [
          T('desk.whose'),
          <>
            {revision.savedBy} <At f={f} at={revision.savedAt} short />
          </>,
        ],
        [
          T('desk.revision.now'),
          <>
            {T('desk.revision', { n: revision.ordinal })} <Hash hash={revision.hash} />
          </>,
        ],
        [T('field.areas'), areas.join(T('desk.list-comma')) || '—'],
        [
          T('desk.languages'),
          languagesIn(edition.content)
            .map((l) => T(`field.${l}`))
            .join(T('desk.list-comma')),
        ],
      ]}
    />
  )
}

export function Since({ f, since, changes, number, revision }: DecideProps) {
  const T = say(f)
  if (!since) return <p class="quiet d-since">{T('desk.since.none')}</p>
  return (
    <details class="d-since" open={changes.length > 0 && changes.length < 12}>
      <summary>
        {T(`desk.since.${since.what}`, { n: since.ordinal })} · <b>{T('desk.since.n', { n: changes.length })}</b>
      </summary>
      <Changes f={f} changes={changes} />
      <p>
        <a href={`/desk/releases/${number}/changes?from=${since.ordinal}&to=${revision.ordinal}`}>
          {T('desk.compare.link')}
        </a>
      </p>
    </details>
  )
}

export function HitList(p: DecideProps) {
  const T = say(p.f)
  if (p.hits.length === 0) return null
  const open = p.hits.filter((h) => !h.resolution).length
  return (
    <section class="d-hits" id="f-hits" aria-labelledby="hits-head">
      <h2 id="hits-head">
        {T('desk.hits')} <span class={open ? 'late' : 'quiet'}>{T('desk.hits.left', { n: open })}</span>
      </h2>
      <ul>
        {p.hits.map((hit) => (
          <li class={hit.resolution ? 'settled' : `hit-${hit.severity}`}>
            <HitWords f={p.f} hit={hit} number={p.number} />
            {hit.resolution ? (
              <p class="small quiet">
                {answerWords(p.f, hit, hit.resolution.action)}
                {T('desk.colon')}
                {hit.resolution.note}
              </p>
            ) : p.mayResolve ? (
              <ResolveForm f={p.f} hit={hit} number={p.number} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function ResolveForm({ f, hit, number }: { f: Frame; hit: JudgedHit; number: string }) {
  const T = say(f)
  const id = `note-${hit.key.slice(0, 12)}`
  return (
    <form method="post" action={`/desk/releases/${number}/hits/${hit.key}`} class="d-hit">
      <div class="field">
        <label for={id}>{T('desk.hit.note')}</label>
        <input id={id} name="note" required />
      </div>
      {hitActions(f, hit).map((a) => (
        <button type="submit" name="action" value={a.value}>
          {a.label}
        </button>
      ))}
    </form>
  )
}
