/** 紧急发布: five boxes, an area, the next update, who can sign, on one screen of a phone. */
import type { Issue } from '../../lib/errors.ts'
import type { Able } from '../../review/signers.ts'
import { IssueList, idOf, NoEnter } from './bits.tsx'
import { type Form, Line, Moment, Select, Text } from './controls.tsx'
import type { Choice } from './draft.tsx'
import { People } from './draft-side.tsx'
import { FalseAlarmFields } from './false-alarm.tsx'
import { type Fields, first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'
import { Due } from './queue.tsx'

export type FlashProps = Form & {
  f: Frame
  fields: Fields
  issues: Issue[]
  incidents: Choice[]
  areas: Choice[]
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
  return (
    <Page f={p.f} title={T('desk.flash')} plain>
      <h1 class="visually-hidden">{T('desk.flash')}</h1>
      {p.refused ? (
        <p class="notice warn" role="alert">
          {p.refused}
        </p>
      ) : null}
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
        <div class="d-pair">
          <Select form={p} name="core.areas" options={p.areas} none={T('desk.choose')} />
          <Moment form={p} name="core.nextUpdateAt" />
        </div>
        <FalseAlarmFields form={p} language="zh-CN" flash />
        <div class="d-send">
          <button type="submit" class="decisive" name="do" value="submit">
            {T('desk.flash.submit')}
          </button>
          <button type="submit" name="do" value="save">
            {T('desk.save')}
          </button>
          <details class="d-who-signs">
            <summary class={p.people.length ? undefined : 'late'}>{T('desk.able', { n: p.people.length })}</summary>
            <People f={p.f} people={p.people} />
          </details>
        </div>
      </form>
    </Page>
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
