/** Press conferences: a list with hours and how many come; one with who comes, papers, whether it was held, and the record. */
import type { Linked, Meeting, MeetingLine } from '../../publication/conference.ts'
import type { Attending } from '../../publication/conference-store.ts'
import { At, Empty, IssueList, NoEnter, Refused, State } from './bits.tsx'
import { type Form, Moment } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'

export function ConferencesPage({ f, lines }: { f: Frame; lines: MeetingLine[] }) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.conferences')}>
      <p class="small">
        <a href="/desk/media">{T('desk.media')}</a>
      </p>
      <h1>{T('desk.conferences')}</h1>
      {lines.length === 0 ? <Empty>{T('desk.conferences.none')}</Empty> : null}
      <ul class="d-rows">
        {lines.map((m) => (
          <li>
            <At f={f} at={m.conference.startsAt} />
            <div>
              <a class="title" href={`/desk/conferences/${m.number}`}>
                {f.lang === 'en' ? m.title.en : m.title.zh}
              </a>
              <p>
                {m.conference.place ? <span>{m.conference.place}</span> : null}
                <span>{coming(f, m, m.coming)}</span>
                <Standing f={f} meeting={m} held={m.held} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}

const coming = (f: Frame, { conference }: Meeting, n: number): string =>
  conference.capacity
    ? say(f)('desk.conference.coming.of', { n, capacity: conference.capacity })
    : say(f)('desk.conference.coming', { n })

function Standing({ f, meeting, held }: { f: Frame; meeting: Meeting; held: boolean }) {
  const T = say(f)
  if (meeting.conference.cancelled) return <span class="chip changed">{T('calendar.cancelled')}</span>
  return <span class="chip">{T(held ? 'desk.conference.held.yes' : 'desk.conference.held.not-yet')}</span>
}

type OneProps = Form & {
  meeting: Meeting
  attending: Attending[]
  links: Linked[]
  held: { at: string; by: string } | null
  incident: { number: string; title: string } | null
  mayConfirm: boolean
  mayWrite: boolean
  refused?: string
}

export function ConferencePage(p: OneProps) {
  const { f, meeting: m } = p
  const T = say(f)
  return (
    <Page f={f} title={f.lang === 'en' ? m.title.en : m.title.zh}>
      <p class="small">
        <a href="/desk/conferences">{T('desk.conferences')}</a>
      </p>
      <h1>{f.lang === 'en' ? m.title.en : m.title.zh}</h1>
      <p>
        <strong>
          <At f={f} at={m.conference.startsAt} />
          {m.conference.endsAt ? (
            <>
              {' – '}
              <At f={f} at={m.conference.endsAt} short />
            </>
          ) : null}
        </strong>{' '}
        {m.conference.place} <a href={`/desk/releases/${m.number}`}>{T('desk.conference.release')}</a>{' '}
        {p.incident ? <a href={`/desk/incidents/${p.incident.number}`}>{p.incident.title}</a> : null}
      </p>
      <Refused why={p.refused} />
      <IssueList f={f} issues={p.issues} />
      <div class="d-columns">
        <div>
          <h2 class="d-rule">
            {T('desk.conference.who')} · {coming(f, m, p.attending.length)}
          </h2>
          {p.attending.length === 0 ? <Empty>{T('desk.conference.nobody')}</Empty> : null}
          <ol class="d-links">
            {p.attending.map((a) => (
              <li>
                <strong>{a.name}</strong> · {a.outlet}{' '}
                <span class="small quiet">
                  <At f={f} at={a.askedAt} short />
                </span>
              </li>
            ))}
          </ol>
          <Linking {...p} relation="paper-of" name="papers" />
          <Linking {...p} relation="transcript-of" name="record" />
          {p.mayWrite ? (
            <form method="post" action={`/desk/conferences/${m.number}/transcript`}>
              <button type="submit">{T('desk.conference.record.write')}</button>
            </form>
          ) : null}
        </div>
        <div class="d-side">
          <Held {...p} />
        </div>
      </div>
    </Page>
  )
}

function Linking(p: OneProps & { relation: string; name: 'papers' | 'record' }) {
  const T = say(p.f)
  const of = p.links.filter((l) => l.relation === p.relation)
  return (
    <>
      <h2 class="d-rule">{T(`desk.conference.${p.name}`)}</h2>
      {of.length === 0 ? <Empty>{T(`desk.conference.${p.name}.none`)}</Empty> : null}
      <ul class="d-links">
        {of.map((l) => (
          <li>
            <a href={`/desk/releases/${l.number}`}>{l.title || T('desk.sealed.title', { number: l.number })}</a>{' '}
            <span class="number">{l.number}</span> <State f={p.f} state={l.state} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Held(p: OneProps) {
  const T = say(p.f)
  const { conference } = p.meeting
  const begun = conference.startsAt <= p.f.now
  return (
    <section>
      <h2>{T('desk.conference.held')}</h2>
      {p.held ? (
        <p>
          <strong>{T('desk.conference.held.yes')}</strong> <At f={p.f} at={p.held.at} />
          <br />
          <span class="small quiet">
            {T('desk.conference.confirmed-by')} {p.held.by}
          </span>
        </p>
      ) : (
        <p>
          {T(
            conference.cancelled
              ? 'calendar.cancelled'
              : begun
                ? 'desk.conference.held.ask'
                : 'desk.conference.held.not-yet',
          )}
        </p>
      )}
      {!p.held && begun && !conference.cancelled && p.mayConfirm ? (
        <form method="post" action={`/desk/conferences/${p.meeting.number}/held`} novalidate>
          <NoEnter />
          <p class="small">{T('desk.conference.held.what')}</p>
          <Moment form={p} name="heldAt" label={T('desk.conference.held.at')} />
          <button type="submit" class="primary">
            {T('desk.conference.held.do')}
          </button>
        </form>
      ) : null}
    </section>
  )
}
