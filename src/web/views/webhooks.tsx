/** Receivers of webhooks: what each is sent, how it answered last, and the form for a new one. */

import { causeOf } from '../../delivery/cause.ts'
import { KINDS, LANES, URGENCIES } from '../../desk/content.ts'
import { At, Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form, Line, type Option, Select } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { type Last, LastLine } from './last-line.tsx'

export type ReceiverLine = {
  id: string
  name: string
  host: string
  mode: string
  state: string
  /** What it is limited to, in words. */
  only: string[]
  mine: boolean
  oldUntil: string | null
  tested: { at: string; as: string } | null
  last: Last | null
}
type Props = Form & {
  receivers: ReceiverLine[]
  manage: boolean
  topics: Option[]
  areas: Option[]
  secret?: string
  refused?: string
}

export function WebhooksPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.webhooks')}>
      <p>
        <a href="/desk/outlets">{T('desk.outlets')}</a>
      </p>
      <h1>{T('desk.webhooks')}</h1>
      <p>
        {T('desk.webhooks.what')} <a href="/api/webhooks">{T('desk.webhooks.doc')}</a>
      </p>
      <Refused why={p.refused} />
      {p.secret ? (
        <div class="notice ok" role="status">
          <p>{T('desk.webhook.secret')}</p>
          <p>
            <code>{p.secret}</code>
          </p>
        </div>
      ) : null}
      <IssueList f={p.f} issues={p.issues} />
      {p.receivers.length === 0 ? <Empty>{T('desk.webhooks.empty')}</Empty> : null}
      <ul class="d-rows plain">
        {p.receivers.map((r) => (
          <Receiver {...p} receiver={r} />
        ))}
      </ul>
      {p.manage ? <NewReceiver {...p} /> : null}
    </Page>
  )
}

function Receiver({ f, receiver: r, manage }: Props & { receiver: ReceiverLine }) {
  const T = say(f)
  const waiting = r.state === 'proposed'
  return (
    <li>
      <strong>{r.name}</strong>
      <div>
        <p>
          <code>{r.host}</code>
          <span>{T(`desk.webhook.mode.${r.mode}`)}</span>
          {r.only.length ? (
            <span>
              {T('desk.webhook.only')} {r.only.join(T('desk.list-comma'))}
            </span>
          ) : null}
        </p>
        <LastLine f={f} outlet="webhook" last={r.last} />
        {r.tested ? <Tested f={f} tested={r.tested} /> : null}
        {r.oldUntil && r.oldUntil > f.now ? (
          <p>
            {T('desk.webhook.rotated')} <At f={f} at={r.oldUntil} />
          </p>
        ) : null}
        {manage ? (
          <div class="d-buttons d-webhook-acts">
            {waiting && !r.mine ? <Act f={f} r={r} act="approve" primary /> : null}
            <Act f={f} r={r} act="test" />
            <Act f={f} r={r} act="rotate" />
            <Act f={f} r={r} act="end" />
          </div>
        ) : null}
      </div>
      <span class={waiting ? 'chip changed' : 'chip'}>{T(`desk.webhook.state.${r.state}`)}</span>
    </li>
  )
}

function Tested({ f, tested }: { f: Frame; tested: { at: string; as: string } }) {
  const T = say(f)
  const taken = tested.as === 'accepted'
  return (
    <p class={taken ? undefined : 'late'}>
      <span>
        {T('desk.webhook.tested')}: {T(`desk.hub.state.${taken ? 'accepted' : 'failed'}`)}{' '}
        <At f={f} at={tested.at} short />
      </span>
      {taken ? null : (
        <span>
          {T(`cause.${causeOf('webhook', 'failed', tested.as)}`)} ({tested.as})
        </span>
      )}
    </p>
  )
}

function Act(p: { f: Frame; r: ReceiverLine; act: 'approve' | 'test' | 'rotate' | 'end'; primary?: boolean }) {
  const label = say(p.f)(`desk.webhook.${p.act}`)
  return (
    <form method="post" action={`/desk/outlets/webhooks/${p.r.id}/${p.act}`}>
      <button type="submit" class={p.primary ? 'primary' : undefined} aria-label={`${label}: ${p.r.name}`}>
        {label}
      </button>
    </form>
  )
}

function NewReceiver(p: Props) {
  const T = say(p.f)
  const options = (values: readonly string[], words: string) =>
    values.map((value) => ({ value, label: T(`${words}.${value}`) }))
  return (
    <details class="d-fold" open={p.fields.size > 0}>
      <summary>{T('desk.webhook.new')}</summary>
      <form method="post" action="/desk/outlets/webhooks" class="d-narrow" novalidate>
        <NoEnter />
        <Line form={p} name="name" label={T('desk.webhook.name')} max={80} />
        <Line form={p} name="url" label={T('desk.webhook.url')} type="url" placeholder="https://" />
        <Select
          form={p}
          name="mode"
          label={T('desk.webhook.mode')}
          options={options(['live', 'exercise'], 'desk.webhook.mode')}
        />
        <Select
          form={p}
          name="lane"
          label={T('desk.webhook.lane')}
          none={T('desk.webhook.lane.any')}
          options={options(LANES, 'desk.lane')}
        />
        <Select
          form={p}
          name="urgency"
          label={T('desk.webhook.urgency')}
          options={options([...URGENCIES].reverse(), 'public.urgency')}
        />
        <Choices form={p} name="kinds" label={T('desk.webhook.kinds')} options={options(KINDS, 'public.kind')} />
        {p.topics.length ? (
          <Choices form={p} name="topics" label={T('desk.webhook.topics')} options={p.topics} />
        ) : null}
        {p.areas.length ? (
          <details>
            <summary>{T('desk.webhook.by-area')}</summary>
            <Choices form={p} name="areas" label={T('desk.webhook.areas')} options={p.areas} />
          </details>
        ) : null}
        <p class="hint">{T('desk.webhook.add.hint')}</p>
        <button type="submit" class="primary">
          {T('desk.webhook.add')}
        </button>
      </form>
    </details>
  )
}
