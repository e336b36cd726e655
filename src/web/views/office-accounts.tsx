/** Accounts at the office: who has no second factor, what an administrator may do about a login, the rule for flash. */
import { hasAny } from '../../staff/factor-store.ts'
import { type Frame, say } from './frame.tsx'
import type { MemberLine, OfficeProps } from './office.tsx'

/** What stands of somebody's ways in, in a few words. */
export function FactorWords({ f, member }: { f: Frame; member: MemberLine }) {
  const T = say(f)
  if (!member.active || !member.cameIn) return null
  const { totp, passkeys, paper } = member.factors
  const kinds = [passkeys > 0 ? 'passkeys' : '', totp ? 'totp' : '', paper > 0 ? 'paper' : ''].filter(Boolean)
  return (
    <>
      <br />
      <small class={kinds.length || !member.roles.includes('signer') ? 'quiet' : 'late'}>
        {kinds.length ? kinds.map((k) => T(`account.${k}`)).join(T('desk.list-comma')) : T('account.member.none')}
      </small>
      {member.locked ? (
        <>
          {' '}
          <b class="chip changed">{T('account.member.locked')}</b>
        </>
      ) : null}
    </>
  )
}

export function AccountForm({ f, member }: { f: Frame; member: MemberLine }) {
  const T = say(f)
  if (!member.cameIn && !member.closed) return null
  return (
    <details>
      <summary aria-label={`${T('account.member')}: ${member.name}`}>{T('account.member')}</summary>
      <form method="post" action={`/desk/office/members/${member.id}/account`} class="a-member">
        {member.cameIn ? (
          <button type="submit" name="do" value="sessions">
            {T('account.member.end')}
          </button>
        ) : null}
        {member.locked ? (
          <button type="submit" name="do" value="unlock">
            {T('account.member.unlock')}
          </button>
        ) : null}
        <button type="submit" name="do" value="link">
          {T('account.member.link')}
        </button>
        {hasAny(member.factors) ? (
          <button type="submit" name="do" value="factors">
            {T('account.member.reset')}
          </button>
        ) : null}
      </form>
    </details>
  )
}

/** Before the button: who could not sign at night if it were on. */
export function FlashRule({ f, agency, members, flashFactor, manage }: OfficeProps) {
  const T = say(f)
  const without = members.filter((m) => m.active && m.roles.includes('signer') && !hasAny(m.factors)).map((m) => m.name)
  return (
    <div class="a-rule">
      <p>{T(flashFactor ? 'account.rule.on' : 'account.rule.off')}</p>
      {without.length ? (
        <p class="small late">{T('account.rule.without', { names: without.join(T('desk.list-comma')) })}</p>
      ) : null}
      {manage ? (
        <form method="post" action="/desk/office/flash-factor">
          <input type="hidden" name="agencyId" value={agency.id} />
          <button type="submit" name="enabled" value={flashFactor ? 'no' : 'yes'}>
            {T(flashFactor ? 'account.rule.turn-off' : 'account.rule.turn-on')}
          </button>
        </form>
      ) : null}
    </div>
  )
}
