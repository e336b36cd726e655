/** Members of an agency: who they are, what they may do, and the form that proposes a change. */
import { ROLES } from '../../staff/member.ts'
import { type Frame, say } from './frame.tsx'
import type { MemberLine, OfficeProps } from './office.tsx'
import { AccountForm, FactorWords } from './office-accounts.tsx'

export function Members({ f, members, manage }: OfficeProps) {
  const T = say(f)
  return (
    <section>
      <h2 class="d-rule">{T('desk.members')}</h2>
      <section class="scroll" aria-label={T('desk.members')} tabindex={0}>
        <table class="d-table">
          <thead>
            <tr>
              <th scope="col">{T('desk.member.name')}</th>
              <th scope="col">{T('desk.member.roles')}</th>
              <th scope="col">{T('field.phone')}</th>
              {manage ? <th scope="col">{T('desk.member.change')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {members.map((m) => (
              <tr class={m.active ? undefined : 'quiet'}>
                <td>
                  {m.name}
                  <br />
                  <small class="quiet">{m.email}</small>
                </td>
                <td>
                  {m.roles.map((r) => T(`role.${r}`)).join(T('desk.list-comma')) || T('desk.member.no-roles')}
                  {m.active ? null : ` · ${T('desk.member.inactive')}`}
                  {m.cameIn ? null : ` · ${T('desk.member.invited')}`}
                  <FactorWords f={f} member={m} />
                </td>
                <td>{m.phone}</td>
                {manage ? (
                  <td>
                    <MemberForm f={f} member={m} />
                    <AccountForm f={f} member={m} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function MemberForm({ f, member }: { f: Frame; member: MemberLine }) {
  const T = say(f)
  return (
    <details>
      <summary>{T('desk.member.roles')}</summary>
      <form method="post" action={`/desk/office/members/${member.id}`}>
        {ROLES.map((r) => (
          <label class="choice">
            <input type="checkbox" name="roles" value={r} checked={member.roles.includes(r)} />
            <span>{T(`role.${r}`)}</span>
          </label>
        ))}
        <button type="submit" name="do" value="roles">
          {T('desk.member.save')}
        </button>
        <button type="submit" name="do" value={member.active ? 'stop' : 'start'}>
          {T(member.active ? 'desk.member.stop' : 'desk.member.start')}
        </button>
        {member.cameIn || member.closed ? null : (
          <button type="submit" name="do" value="invite">
            {T('desk.member.invite-again')}
          </button>
        )}
      </form>
    </details>
  )
}
