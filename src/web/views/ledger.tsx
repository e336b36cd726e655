/** The ledger: its lines, the filters they are found by, whether the chain holds. */
import type { LedgerFault } from '../../ledger/verify.ts'
import { At, Empty, Hash } from './bits.tsx'
import { type Form, Line, Select } from './controls.tsx'
import { Page, say } from './frame.tsx'

export type LedgerLine = {
  seq: number
  at: string
  actor: string
  act: string
  subject: string
  fact: string
  hash: string
}
export type LedgerProps = Form & {
  entries: LedgerLine[]
  checked: { entries: number; head: string; faults: LedgerFault[] } | null
  /** What can be filtered by. */
  acts: string[]
  members: { value: string; label: string }[]
  /** The filters as a query. */
  search: string
  before: number | null
}

export function LedgerPage(p: LedgerProps) {
  const { f, entries, checked, before } = p
  const T = say(f)
  return (
    <Page f={f} title={T('desk.ledger')} wide>
      <h1>{T('desk.ledger')}</h1>
      <p class="quiet">{T('desk.ledger.what')}</p>
      {checked ? (
        <div class={checked.faults.length ? 'notice warn' : 'notice ok'} role="status">
          <p>
            {T(checked.faults.length ? 'desk.ledger.broken' : 'desk.ledger.whole', {
              n: checked.entries,
              seq: checked.faults[0]?.seq ?? 0,
            })}
          </p>
          <p>
            {T('desk.ledger.head')} <code>{checked.head}</code>
          </p>
        </div>
      ) : (
        <p>
          <a class="button" href="/desk/ledger?verify=1">
            {T('desk.ledger.verify')}
          </a>
        </p>
      )}
      <form method="get" action="/desk/ledger" class="d-filter">
        <Select
          form={p}
          name="act"
          label={T('desk.ledger.act')}
          none={T('office.ledger.any')}
          options={p.acts.map((a) => ({ value: a, label: a }))}
        />
        <Select
          form={p}
          name="actor"
          label={T('desk.ledger.actor')}
          none={T('office.ledger.any')}
          options={[{ value: 'system', label: T('desk.system') }, ...p.members]}
        />
        <Line form={p} name="release" label={T('office.ledger.release')} placeholder="2026-000042" />
        <Line form={p} name="from" label={T('office.ledger.from')} type="date" />
        <Line form={p} name="to" label={T('office.ledger.to')} type="date" />
        <button type="submit">{T('office.find')}</button>
      </form>
      <p class="d-links-line">
        <a href={`/desk/ledger.csv?${p.search}`}>{T('office.ledger.csv')}</a>
        <a href={`/desk/ledger.jsonl?${p.search}`}>{T('office.ledger.jsonl')}</a>
      </p>
      {entries.length === 0 ? <Empty>{T('office.ledger.none')}</Empty> : null}
      {entries.length ? <Lines f={f} entries={entries} /> : null}
      {before ? (
        <p class="pages">
          <a href={`/desk/ledger?${p.search ? `${p.search}&` : ''}before=${before}`}>{T('desk.older')}</a>
        </p>
      ) : null}
    </Page>
  )
}

function Lines({ f, entries }: Pick<LedgerProps, 'f' | 'entries'>) {
  const T = say(f)
  return (
    <section class="scroll" aria-label={T('desk.ledger')} tabindex={0}>
      <table class="d-table d-ledger">
        <thead>
          <tr>
            <th scope="col" class="num">
              {T('desk.ledger.seq')}
            </th>
            <th scope="col">{T('desk.ledger.at')}</th>
            <th scope="col">{T('desk.ledger.actor')}</th>
            <th scope="col">{T('desk.ledger.act')}</th>
            <th scope="col">{T('desk.ledger.subject')}</th>
            <th scope="col">{T('desk.ledger.fact')}</th>
            <th scope="col">{T('public.receipt.hash')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((e) => (
            <tr>
              <td class="num">{e.seq}</td>
              <td>
                <At f={f} at={e.at} exact />
              </td>
              <td>{e.actor === 'system' ? T('desk.system') : e.actor}</td>
              <td>
                <code>{e.act}</code>
              </td>
              <td>
                <code>{e.subject}</code>
              </td>
              <td>
                <code>{e.fact === '{}' ? '' : e.fact}</code>
              </td>
              <td>
                <Hash hash={e.hash} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
