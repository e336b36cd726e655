/** The installation's keys by fingerprint; which of them two administrators change here, and how the others are changed. */
import type { Issue } from '../../lib/errors.ts'
import { TURNING } from '../../lib/key-make.ts'
import type { KeyFact } from '../../publication/key-facts.ts'
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'
import { OfficeScreenPage } from './office-parts.tsx'

type KeysProps = {
  f: Frame
  keys: KeyFact[]
  certificate: string
  /** May propose another key. */
  turns: boolean
  /** Names for which another is proposed already. */
  proposed: string[]
  issues: Issue[]
  refused?: string
}

export function KeysPage(p: KeysProps) {
  const { f, keys, certificate } = p
  const T = say(f)
  return (
    <OfficeScreenPage form={{ f, fields: new Map(), issues: p.issues }} screen="keys" refused={p.refused}>
      <ul class="d-set">
        {keys.map((k) => (
          <li>
            <div>
              <strong>{T(`office.key.${k.name}`)}</strong>
              <p class="quiet">{T(`office.key.${k.name}.what`)}</p>
              <Prints f={f} k={k} />
              <Turn {...p} k={k} />
            </div>
          </li>
        ))}
      </ul>
      <h2 class="d-rule">{T('office.key.rotate')}</h2>
      <p>{T('office.key.turn.how')}</p>
      <p>{T('office.key.rotate.what')}</p>
      <ul>
        <li>{T('office.key.rotate.seal')}</li>
        <li>{T('office.key.rotate.leave')}</li>
        <li>
          {T('office.key.rotate.alert')}{' '}
          {keys.some((k) => k.name === 'alert' && k.fingerprint) ? (
            <a href={certificate}>{T('office.key.certificate')}</a>
          ) : null}
        </li>
        <li>{T('office.key.rotate.vapid')}</li>
        <li>{T('office.key.rotate.secret')}</li>
        <li>{T('office.key.rotate.webhook')}</li>
      </ul>
    </OfficeScreenPage>
  )
}

function Prints({ f, k }: { f: Frame; k: KeyFact }) {
  const T = say(f)
  return (
    <>
      {k.fingerprint ? (
        <p>
          {T('office.key.fingerprint')} <code class="d-break">{k.fingerprint}</code>
        </p>
      ) : (
        <p>{T('office.key.none')}</p>
      )}
      <p class="quiet">
        {k.madeAt ? (
          <>
            {T('office.key.made')} <At f={f} at={k.madeAt} />
          </>
        ) : null}
        {k.until ? (
          <>
            {' '}
            · {T('office.key.until')} <At f={f} at={k.until} />
          </>
        ) : null}
      </p>
      {k.old.map((print) => (
        <p class="small quiet">
          {T('office.key.old')} <code class="d-break">{print}</code>
        </p>
      ))}
    </>
  )
}

function Turn({ f, k, turns, proposed }: KeysProps & { k: KeyFact }) {
  const T = say(f)
  if (!(TURNING as readonly string[]).includes(k.name)) return null
  if (proposed.includes(k.name))
    return (
      <p class="late">
        <a href="/desk/office#changes">{T('office.key.turn.open')}</a>
      </p>
    )
  if (!turns) return null
  return (
    <form method="post" action="/desk/office/keys">
      <button
        type="submit"
        name="name"
        value={k.name}
        aria-label={`${T('office.key.turn')}: ${T(`office.key.${k.name}`)}`}
      >
        {T('office.key.turn')}
      </button>
    </form>
  )
}
