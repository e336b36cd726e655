/** Named contacts and channels worked by hand, as an office keeps them. */
import type { Contact } from '../../audience/contact-store.ts'
import type { ManualChannelRow } from '../../delivery/manual-store.ts'
import { dialled } from '../../lib/phone.ts'
import { At, Empty, figure, IssueList, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form, Line, Select } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type Place = { code: string; name: string; depth: number }
export type ContactsProps = Form & {
  agency: { id: string; name: string; own: boolean }
  agencies: { id: string; name: string }[]
  contacts: Contact[]
  places: Place[]
  mayKeep: boolean
  refused?: string
}

const HERE = '/desk/office/contacts'
const query = (p: { agency: ContactsProps['agency'] }): string => (p.agency.own ? '' : `?agency=${p.agency.id}`)

export function ContactsPage(p: ContactsProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('contacts.title')} wide>
      <h1>
        {T('contacts.title')} · {p.agency.name}
      </h1>
      <p>{T('contacts.what')}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <div class="d-columns">
        <div>
          <h2 class="d-rule">{T('contacts.list', { n: figure(p.contacts.length) })}</h2>
          {p.contacts.length === 0 ? <Empty>{T('contacts.empty')}</Empty> : null}
          <ul class="d-roll">
            {p.contacts.map((c) => (
              <One {...p} one={c} />
            ))}
          </ul>
        </div>
        <div class="d-side">
          <Agencies {...p} />
          {p.mayKeep ? <Keep {...p} /> : null}
        </div>
      </div>
    </Page>
  )
}

function One(p: ContactsProps & { one: Contact }) {
  const { one: c, places, f } = p
  const T = say(f)
  const names = c.areas.map((code) => places.find((x) => x.code === code)?.name ?? code)
  return (
    <li>
      <span class="place">{names.join(T('desk.list-comma'))}</span>
      <span>
        <strong>{c.name}</strong> {c.role ? <span class="quiet">{c.role}</span> : null}{' '}
        {c.mode === 'exercise' ? <span class="chip changed">{T('desk.mode.exercise')}</span> : null}
      </span>
      <a class="call" href={`tel:${dialled(c.phone)}`}>
        {c.phone}
      </a>
      <span class="small quiet">{c.email}</span>
      {p.mayKeep ? (
        <a class="button" href={`${HERE}/${c.subscriber_id}`}>
          {T('contacts.change')}
          <span class="visually-hidden"> {c.name}</span>
        </a>
      ) : null}
    </li>
  )
}

function Agencies({ f, agencies, agency }: ContactsProps) {
  if (agencies.length < 2) return null
  return (
    <section>
      <h2>{say(f)('contacts.agencies')}</h2>
      <ul class="d-tree">
        {agencies.map((a) => (
          <li>
            <a href={`${HERE}?agency=${a.id}`} aria-current={a.id === agency.id ? 'page' : undefined}>
              {a.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Keep(p: ContactsProps) {
  const T = say(p.f)
  return (
    <>
      <section>
        <h2>{T('contacts.add')}</h2>
        <form method="post" action={HERE + query(p)} novalidate>
          <NoEnter />
          <ContactFields {...p} fresh />
          <button type="submit" class="primary">
            {T('contacts.add.do')}
          </button>
        </form>
      </section>
      <section>
        <h2>{T('contacts.sheet')}</h2>
        <p class="small">{T('contacts.sheet.what')}</p>
        <form method="post" action={`${HERE}/import${query(p)}`} enctype="multipart/form-data">
          <div class="field">
            <label for="f-file">{T('contacts.sheet.file')}</label>
            <input type="file" id="f-file" name="file" accept=".csv,text/csv" />
          </div>
          <p class="d-buttons">
            <button type="submit">{T('contacts.import')}</button>
            <a class="button" href={`${HERE}.csv${query(p)}`}>
              {T('contacts.export')}
            </a>
          </p>
        </form>
      </section>
    </>
  )
}

function ContactFields(p: Form & { f: Frame; places: Place[]; fresh?: boolean }) {
  const T = say(p.f)
  return (
    <>
      <Line form={p} name="name" label={T('contacts.name')} max={60} />
      <Line form={p} name="role" label={T('contacts.role')} max={60} />
      <Line form={p} name="phone" label={T('field.phone')} type="tel" max={40} />
      <Line form={p} name="email" label={T('contacts.email')} type="email" max={254} />
      <Choices
        form={p}
        name="areas"
        label={T('contacts.areas')}
        class="d-areas"
        options={p.places.map((x) => ({ value: x.code, label: x.name, depth: x.depth }))}
      />
      <Select
        form={p}
        name="language"
        label={T('contacts.language')}
        options={(['zh-CN', 'mn-Mong-CN', 'en'] as const).map((l) => ({ value: l, label: T(`field.${l}`) }))}
      />
      {p.fresh ? (
        <Select
          form={p}
          name="mode"
          label={T('contacts.mode')}
          options={(['live', 'exercise'] as const).map((m) => ({ value: m, label: T(`contacts.mode.${m}`) }))}
        />
      ) : null}
    </>
  )
}

export function ContactPage(p: Form & { id: number; name: string; places: Place[]; refused?: string }) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={p.name}>
      <h1>{p.name}</h1>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <form method="post" action={`${HERE}/${p.id}`} class="d-narrow" novalidate>
        <NoEnter />
        <ContactFields {...p} />
        <p class="d-buttons">
          <button type="submit" class="primary">
            {T('contacts.save')}
          </button>
          <a class="button" href={HERE}>
            {T('contacts.title')}
          </a>
        </p>
      </form>
      <h2 class="d-rule">{T('contacts.delete')}</h2>
      <p>{T('contacts.delete.what')}</p>
      <form method="post" action={`${HERE}/${p.id}/delete`}>
        <button type="submit" class="danger">
          {T('contacts.delete')}
        </button>
      </form>
    </Page>
  )
}

export function ChannelsPage(p: Form & { channels: ManualChannelRow[]; refused?: string }) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('channels.title')}>
      <h1>{T('channels.title')}</h1>
      <p>{T('channels.what')}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      {p.channels.length === 0 ? <Empty>{T('channels.empty')}</Empty> : null}
      <ul class="d-rows">
        {p.channels.map((c) => (
          <li>
            <At f={p.f} at={c.created_at} short />
            <strong>{c.name}</strong>
            <form method="post" action={`/desk/office/channels/${c.id}/end`}>
              <button type="submit">
                {T('channels.end')}
                <span class="visually-hidden"> {c.name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      <h2>{T('channels.add')}</h2>
      <form method="post" action="/desk/office/channels" class="d-narrow" novalidate>
        <NoEnter />
        <Line form={p} name="name" label={T('channels.name')} hint={T('channels.name.hint')} max={60} />
        <button type="submit" class="primary">
          {T('channels.add.do')}
        </button>
      </form>
    </Page>
  )
}
