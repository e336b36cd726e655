/** The second factor on the screen that signs flash: shown, to be shown, or missing, with who else could sign and how to have one in a minute. */

import type { FlashFactor } from '../../review/flash-factor.ts'
import type { Able } from '../../review/signers.ts'
import { At } from './bits.tsx'
import { type Form, Line } from './controls.tsx'
import { type Frame, say } from './frame.tsx'
import { PasskeyButton } from './passkey.tsx'

export type FactorAsked = FlashFactor & { origin: string; others: Able[] }

export function FactorFields({ form, factor }: { form: Form; factor: FactorAsked }) {
  const T = say(form.f)
  const { has, proof, asked } = factor
  if (proof)
    return (
      <p class="notice ok" id="f-factor">
        {T(`account.proved.${proof.how}`)} <At f={form.f} at={proof.until} short />
      </p>
    )
  const coded = has.totp || has.paper > 0
  if (!coded && has.passkeys === 0) return <Without f={form.f} factor={factor} />
  return (
    <div class="a-factor">
      {coded ? (
        <Line
          form={form}
          name="factor"
          label={T('account.code')}
          hint={T('account.code.hint')}
          inputmode="numeric"
          max={20}
        />
      ) : (
        <p id="f-factor">{T('account.flash.key-only')}</p>
      )}
      {has.passkeys > 0 && asked ? (
        <PasskeyButton f={form.f} what="prove" origin={factor.origin} label={T('account.passkey.prove')} then="stay" />
      ) : null}
    </div>
  )
}

/** A warning where the office does not ask, and plain words who else and how where it does. */
function Without({ f, factor }: { f: Frame; factor: FactorAsked }) {
  const T = say(f)
  if (!factor.asked)
    return (
      <p class="hint" id="f-factor">
        {T('account.flash.warn')} <a href="/desk/account">{T('account.flash.set-up')}</a>
      </p>
    )
  return (
    <div class="notice warn" id="f-factor">
      <p>
        <strong>{T('account.flash.none')}</strong>
      </p>
      <p>
        {T('account.flash.now')}{' '}
        <a href="/desk/account" target="_blank" rel="noopener">
          {T('account.flash.print')}
        </a>
      </p>
      {factor.others.length ? (
        <>
          <p>{T('account.flash.others')}</p>
          <ul>
            {factor.others.map((o) => (
              <li>
                {o.name}
                {o.onDuty ? ` · ${T('account.flash.on-duty')}` : ''}{' '}
                {o.phone ? <a href={`tel:${o.phone.replace(/[^\d+]/g, '')}`}>{o.phone}</a> : null}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{T('account.flash.nobody')}</p>
      )}
    </div>
  )
}
