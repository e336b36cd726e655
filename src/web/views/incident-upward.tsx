/** 上报登记 on an incident's page: each report with its receipt and what was corrected, a new one, and what the ladder asks. */

import { MEANS, type Upward } from '../../incident/upward.ts'
import type { UpwardRow } from '../../incident/upward-store.ts'
import { At, Empty, NoEnter } from './bits.tsx'
import { type Form, Line, Moment, Select } from './controls.tsx'
import { localTime } from './fields.ts'
import { say } from './frame.tsx'

export type UpwardProps = Form & {
  incidentId: string
  upward: Upward[]
  /** Casualties have changed since the last one. */
  behind: boolean
  names: Map<string, string>
  mayRegister: boolean
}

export function UpwardPart(p: UpwardProps) {
  const T = say(p.f)
  return (
    <section id="upward" aria-labelledby="upward-head">
      <h2 class="d-rule" id="upward-head">
        {T('desk.upward')}
      </h2>
      <p class="small quiet">{T('desk.upward.what')}</p>
      {p.behind ? <p class="notice warn">{T('desk.upward.behind')}</p> : null}
      {p.upward.length === 0 ? <Empty>{T('desk.upward.none')}</Empty> : null}
      <ol class="d-upward">
        {p.upward.map((one) => (
          <One {...p} one={one} />
        ))}
      </ol>
      {p.mayRegister ? <New {...p} /> : null}
    </section>
  )
}

function One(p: UpwardProps & { one: Upward }) {
  const T = say(p.f)
  const { entry, corrected, receipt } = p.one
  const n = Number(entry.ordinal)
  return (
    <li id={`upward-${entry.id}`}>
      <p>
        <strong>
          <At f={p.f} at={entry.reported_at} />
        </strong>{' '}
        {n === 1 ? T('desk.upward.first') : T('desk.upward.follow', { n: n - 1 })}
      </p>
      <Entry {...p} entry={entry} />
      <p>
        {T('desk.upward.receipt')}{' '}
        {receipt ? (
          <>
            <At f={p.f} at={receipt.received_at} /> {receipt.number}
          </>
        ) : (
          <span class="quiet">{T('desk.upward.receipt.none')}</span>
        )}
      </p>
      {corrected.map((old) => (
        <div class="small old">
          <p>
            {T('desk.upward.corrected')} <At f={p.f} at={old.reported_at} />
          </p>
          <Entry {...p} entry={old} />
        </div>
      ))}
      {p.mayRegister ? (
        <>
          {receipt ? null : <Receipt {...p} entry={entry} />}
          <Correct {...p} entry={entry} />
        </>
      ) : null}
    </li>
  )
}

const Entry = ({ f, names, entry }: UpwardProps & { entry: UpwardRow }) => (
  <p class="d-entry">
    <span>{entry.recipient}</span>
    <span>{say(f)(`desk.upward.means.${entry.means}`)}</span>
    {entry.number ? <span class="number">{entry.number}</span> : null}
    <span class="small quiet">
      {say(f)('desk.upward.recorded')} {names.get(entry.recorded_by)} <At f={f} at={entry.recorded_at} short />
    </span>
  </p>
)

/** Names of the controls of one form of the page: `suffix` tells the correction of one entry from the next. */
function Fields(p: UpwardProps & { suffix: string }) {
  const T = say(p.f)
  const at = (name: string) => `${name}${p.suffix}`
  return (
    <>
      <Line form={p} name={at('recipient')} label={T('field.recipient')} max={80} />
      <Select
        form={p}
        name={at('means')}
        label={T('field.means')}
        options={MEANS.map((m) => ({ value: m, label: T(`desk.upward.means.${m}`) }))}
      />
      <Moment form={p} name={at('reportedAt')} label={T('field.reportedAt')} />
      <Line form={p} name={at('upwardNumber')} label={`${T('field.upwardNumber')}${T('desk.optional')}`} max={40} />
    </>
  )
}

function New(p: UpwardProps) {
  const T = say(p.f)
  const wrong = p.issues.some((i) => ['recipient', 'means', 'reportedAt', 'upwardNumber'].includes(i.field))
  return (
    <details open={wrong || p.upward.length === 0}>
      <summary>{T('desk.upward.new')}</summary>
      <form method="post" action={`/desk/incidents/${p.incidentId}/upward`} class="d-narrow" data-keep novalidate>
        <NoEnter />
        <Fields {...p} suffix="" />
        <button type="submit">{T('desk.upward.save')}</button>
      </form>
    </details>
  )
}

function Receipt(p: UpwardProps & { entry: UpwardRow }) {
  const T = say(p.f)
  const [at, number] = [`receivedAt.${p.entry.id}`, `receiptNumber.${p.entry.id}`]
  return (
    <details open={p.issues.some((i) => i.field === at || i.field === number)}>
      <summary>{T('desk.upward.receipt.new')}</summary>
      <form
        method="post"
        action={`/desk/incidents/${p.incidentId}/upward/${p.entry.id}/receipt`}
        class="d-narrow"
        novalidate
      >
        <NoEnter />
        <Moment form={p} name={at} label={T('field.receivedAt')} />
        <Line form={p} name={number} label={`${T('field.receiptNumber')}${T('desk.optional')}`} max={40} />
        <button type="submit">{T('desk.upward.receipt.save')}</button>
      </form>
    </details>
  )
}

/** Filled with what stands, so that one thing is changed and not five typed again. */
function Correct(p: UpwardProps & { entry: UpwardRow }) {
  const T = say(p.f)
  const suffix = `.${p.entry.id}`
  const typed = p.fields.has(`recipient${suffix}`)
  const fields = typed ? p.fields : new Map([...p.fields, ...filled(p.entry, suffix, p.f.site.offset)])
  return (
    <details open={typed && p.issues.length > 0}>
      <summary>{T('desk.upward.correct')}</summary>
      <form
        method="post"
        action={`/desk/incidents/${p.incidentId}/upward/${p.entry.id}/correction`}
        class="d-narrow"
        novalidate
      >
        <NoEnter />
        <p class="small">{T('desk.upward.correct.what')}</p>
        <Fields {...p} fields={fields} suffix={suffix} />
        <button type="submit">{T('desk.upward.correct.save')}</button>
      </form>
    </details>
  )
}

const filled = (entry: UpwardRow, suffix: string, offset: string): [string, string[]][] => [
  [`recipient${suffix}`, [entry.recipient]],
  [`means${suffix}`, [entry.means]],
  [`reportedAt${suffix}`, [localTime(entry.reported_at, offset)]],
  [`upwardNumber${suffix}`, [entry.number]],
]
