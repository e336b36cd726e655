/** What the screens of the office share: the way between them, a notice of refusal, a name of a day. */
import type { Child } from 'hono/jsx'
import { withOffset } from '../../lib/clock.ts'
import { IssueList } from './bits.tsx'
import type { Form } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'

/** Screens of the office, in the order of the index. */
export const OFFICE_SCREENS = [
  'people',
  'roster',
  'agency',
  'starts',
  'words',
  'topics',
  'areas',
  'contacts',
  'channels',
  'suppression',
  'outlets',
  'keys',
  'rules',
] as const
export type OfficeScreen = (typeof OFFICE_SCREENS)[number]

const ELSEWHERE: Partial<Record<OfficeScreen, string>> = { people: '/desk/office#people', outlets: '/desk/outlets' }
export const officePath = (screen: OfficeScreen): string => ELSEWHERE[screen] ?? `/desk/office/${screen}`

type Props = {
  form: Form
  screen: OfficeScreen
  /** Whose settings these are, where not the reader's own. */
  whose?: string
  refused?: string | undefined
  children: Child
}

/** A screen under the office: the way back, its name, what it is for, what was refused. */
export function OfficeScreenPage({ form, screen, whose, refused, children }: Props) {
  const T = say(form.f)
  return (
    <Page f={form.f} title={T(`office.${screen}`)} wide>
      <p class="d-back">
        <a href="/desk/office">← {T('desk.office')}</a>
      </p>
      <h1>
        {T(`office.${screen}`)}
        {whose ? <span class="quiet"> · {whose}</span> : null}
      </h1>
      <p class="quiet d-lead">{T(`office.${screen}.what`)}</p>
      {refused ? (
        <p class="notice warn" role="alert">
          {refused}
        </p>
      ) : null}
      <IssueList f={form.f} issues={form.issues} />
      {children}
    </Page>
  )
}

/** 周三, Wed. */
export function weekday(f: Frame, iso: string): string {
  const day = new Date(`${withOffset(iso, f.site.offset).slice(0, 10)}T00:00:00Z`).getUTCDay()
  return say(f)(`office.day.${day}`)
}

export const clockTime = (f: Frame, iso: string): string => withOffset(iso, f.site.offset).slice(11, 16)

/** 周三 20:00–周四 08:00, with the day written again only where it is another. */
export function spanWords(f: Frame, from: string, to: string): string {
  const day = (iso: string) => withOffset(iso, f.site.offset).slice(0, 10)
  const end = clockTime(f, to) === '00:00' ? '24:00' : clockTime(f, to)
  const lastDay = end === '24:00' ? day(new Date(Date.parse(to) - 1).toISOString()) : day(to)
  const tail = lastDay === day(from) ? end : `${weekday(f, new Date(Date.parse(to) - 1).toISOString())} ${end}`
  return `${weekday(f, from)} ${clockTime(f, from)}–${tail}`
}
