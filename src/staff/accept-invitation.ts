/** An invited member sets a password, or has their device keep a passkey, and can sign in. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { notAllowed, wrongState } from '../lib/errors.ts'
import { createLogin } from './auth.ts'
import { forgetReset } from './change-store.ts'
import { dropPassword, factorsOf, hasAny } from './factor-store.ts'
import { invitedMember } from './invited.ts'
import { spendLink } from './link.ts'
import { loginFor } from './login.ts'
import { keepPasskey, newPasskeyFor } from './passkey.ts'
import { loginByEmail, type MemberRow, updateMember } from './store.ts'

export { invitedMember }

/** @returns the member's e-mail address, to sign in with @throws Refusal link-not-good; `invalid` password-* */
export async function acceptInvitation(ctx: Ctx, token: string, password: string): Promise<string> {
  const { member } = await invitedMember(ctx, token)
  const userId = await loginFor(ctx, { name: member.name, email: member.email, password })
  await comeIn(ctx, token, member, userId, 'password')
  return member.email
}

/** What the newcomer's browser is asked to make. @returns options for WebAuthn, and the cookies of the question */
export async function askForPasskey(ctx: Ctx, token: string): Promise<{ options: unknown; cookies: string[] }> {
  const { member } = await invitedMember(ctx, token)
  await assertNoFactors(ctx, member.email)
  // The login belongs to nobody yet: whoever breaks off here may come again, by password as well.
  if (!(await loginByEmail(ctx.store.db, member.email)))
    await createLogin(ctx, { name: member.name, email: member.email, password: null })
  return newPasskeyFor(ctx, { invitation: token })
}

/** @throws Refusal link-not-good, passkey-failed */
export async function acceptByPasskey(
  ctx: Ctx,
  token: string,
  headers: Headers,
  sent: { response: unknown; name: string },
): Promise<string> {
  const { member } = await invitedMember(ctx, token)
  await assertNoFactors(ctx, member.email)
  const userId = await keepPasskey(ctx, { invitation: token, headers }, sent)
  // The question was asked of this newcomer, and of nobody else.
  if (userId !== (await loginByEmail(ctx.store.db, member.email))) throw notAllowed('passkey-failed')
  // A password that was lost is good no longer, whichever way its owner comes in.
  await dropPassword(ctx.store.db, userId)
  await comeIn(ctx, token, member, userId, 'passkey')
  return member.email
}

/** A login that was reset and has factors keeps them: a link alone adds no way past them. @throws Refusal link-password-only */
async function assertNoFactors(ctx: Ctx, email: string): Promise<void> {
  const left = await loginByEmail(ctx.store.db, email)
  const has = left ? (await factorsOf(ctx.store.db, [left])).get(left) : undefined
  if (has && hasAny(has)) throw wrongState('link-password-only')
}

async function comeIn(ctx: Ctx, token: string, member: MemberRow, userId: string, by: 'password' | 'passkey') {
  await ctx.store.tx(async (trx) => {
    await spendLink(trx, ctx, 'invitation', token)
    await updateMember(trx, member.id, { user_id: userId })
    await forgetReset(trx, member.id)
    await append(trx, ctx, { actor: member.id, act: 'member.come-in', subject: `member:${member.id}`, fact: { by } })
  })
}
