/** 签收: who has signed for what now stands, and above them who has not, to be rung up place by place. */
import type { Asked } from '../../delivery/acknowledge-store.ts'
import { dialled } from '../../lib/phone.ts'
import { About, At, Empty, figure, Refused, span } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type AskedLine = Asked & { link: string | null; recordedByName: string | null }
export type RollProps = {
  f: Frame
  release: { number: string; title: string; kind: string; lane: string; mode: string }
  edition: number | null
  asked: AskedLine[]
  /** The release names the manual outlet, or has asked before. */
  mayRecord: boolean
  mayKeep: boolean
  refused?: string
}

export function RollPage(p: RollProps) {
  const T = say(p.f)
  const unsigned = p.asked.filter((a) => !a.at)
  const signed = p.asked.filter((a) => a.at)
  return (
    <Page f={p.f} title={`${T('roll.title')} ${p.release.number}`} wide>
      <p class="d-sub">
        <About f={p.f} {...p.release} />
        {p.edition ? <span>{T('public.edition', { number: p.edition })}</span> : null}
      </p>
      <h1>
        {T('roll.title')} · {p.release.title}
      </h1>
      <Refused why={p.refused} />
      <p class="d-buttons d-by-hand">
        <a class="button" href={`/desk/releases/${p.release.number}`}>
          {T('kit.back')}
        </a>
        <a class="button" href={`/desk/releases/${p.release.number}/kit`}>
          {T('kit.title')}
        </a>
      </p>
      {p.asked.length === 0 ? <Nobody {...p} /> : null}
      {p.asked.length > 0 ? (
        <p class="told">
          <strong class="num">
            {figure(signed.length)} / {figure(p.asked.length)}
          </strong>{' '}
          {T('roll.signed')}
          {signed.some((a) => a.recordedBy) ? (
            <span class="quiet"> {T('roll.by-hand', { n: signed.filter((a) => a.recordedBy).length })}</span>
          ) : null}
        </p>
      ) : null}
      {unsigned.length > 0 ? (
        <section aria-labelledby="unsigned">
          <h2 class="d-rule" id="unsigned">
            {T('roll.unsigned', { n: unsigned.length })}
          </h2>
          <ul class="d-roll">
            {unsigned.map((a) => (
              <Unsigned {...p} one={a} />
            ))}
          </ul>
        </section>
      ) : null}
      {signed.length > 0 ? (
        <section aria-labelledby="signed">
          <h2 class="d-rule" id="signed">
            {T('roll.done', { n: signed.length })}
          </h2>
          <ul class="d-roll">
            {signed.map((a) => (
              <Signed {...p} one={a} />
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  )
}

function Nobody(p: RollProps) {
  const T = say(p.f)
  return (
    <>
      <Empty>{T(p.edition ? 'roll.nobody' : 'roll.not-asked')}</Empty>
      {p.mayKeep ? (
        <p>
          <a href="/desk/office/contacts">{T('contacts.title')}</a>
        </p>
      ) : null}
    </>
  )
}

const placesOf = (f: Frame, a: Asked): string =>
  a.areas.map((p) => (f.lang === 'en' ? p.en || p.zh : p.zh) || p.code).join(say(f)('desk.list-comma'))

function Person({ f, one: a }: { f: Frame; one: AskedLine }) {
  const T = say(f)
  return (
    <>
      <span class="place">{placesOf(f, a)}</span>
      <span>
        <strong>{a.name ?? T('roll.deleted')}</strong> {a.role ? <span class="quiet">{a.role}</span> : null}
      </span>
    </>
  )
}

function Unsigned(p: RollProps & { one: AskedLine }) {
  const { f, one: a } = p
  const T = say(f)
  return (
    <li>
      <Person f={f} one={a} />
      {a.phone ? (
        <a class="call" href={`tel:${dialled(a.phone)}`}>
          {a.phone}
        </a>
      ) : (
        <span />
      )}
      <span class="late num">{T('roll.since', { span: span(f.lang, Date.parse(f.now) - Date.parse(a.askedAt)) })}</span>
      {p.mayRecord && a.name !== null ? (
        <form method="post" action={`/desk/releases/${p.release.number}/acknowledgements/${a.id}`}>
          <button type="submit">
            {T('roll.record')}
            <span class="visually-hidden"> {a.name}</span>
          </button>
        </form>
      ) : null}
      {a.link ? (
        <details>
          <summary>
            {T('roll.link')}
            <span class="visually-hidden"> {a.name}</span>
          </summary>
          <code id={`link-${a.id}`}>{a.link}</code>{' '}
          <button type="button" hidden data-copy={`#link-${a.id}`} data-copied={T('kit.copied')}>
            {T('kit.copy')}
            <span class="visually-hidden"> {a.name}</span>
          </button>
        </details>
      ) : null}
    </li>
  )
}

function Signed(p: RollProps & { one: AskedLine }) {
  const { f, one: a } = p
  const T = say(f)
  return (
    <li>
      <Person f={f} one={a} />
      <span class="fine">
        ✓ <At f={f} at={a.at as string} short />
      </span>
      <span class="small quiet">
        {a.recordedByName === null ? T('roll.own') : T('roll.recorded', { name: a.recordedByName })}
        {a.note ? ` · ${a.note}` : ''}
      </span>
    </li>
  )
}
