/** Alarms: what is wrong, since when, who has it in hand. */
import type { AlarmRow } from '../../store/alarm.ts'
import { At, Empty, span } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type AlarmLine = AlarmRow & { href?: string; ownerName?: string }
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
          <p class="small">
            {T('desk.alarm.since')} <At f={f} at={a.since} short /> ·{' '}
            {span(f.lang, Date.parse(f.now) - Date.parse(a.since))}
            {a.href ? (
              <>
                {' '}
                · <a href={a.href}>{T('desk.alarm.look')}</a>
              </>
            ) : null}
          </p>
          <p class="small">{T(`desk.alarm.${a.cause}.do`)}</p>
          {a.acknowledged_at ? (
            <p class="small quiet">{T('desk.alarm.owner', { name: a.ownerName ?? '' })}</p>
          ) : mayAcknowledge ? (
            <form method="post" action={`/desk/alarms/${a.id}/acknowledge`}>
              <input type="hidden" name="back" value={back} />
              <button type="submit">{T('desk.alarm.acknowledge')}</button>
            </form>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

export function AlarmsPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.alarms')}>
      <h1>{T('desk.alarms')}</h1>
      {p.alarms.length ? <AlarmRows {...p} /> : <Empty>{T('desk.alarms.empty')}</Empty>}
    </Page>
  )
}
