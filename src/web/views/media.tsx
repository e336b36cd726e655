/** Accredited journalists as the desk sees them: the list and the form, one of them, the copies of one release. */
import type { Journalist } from '../../audience/journalist.ts'
import { plus } from '../../lib/clock.ts'
import type { NamedRead } from '../../publication/media-store.ts'
import { At, Empty, figure, Hash, IssueList, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form, Line, Select } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { DecideAccreditation } from './media-decide.tsx'

export type JournalistLine = Journalist & {
  sessions: number
  standing: 'proposed' | 'invited' | 'active' | 'suspended' | 'run-out'
  /** Proposed by the reader: they may take it back, never agree to it. */
  mine: boolean
}
type Props = Form & {
  journalists: JournalistLine[]
  mayAccredit: boolean
  refused?: string
  handed?: { name: string; link: string; expiresAt: string }
  found?: NamedRead
}

const HERE = '/desk/media'

export function JournalistsPage(p: Props) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.media')} wide>
      <h1>{T('desk.media')}</h1>
      <p>
        {T('desk.media.what')} <a href="/desk/conferences">{T('desk.conferences.link')}</a>
      </p>
      <Refused why={p.refused} />
      {p.handed ? <Handed f={p.f} handed={p.handed} /> : null}
      <IssueList f={p.f} issues={p.issues} />
      {p.found ? <Found f={p.f} found={p.found} /> : null}
      <div class="d-columns">
        <div>
          <h2 class="d-rule">{T('desk.media.list', { n: figure(p.journalists.length) })}</h2>
          {p.journalists.length === 0 ? <Empty>{T('desk.media.empty')}</Empty> : null}
          <ul class="d-media">
            {p.journalists.map((j) => (
              <One {...p} one={j} />
            ))}
          </ul>
        </div>
        <div class="d-side">
          <CopyForm {...p} />
          {p.mayAccredit ? <Accredit {...p} /> : null}
        </div>
      </div>
    </Page>
  )
}

function Handed({ f, handed }: { f: Frame; handed: NonNullable<Props['handed']> }) {
  return (
    <div class="notice ok" role="status">
      <p>
        {say(f)('desk.media.link', { name: handed.name })} <At f={f} at={handed.expiresAt} />
      </p>
      <p>
        <code class="d-break">{handed.link}</code>
      </p>
    </div>
  )
}

function Found({ f, found }: { f: Frame; found: NamedRead }) {
  const { copy, name, outlet, number } = found
  return (
    <p class="notice ok" role="status">
      {say(f)('desk.media.copy.found', { copy, name, outlet, number })} <At f={f} at={found.at} /> ·{' '}
      {say(f)(`desk.media.what.${found.what}`)}
    </p>
  )
}

function One(p: Props & { one: JournalistLine }) {
  const { one: j, f } = p
  const T = say(f)
  const out = j.standing === 'suspended' || j.standing === 'run-out'
  return (
    <li>
      <p>
        <a href={`${HERE}/${j.id}`}>
          <strong>{j.name}</strong>
        </a>{' '}
        · {j.outlet} <span class={out ? 'chip out' : 'chip'}>{T(`desk.media.state.${j.standing}`)}</span>
        {j.sessions ? <span class="chip">{T('desk.media.sessions', { n: j.sessions })}</span> : null}
      </p>
      <p class="small quiet">
        {j.email} · {T('desk.media.valid')} <At f={f} at={plus(j.valid_until, -1)} /> ·{' '}
        {j.terms_at ? (
          <>
            {T('desk.media.terms')} <At f={f} at={j.terms_at} />
          </>
        ) : (
          T('desk.media.terms.none')
        )}
      </p>
      {p.mayAccredit && j.standing === 'proposed' ? <DecideAccreditation f={f} one={j} /> : null}
      {p.mayAccredit && j.standing !== 'proposed' ? <Acts f={f} one={j} out={out} /> : null}
    </li>
  )
}

function Acts({ f, one: j, out }: { f: Frame; one: JournalistLine; out: boolean }) {
  const T = say(f)
  const named = <span class="visually-hidden"> {j.name}</span>
  const post = (path: string, key: string) => (
    <form method="post" action={`${HERE}/${j.id}/${path}`}>
      <button type="submit">
        {T(key)}
        {named}
      </button>
    </form>
  )
  return (
    <div class="d-buttons">
      {out ? null : (
        <form method="post" action={`${HERE}/${j.id}/invitation`} class="d-buttons">
          <button type="submit" name="by" value="mail">
            {T('desk.media.again')}
            {named}
          </button>
          <button type="submit" name="by" value="hand">
            {T('desk.media.again.hand')}
            {named}
          </button>
        </form>
      )}
      {j.sessions ? post('sessions', 'desk.media.end-sessions') : null}
      {j.state === 'suspended'
        ? post('reinstatement', 'desk.media.reinstate')
        : post('suspension', 'desk.media.suspend')}
    </div>
  )
}

function CopyForm(p: Props) {
  const T = say(p.f)
  return (
    <section>
      <h2>{T('desk.media.copy')}</h2>
      <form method="post" action={`${HERE}/copy`} novalidate>
        <Line form={p} name="copy" label={T('desk.media.copy.label')} hint={T('desk.media.copy.hint')} max={40} />
        <button type="submit">{T('desk.media.copy.do')}</button>
      </form>
    </section>
  )
}

function Accredit(p: Props) {
  const T = say(p.f)
  return (
    <section>
      <h2>{T('desk.media.add')}</h2>
      <form method="post" action={HERE} novalidate>
        <NoEnter />
        <Line form={p} name="name" label={T('desk.media.name')} max={80} />
        <Line form={p} name="outlet" label={T('desk.media.outlet')} max={80} />
        <Line form={p} name="email" label={T('desk.media.email')} type="email" max={254} />
        <Line form={p} name="validUntil" label={T('desk.media.until')} type="date" />
        <Select
          form={p}
          name="language"
          label={T('desk.media.language')}
          options={(['zh-CN', 'en'] as const).map((l) => ({ value: l, label: T(`field.${l}`) }))}
        />
        <Choices
          form={{ ...p, fields: p.fields.get('by') ? p.fields : new Map([...p.fields, ['by', ['mail']]]) }}
          name="by"
          label={T('desk.media.by')}
          radio
          options={(['mail', 'hand'] as const).map((b) => ({ value: b, label: T(`desk.media.by.${b}`) }))}
        />
        <button type="submit" class="primary">
          {T('desk.media.add.do')}
        </button>
      </form>
    </section>
  )
}

type OneProps = Form & { journalist: Journalist; reads: NamedRead[]; mayAccredit: boolean }

export function JournalistPage(p: OneProps) {
  const { f, journalist: j, reads } = p
  const T = say(f)
  return (
    <Page f={f} title={j.name} wide>
      <p>
        <a href={HERE}>{T('desk.media')}</a>
      </p>
      <h1>
        {j.name} · {j.outlet}
      </h1>
      <p>
        {j.email} · {T('desk.media.valid')} <At f={f} at={plus(j.valid_until, -1)} />
        {j.terms_at ? (
          <>
            {' · '}
            {T('desk.media.terms')} {j.terms_version} <At f={f} at={j.terms_at} />
          </>
        ) : null}
      </p>
      <IssueList f={f} issues={p.issues} />
      {p.mayAccredit ? (
        <form method="post" action={`${HERE}/${j.id}/validity`} class="d-narrow d-media-day" novalidate>
          <Line form={p} name="validUntil" label={T('desk.media.until')} type="date" />
          <button type="submit">{T('desk.media.renew')}</button>
        </form>
      ) : null}
      <h2 class="d-rule">{T('desk.media.reads.mine')}</h2>
      <Copies f={f} reads={reads} by="release" />
    </Page>
  )
}

export function CopiesPage({ f, number, reads }: { f: Frame; number: string; reads: NamedRead[] }) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.media.reads.of', { number })} wide>
      <p>
        <a href={`/desk/releases/${number}`}>{number}</a>
      </p>
      <h1>{T('desk.media.reads.of', { number })}</h1>
      <p>{T('desk.media.reads.what')}</p>
      <Copies f={f} reads={reads} by="journalist" />
    </Page>
  )
}

function Copies({ f, reads, by }: { f: Frame; reads: NamedRead[]; by: 'release' | 'journalist' }) {
  const T = say(f)
  if (reads.length === 0) return <Empty>{T('desk.media.reads.none')}</Empty>
  return (
    <table class="d-copies">
      <thead>
        <tr>
          <th scope="col">{T('desk.media.reads.when')}</th>
          <th scope="col">{T(by === 'release' ? 'desk.media.reads.release' : 'desk.media.reads.who')}</th>
          <th scope="col">{T('desk.media.reads.thing')}</th>
          <th scope="col">{T('desk.media.copy.label')}</th>
          <th scope="col">{T('public.receipt.hash')}</th>
        </tr>
      </thead>
      <tbody>
        {reads.map((r) => (
          <tr>
            <td>
              <At f={f} at={r.at} exact />
            </td>
            <td>
              {by === 'release' ? (
                <a href={`/desk/releases/${r.number}`}>{r.number}</a>
              ) : (
                <>
                  {r.name} · {r.outlet}
                </>
              )}
            </td>
            <td>
              {T(`desk.media.what.${r.what}`)} · {T('desk.revision', { n: r.revision })}
            </td>
            <td>
              <code>{r.copy}</code>
            </td>
            <td>
              <Hash hash={r.revision_hash} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
