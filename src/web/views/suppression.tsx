/** The suppression list: a form for one address, and the entries, which name nobody. */
import type { SuppressionRow } from '../../audience/suppression-store.ts'
import { At, Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { type Form, Line, Select } from './controls.tsx'
import { Page, say } from './frame.tsx'

export type Found = { entry: SuppressionRow | null }
type Entry = SuppressionRow & { by: string | null }
type Props = Form & { entries: Entry[]; found?: Found; refused?: string }

const PAGE = 100

export function SuppressionPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.suppression')}>
      <h1>{T('desk.suppression')}</h1>
      <p>{T('desk.suppression.what')}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <form method="post" action="/desk/office/suppression" class="d-narrow" novalidate>
        <NoEnter />
        <Line form={p} name="address" label={T('desk.suppression.address')} type="email" />
        {p.found ? <Answer {...p} found={p.found} /> : null}
        <Select
          form={p}
          name="reason"
          label={T('desk.suppression.reason')}
          options={(['asked', 'office'] as const).map((r) => ({ value: r, label: T(`desk.suppression.reason.${r}`) }))}
        />
        <p class="d-buttons">
          <button type="submit" name="do" value="look-up">
            {T('desk.suppression.look-up')}
          </button>
          <button type="submit" name="do" value="add" class="primary">
            {T('desk.suppression.add')}
          </button>
        </p>
      </form>
      <h2 class="d-rule">{T('desk.suppression.entries')}</h2>
      {p.entries.length === 0 ? <Empty>{T('desk.suppression.empty')}</Empty> : null}
      <ul class="d-rows">
        {p.entries.map((e) => (
          <Line1 f={p.f} entry={e} />
        ))}
      </ul>
      {p.entries.length === PAGE ? (
        <p>
          <a href={`/desk/office/suppression?before=${p.entries.at(-1)?.id}`}>{T('desk.suppression.older')}</a>
        </p>
      ) : null}
    </Page>
  )
}

function Answer({ f, found }: Props & { found: Found }) {
  const T = say(f)
  if (!found.entry) return <p role="status">{T('desk.suppression.not-found')}</p>
  return (
    <p role="status" class="late">
      {T('desk.suppression.found', { reason: T(`desk.suppression.reason.${found.entry.reason}`) })}{' '}
      <At f={f} at={found.entry.since} /> · <code>{short(found.entry.id)}</code>
    </p>
  )
}

function Line1({ f, entry: e }: { f: Props['f']; entry: Entry }) {
  const T = say(f)
  return (
    <li>
      <At f={f} at={e.since} short />
      <div>
        {T(`desk.suppression.reason.${e.reason}`)} · {T(`desk.suppression.kind.${e.kind}`)} · <code>{short(e.id)}</code>
        <p class="small quiet">{e.by === null ? T('desk.suppression.by-system') : e.by}</p>
      </div>
      <form method="post" action={`/desk/office/suppression/${e.id}/lift`}>
        <button type="submit" aria-label={`${T('desk.suppression.lift')}: ${short(e.id)}`}>
          {T('desk.suppression.lift')}
        </button>
      </form>
    </li>
  )
}

/** The end of an id, enough to find the entry that was looked up in the list. */
const short = (id: string): string => id.slice(-8)
