/** The office at the desk: agencies, members, roster, tokens, changes by two people. */
import { areas } from '../../audience/store.ts'
import type { Issue } from '../../lib/errors.ts'
import { changeMember } from '../../staff/change-member.ts'
import { resetAmong } from '../../staff/change-store.ts'
import { factorsOf, flashRules, NO_FACTORS, shutAmong } from '../../staff/factor-store.ts'
import { admitAgency } from '../../staff/gate.ts'
import { invite, inviteAgain } from '../../staff/invite.ts'
import { loginSubject } from '../../staff/lock-out.ts'
import { changePhoneSignOff } from '../../staff/phone-signoff.ts'
import { addDuty, removeDuty } from '../../staff/roster.ts'
import { type AgencyRow, agencyFamily, membersOf, rolesOf, tokensOf } from '../../staff/store.ts'
import { issueToken, revokeToken } from '../../staff/token.ts'
import { dutiesFrom } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { officeState, type StateLine } from '../office-state.ts'
import { every, exactTime, type Fields, first } from '../views/fields.ts'
import { type AgencyLine, OfficePage, type OfficeProps } from '../views/office.tsx'
import { changeLines, decided } from './desk-changes-data.ts'
import { asMissing, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

/** What a form of the office does: where to go on to, or a secret to be shown once. */
export type Deed = (
  c: Req,
  fields: Fields,
) => Promise<{ said: string; agency?: string } | { secret: OfficeProps['secret']; agency?: string }>

export function mountOfficeDesk(app: App): void {
  screen(app, { method: 'get', path: '/desk/office', act: 'staff.read' }, (c) => show(c, {}))
  form(app, 'changes/{id}', 'change.decide', decide)
  form(app, 'invitations', 'staff.manage', bringIn)
  form(app, 'members/{id}', 'staff.manage', member)
  form(app, 'duties', 'staff.manage', duty)
  form(app, 'duties/{id}/remove', 'staff.manage', async (c) => {
    await removeDuty(c.var.ctx, actorIn(c), id(c))
    return { said: 'duty-removed' }
  })
  form(app, 'tokens', 'token.own', token)
  form(app, 'tokens/{id}/revoke', 'token.own', async (c) => {
    await revokeToken(c.var.ctx, actorIn(c), id(c))
    return { said: 'token-revoked' }
  })
  form(app, 'phone-signoff', 'staff.manage', phone)
}

const id = (c: Req): string => c.req.param('id') as string

export function form(
  app: App,
  name: string,
  act: 'change.decide' | 'change.object' | 'staff.manage' | 'token.own',
  deed: Deed,
): void {
  screen(app, { method: 'post', path: `/desk/office/${name}`, act }, async (c) => {
    const { fields } = await sentIn(c)
    try {
      const done = await deed(c, fields)
      if ('secret' in done) return show(c, { secret: done.secret, ...(done.agency ? { agency: done.agency } : {}) })
      return goTo(c, done.agency ? `/desk/office?agency=${done.agency}` : '/desk/office', done.said)
    } catch (err) {
      const refusal = refusalIn(err)
      const refused = refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }
      return show(c, {
        fields,
        issues: refusal.issues,
        status: statusOf(refusal),
        agency: first(fields, 'agencyId'),
        ...refused,
      })
    }
  })
}

type Extra = {
  fields?: Fields
  issues?: Issue[]
  refused?: string
  status?: number
  secret?: OfficeProps['secret']
  agency?: string
}

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const asked = extra.agency || c.req.query('agency') || by.agencyId
  await admitAgency(db, by, asked, 'staff.read')
  const family = await agencyFamily(db, by.agencyId)
  const members = await membersOf(db, [asked])
  const factors = await factorsOf(
    db,
    members.flatMap((m) => (m.user_id ? [m.user_id] : [])),
  )
  const locked = await shutAmong(
    db,
    members.map((m) => loginSubject(m.email)),
    ctx.clock.now(),
  )
  const closed = await resetAmong(
    db,
    members.map((m) => m.id),
  )
  const names = new Map((await areas(db)).map((a) => [a.code, lang === 'en' ? a.name_en || a.name_zh : a.name_zh]))
  const agencies = family.map((a) => agencyLine(a, family, names, lang, by.agencyId))
  const may = async (act: 'staff.manage' | 'change.decide') =>
    admitAgency(db, by, asked, act).then(
      () => true,
      () => false,
    )
  const props: OfficeProps = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map(),
    issues: asMissing(extra.issues ?? [], extra.fields ?? new Map()),
    agencies: inTree(agencies, family),
    agency: agencies.find((a) => a.id === asked) as AgencyLine,
    members: members.map((m) => ({
      id: m.id,
      name: m.name,
      email: m.email,
      phone: m.phone,
      roles: rolesOf(m),
      active: m.active === 1,
      cameIn: m.user_id !== null,
      factors: factors.get(m.user_id ?? '') ?? NO_FACTORS,
      closed: closed.includes(m.id),
      locked: locked.includes(loginSubject(m.email)),
    })),
    flashFactor: (await flashRules(db, [asked])).length > 0,
    duties: (await dutiesFrom(db, asked, ctx.clock.now())).map((d) => ({
      ...d,
      backup: d.backup === 1,
      from: d.starts_at,
      to: d.ends_at,
    })),
    changes: await changeLines(
      c,
      family.map((a) => a.id),
    ),
    tokens: (await tokensOf(db, by.memberId)).map((k) => ({
      id: k.id,
      name: k.name,
      scopes: JSON.parse(k.scopes) as string[],
      until: k.expires_at,
      lastUsed: k.last_used_at,
      revoked: k.revoked_at !== null,
    })),
    manage: await may('staff.manage'),
    decide: await may('change.decide'),
    state: asked === by.agencyId && !extra.fields ? await stateFor(c, asked) : null,
    ...(extra.secret ? { secret: extra.secret } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <OfficePage {...props} />, extra.status ?? 200)
}

/** Lines of the index whose screens this person may open. */
async function stateFor(c: Req, agencyId: string): Promise<StateLine[]> {
  const lines = await officeState(c.var.ctx, agencyId)
  return lines.filter((l) => l.screen !== 'keys' || mayAtHome(actorIn(c), 'key.read'))
}

function agencyLine(
  a: AgencyRow,
  family: AgencyRow[],
  names: Map<string, string>,
  lang: 'zh' | 'en',
  own: string,
): AgencyLine {
  const depthOf = (row: AgencyRow): number => {
    const parent = row.id === own ? undefined : family.find((x) => x.id === row.parent_id)
    return parent ? 1 + depthOf(parent) : 0
  }
  const chains = JSON.parse(a.chains) as Record<string, { name: string }[]>
  return {
    id: a.id,
    name: lang === 'en' ? a.name_en || a.name_zh : a.name_zh,
    depth: Math.min(depthOf(a), 4),
    areas: (JSON.parse(a.area_codes) as string[])
      .map((code) => names.get(code) ?? code)
      .join(lang === 'zh' ? '、' : ', '),
    chains: Object.fromEntries(Object.entries(chains).map(([lane, steps]) => [lane, steps.map((s) => s.name)])),
    phoneSignOff: a.phone_signoff === 1,
    own: a.id === own,
  }
}

/** Each agency under the one above it. */
function inTree(lines: AgencyLine[], family: AgencyRow[]): AgencyLine[] {
  const under = (parent: string): AgencyLine[] =>
    family
      .filter((a) => a.parent_id === parent)
      .flatMap((a) => [lines.find((l) => l.id === a.id) as AgencyLine, ...under(a.id)])
  return lines.filter((l) => l.own).flatMap((l) => [l, ...under(l.id)])
}

const decide: Deed = async (c, fields) => {
  const { state, link } = await decided(c, id(c), { verdict: first(fields, 'verdict') })
  if (link) return { secret: { what: 'login', value: link } }
  return { said: `change-${state}` }
}

const bringIn: Deed = async (c, fields) => {
  const { link } = await invite(c.var.ctx, actorIn(c), {
    agencyId: first(fields, 'agencyId'),
    name: first(fields, 'name'),
    email: first(fields, 'email').trim(),
    phone: first(fields, 'phone'),
    roles: every(fields, 'roles'),
    languages: every(fields, 'languages'),
  })
  return { secret: { what: 'link', value: link, whose: first(fields, 'name') }, agency: first(fields, 'agencyId') }
}

const member: Deed = async (c, fields) => {
  const what = first(fields, 'do')
  if (what === 'invite') return { secret: { what: 'link', ...(await again(c)) } }
  const sent = what === 'roles' ? { roles: every(fields, 'roles') } : { active: what === 'start' }
  const done = await changeMember(c.var.ctx, actorIn(c), id(c), sent)
  return { said: done?.state === 'open' ? 'change-open' : 'member-changed' }
}

async function again(c: Req): Promise<{ value: string; whose: string }> {
  const { link, name } = await inviteAgain(c.var.ctx, actorIn(c), id(c))
  return { value: link, whose: name }
}

const duty: Deed = async (c, fields) => {
  const { offset } = c.var.ctx.config.site
  await addDuty(c.var.ctx, actorIn(c), {
    memberId: first(fields, 'memberId'),
    role: first(fields, 'role'),
    backup: first(fields, 'backup') !== '',
    startsAt: exactTime(first(fields, 'startsAt'), offset),
    endsAt: exactTime(first(fields, 'endsAt'), offset),
  })
  return { said: 'duty-added' }
}

const token: Deed = async (c, fields) => {
  const made = await issueToken(c.var.ctx, actorIn(c), {
    name: first(fields, 'tokenName'),
    scopes: every(fields, 'scopes'),
  })
  return { secret: { what: 'token', value: made.token } }
}

const phone: Deed = async (c, fields) => {
  const agency = first(fields, 'agencyId')
  await changePhoneSignOff(c.var.ctx, actorIn(c), agency, { enabled: first(fields, 'enabled') === 'yes' })
  return { said: 'change-open', agency }
}
