/** The office: agencies, members and their roles, who is on duty, changes that wait for a second person, tokens. */
import type { Change } from '../../staff/change.ts'
import type { Factors } from '../../staff/factor-store.ts'
import { ROLES, type Role, SCOPES } from '../../staff/member.ts'
import type { StateLine } from '../office-state.ts'
import { At, Empty, IssueList, Refused, stepName } from './bits.tsx'
import type { Form } from './controls.tsx'
import { Page, say } from './frame.tsx'
import { FlashRule } from './office-accounts.tsx'
import { OpenChanges } from './office-changes.tsx'
import { DutyForm, InviteForm, TokenForm } from './office-forms.tsx'
import { OfficeIndex } from './office-index.tsx'
import { Members } from './office-members.tsx'

export type MemberLine = {
  id: string
  name: string
  email: string
  phone: string
  roles: Role[]
  active: boolean
  cameIn: boolean
  factors: Factors
  /** Closed and not opened again: a new link takes two. */
  closed: boolean
  /** Shut after wrong passwords. */
  locked: boolean
}
export type DutyLine = {
  id: string
  name: string
  phone: string
  role: string
  backup: boolean
  from: string
  to: string
}
export type TokenLine = {
  id: string
  name: string
  scopes: string[]
  until: string
  lastUsed: string | null
  revoked: boolean
}
export type ChangeLine = {
  id: string
  change: Change
  about: string
  by: string
  at: string
  mine: boolean
  /** Proposed where nobody else can agree: when it may be applied; null while the alarm about it has not been told. */
  waits?: { until: string | null; over: boolean }
  /** Stopped by whoever it is about, or an auditor. */
  object: boolean
  /** About the login of whoever looks: theirs to refuse, another's to agree to. */
  self: boolean
  /** It is about the last signer on duty. */
  last: boolean
}
export type AgencyLine = {
  id: string
  name: string
  depth: number
  areas: string
  chains: Record<string, string[]>
  phoneSignOff: boolean
  own: boolean
}
export type OfficeProps = Form & {
  agencies: AgencyLine[]
  agency: AgencyLine
  members: MemberLine[]
  duties: DutyLine[]
  changes: ChangeLine[]
  tokens: TokenLine[]
  /** A signature on flash needs a second factor here. */
  flashFactor: boolean
  manage: boolean
  decide: boolean
  /** What is set and what is missing; null for an agency that is not one's own. */
  state: StateLine[] | null
  /** Shown once, right after it was made; a link with the name of whom it is for. */
  secret?: { what: 'token' | 'link' | 'login'; value: string; whose?: string }
  refused?: string
}

export function OfficePage(p: OfficeProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={T('desk.office')} wide>
      <h1>{p.agency.name}</h1>
      <Refused why={p.refused} />
      {p.secret ? (
        <div class="notice ok" role="status">
          <p>
            {p.secret.whose ? <strong>{p.secret.whose} </strong> : null}
            {T(`desk.secret.${p.secret.what}`)}
          </p>
          <p>
            <code>{p.secret.value}</code>
          </p>
        </div>
      ) : null}
      <IssueList f={p.f} issues={p.issues} />
      {p.state ? <OfficeIndex f={p.f} lines={p.state} manage={p.manage} /> : null}
      <div class="d-columns" id="people">
        <div>
          <OpenChanges {...p} />
          <Members {...p} />
          <Duties {...p} />
          <Tokens {...p} />
        </div>
        <div class="d-side">
          <Agencies {...p} />
          <Rules {...p} />
          {p.manage ? (
            <InviteForm
              form={p}
              agencyId={p.agency.id}
              wanted={p.state?.some((l) => l.key === 'people.without') ?? false}
            />
          ) : null}
          {p.manage ? <DutyForm form={p} members={p.members.filter((m) => m.active)} roles={ROLES} /> : null}
          <TokenForm form={p} scopes={SCOPES} />
        </div>
      </div>
    </Page>
  )
}

function Duties({ f, agency, duties, manage }: OfficeProps) {
  const T = say(f)
  return (
    <section>
      <h2 class="d-rule">{T('desk.roster')}</h2>
      <p>
        <a href={`/desk/office/roster?agency=${agency.id}`}>{T('office.roster.to')}</a>
      </p>
      {duties.length === 0 ? <Empty>{T('desk.roster.empty')}</Empty> : null}
      <ul class="d-rows">
        {duties.map((d) => (
          <li>
            <span class="d-span">
              <At f={f} at={d.from} short /> – <At f={f} at={d.to} short />
            </span>
            <div>
              {d.name} · {T(`role.${d.role}`)}
              {d.backup ? ` · ${T('desk.roster.backup')}` : ''}{' '}
              {d.phone ? <a href={`tel:${d.phone.replace(/[^\d+]/g, '')}`}>{d.phone}</a> : null}
            </div>
            {manage ? (
              <form method="post" action={`/desk/office/duties/${d.id}/remove`}>
                <button type="submit" aria-label={`${T('desk.roster.remove')}: ${d.name}`}>
                  {T('desk.roster.remove')}
                </button>
              </form>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tokens({ f, tokens }: OfficeProps) {
  const T = say(f)
  if (tokens.length === 0) return null
  return (
    <section>
      <h2 class="d-rule">{T('desk.tokens')}</h2>
      <ul class="d-rows">
        {tokens.map((t) => (
          <li>
            <At f={f} at={t.until} short />
            <div>
              <strong>{t.name}</strong> {t.scopes.map((s) => T(`desk.scope.${s}`)).join(T('desk.list-comma'))}
              <p>
                {t.lastUsed ? (
                  <>
                    {T('desk.token.used')} <At f={f} at={t.lastUsed} short />
                  </>
                ) : (
                  T('desk.token.unused')
                )}
              </p>
            </div>
            {t.revoked ? (
              <span class="chip">{T('desk.token.revoked')}</span>
            ) : (
              <form method="post" action={`/desk/office/tokens/${t.id}/revoke`}>
                <button type="submit" aria-label={`${T('desk.token.revoke')}: ${t.name}`}>
                  {T('desk.token.revoke')}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Agencies({ f, agencies, agency }: OfficeProps) {
  return (
    <section>
      <h2>{say(f)('desk.agencies')}</h2>
      <ul class="d-tree">
        {agencies.map((a) => (
          <li class={`depth-${a.depth}`}>
            <a href={`/desk/office?agency=${a.id}`} aria-current={a.id === agency.id ? 'page' : undefined}>
              {a.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The chain a release travels here, and sign-off by telephone. */
function Rules(p: OfficeProps) {
  const { f, agency, manage } = p
  const T = say(f)
  return (
    <section>
      <h2>{T('desk.chains')}</h2>
      {Object.entries(agency.chains).map(([lane, steps]) => (
        <p>
          <strong>{T(`desk.lane.${lane}`)}</strong> {steps.map((s) => stepName(f.lang, s)).join(' → ')}
        </p>
      ))}
      <p>{T(agency.phoneSignOff ? 'desk.phone-signoff.on' : 'desk.phone-signoff.off')}</p>
      {manage ? (
        <form method="post" action="/desk/office/phone-signoff">
          <input type="hidden" name="agencyId" value={agency.id} />
          <button type="submit" name="enabled" value={agency.phoneSignOff ? 'no' : 'yes'}>
            {T(agency.phoneSignOff ? 'desk.phone-signoff.turn-off' : 'desk.phone-signoff.turn-on')}
          </button>
        </form>
      ) : null}
      <FlashRule {...p} />
      <p class="small quiet">{agency.areas}</p>
      <ul class="d-links">
        {agency.own ? (
          <>
            <li>
              <a href="/desk/office/review-rules">{T('desk.rules')}</a>
            </li>
            <li>
              <a href="/desk/office/officials">{T('desk.officials')}</a>
            </li>
          </>
        ) : null}
        <li>
          <a href={`/desk/office/authority?agency=${agency.id}`}>{T('authority')}</a>
        </li>
      </ul>
    </section>
  )
}
