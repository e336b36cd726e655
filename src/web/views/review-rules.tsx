/** 审校规则 of an office: how many proofs, and how long each step may wait. */
import { STEP_ROLES } from '../../review/limit.ts'
import { MOST_PROOFS } from '../../staff/chain.ts'
import { IssueList, NoEnter, Refused, stepName } from './bits.tsx'
import { Choices, type Form, Line } from './controls.tsx'
import { Page, say } from './frame.tsx'

type Props = Form & {
  agency: string
  chain: string[]
  limits: Record<'flash' | 'routine', Record<(typeof STEP_ROLES)[number], number>>
  /** A change of the chain waits for a second administrator. */
  waiting: boolean
  manage: boolean
  refused?: string
}

export function ReviewRulesPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.rules')}>
      <div class="d-narrow">
        <p class="d-sub">
          <a href="/desk/office">{T('desk.office')}</a> {p.agency}
        </p>
        <h1>{T('desk.rules')}</h1>
        <Refused why={p.refused} />
        <IssueList f={p.f} issues={p.issues} />
        <h2 class="d-rule">{T('desk.rules.proofs')}</h2>
        <p>{p.chain.map((s) => stepName(p.f.lang, s)).join(' → ')}</p>
        <p class="hint">{T('desk.rules.proofs.what')}</p>
        {p.waiting ? <p class="notice">{T('desk.rules.waiting')}</p> : null}
        {p.manage ? (
          <form method="post" action="/desk/office/review-rules/proofs" novalidate>
            <Choices
              form={p}
              name="proofs"
              label={T('desk.rules.proofs.n')}
              radio
              options={Array.from({ length: MOST_PROOFS + 1 }, (_, n) => ({
                value: String(n),
                label: T(`desk.rules.proofs.${n}`),
              }))}
            />
            <button type="submit">{T('desk.rules.proofs.do')}</button>
          </form>
        ) : null}
        <h2 class="d-rule">{T('desk.rules.limits')}</h2>
        <p class="hint">{T('desk.rules.limits.what')}</p>
        {p.manage ? <LimitForm {...p} /> : <LimitList {...p} />}
      </div>
    </Page>
  )
}

function LimitForm(p: Props) {
  const T = say(p.f)
  return (
    <form method="post" action="/desk/office/review-rules/limits" data-keep novalidate>
      <NoEnter />
      {(['flash', 'routine'] as const).map((lane) => (
        <fieldset class="field d-limits">
          <legend>{T(`desk.rules.limits.${lane}`)}</legend>
          {STEP_ROLES.map((role) => (
            <Line form={p} name={`${lane}.${role}`} label={T(`role.${role}`)} />
          ))}
        </fieldset>
      ))}
      <button type="submit">{T('desk.rules.limits.do')}</button>
    </form>
  )
}

function LimitList(p: Props) {
  const T = say(p.f)
  return (
    <dl class="facts">
      {(['flash', 'routine'] as const).flatMap((lane) =>
        STEP_ROLES.map((role) => (
          <>
            <dt>
              {T(`desk.rules.limits.${lane}`)} · {T(`role.${role}`)}
            </dt>
            <dd class="num">{p.limits[lane][role]}</dd>
          </>
        )),
      )}
    </dl>
  )
}
