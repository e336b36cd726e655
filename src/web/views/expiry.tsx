/** A warning that is about to expire: how long is left, and what each of the three ways does. */
import { At, Refused, span } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type ExpiryProps = {
  f: Frame
  number: string
  title: string
  due: string
  answered: boolean
  /** The station whose warning it is; only that one extends or lifts it. */
  relayed: string | null
  /** May write a draft. */
  writes: boolean
  lifts: boolean
  refused?: string
}

export function ExpiryPage(p: ExpiryProps) {
  const T = say(p.f)
  const over = p.due <= p.f.now
  return (
    <Page f={p.f} title={T('expiry')}>
      <div class="d-narrow">
        <h1>{T('expiry')}</h1>
        <p class="d-sub">
          {p.number} {p.title}
        </p>
        <Refused why={p.refused} />
        <p>
          {T('expiry.until')} <At f={p.f} at={p.due} />{' '}
          <strong class="late">
            {over
              ? T('public.over')
              : T('expiry.left', { span: span(p.f.lang, Date.parse(p.due) - Date.parse(p.f.now)) })}
          </strong>
        </p>
        {p.answered ? <p class="notice">{T('expiry.answered')}</p> : null}
        {p.relayed ? <p class="notice">{T('expiry.relayed', { station: p.relayed })}</p> : null}
        <form method="post" action={`/desk/releases/${p.number}/expiry`} class="d-expiry">
          {p.relayed || !p.writes ? null : <Way {...p} name="extend" />}
          {p.answered || over ? null : <Way {...p} name="let" />}
          {p.relayed || !p.writes || !p.lifts ? null : <Way {...p} name="lift" />}
        </form>
        {p.relayed ? (
          <p>
            <a class="button" href="/desk/releases/new#relay">
              {T('relay.bring')}
            </a>
          </p>
        ) : null}
        <p>
          <a class="button" href={`/desk/releases/${p.number}`}>
            {T('desk.back')}
          </a>
        </p>
      </div>
    </Page>
  )
}

function Way({ f, name }: ExpiryProps & { name: 'extend' | 'let' | 'lift' }) {
  const T = say(f)
  return (
    <div class="way">
      <p>{T(`expiry.${name}.says`)}</p>
      <button type="submit" name="do" value={name}>
        {T(`expiry.${name}`)}
      </button>
    </div>
  )
}
