/** 紧急发布: five boxes, an area, the next update, who can sign, on one screen of a phone. */
import type { Issue } from '../../lib/errors.ts'
import type { Able } from '../../review/signers.ts'
import { IssueList, idOf, NoEnter, Refused } from './bits.tsx'
import { type Form, Line, Moment, Select, Text } from './controls.tsx'
import type { AreaChoice, Choice } from './draft.tsx'
import { dialled, People } from './draft-side.tsx'
import { FalseAlarmFields } from './false-alarm.tsx'
import { type Fields, first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'
import { PlaceFold } from './place-picker.tsx'
import { Due } from './queue.tsx'

export type FlashProps = Form & {
  f: Frame
  fields: Fields
  issues: Issue[]
  incidents: Choice[]
  areas: AreaChoice[]
  people: Able[]
  /** Set once the draft has been saved. */
  release: { number: string; version: number } | null
  /** First information is due by then. */
  due: string | null
  refused?: string
}

const BOXES = ['whenWhere', 'facts', 'actions', 'advice'] as const

export function FlashPage(p: FlashProps) {
  const T = say(p.f)
  const errors = p.issues.filter((i) => i.severity === 'error').length
  const exercise = first(p.fields, 'core.mode') === 'exercise'
  return (
    <Page f={p.f} title={T('desk.flash')} plain>
      <h1 class="visually-hidden">{T('desk.flash')}</h1>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <form method="post" action="/desk/flash" class="d-flash" data-keep novalidate>
        <NoEnter />
        <input type="hidden" name="release" value={p.release?.number ?? ''} />
        <input type="hidden" name="version" value={String(p.release?.version ?? '')} />
        <input type="hidden" name="core.mode" value={first(p.fields, 'core.mode') || 'live'} />
        <div class="d-pair">
          <Moment form={p} name="core.knownAt" />
          <p class="d-left">
            {T('desk.clock.first-information')} {p.due ? <Due f={p.f} due={p.due} /> : T('desk.flash.due')}
          </p>
        </div>
        <Event {...p} />
        <Line form={p} name="parts.zh-CN.title" lang="zh-CN" max={120} />
        {BOXES.map((b) => (
          <Text form={p} name={`parts.zh-CN.blocks.${b}`} label={T(`block.${b}`)} lang="zh-CN" rows={2} />
        ))}
        <Line form={p} name="core.contacts.0.phone" label={T('field.phone')} type="tel" also="core.contacts" />
        <div class="d-pair ends">
          <PlaceFold form={p} name="core.areas" areas={p.areas} />
          <Moment form={p} name="core.nextUpdateAt" />
        </div>
        <FalseAlarmFields form={p} language="zh-CN" flash />
        <div class="d-send">
          <p class="d-found-n">
            {errors ? (
              <a class="late" href="#issue-list">
                {T('desk.tally.issues', { n: errors })}
              </a>
            ) : (
              T('desk.flash.checked')
            )}{' '}
            ·{' '}
            <a href={`/desk/flash?mode=${exercise ? 'live' : 'exercise'}`}>
              {T(exercise ? 'desk.flash.to-live' : 'desk.flash.to-exercise')}
            </a>
          </p>
          <button type="submit" class="decisive" name="do" value="submit">
            {T('desk.flash.submit')}
          </button>
          <button type="submit" name="do" value="save">
            {T('desk.save')}
          </button>
          <Signers {...p} />
        </div>
      </form>
    </Page>
  )
}

/** Whom to call first, one tap away; the others behind the count. */
function Signers({ f, people }: FlashProps) {
  const T = say(f)
  const nearest = people.find((x) => x.phone)
  return (
    <div class="d-who-signs">
      {nearest ? (
        <a class="d-call" href={`tel:${dialled(nearest.phone)}`}>
          <span aria-hidden="true">☎</span> {T('desk.flash.call', { name: nearest.name })}{' '}
          <span class="num">{nearest.phone}</span>
        </a>
      ) : null}
      <details>
        <summary class={people.length ? undefined : 'late'}>{T('desk.able', { n: people.length })}</summary>
        <People f={f} people={people} />
      </details>
    </div>
  )
}

/** An incident that is running, or a new one by its name. */
function Event(p: FlashProps) {
  const T = say(p.f)
  return (
    <div class="d-pair" id={idOf('core.incident')}>
      <Select form={p} name="core.incidentId" options={p.incidents} none={T('desk.flash.new-incident')} />
      <Select
        form={p}
        name="incident.class"
        label={T('desk.incident.class')}
        options={['natural', 'accident', 'health', 'security'].map((c) => ({ value: c, label: T(`desk.class.${c}`) }))}
      />
    </div>
  )
}
