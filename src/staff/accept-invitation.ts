/** An invited member sets a password and can sign in. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { wrongState } from '../lib/errors.ts'
import { goodLink, spendLink } from './link.ts'
import { loginFor } from './login.ts'
import { agencyById, type MemberRow, memberById, updateMember } from './store.ts'

/** Who is invited where, for the page behind the link. @throws Refusal `wrong-state` link-not-good */
export async function invitedMember(
  ctx: Ctx,
  token: string,
): Promise<{ member: MemberRow; agency: { zh: string; en: string } }> {
  const { db } = ctx.store
  const link = await goodLink(db, ctx, 'invitation', token)
  const member = await memberById(db, link.member_id ?? '')
  const agency = member && (await agencyById(db, member.agency_id))
  if (!member?.active || member.user_id || !agency) throw wrongState('link-not-good')
  return { member, agency: { zh: agency.name_zh, en: agency.name_en } }
}

/** @returns the member's e-mail address, to sign in with @throws Refusal link-not-good; `invalid` password-* */
export async function acceptInvitation(ctx: Ctx, token: string, password: string): Promise<string> {
  const { member } = await invitedMember(ctx, token)
  const userId = await loginFor(ctx, { name: member.name, email: member.email, password })
  await ctx.store.tx(async (trx) => {
    await spendLink(trx, ctx, 'invitation', token)
    await updateMember(trx, member.id, { user_id: userId })
    await append(trx, ctx, { actor: member.id, act: 'member.come-in', subject: `member:${member.id}` })
  })
  return member.email
}
