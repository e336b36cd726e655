/** The days ahead as a list: what comes on each, when, and where to look. */
import { dayName } from '../../../templates/page/site.ts'
import type { Coming } from '../../publication/forward.ts'
import { About, At, Empty, State } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { Due } from './queue.tsx'

/** made-up: a weekend day that is worked · unknown: nobody has said yet whether it is worked. */
export type DayKind = 'plain' | 'weekend' | 'holiday' | 'made-up' | 'unknown'
export type ComingDay = { day: string; kind: DayKind; today: boolean; coming: Coming[] }
export type CalendarDeskProps = {
  f: Frame
  days: ComingDay[]
  late: Coming[]
  earlier: string | null
  later: string
  unknown?: string
}

export function CalendarDeskPage(p: CalendarDeskProps) {
  const T = say(p.f)
  const any = p.days.some((d) => d.coming.length) || p.late.length
  return (
    <Page f={p.f} title={T('desk.calendar')}>
      <h1>{T('desk.calendar')}</h1>
      <p class="d-sub quiet">{T('desk.calendar.what')}</p>
      {p.unknown ? <p class="notice">{p.unknown}</p> : null}
      {any ? null : <Empty>{T('desk.calendar.none')}</Empty>}
      {p.late.length ? (
        <section class="d-day late-day" aria-labelledby="late">
          <h2 id="late" class="late">
            {T('desk.calendar.late')}
          </h2>
          <Lines f={p.f} coming={p.late} days />
        </section>
      ) : null}
      {p.days.map((d) => (
        <Day f={p.f} day={d} />
      ))}
      <nav class="pages" aria-label={T('desk.calendar')}>
        {p.earlier ? <a href={`/desk/calendar?from=${p.earlier}`}>{T('desk.calendar.earlier')}</a> : null}{' '}
        <a href={`/desk/calendar?from=${p.later}`}>{T('desk.calendar.later')}</a>
      </nav>
    </Page>
  )
}

function Day({ f, day: d }: { f: Frame; day: ComingDay }) {
  const T = say(f)
  const mark = d.kind === 'holiday' || d.kind === 'made-up' ? T(`desk.calendar.${d.kind}`) : ''
  return (
    <section class={`d-day ${d.kind}${d.coming.length ? '' : ' bare'}`} aria-labelledby={`day-${d.day}`}>
      <h2 id={`day-${d.day}`}>
        <time datetime={d.day}>{dayName(`${d.day}T00:00:00Z`, '+00:00', f.lang)}</time>
        {d.today ? <b class="chip duty">{T('desk.calendar.today')}</b> : null}
        {mark ? <b class="chip">{mark}</b> : null}
      </h2>
      {d.coming.length ? <Lines f={f} coming={d.coming} /> : null}
    </section>
  )
}

function Lines({ f, coming, days = false }: { f: Frame; coming: Coming[]; days?: boolean }) {
  return (
    <ul class="d-rows">
      {coming.map((one) => (
        <li>
          <At f={f} at={one.at} short={days} time={!days} />
          <div>
            <a class="title" href={hrefOf(one)}>
              {nameOf(f, one)}
            </a>
            <p>
              <strong>{wordOf(f, one)}</strong>
              {one.place ? <span>{one.place}</span> : null}
              {one.what === 'clock' ? <Due f={f} due={one.at} /> : null}
              {one.release ? <About f={f} {...one.release} /> : null}
            </p>
          </div>
          {one.release ? <State f={f} state={one.release.state} /> : <span />}
        </li>
      ))}
    </ul>
  )
}

const wordOf = (f: Frame, one: Coming): string =>
  one.what === 'clock' ? say(f)(`desk.clock.${one.rule}`) : say(f)(`desk.calendar.${one.what}`)

function nameOf(f: Frame, one: Coming): string {
  const T = say(f)
  if (one.release) return one.title || T('desk.search.untold', { number: one.release.number })
  const { subject } = one
  if (!subject) return wordOf(f, one)
  return ((f.lang === 'en' && subject.titleEn) || subject.titleZh || subject.number) as string
}

function hrefOf(one: Coming): string {
  if (one.release) return `/desk/releases/${one.release.number}`
  const { subject } = one
  if (subject?.kind === 'incident') return `/desk/incidents/${subject.number}`
  if (subject?.kind === 'release') return `/desk/releases/${subject.number}`
  return '/desk/clocks'
}
