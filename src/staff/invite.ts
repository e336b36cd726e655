/** Members come in by invitation: an administrator makes the member, a one-time link lets them set their password. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { HOUR } from '../lib/clock.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { resetAmong } from './change-store.ts'
import { emailField, languagesField, nameField, phoneField, roleIssues, rolesField } from './fields.ts'
import { admitAgency } from './gate.ts'
import { makeLink } from './link.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'
import { insertMember, memberByEmail, memberById } from './store.ts'

export const invitationInput = z.strictObject({
  agencyId: z.string().max(40).optional(),
  name: nameField,
  email: emailField,
  phone: phoneField.default(''),
  languages: languagesField.default([]),
  roles: rolesField.min(1, 'filled'),
})

const GOOD_FOR = 72 * HOUR

/** `link` is shown once; `roles` says whether the member has their roles already or a second administrator must agree. */
export type Invitation = { memberId: string; link: string; expiresAt: string; roles: Proposal }

/** @throws Refusal not allowed; `invalid`: member-exists, auditor-alone */
export async function invite(ctx: Ctx, by: Actor, sent: unknown): Promise<Invitation> {
  const input = readableZod(invitationInput, sent)
  const issues = roleIssues(input.roles)
  if (issues.length) throw invalid(issues)
  const agencyId = input.agencyId ?? by.agencyId
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    if (await memberByEmail(trx, input.email)) throw invalid([issue('email', 'member-exists')])
    const memberId = newId(ctx.clock.ms())
    await insertMember(trx, {
      id: memberId,
      user_id: null,
      agency_id: agencyId,
      name: input.name,
      email: input.email,
      phone: input.phone,
      languages: JSON.stringify(input.languages),
      roles: '[]',
      active: 1,
      created_at: ctx.clock.now(),
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'member.invite',
      subject: `member:${memberId}`,
      fact: { agency: agencyId },
    })
    const roles = await propose(ctx, trx, by, agencyId, { kind: 'member', memberId, roles: [...new Set(input.roles)] })
    return { memberId, roles, ...(await linkFor(ctx, trx, memberId)) }
  })
}

/** A new link for a member who has not yet set a password; the one before is good no longer. */
export async function inviteAgain(
  ctx: Ctx,
  by: Actor,
  memberId: string,
): Promise<{ name: string; link: string; expiresAt: string }> {
  return ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member) throw notFound('member')
    await admitAgency(trx, by, member.agency_id, 'staff.manage')
    if (member.user_id) throw wrongState('member-came-in')
    // A link opens the login of somebody who has signed before: that takes two again.
    if ((await resetAmong(trx, [memberId])).length) throw wrongState('login-closed')
    await append(trx, ctx, { actor: by.memberId, act: 'member.invite-again', subject: `member:${memberId}` })
    return { name: member.name, ...(await linkFor(ctx, trx, memberId)) }
  })
}

async function linkFor(ctx: Ctx, trx: Parameters<typeof makeLink>[0], memberId: string) {
  const { token, expiresAt } = await makeLink(trx, ctx, 'invitation', memberId, GOOD_FOR)
  return { link: `${ctx.config.publicUrl}/invitations/${token}`, expiresAt }
}
