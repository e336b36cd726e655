/** 请假与代办: who is away until when and who stands in, and a form for one more. */
import { At, Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { type Form, Moment, Select } from './controls.tsx'
import { Page, say } from './frame.tsx'

export type AbsenceLine = {
  id: string
  name: string
  delegate: string
  from: string
  to: string
  running: boolean
  mayEnd: boolean
}
type Props = Form & {
  absences: AbsenceLine[]
  /** Whom an entry may be made for; empty: oneself alone. */
  members: { value: string; label: string }[]
  delegates: { value: string; label: string }[]
  refused?: string
}

export function AbsencePage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.absence')}>
      <div class="d-narrow">
        <h1>{T('desk.absence')}</h1>
        <p>{T('desk.absence.what')}</p>
        <Refused why={p.refused} />
        <IssueList f={p.f} issues={p.issues} />
        {p.absences.length === 0 ? <Empty>{T('desk.absence.none')}</Empty> : null}
        <ul class="d-rows plain">
          {p.absences.map((a) => (
            <li>
              <strong>{a.name}</strong>
              <div>
                <At f={p.f} at={a.from} short /> – <At f={p.f} at={a.to} short />
                {a.running ? <span class="chip changed">{T('desk.absence.now')}</span> : null}
                <p>{T('desk.absence.delegate-is', { name: a.delegate })}</p>
              </div>
              {a.mayEnd ? (
                <form method="post" action={`/desk/account/absence/${a.id}/end`}>
                  <button type="submit" aria-label={`${T('desk.absence.end')}: ${a.name}`}>
                    {T('desk.absence.end')}
                  </button>
                </form>
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
        <h2 class="d-rule">{T('desk.absence.enter')}</h2>
        {p.delegates.length === 0 ? (
          <p class="late">{T('desk.absence.nobody')}</p>
        ) : (
          <form method="post" action="/desk/account/absence" data-keep novalidate>
            <NoEnter />
            {p.members.length ? (
              <Select form={p} name="memberId" label={T('desk.absence.who')} options={p.members} />
            ) : null}
            <Select
              form={p}
              name="delegateId"
              label={T('desk.absence.delegate')}
              none={T('desk.choose')}
              options={p.delegates}
              hint={T('desk.absence.delegate.hint')}
            />
            <Moment form={p} name="startsAt" label={T('desk.absence.from')} />
            <Moment form={p} name="endsAt" label={T('desk.absence.to')} />
            <button type="submit" class="primary">
              {T('desk.absence.do')}
            </button>
          </form>
        )}
      </div>
    </Page>
  )
}
