/** A member who lost their password: the login is closed and a one-time link lets them set a new one. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { HOUR } from '../lib/clock.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { endSessions } from './auth.ts'
import { admitAgency } from './gate.ts'
import { makeLink } from './link.ts'
import type { Actor } from './member.ts'
import { adminsOver, memberById, updateMember } from './store.ts'

const GOOD_FOR = 24 * HOUR

/**
 * The old password is good no longer, every session has ended; roles and history stay. `by` null: whoever runs the
 * machine, and only for the sole administrator of an agency, whom no other could help.
 * @throws Refusal `wrong-state` another-admin-helps
 */
export async function resetLogin(
  ctx: Ctx,
  by: Actor | null,
  memberId: string,
): Promise<{ link: string; expiresAt: string }> {
  const { link, userId } = await ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member?.active) throw notFound('member')
    if (by) await admitAgency(trx, by, member.agency_id, 'staff.manage')
    else if ((await adminsOver(trx, member.agency_id)).map((m) => m.id).join() !== member.id)
      throw wrongState('another-admin-helps')
    await updateMember(trx, member.id, { user_id: null })
    await append(trx, ctx, {
      actor: by?.memberId ?? 'system',
      act: 'member.reset-login',
      subject: `member:${member.id}`,
    })
    const made = await makeLink(trx, ctx, 'invitation', member.id, GOOD_FOR)
    return {
      userId: member.user_id,
      link: { link: `${ctx.config.publicUrl}/invitations/${made.token}`, expiresAt: made.expiresAt },
    }
  })
  if (userId) await endSessions(ctx, userId)
  return link
}
