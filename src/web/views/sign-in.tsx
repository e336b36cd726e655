/** Signing in: password, the code after it, passkey, the office's own sign-on. */
import type { Factors } from '../../staff/factor-store.ts'
import { type Frame, Page, say } from './frame.tsx'
import { PasskeyButton } from './passkey.tsx'

export type SignInProps = {
  f: Frame
  email?: string
  next: string
  refused?: string
  /** Name of the office's identity provider, where there is one. */
  sso?: string
  /** The one origin passkeys are good at. */
  origin: string
}

const Refused = ({ words }: { words: string | undefined }) =>
  words ? (
    <p class="notice warn" role="alert">
      {words}
    </p>
  ) : null

export function SignInPage({ f, email, next, refused, sso, origin }: SignInProps) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.sign-in')}>
      <div class="d-narrow">
        <h1>{T('desk.sign-in')}</h1>
        <p class="quiet">{f.lang === 'en' ? f.site.nameEn : f.site.nameZh}</p>
        <Refused words={refused} />
        <form method="post" action="/desk/sign-in">
          <input type="hidden" name="next" value={next} />
          <div class="field">
            <label for="email">{T('desk.sign-in.email')}</label>
            <input id="email" name="email" type="email" autocomplete="username" required value={email ?? ''} />
          </div>
          <div class="field">
            <label for="password">{T('desk.sign-in.password')}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required />
          </div>
          <button type="submit" class="primary">
            {T('desk.sign-in')}
          </button>
        </form>
        <div class="a-ways">
          <PasskeyButton f={f} what="sign-in" origin={origin} next={next} label={T('account.passkey.sign-in')} />
          {sso ? (
            <p>
              <a class="button" href={`/desk/sign-in/office?next=${encodeURIComponent(next)}`}>
                {T('account.sso', { name: sso })}
              </a>
            </p>
          ) : null}
        </div>
        <p class="hint">{T('desk.sign-in.help')}</p>
      </div>
    </Page>
  )
}

type CodeProps = { f: Frame; next: string; refused?: string; has: Factors; origin: string }

/** Without script the code is the way; what cannot be answered with is not offered, unless nobody knows who is asked. */
export function CodePage({ f, next, refused, has, origin }: CodeProps) {
  const T = say(f)
  const title = T(has.passkeys > 0 ? 'account.code.title.either' : 'account.code.title')
  const lead = has.passkeys === 0 ? 'lead' : has.totp ? 'lead.either' : 'lead.paper'
  return (
    <Page f={f} title={title}>
      <div class="d-narrow">
        <h1>{title}</h1>
        <p>{T(`account.code.${lead}`)}</p>
        <Refused words={refused} />
        {has.passkeys > 0 ? (
          <div class="a-first">
            <PasskeyButton f={f} what="code" origin={origin} next={next} label={T('account.passkey.prove')} />
          </div>
        ) : null}
        <form method="post" action="/desk/sign-in/code">
          <input type="hidden" name="next" value={next} />
          <div class="field">
            <label for="factor">{T('account.code')}</label>
            <input
              id="factor"
              name="factor"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={20}
              required
              aria-describedby="factor-hint"
            />
            <p class="hint" id="factor-hint">
              {T('account.code.hint')}
            </p>
          </div>
          <button type="submit" class="primary">
            {T('desk.sign-in')}
          </button>
        </form>
        <p class="hint">
          {T('account.code.help')} <a href="/desk/sign-in">{T('account.code.again')}</a>
        </p>
      </div>
    </Page>
  )
}
