/** Signing in. */
import { type Frame, Page, say } from './frame.tsx'

export type SignInProps = { f: Frame; email?: string; next: string; refused?: string }

export function SignInPage({ f, email, next, refused }: SignInProps) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.sign-in')}>
      <div class="d-narrow">
        <h1>{T('desk.sign-in')}</h1>
        <p class="quiet">{f.lang === 'en' ? f.site.nameEn : f.site.nameZh}</p>
        {refused ? (
          <p class="notice warn" role="alert">
            {refused}
          </p>
        ) : null}
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
        <p class="hint">{T('desk.sign-in.help')}</p>
      </div>
    </Page>
  )
}
