/** Pages before a step that has consequences: quarantine, correcting, withdrawing, taking down, telephone, second looks. */
import type { Language, Over } from '../../desk/content.ts'
import type { Able } from '../../review/signers.ts'
import { At } from './bits.tsx'
import { ConfidentialityFields } from './confidentiality.tsx'
import { ConfirmPage, type ConfirmProps } from './confirm.tsx'
import { Choices, type Form, Line, Select, Text } from './controls.tsx'
import { say } from './frame.tsx'

export type ActProps = Form & { number: string; title: string; refused?: string }

/** What most of these pages have in common. `what` names words desk.act-page.<what>. */
function base(p: ActProps, what: string, says: number): Omit<ConfirmProps, 'children'> {
  const T = say(p.f)
  return {
    f: p.f,
    title: T(`desk.page.${what}`),
    about: `${p.number} ${p.title}`,
    says: Array.from({ length: says }, (_, i) => T(`desk.page.${what}.${i + 1}`)),
    action: `/desk/releases/${p.number}/${what}`,
    button: T(`desk.page.${what}.do`),
    back: `/desk/releases/${p.number}`,
    issues: p.issues,
    refused: p.refused,
  }
}

/** No reason is asked for: the record must not hold a word of it. */
export const QuarantinePage = (p: ActProps) => <ConfirmPage {...base(p, 'quarantine', 4)} decisive />

export function SettlePage(p: ActProps & { reportedAt: string; wasPublic: boolean }) {
  const T = say(p.f)
  return (
    <ConfirmPage {...base(p, 'settle', 3)} decisive>
      <p>
        {T('desk.settle.since')} <At f={p.f} at={p.reportedAt} /> {p.wasPublic ? T('desk.settle.public') : ''}
      </p>
      <Choices
        form={p}
        name="outcome"
        label={T('desk.settle.outcome')}
        radio
        options={['purged', 'lifted'].map((o) => ({ value: o, label: T(`desk.settle.${o}`) }))}
      />
      <Line form={p} name="instruction" label={T('desk.settle.instruction')} hint={T('desk.settle.instruction.hint')} />
    </ConfirmPage>
  )
}

export function CorrectPage(p: ActProps) {
  const T = say(p.f)
  return (
    <ConfirmPage {...base(p, 'correct', 1)}>
      <Choices
        form={p}
        name="type"
        label={T('desk.correct.type')}
        radio
        options={['correction', 'erratum', 'addition'].map((k) => ({
          value: k,
          label: T(`desk.correct.${k}`),
          note: T(`desk.correct.${k}.note`),
        }))}
      />
    </ConfirmPage>
  )
}

export function WithdrawPage(p: ActProps & { languages: Language[] }) {
  const T = say(p.f)
  return (
    <ConfirmPage {...base(p, 'withdraw', 3)} decisive>
      {p.languages.map((l) => (
        <Text
          form={p}
          name={`reasons.${l}`}
          label={`${T('field.withdrawalReason')} · ${T(`field.${l}`)}`}
          lang={l}
          rows={3}
        />
      ))}
    </ConfirmPage>
  )
}

/** 解除预警 / 终止响应: what it is and what it is not, before the words are written. */
export function EndingPage(p: ActProps & { as: Over['as'] }) {
  const T = say(p.f)
  const props = base(p, 'ending', 0)
  const says = [1, 2, 3].map((n) => T(`desk.page.ending.${p.as}.${n}`))
  return (
    <ConfirmPage {...props} title={T(`public.type.${p.as}`)} says={says} button={T(`desk.page.ending.${p.as}.do`)} />
  )
}

export function TakeDownPage(p: ActProps) {
  const T = say(p.f)
  return (
    <ConfirmPage {...base(p, 'take-down', 3)} decisive>
      <Choices
        form={p}
        name="ground"
        label={T('desk.ground')}
        radio
        options={['privacy', 'law'].map((g) => ({ value: g, label: T(`desk.ground.${g}`) }))}
      />
    </ConfirmPage>
  )
}

export const PostReviewPage = (p: ActProps & { edition: number }) => (
  <ConfirmPage {...base(p, 'post-review', 2)}>
    <input type="hidden" name="edition" value={String(p.edition)} />
    <Text form={p} name="opinion" label={say(p.f)('desk.opinion')} rows={4} />
  </ConfirmPage>
)

/** 电话签批: what was said on the telephone, by whom, with the same questions a signer answers. */
export function PhonePage(p: ActProps & { hash: string; people: Able[] }) {
  const T = say(p.f)
  return (
    <ConfirmPage {...base(p, 'phone', 3)} decisive>
      <input type="hidden" name="revisionHash" value={p.hash} />
      <Select
        form={p}
        name="signerId"
        label={T('desk.phone.signer')}
        none={T('desk.choose')}
        options={p.people.map((x) => ({ value: x.memberId, label: `${x.name} ${x.phone}` }))}
      />
      <Text form={p} name="words" label={T('desk.phone.words')} hint={T('desk.phone.words.hint')} rows={3} />
      <ConfidentialityFields form={p} />
    </ConfirmPage>
  )
}
