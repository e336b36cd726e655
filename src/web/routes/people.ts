/** API of the people: members, invitations, roster, tokens. */
import { z } from 'zod'
import { DAY, plus } from '../../lib/clock.ts'
import { changeMember, memberChangeInput } from '../../staff/change-member.ts'
import { invitationInput, invite, inviteAgain } from '../../staff/invite.ts'
import { ROLES, SCOPES } from '../../staff/member.ts'
import { addDuty, dutyInput, removeDuty } from '../../staff/roster.ts'
import { agencyFamily, dutiesBetween, type MemberRow, membersOf, rolesOf, tokensOf } from '../../staff/store.ts'
import { issueToken, revokeToken, tokenInput } from '../../staff/token.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { proposal } from './office.ts'

const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'people', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})
const list = <S extends z.ZodType>(item: S) => z.strictObject({ items: z.array(item) })
const member = z.strictObject({
  id: z.string(),
  agencyId: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  roles: z.array(z.enum(ROLES)),
  languages: z.array(z.string()),
  active: z.boolean(),
  /** false until they have set a password. */
  cameIn: z.boolean(),
})
const link = { link: z.string(), expiresAt: z.string() }
const duty = z.strictObject({
  id: z.string(),
  agencyId: z.string(),
  memberId: z.string(),
  name: z.string(),
  phone: z.string(),
  role: z.string(),
  backup: z.boolean(),
  startsAt: z.string(),
  endsAt: z.string(),
})
const token = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})
const issued = z.strictObject({
  id: z.string(),
  token: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  expiresAt: z.string(),
})
const time = z.iso.datetime({ offset: true }).transform((s) => new Date(s).toISOString())
const id = (c: Req): string => c.req.param('id') ?? ''
const familyOf = async (c: Req) => (await agencyFamily(c.var.ctx.store.db, actorIn(c).agencyId)).map((a) => a.id)

export function mountPeople(app: App): void {
  mountMembers(app)
  mountRoster(app)
  mountTokens(app)
}

function mountMembers(app: App): void {
  const base = '/api/v1/members'
  route(
    app,
    {
      method: 'get',
      path: base,
      act: 'staff.read',
      ...doc('Members of the own agency and those below it', { 200: list(member) }),
    },
    async (c) => c.json({ items: (await membersOf(c.var.ctx.store.db, await familyOf(c))).map(shown) }),
  )
  route(
    app,
    {
      method: 'post',
      path: base,
      act: 'staff.manage',
      json: true,
      secret: true,
      ...doc(
        'Invite a member; the link is shown once',
        { 201: z.strictObject({ memberId: z.string(), roles: proposal, ...link }), 422: null },
        invitationInput,
      ),
    },
    async (c, { body }) => {
      const invitation = await invite(c.var.ctx, actorIn(c), body)
      return c.json(invitation, 201, { location: `${base}/${invitation.memberId}` })
    },
  )
  route(
    app,
    {
      method: 'put',
      path: `${base}/{id}`,
      act: 'staff.manage',
      json: true,
      ...doc(
        'Change a member; roles may need a second administrator',
        { 200: z.strictObject({ roles: proposal.nullable() }), 422: null },
        memberChangeInput,
      ),
    },
    async (c, { body }) => c.json({ roles: await changeMember(c.var.ctx, actorIn(c), id(c), body) }),
  )
  route(
    app,
    {
      method: 'post',
      path: `${base}/{id}/invitation`,
      act: 'staff.manage',
      secret: true,
      ...doc('A new link for a member who has not come in yet', { 201: z.strictObject(link), 409: null }),
    },
    async (c) => {
      const { link, expiresAt } = await inviteAgain(c.var.ctx, actorIn(c), id(c))
      return c.json({ link, expiresAt }, 201)
    },
  )
}

function mountRoster(app: App): void {
  const base = '/api/v1/roster'
  route(
    app,
    {
      method: 'get',
      path: base,
      act: 'staff.read',
      // A week from now unless told.
      query: z.strictObject({ from: time.optional(), to: time.optional() }),
      ...doc('Who is on duty', { 200: list(duty) }),
    },
    async (c, { query }) => {
      const from = query.from ?? c.var.ctx.clock.now()
      const rows = await dutiesBetween(c.var.ctx.store.db, await familyOf(c), from, query.to ?? plus(from, 7 * DAY))
      return c.json({
        items: rows.map((r) => ({
          id: r.id,
          agencyId: r.agency_id,
          memberId: r.member_id,
          name: r.name,
          phone: r.phone,
          role: r.role,
          backup: r.backup === 1,
          startsAt: r.starts_at,
          endsAt: r.ends_at,
        })),
      })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: base,
      act: 'staff.manage',
      json: true,
      ...doc('Put a member on duty', { 201: z.strictObject({ id: z.string() }), 422: null }, dutyInput),
    },
    async (c, { body }) => c.json({ id: await addDuty(c.var.ctx, actorIn(c), body) }, 201),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${base}/{id}`,
      act: 'staff.manage',
      ...doc('Take a duty off', { 204: null, 404: null }),
    },
    async (c) => {
      await removeDuty(c.var.ctx, actorIn(c), id(c))
      return c.body(null, 204)
    },
  )
}

function mountTokens(app: App): void {
  const base = '/api/v1/tokens'
  route(app, { method: 'get', path: base, act: 'token.own', ...doc('Own tokens', { 200: list(token) }) }, async (c) => {
    const rows = await tokensOf(c.var.ctx.store.db, actorIn(c).memberId)
    return c.json({
      items: rows.map((r) => ({
        id: r.id,
        name: r.name,
        scopes: JSON.parse(r.scopes) as string[],
        createdAt: r.created_at,
        expiresAt: r.expires_at,
        lastUsedAt: r.last_used_at,
        revokedAt: r.revoked_at,
      })),
    })
  })
  route(
    app,
    {
      method: 'post',
      path: base,
      act: 'token.own',
      json: true,
      secret: true,
      ...doc('A token for oneself; shown once', { 201: issued, 422: null }, tokenInput),
    },
    async (c, { body }) => c.json(await issueToken(c.var.ctx, actorIn(c), body), 201),
  )
  route(
    app,
    { method: 'delete', path: `${base}/{id}`, act: 'token.own', ...doc('Revoke a token', { 204: null, 404: null }) },
    async (c) => {
      await revokeToken(c.var.ctx, actorIn(c), id(c))
      return c.body(null, 204)
    },
  )
}

const shown = (row: MemberRow) => ({
  id: row.id,
  agencyId: row.agency_id,
  name: row.name,
  email: row.email,
  phone: row.phone,
  roles: rolesOf(row),
  languages: JSON.parse(row.languages) as string[],
  active: row.active === 1,
  cameIn: row.user_id !== null,
})
