/** Single sign-on with the office's own identity provider (OpenID Connect): PKCE, state and nonce are the library's. It lets members in and makes none. */
import type { Ctx } from '../context.ts'
import { notAllowed, notFound, unavailable } from '../lib/errors.ts'
import { sessionActor } from './auth.ts'
import { baseOptions, headersFor, type Meta } from './auth-library.ts'

const PROVIDER = 'office'
const BASE = '/desk/sign-in'
/** Where the provider sends people back to; it has to be told this address. */
export const callbackOf = (publicUrl: string): string => `${publicUrl}${BASE}/callback/${PROVIDER}`

type Sso = Awaited<ReturnType<typeof openSso>>
const opened = new WeakMap<Ctx['store'], Promise<Sso>>()

/** Apart from the library that knows passwords: a provider that is silent must keep nobody from signing in by them. */
function sso(ctx: Ctx): Promise<Sso> {
  const held = opened.get(ctx.store) ?? openSso(ctx)
  opened.set(ctx.store, held)
  return held
}

async function openSso(ctx: Ctx) {
  const [{ betterAuth }, { genericOAuth }] = await Promise.all([import('better-auth'), import('better-auth/plugins')])
  const { oidc } = ctx.config
  if (!oidc) throw notFound()
  const base = baseOptions(ctx)
  return betterAuth({
    ...base,
    basePath: BASE,
    // What goes wrong there is the provider's or a stranger's, and said to whoever tried.
    logger: { log: (level: string, message: string) => ctx.log.info({ level, message }, 'single sign-on') },
    databaseHooks: { account: { create: { before: withoutTokens }, update: { before: withoutTokens } } },
    // Found by the address alone, and only where the provider says it has verified it.
    account: { ...base.account, accountLinking: { enabled: true, trustedProviders: [] } },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: PROVIDER,
            discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
            requireIdTokenVerification: true,
            clientId: oidc.clientId,
            clientSecret: oidc.clientSecret,
            scopes: ['openid', 'email', 'profile'],
            pkce: true,
            disableSignUp: true,
          },
        ],
      }),
    ],
  })
}

/** Who somebody is was all that was asked: nothing of the provider's that opens anything is kept. */
const withoutTokens = async <T extends object>(account: T) => ({
  data: { ...account, accessToken: null, refreshToken: null, idToken: null },
})

/** @returns where the browser goes, and the cookies that know it when it comes back @throws Refusal `unavailable` sso-silent */
export async function beginSso(ctx: Ctx, next: string): Promise<{ location: string; cookies: string[] }> {
  const auth = await sso(ctx)
  const answer = await auth.api.signInSocial({
    body: { provider: PROVIDER, callbackURL: next, errorCallbackURL: `${BASE}?sso=failed`, disableRedirect: true },
    headers: new Headers(),
    asResponse: true,
  })
  const said = answer.status === 200 ? ((await answer.json()) as { url?: string }) : {}
  if (!said.url) throw unavailable('sso-silent')
  return { location: said.url, cookies: answer.headers.getSetCookie() }
}

/** The provider's answer. @returns the cookies of a session @throws Refusal sso-no-member, sso-failed */
export async function endSso(
  ctx: Ctx,
  query: Record<string, string>,
  headers: Headers,
  meta: Meta,
): Promise<{ next: string; cookies: string[] }> {
  const auth = await sso(ctx)
  const answer = await auth.api.callbackOAuth({
    method: 'GET',
    params: { id: PROVIDER },
    query,
    headers: headersFor(headers, meta),
    asResponse: true,
  })
  const location = answer.headers.get('location') ?? ''
  const error = new URL(location, ctx.config.publicUrl).searchParams.get('error')
  if (error || answer.status !== 302) {
    ctx.log.info({ error }, 'single sign-on')
    throw notAllowed(/signup_disabled|account_not_linked|email/.test(error ?? '') ? 'sso-no-member' : 'sso-failed')
  }
  const cookies = answer.headers.getSetCookie()
  const session = cookies.map((c) => c.split(';')[0]).join('; ')
  // A login whose member has left, or was taken back, lets nobody in.
  if (!(await sessionActor(ctx, new Headers({ cookie: session })))) {
    await auth.api.signOut({ headers: new Headers({ cookie: session }) })
    throw notAllowed('sso-no-member')
  }
  return { next: location, cookies }
}
