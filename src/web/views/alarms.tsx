/** Alarms: what is wrong, about what, since when, what to do, who has it in hand; and those that are over. */
import type { AlarmRow } from '../../store/alarm.ts'
import { At, Empty, figure, span } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

/** What an alarm is about: its page and its name, and the outlet where it is about one. */
export type About = { href: string; title: string; number?: string; outlet?: string }
export type AlarmLine = AlarmRow & { ownerName: string; about: About | null }
type Props = { f: Frame; alarms: AlarmLine[]; mayAcknowledge: boolean; back: string }

export function AlarmRows({ f, alarms, mayAcknowledge, back }: Props) {
  const T = say(f)
  return (
    <ul class="d-alarms">
      {alarms.map((a) => (
        <li class={a.acknowledged_at ? 'held' : 'open'}>
          <p>
            <strong>{T(`desk.alarm.${a.cause}`)}</strong>
          </p>
          <AboutLine f={f} about={a.about} />
          <p class="small">{T(`desk.alarm.${a.cause}.do`)}</p>
          <p class="small quiet">
            {T('desk.alarm.since')} <At f={f} at={a.since} short /> ·{' '}
            {span(f.lang, Date.parse(f.now) - Date.parse(a.since))}
            <Told f={f} alarm={a} />
          </p>
          <Owner f={f} alarm={a} />
          {!a.acknowledged_at && mayAcknowledge ? (
            <form method="post" action={`/desk/alarms/${a.id}/acknowledge`}>
              <input type="hidden" name="back" value={back} />
              <button type="submit" aria-label={`${T('desk.alarm.acknowledge')}: ${T(`desk.alarm.${a.cause}`)}`}>
                {T('desk.alarm.acknowledge')}
              </button>
            </form>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function AboutLine({ f, about }: { f: Frame; about: About | null }) {
  if (!about) return null
  return (
    <p class="about">
      {about.outlet ? <span>{say(f)(`desk.outlet.${about.outlet}`)}</span> : null}
      <a href={about.href}>{about.title}</a>
      {about.number ? <span class="number">{about.number}</span> : null}
    </p>
  )
}

function Told({ f, alarm }: { f: Frame; alarm: AlarmLine }) {
  if (!alarm.told_at || alarm.told_count === 0) return null
  const T = say(f)
  return (
    <>
      {' '}
      · {T(alarm.told_count === 1 ? 'desk.alarm.told.once' : 'desk.alarm.told', { n: figure(alarm.told_count) })}{' '}
      <At f={f} at={alarm.told_at} short />
    </>
  )
}

function Owner({ f, alarm }: { f: Frame; alarm: AlarmLine }) {
  const T = say(f)
  if (!alarm.acknowledged_at)
    return (
      <p class="small late">
        {alarm.ownerName ? T('desk.alarm.waits-for', { name: alarm.ownerName }) : T('desk.alarm.nobody')}
      </p>
    )
  return (
    <p class="small">
      {T('desk.alarm.owner', { name: alarm.ownerName })} · <At f={f} at={alarm.acknowledged_at} short />
    </p>
  )
}

export function AlarmsPage(p: Props & { over: AlarmLine[]; deskOnly: boolean }) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.alarms')}>
      <h1>{T('desk.alarms')}</h1>
      {p.deskOnly ? <p class="notice warn">{T('desk.alarms.desk-only')}</p> : null}
      {p.alarms.length ? <AlarmRows {...p} /> : <Empty>{T('desk.alarms.empty')}</Empty>}
      <h2 class="d-rule">{T('desk.alarms.cleared')}</h2>
      {p.over.length ? <Over f={p.f} alarms={p.over} /> : <Empty>{T('desk.alarms.cleared.empty')}</Empty>}
    </Page>
  )
}

function Over({ f, alarms }: { f: Frame; alarms: AlarmLine[] }) {
  const T = say(f)
  return (
    <ul class="d-alarms over">
      {alarms.map((a) => (
        <li>
          <p>
            <strong>{T(`desk.alarm.${a.cause}`)}</strong>
          </p>
          <AboutLine f={f} about={a.about} />
          <p class="small quiet">
            {T('desk.alarm.since')} <At f={f} at={a.since} short /> · {T('desk.alarm.cleared')}{' '}
            <At f={f} at={a.cleared_at as string} short /> ·{' '}
            {T('desk.alarm.lasted', { span: span(f.lang, Date.parse(a.cleared_at as string) - Date.parse(a.since)) })}
          </p>
          <p class="small quiet">
            {a.acknowledged_at ? (
              <>
                {T('desk.alarm.taken', { name: a.ownerName })} <At f={f} at={a.acknowledged_at} short />
              </>
            ) : (
              T('desk.alarm.unclaimed')
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
