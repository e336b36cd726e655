/** Who is invited where, for the page behind the link. */
import type { Ctx } from '../context.ts'
import { wrongState } from '../lib/errors.ts'
import { goodLink } from './link.ts'
import { agencyById, type MemberRow, memberById } from './store.ts'

export type Invited = { member: MemberRow; agency: { zh: string; en: string }; until: string }

/** @throws Refusal `wrong-state` link-not-good */
export async function invitedMember(ctx: Ctx, token: string): Promise<Invited> {
  const { db } = ctx.store
  const link = await goodLink(db, ctx, 'invitation', token)
  const member = await memberById(db, link.member_id ?? '')
  const agency = member && (await agencyById(db, member.agency_id))
  if (!member?.active || member.user_id || !agency) throw wrongState('link-not-good')
  return { member, agency: { zh: agency.name_zh, en: agency.name_en }, until: link.expires_at }
}
