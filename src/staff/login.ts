/** The login of somebody who comes in by a one-time link. Never inside a transaction of ours. */
import type { Ctx } from '../context.ts'
import { createLogin, setPassword } from './auth.ts'
import { loginByEmail, memberByUser } from './store.ts'

/**
 * Makes the login; one that a broken-off attempt left behind, belonging to no member, is taken over with the new password.
 * @returns the user id @throws Refusal `invalid`: password-*, login-exists
 */
export async function loginFor(ctx: Ctx, login: { name: string; email: string; password: string }): Promise<string> {
  const left = await loginByEmail(ctx.store.db, login.email)
  if (!left || (await memberByUser(ctx.store.db, left))) return createLogin(ctx, login)
  await setPassword(ctx, left, login.password)
  return left
}
