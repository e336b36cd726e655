/** Signing in: passwords and sessions by better-auth over the store's own handle. Never inside a transaction of ours. */
import type { Auth } from 'better-auth'
import type { Ctx } from '../context.ts'
import type { Language } from '../desk/content.ts'
import { HOUR } from '../lib/clock.ts'
import { invalid, issue, notAllowed } from '../lib/errors.ts'
import { type Actor, SCOPES } from './member.ts'
import { ancestorsOf, type MemberRow, memberByUser, rolesOf } from './store.ts'

export const MIN_PASSWORD = 12
const MAX_PASSWORD = 128
const SESSION = 12 * HOUR
const COOKIE = 'ortoo.session_token'

type Library = Awaited<ReturnType<typeof openLibrary>>
const libraries = new WeakMap<Ctx['store'], Promise<Library>>()

/** better-auth takes a second to load: only when somebody signs in or comes with a session. */
function library(ctx: Ctx): Promise<Library> {
  const held = libraries.get(ctx.store) ?? openLibrary(ctx)
  libraries.set(ctx.store, held)
  return held
}

async function openLibrary(ctx: Ctx) {
  const { betterAuth } = await import('better-auth')
  const { config, store, keys, log } = ctx
  const auth = betterAuth({
    database: { db: store.auth as never, type: store.dialect },
    secret: keys.secret,
    baseURL: config.publicUrl,
    emailAndPassword: {
      enabled: true,
      // Members come in by invitation alone.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    user: { modelName: 'auth_user' },
    // A session ends twelve hours after signing in, however busy it was: the end of a duty.
    session: { modelName: 'auth_session', expiresIn: SESSION / 1000, disableSessionRefresh: true, freshAge: 0 },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    rateLimit: { enabled: false }, // guards/rate.ts counts before a password is looked at
    telemetry: { enabled: false },
    logger: { log: (level, _message) => (level === 'error' ? log.error({ level }, 'auth library') : undefined) },
    advanced: {
      cookiePrefix: 'ortoo',
      useSecureCookies: config.publicUrl.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
  })
  return auth as unknown as Auth
}

/** Whether a Cookie header carries a session of ours at all. */
export const sessionCookieIn = (cookies: string | undefined): boolean => cookies?.includes(COOKIE) ?? false

/** Makes a login for a member. The password is checked here; the address is not yet known to anybody. @returns the user id */
export async function createLogin(ctx: Ctx, login: { name: string; email: string; password: string }): Promise<string> {
  assertPassword(login.password, login.email)
  const { internalAdapter, password } = await (await library(ctx)).$context
  const email = login.email.toLowerCase()
  if (await internalAdapter.findUserByEmail(email)) throw invalid([issue('email', 'login-exists')])
  const hash = await password.hash(login.password)
  const user = await internalAdapter.createUser({ name: login.name, email, emailVerified: true }, { method: 'admin' })
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: hash,
  })
  return user.id
}

/** Sets a new password and ends every session of the login. */
export async function setPassword(ctx: Ctx, userId: string, password: string): Promise<void> {
  const auth = await (await library(ctx)).$context
  const user = await auth.internalAdapter.findUserById(userId)
  assertPassword(password, user?.email ?? '')
  await auth.internalAdapter.updatePassword(userId, await auth.password.hash(password))
  await auth.internalAdapter.deleteUserSessions(userId)
}

/** Ends every session of a login: a member who has left, a password that was lost. */
export async function endSessions(ctx: Ctx, userId: string): Promise<void> {
  await (await (await library(ctx)).$context).internalAdapter.deleteUserSessions(userId)
}

/**
 * Signs a member in. @returns the cookies to set.
 * @throws Refusal `sign-in-failed`, the same whether the address or the password is wrong or the member is no longer active.
 */
export async function signIn(
  ctx: Ctx,
  email: string,
  password: string,
  meta: { ip: string; userAgent: string },
): Promise<string[]> {
  const auth = await library(ctx)
  const headers = new Headers({ 'user-agent': meta.userAgent.slice(0, 300), 'x-forwarded-for': meta.ip })
  const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true })
  if (answer.status !== 200) throw notAllowed('sign-in-failed')
  const { user } = (await answer.json()) as { user: { id: string } }
  const member = await memberByUser(ctx.store.db, user.id)
  if (!member?.active) {
    await endSessions(ctx, user.id)
    throw notAllowed('sign-in-failed')
  }
  return answer.headers.getSetCookie()
}

/** Ends the session the headers carry. @returns the cookies to set */
export async function signOut(ctx: Ctx, headers: Headers): Promise<string[]> {
  const auth = await library(ctx)
  const answer = await auth.api.signOut({ headers: onlyCookies(headers), asResponse: true })
  return answer.headers.getSetCookie()
}

/** Who the session in the headers belongs to; null when there is none, it has run out, or the member is no longer active. */
export async function sessionActor(ctx: Ctx, headers: Headers): Promise<Actor | null> {
  const auth = await library(ctx)
  const found = await auth.api.getSession({ headers: onlyCookies(headers) })
  if (!found) return null
  const member = await memberByUser(ctx.store.db, found.user.id)
  return member?.active ? actorOf(ctx, member) : null
}

const onlyCookies = (headers: Headers) => new Headers({ cookie: headers.get('cookie') ?? '' })

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

/** Length over rules of composition; not the address, not one character over and over. */
function assertPassword(password: string, email: string): void {
  const length = [...password].length
  if (length < MIN_PASSWORD) throw invalid([issue('password', 'password-short', { min: MIN_PASSWORD })])
  if (password.length > MAX_PASSWORD) throw invalid([issue('password', 'password-long', { max: MAX_PASSWORD })])
  if (new Set(password).size < 5 || password.toLowerCase() === email.toLowerCase())
    throw invalid([issue('password', 'password-simple')])
}
