/** Signing in: passwords and sessions by better-auth over the store's own handle. Never inside a transaction of ours. */
import type { Ctx } from '../context.ts'
import type { Language } from '../desk/content.ts'
import { invalid, issue, notAllowed } from '../lib/errors.ts'
import { headersFor, library, type Meta } from './auth-library.ts'
import { type Actor, SCOPES } from './member.ts'
import { assertPassword } from './password.ts'
import { ancestorsOf, loginByEmail, type MemberRow, memberByUser, rolesOf } from './store.ts'

export { MIN_PASSWORD } from './password.ts'

const COOKIE = 'ortoo.session_token'

/** Whether a Cookie header carries a session of ours at all. */
export const sessionCookieIn = (cookies: string | undefined): boolean => cookies?.includes(COOKIE) ?? false

type Login = { name: string; email: string; password: string | null }

/** Makes a login for a member; without a password for somebody who comes in with a passkey. @returns the user id */
export async function createLogin(ctx: Ctx, login: Login): Promise<string> {
  if (login.password !== null) await assertPassword(login.password, login.email)
  const { internalAdapter, password } = await (await library(ctx)).$context
  const email = login.email.toLowerCase()
  if (await internalAdapter.findUserByEmail(email)) throw invalid([issue('email', 'login-exists')])
  const hash = login.password === null ? null : await password.hash(login.password)
  const user = await internalAdapter.createUser({ name: login.name, email, emailVerified: true }, { method: 'admin' })
  if (hash !== null)
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    })
  return user.id
}

/** Sets a new password, or the first one, and ends every session of the login. */
export async function setPassword(ctx: Ctx, userId: string, password: string): Promise<void> {
  const auth = await (await library(ctx)).$context
  const user = await auth.internalAdapter.findUserById(userId)
  await assertPassword(password, user?.email ?? '')
  const hash = await auth.password.hash(password)
  if (await auth.internalAdapter.findCredentialAccount(userId)) await auth.internalAdapter.updatePassword(userId, hash)
  else await auth.internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash })
  await auth.internalAdapter.deleteUserSessions(userId)
}

/** Ends every session of a login: a member who has left, a password that was lost. */
export async function endSessions(ctx: Ctx, userId: string): Promise<void> {
  await (await (await library(ctx)).$context).internalAdapter.deleteUserSessions(userId)
}

/** `code`: the password was right and a code is asked for next. */
export type SignedIn = { cookies: string[]; needs: 'nothing' | 'code' }

/**
 * Signs a member in. @returns the cookies to set: of a session, or of the question for a code.
 * @throws Refusal `sign-in-failed`, the same whether the address or the password is wrong or the member is no longer active.
 */
export async function signIn(ctx: Ctx, email: string, password: string, meta: Meta): Promise<SignedIn> {
  const auth = await library(ctx)
  const headers = headersFor(new Headers(), meta)
  const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true })
  if (answer.status !== 200) throw notAllowed('sign-in-failed')
  const said = (await answer.json()) as { user?: { id: string }; twoFactorRedirect?: boolean }
  const userId = said.user?.id ?? (await loginByEmail(ctx.store.db, email))
  await assertActive(ctx, userId)
  return { cookies: answer.headers.getSetCookie(), needs: said.twoFactorRedirect ? 'code' : 'nothing' }
}

/** A login whose member has left has no session. @throws Refusal `sign-in-failed` */
export async function assertActive(ctx: Ctx, userId: string | null): Promise<MemberRow> {
  const member = userId ? await memberByUser(ctx.store.db, userId) : undefined
  if (member?.active) return member
  if (userId) await endSessions(ctx, userId)
  throw notAllowed('sign-in-failed')
}

/** Ends the session the headers carry. @returns the cookies to set */
export async function signOut(ctx: Ctx, headers: Headers): Promise<string[]> {
  const auth = await library(ctx)
  const answer = await auth.api.signOut({ headers: headersFor(headers), asResponse: true })
  return answer.headers.getSetCookie()
}

/** Who the session in the headers belongs to; null when there is none, it has run out, or the member is no longer active. */
export async function sessionActor(ctx: Ctx, headers: Headers): Promise<Actor | null> {
  const auth = await library(ctx)
  const found = await auth.api.getSession({ headers: headersFor(headers) })
  if (!found) return null
  const member = await memberByUser(ctx.store.db, found.user.id)
  return member?.active ? { ...(await actorOf(ctx, member)), session: found.session.id } : null
}

/** A member as who acts: with all scopes, and the agencies above theirs. */
export async function actorOf(ctx: Pick<Ctx, 'store'>, member: MemberRow): Promise<Actor> {
  return {
    memberId: member.id,
    name: member.name,
    agencyId: member.agency_id,
    ancestors: await ancestorsOf(ctx.store.db, member.agency_id),
    roles: rolesOf(member),
    languages: JSON.parse(member.languages) as Language[],
    scopes: SCOPES,
  }
}
