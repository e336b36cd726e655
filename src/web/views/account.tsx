/** One's own account: second factors, password, sessions. */
import { deviceName } from './account-device.ts'
import { Authenticator, Paper, Passkeys, Standing } from './account-factors.tsx'
import { type AccountProps, issuesOf, Later, Secret, sure } from './account-parts.tsx'
import { At, Empty, Refused } from './bits.tsx'
import { Page, say } from './frame.tsx'

export function AccountPage(p: AccountProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('account')}>
      <h1>{T('account')}</h1>
      <p class="quiet">
        {p.f.who?.name} · {p.email}
      </p>
      <Refused why={p.refused} />
      <div class="d-columns">
        <div>
          <Standing {...p} />
          <Passkeys {...p} />
          <Authenticator {...p} />
          <Paper {...p} />
        </div>
        <div class="d-side">
          <Password {...p} />
          <Sessions {...p} />
        </div>
      </div>
    </Page>
  )
}

function Password(p: AccountProps) {
  const T = say(p.f)
  const issues = issuesOf(p, 'password')
  return (
    <section>
      <h2>{T('desk.sign-in.password')}</h2>
      {p.withPassword || sure(p) ? (
        <details class="d-fold" open={issues.length > 0}>
          <summary>{T(p.withPassword ? 'account.password.change' : 'account.password.set')}</summary>
          <form method="post" action="/desk/account/password" class="a-form">
            <input type="hidden" name="username" autocomplete="username" value={p.email} />
            {p.withPassword ? (
              <Secret
                f={p.f}
                id="password-current"
                name="current"
                label={T('account.password.current')}
                issues={issues}
              />
            ) : null}
            <Secret
              f={p.f}
              id="password-next"
              name="next"
              label={T('account.password.next')}
              hint={T('account.password.hint')}
              issues={issues}
              fresh
            />
            <button type="submit" class="primary">
              {T('account.password.do')}
            </button>
          </form>
        </details>
      ) : (
        <Later f={p.f} />
      )}
    </section>
  )
}

function Sessions({ f, sessions }: AccountProps) {
  const T = say(f)
  return (
    <section>
      <h2>{T('account.sessions')}</h2>
      <p class="hint">{T('account.sessions.lead')}</p>
      {sessions.length === 0 ? <Empty>{T('account.sessions.none')}</Empty> : null}
      <ul class="a-sessions">
        {sessions.map((s) => (
          <li>
            <p>
              <strong>{deviceName(f.lang, s.userAgent)}</strong>{' '}
              {s.current ? <span class="chip a-on">{T('account.session.this')}</span> : null}
            </p>
            <p class="small quiet">
              {T('account.session.since')} <At f={f} at={s.at} short /> · {s.ip || T('account.session.no-ip')}
            </p>
            {s.current ? null : (
              <form method="post" action={`/desk/account/sessions/${s.id}`}>
                <button type="submit">{T('account.session.end')}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <form method="post" action="/desk/account/sessions">
          <button type="submit">{T('account.sessions.end-others')}</button>
        </form>
      ) : null}
    </section>
  )
}
