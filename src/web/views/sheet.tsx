/** 保密审查单: the confidentiality review of a revision, to print on A4 and sign by hand where an archive asks for it. */
import { CHECKS, type ConfidentialityRecord } from '../../review/confidentiality.ts'
import { At } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type SheetStep = {
  role: string
  name: string
  verdict: string
  opinion: string
  at: string
  byPhone: boolean
  behalfOf: string | null
}
export type SheetProps = {
  f: Frame
  number: string
  title: string
  agency: string
  kind: string
  revision: number
  hash: string
  attachments: { name: string; sha256: string }[]
  outlets: string[]
  plannedAt: string | null
  submittedAt: string
  record: ConfidentialityRecord | null
  steps: SheetStep[]
}

export function SheetPage(p: SheetProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={`${T('desk.form.confidentiality')} ${p.number}`}>
      <article class="d-form-sheet">
        <h1>{T('desk.form.confidentiality')}</h1>
        <p class="no-print hint">{T('desk.form.print')}</p>
        <table>
          <tbody>
            <Row name={T('desk.form.date')} value={<At f={p.f} at={p.submittedAt} />} />
            <Row name={T('desk.form.unit')} value={p.agency} />
            <Row name={T('field.title')} value={p.title} />
            <Row name={T('desk.form.number')} value={`${p.number} · ${T('desk.revision', { n: p.revision })}`} />
            <Row name={T('desk.carrier')} value={p.record ? T(`desk.carrier.${p.record.carrier}`) : ''} />
            <Row name={T('field.kind')} value={T(`kind.${p.kind}`)} />
            <Row
              name={T('desk.form.outlets')}
              value={p.outlets.map((o) => T(`desk.outlet.${o}`)).join(T('desk.list-comma'))}
            />
            <Row
              name={T('desk.form.time')}
              value={p.plannedAt ? <At f={p.f} at={p.plannedAt} /> : T('desk.form.at-once')}
            />
            <Row name={T('public.receipt.hash')} value={<code>{p.hash}</code>} />
            {p.attachments.map((a) => (
              <Row
                name={T('field.attachments')}
                value={
                  <>
                    {a.name} <code>{a.sha256.slice(0, 16)}…</code>
                  </>
                }
              />
            ))}
            {CHECKS.map((c) => {
              const answer = p.record?.checks[c]
              return (
                <Row
                  name={T(`desk.check.${c}`)}
                  value={answer ? `${T(`desk.check.result.${answer.result}`)} ${answer.note}` : ''}
                />
              )
            })}
            <Row name={T('desk.disclosure')} value={p.record ? T(`desk.disclosure.${p.record.disclosure}`) : ''} />
            <Row name={T('desk.reason')} value={p.record?.reason ? T(`desk.reason.${p.record.reason}`) : ''} />
            <Row name={T('desk.article')} value={p.record?.article ?? ''} />
            <Row name={T('desk.verdict')} value={p.record ? T(`desk.verdict.${p.record.verdict}`) : ''} />
            {p.steps.map((s) => (
              <Row
                name={s.role}
                value={
                  <>
                    {T(`desk.verdict-of.${s.verdict}`)} {s.opinion}
                    <span class="signed">
                      {s.name}
                      {s.behalfOf ? `（${T('desk.behalf', { name: s.behalfOf })}）` : ''}
                      {s.byPhone ? `（${T('desk.phone.mark')}）` : ''} <At f={p.f} at={s.at} />
                    </span>
                  </>
                }
              />
            ))}
          </tbody>
        </table>
      </article>
    </Page>
  )
}

const Row = (p: { name: string; value: unknown }) => (
  <tr>
    <th scope="row">{p.name}</th>
    <td>{p.value as string}</td>
  </tr>
)
