/** Any two revisions of a release beside each other: which, and what is different between them. */
import { At, Hash, NoEnter } from './bits.tsx'
import { type Change, Changes } from './changes.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type RevisionLine = {
  ordinal: number
  hash: string
  savedBy: string
  savedAt: string
  marks: ('published' | 'agreed')[]
}
export type CompareProps = {
  f: Frame
  number: string
  title: string
  revisions: RevisionLine[]
  from: RevisionLine | null
  to: RevisionLine
  changes: Change[]
}

export function ComparePage(p: CompareProps) {
  const T = say(p.f)
  const { from, to } = p
  return (
    <Page f={p.f} title={`${T('desk.compare')} ${p.number}`}>
      <p class="d-sub">
        <a href={`/desk/releases/${p.number}`}>{p.number}</a> {p.title}
      </p>
      <h1>{T('desk.compare')}</h1>
      {p.revisions.length < 2 ? null : (
        <form method="get" action={`/desk/releases/${p.number}/changes`} class="d-compare">
          <NoEnter />
          <Pick {...p} name="from" chosen={from?.ordinal ?? 0} />
          <Pick {...p} name="to" chosen={to.ordinal} />
          <button type="submit">{T('desk.compare.do')}</button>
        </form>
      )}
      {from ? (
        <>
          <dl class="facts">
            <Side f={p.f} name={T('desk.compare.from')} revision={from} />
            <Side f={p.f} name={T('desk.compare.to')} revision={to} />
          </dl>
          <h2 class="d-rule">{T('desk.since.n', { n: p.changes.length })}</h2>
          <p class="hint">
            <del>{T('desk.diff.out.word')}</del> {T('desk.diff.out.says')} <ins>{T('desk.diff.in.word')}</ins>{' '}
            {T('desk.diff.in.says')}
          </p>
          <div class="d-compared">
            <Changes f={p.f} changes={p.changes} />
          </div>
        </>
      ) : (
        <p class="d-empty">{T('desk.compare.one')}</p>
      )}
    </Page>
  )
}

function Pick(p: CompareProps & { name: 'from' | 'to'; chosen: number }) {
  const T = say(p.f)
  return (
    <div class="field">
      <label for={p.name}>{T(`desk.compare.${p.name}`)}</label>
      <select id={p.name} name={p.name}>
        {p.revisions.map((r) => (
          <option value={String(r.ordinal)} selected={r.ordinal === p.chosen}>
            {[T('desk.revision', { n: r.ordinal }), ...r.marks.map((m) => T(`desk.compare.${m}`)), r.savedBy].join(
              ' · ',
            )}
          </option>
        ))}
      </select>
    </div>
  )
}

const Side = ({ f, name, revision: r }: { f: Frame; name: string; revision: RevisionLine }) => (
  <>
    <dt>{name}</dt>
    <dd>
      <b>{say(f)('desk.revision', { n: r.ordinal })}</b> <Hash hash={r.hash} /> · {r.savedBy}{' '}
      <At f={f} at={r.savedAt} />
    </dd>
  </>
)
