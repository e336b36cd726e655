/** Forms of the office: invite a member, put one on duty, make a token. */
import { ROLES, type Role, type Scope } from '../../staff/member.ts'
import { NoEnter } from './bits.tsx'
import { Choices, type Form, Line, Moment, Select, Tick } from './controls.tsx'
import { say } from './frame.tsx'

/** Stands open while the office lacks somebody without whom nothing goes out. */
export function InviteForm({ form, agencyId, wanted }: { form: Form; agencyId: string; wanted: boolean }) {
  const T = say(form.f)
  return (
    <details class="d-fold" open={wanted || form.fields.size > 0}>
      <summary>{T('desk.invite')}</summary>
      <form method="post" action="/desk/office/invitations" novalidate>
        <NoEnter />
        <input type="hidden" name="agencyId" value={agencyId} />
        <Line form={form} name="name" label={T('desk.member.name')} />
        <Line form={form} name="email" label={T('field.email')} type="email" />
        <Line form={form} name="phone" label={T('field.phone')} type="tel" />
        <Choices
          form={form}
          name="roles"
          label={T('desk.member.roles')}
          options={ROLES.map((r) => ({ value: r, label: T(`role.${r}`) }))}
        />
        <Choices
          form={form}
          name="languages"
          label={T('desk.member.languages')}
          options={['zh-CN', 'mn-Mong-CN', 'en'].map((l) => ({ value: l, label: T(`field.${l}`) }))}
        />
        <button type="submit">{T('desk.invite.do')}</button>
      </form>
    </details>
  )
}

type Duties = { form: Form; members: { id: string; name: string }[]; roles: readonly Role[] }

export function DutyForm({ form, members, roles }: Duties) {
  const T = say(form.f)
  return (
    <details class="d-fold" open={form.fields.size > 0}>
      <summary>{T('desk.roster.add')}</summary>
      <form method="post" action="/desk/office/duties" novalidate>
        <NoEnter />
        <Select
          form={form}
          name="memberId"
          label={T('desk.member.name')}
          none={T('desk.choose')}
          options={members.map((m) => ({ value: m.id, label: m.name }))}
        />
        <Select
          form={form}
          name="role"
          label={T('desk.member.roles')}
          options={roles.map((r) => ({ value: r, label: T(`role.${r}`) }))}
        />
        <Moment form={form} name="startsAt" label={T('desk.roster.from')} />
        <Moment form={form} name="endsAt" label={T('desk.roster.to')} />
        <Tick form={form} name="backup" label={T('desk.roster.backup')} />
        <button type="submit">{T('desk.roster.add')}</button>
      </form>
    </details>
  )
}

export function TokenForm({ form, scopes }: { form: Form; scopes: readonly Scope[] }) {
  const T = say(form.f)
  return (
    <details class="d-fold" open={form.fields.size > 0}>
      <summary>{T('desk.token.new')}</summary>
      <form method="post" action="/desk/office/tokens" novalidate>
        <NoEnter />
        <Line form={form} name="tokenName" label={T('desk.token.name')} hint={T('desk.token.hint')} />
        <Choices
          form={form}
          name="scopes"
          label={T('desk.token.scopes')}
          options={scopes.map((s) => ({ value: s, label: T(`desk.scope.${s}`) }))}
        />
        <button type="submit">{T('desk.token.issue')}</button>
      </form>
    </details>
  )
}
