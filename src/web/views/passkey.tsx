/** What the passkey script works on: a button that stays away where there is no script, and its words. */
import { type Frame, say } from './frame.tsx'

type Props = {
  f: Frame
  what: 'sign-in' | 'code' | 'prove' | 'add'
  label: string
  origin: string
  next?: string
  /** What to do once it is shown: nothing, so that what was typed stays, or the page anew. */
  then?: 'stay' | 'reload'
}

/** `add` reads name and password from the form it stands in. */
export function PasskeyButton({ f, what, label, origin, next, then }: Props) {
  const T = say(f)
  return (
    <div
      class="a-passkey"
      data-passkey={what}
      data-origin={origin}
      data-next={next}
      data-then={then}
      data-failed={T('account.passkey.failed')}
      data-unable={T('account.passkey.unable')}
      data-done={T('account.passkey.shown')}
      data-elsewhere={T('account.passkey.elsewhere', { origin })}
    >
      <button type="button" hidden>
        {label}
      </button>
      <p class="small" role="status" />
      <noscript>
        <p class="hint">{T('account.passkey.no-script')}</p>
      </noscript>
    </div>
  )
}
