/** What the sign-in library asks us about passkeys: whose a new one is, and whether a finger, a face or a PIN was shown. */
import type { Ctx } from '../context.ts'
import { notAllowed } from '../lib/errors.ts'
import { invitedMember } from './invited.ts'
import { loginByEmail } from './store.ts'

/** A key that anybody may press is one factor; with the person verified by the device it is two (WebAuthn §5.4.4). */
export async function rejectUnverified(userVerified: boolean | undefined): Promise<void> {
  if (userVerified !== true) throw notAllowed('passkey-unverified')
}

/** The login that was made for whoever is invited by this token. @throws Refusal link-not-good */
export async function userOfInvitation(ctx: Ctx, token: string): Promise<{ id: string; name: string }> {
  const { member } = await invitedMember(ctx, token)
  const id = await loginByEmail(ctx.store.db, member.email)
  if (!id) throw notAllowed('link-not-good')
  return { id, name: member.email }
}
