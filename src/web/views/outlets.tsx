/** Outlets: which are ready and why one is not; and the letters that could not leave. */
import { hasWords } from '../../../templates/words/index.ts'
import { At, Empty, figure, notSent } from './bits.tsx'
import { Canaries, type CanaryLine } from './canaries.tsx'
import { type Frame, Page, say } from './frame.tsx'

/** Outlets with a page of their own. */
const PAGES: Record<string, { path: string; key: string }> = {
  websub: { path: 'websub', key: 'desk.hub.link' },
  webhook: { path: 'webhooks', key: 'desk.webhooks.link' },
}

export type OutletLine = {
  name: string
  everyone: boolean
  subscribers: number | null
  notReady?: string
  mayTest: boolean
  test: { at: string; outcome: string; why: string; asked_by: string | null } | null
}

type OutletsProps = {
  f: Frame
  outlets: OutletLine[]
  letters: number | null
  canaries: { canaries: CanaryLine[]; mayChange: boolean; invitation?: { url: string } }
}

export function OutletsPage({ f, outlets, letters, canaries }: OutletsProps) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.outlets')}>
      <h1>{T('desk.outlets')}</h1>
      <ul class="d-rows plain">
        {outlets.map((o) => (
          <li>
            <strong>{T(`desk.outlet.${o.name}`)}</strong>
            <div>
              <p>
                {o.everyone
                  ? T('desk.reach.everyone')
                  : T('desk.outlet.subscribers', { n: figure(o.subscribers ?? 0) })}
              </p>
              {PAGES[o.name] ? (
                <p>
                  <a href={`/desk/outlets/${PAGES[o.name]?.path}`}>{T(PAGES[o.name]?.key as string)}</a>
                </p>
              ) : null}
              {o.name === 'manual' ? (
                <p>
                  <a href="/desk/office/contacts">{T('contacts.title')}</a>
                  <a href="/desk/office/channels">{T('channels.title')}</a>
                </p>
              ) : null}
              {o.notReady ? <p class="late">{notSent(f, o.name, o.notReady)}</p> : null}
              <Tested f={f} outlet={o} />
            </div>
            <span class={o.notReady ? 'chip changed' : 'chip'}>
              {T(o.notReady ? 'desk.outlet.not-ready' : 'desk.outlet.ready')}
            </span>
          </li>
        ))}
      </ul>
      {letters === null ? null : (
        <p>
          <a href="/desk/outbox">{T('desk.outbox.link', { n: letters })}</a>
        </p>
      )}
      <Canaries f={f} {...canaries} />
    </Page>
  )
}

/** The last test and the button for another. */
function Tested({ f, outlet: o }: { f: Frame; outlet: OutletLine }) {
  const T = say(f)
  const why = o.test && hasWords(`office.test.why.${o.test.why}`) ? T(`office.test.why.${o.test.why}`) : o.test?.why
  return (
    <>
      {o.test ? (
        <p class={o.test.outcome === 'accepted' ? undefined : 'late'}>
          {T(o.test.asked_by ? 'office.test.last' : 'office.test.weekly')} <At f={f} at={o.test.at} /> ·{' '}
          {T([`office.test.${o.name}.${o.test.outcome}`].find(hasWords) ?? `office.test.${o.test.outcome}`)}
          {why ? ` · ${why}` : ''}
        </p>
      ) : null}
      {o.mayTest && o.name === 'manual' ? (
        <p>
          <a class="button" href="/desk/outlets/manual/test">
            {T('office.test.kit.open')}
          </a>
          <span class="hint">{T('office.test.what.manual')}</span>
        </p>
      ) : null}
      {o.mayTest && o.name !== 'manual' ? (
        <form method="post" action={`/desk/outlets/${o.name}/test`}>
          <p>
            <button type="submit">
              {T('office.test.do')}
              <span class="visually-hidden"> {T(`desk.outlet.${o.name}`)}</span>
            </button>
            <span class="hint">{T(`office.test.what.${o.name}`)}</span>
          </p>
        </form>
      ) : null}
    </>
  )
}

export type Letter = { name: string; at: string; number: string }

export function OutboxPage({ f, letters }: { f: Frame; letters: Letter[] }) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.outbox')}>
      <h1>{T('desk.outbox')}</h1>
      <p class="quiet">{T('desk.outbox.what')}</p>
      <p>{T('office.outbox.remedy')}</p>
      {letters.length === 0 ? <Empty>{T('desk.outbox.empty')}</Empty> : null}
      <ul class="d-rows">
        {letters.map((l) => (
          <li>
            <At f={f} at={l.at} short />
            <div>
              <a class="title" href={`/desk/outbox/${encodeURIComponent(l.name)}`}>
                {l.name}
              </a>
            </div>
            <span>{l.number}</span>
          </li>
        ))}
      </ul>
    </Page>
  )
}

export type LetterText = { name: string; headers: [string, string][]; text: string }

export function LetterPage({ f, letter }: { f: Frame; letter: LetterText }) {
  return (
    <Page f={f} title={letter.name}>
      <p>
        <a href="/desk/outbox">{say(f)('desk.outbox')}</a>
      </p>
      <h1 class="d-small-head">{letter.name}</h1>
      <dl class="facts">
        {letter.headers.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      <pre class="d-letter">{letter.text}</pre>
    </Page>
  )
}
