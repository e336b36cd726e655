/** Second factors on one's own account: who I am once more, passkeys, authenticator, codes on paper. */

import { hasAny } from '../../staff/factor-store.ts'
import { type AccountProps, CurrentPassword, issuesOf, Later, Secret, Section, sure } from './account-parts.tsx'
import { At, NoEnter } from './bits.tsx'
import { say } from './frame.tsx'
import { PasskeyButton } from './passkey.tsx'

/** What stands, and what to do next: nothing enrolled, or shown, or to be shown before anything can change. */
export function Standing(p: AccountProps) {
  const T = say(p.f)
  if (!hasAny(p.has))
    return (
      <div class="notice warn">
        <p>
          <strong>{T('account.none')}</strong> {T('account.none.why')}
        </p>
      </div>
    )
  if (p.proof)
    return (
      <p class="notice ok">
        {T(`account.proved.${p.proof.how}`)} <At f={p.f} at={p.proof.until} short />
      </p>
    )
  return (
    <section class="a-prove">
      <h2>{T('account.prove')}</h2>
      <p>{T('account.prove.lead')}</p>
      {p.has.totp || p.has.paper > 0 ? (
        <form method="post" action="/desk/account/proof">
          <Secret
            f={p.f}
            id="prove-factor"
            name="factor"
            label={T('account.code')}
            hint={T('account.code.hint')}
            issues={issuesOf(p, 'proof')}
            code
          />
          <button type="submit" class="primary">
            {T('account.prove.do')}
          </button>
        </form>
      ) : null}
      {p.has.passkeys > 0 ? (
        <PasskeyButton f={p.f} what="prove" origin={p.origin} label={T('account.passkey.prove')} then="reload" />
      ) : null}
    </section>
  )
}

export function Passkeys(p: AccountProps) {
  const T = say(p.f)
  const n = p.passkeys.length
  return (
    <Section f={p.f} name="passkeys" chip={n ? T('account.passkeys.n', { n }) : T('account.off')} on={n > 0}>
      <ul class="d-rows a-list">
        {p.passkeys.map((k) => (
          <li>
            {k.createdAt ? <At f={p.f} at={k.createdAt} /> : <span />}
            <div>
              <strong>{k.name || T('account.passkey.unnamed')}</strong>
              <p class="small quiet">{T(k.synced ? 'account.passkey.synced' : 'account.passkey.device')}</p>
            </div>
            <details>
              <summary aria-label={`${T('account.change')}: ${k.name}`}>{T('account.change')}</summary>
              <form method="post" action={`/desk/account/passkeys/${k.id}`}>
                <div class="field">
                  <label for={`name-${k.id}`}>{T('account.passkey.name')}</label>
                  <input id={`name-${k.id}`} name="name" value={k.name} maxlength={60} autocomplete="off" />
                </div>
                <button type="submit" name="do" value="rename">
                  {T('account.passkey.rename')}
                </button>
                {sure(p) ? (
                  <button type="submit" name="do" value="remove" class="danger">
                    {T('account.passkey.remove')}
                  </button>
                ) : (
                  <Later f={p.f} />
                )}
              </form>
            </details>
          </li>
        ))}
      </ul>
      {sure(p) ? (
        <details class="d-fold" open={n === 0}>
          <summary>{T('account.passkey.add')}</summary>
          <form method="post" action="/desk/account/passkeys" class="a-form">
            <NoEnter />
            <div class="field">
              <label for="passkey-name">{T('account.passkey.name')}</label>
              <input id="passkey-name" name="name" maxlength={60} autocomplete="off" aria-describedby="passkey-hint" />
              <p class="hint" id="passkey-hint">
                {T('account.passkey.name.hint')}
              </p>
            </div>
            {hasAny(p.has) ? null : <CurrentPassword {...p} form="passkeys" />}
            <PasskeyButton f={p.f} what="add" origin={p.origin} label={T('account.passkey.make')} />
          </form>
        </details>
      ) : (
        <Later f={p.f} />
      )}
    </Section>
  )
}

export function Authenticator(p: AccountProps) {
  const T = say(p.f)
  const form = p.has.totp ? 'totp/off' : 'totp'
  return (
    <Section f={p.f} name="totp" chip={T(p.has.totp ? 'account.on' : 'account.off')} on={p.has.totp}>
      {sure(p) ? (
        <details class="d-fold" open={p.about === form}>
          <summary>{T(p.has.totp ? 'account.totp.off' : 'account.totp.begin')}</summary>
          <form method="post" action={`/desk/account/${form}`} class="a-form">
            {p.has.totp ? <p>{T('account.totp.off.what')}</p> : null}
            <CurrentPassword {...p} form={form} />
            <button type="submit" class={p.has.totp ? 'danger' : 'primary'}>
              {T(p.has.totp ? 'account.totp.off.do' : 'account.totp.begin.do')}
            </button>
          </form>
        </details>
      ) : (
        <Later f={p.f} />
      )}
    </Section>
  )
}

export function Paper(p: AccountProps) {
  const T = say(p.f)
  const n = p.has.paper
  return (
    <Section f={p.f} name="paper" chip={n ? T('account.paper.n', { n }) : T('account.off')} on={n > 0}>
      {n > 0 && n <= 3 ? <p class="late">{T('account.paper.few', { n })}</p> : null}
      {sure(p) ? (
        <details class="d-fold" open={p.about === 'paper'}>
          <summary>{T(n ? 'account.paper.again' : 'account.paper.make')}</summary>
          <form method="post" action="/desk/account/paper" class="a-form">
            {n ? <p>{T('account.paper.again.what')}</p> : null}
            <CurrentPassword {...p} form="paper" />
            <button type="submit" class="primary">
              {T('account.paper.do')}
            </button>
          </form>
        </details>
      ) : (
        <Later f={p.f} />
      )}
    </Section>
  )
}
