/** 找错 at the desk: each message with its page, its words and the time left; the answer under it. */
import type { FaultRow, Standing } from '../../desk/fault.ts'
import { At, Empty, IssueList, Refused } from './bits.tsx'
import { type Form, Text } from './controls.tsx'
import { Page, say } from './frame.tsx'

export type FaultLine = FaultRow & { standing: Standing; by: string }
type Props = Form & { open: FaultLine[]; closed: FaultLine[]; mayAnswer: boolean; keepDays: number; refused?: string }

export function FaultsPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.faults')}>
      <h1>{T('desk.faults')}</h1>
      <p>{T('desk.faults.what', { days: p.keepDays })}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      {p.open.length === 0 ? <Empty>{T('desk.faults.empty')}</Empty> : null}
      <ul class="d-rows">
        {p.open.map((fault) => (
          <li id={fault.number}>
            <At f={p.f} at={fault.at} short />
            <div>
              <Said {...p} fault={fault} />
              {p.mayAnswer ? <Answer {...p} fault={fault} /> : null}
            </div>
          </li>
        ))}
      </ul>
      {p.closed.length ? <h2 class="d-rule">{T('desk.faults.closed')}</h2> : null}
      <ul class="d-rows">
        {p.closed.map((fault) => (
          <li id={fault.number}>
            <At f={p.f} at={fault.at} short />
            <div>
              <Said {...p} fault={fault} />
              <p>
                <strong>{T(`gov.fault.state.${fault.state}`)}</strong> {fault.answer}
              </p>
              <p class="small quiet">
                {fault.by} · <At f={p.f} at={fault.answered_at as string} short />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}

function Said({ f, fault }: Props & { fault: FaultLine }) {
  const T = say(f)
  return (
    <>
      <p>
        <strong>{fault.number}</strong> · {T(`gov.fault.what.${fault.what}`)} · <StandingMark f={f} fault={fault} />
      </p>
      <p class="small">
        {T('gov.fault.page')}{' '}
        <a class="d-break" href={f.site.publicUrl + fault.page}>
          {fault.page}
        </a>
      </p>
      <p class="d-words">{fault.body || T('desk.faults.sealed')}</p>
      <p class="small quiet">
        {fault.contact ? `${T('gov.fault.contact')} ${fault.contact}` : T('desk.faults.no-contact')}
      </p>
    </>
  )
}

/** By shape and word: the colours of warnings are for warnings. */
const SHAPES: Record<Standing, string> = { 'on-time': '○', 'due-soon': '◐', met: '●', breached: '✕', unknown: '?' }

function StandingMark({ f, fault }: { f: Props['f']; fault: FaultLine }) {
  const T = say(f)
  return (
    <span class={fault.standing === 'breached' ? 'late' : undefined}>
      <span aria-hidden="true">{SHAPES[fault.standing]}</span> {T(`desk.standing.${fault.standing}`)}
      {fault.due_at && !fault.answered_at ? (
        <>
          {' '}
          {T('desk.faults.due')} <At f={f} at={fault.due_at} />
        </>
      ) : null}
    </span>
  )
}

function Answer(p: Props & { fault: FaultLine }) {
  const T = say(p.f)
  const { id, number } = p.fault
  return (
    <form method="post" action={`/desk/faults/${id}/answer`} class="d-narrow" novalidate>
      <Text
        form={{ ...p, fields: answerFields(p, id) }}
        name={`answer.${id}`}
        label={T('desk.faults.answer')}
        rows={3}
      />
      <p class="d-buttons">
        <button type="submit" name="do" value="answered" aria-label={`${T('desk.faults.do.answered')}: ${number}`}>
          {T('desk.faults.do.answered')}
        </button>
        <button type="submit" name="do" value="refused" aria-label={`${T('desk.faults.do.refused')}: ${number}`}>
          {T('desk.faults.do.refused')}
        </button>
      </p>
    </form>
  )
}

const answerFields = (p: Props, id: string) => new Map([[`answer.${id}`, [...(p.fields.get(`answer.${id}`) ?? [])]]])
