/** The sign-in library, opened over the store's own handle: passwords, sessions, passkeys, codes. Never inside a transaction of ours. */
import type { Ctx } from '../context.ts'
import { HOUR } from '../lib/clock.ts'
import { rejectUnverified, userOfInvitation } from './passkey-rules.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from './password.ts'

const SESSION = 12 * HOUR
/** Digits alone, so that a code read off paper by torchlight can be typed on a telephone. */
export const PAPER = { amount: 10, digits: 10 } as const

export type Library = Awaited<ReturnType<typeof openLibrary>>
const libraries = new WeakMap<Ctx['store'], Promise<Library>>()

/** It takes a second to load: only when somebody signs in or comes with a session. */
export function library(ctx: Ctx): Promise<Library> {
  const held = libraries.get(ctx.store) ?? openLibrary(ctx)
  libraries.set(ctx.store, held)
  return held
}

/** What the library is told whoever opens it: the same rows, the same cookies. */
export const baseOptions = ({ config, store, keys, log }: Ctx) => ({
  database: { db: store.auth as never, type: store.dialect },
  secret: keys.secret,
  baseURL: config.publicUrl,
  user: { modelName: 'auth_user' },
  // A session ends twelve hours after signing in, however busy it was: the end of a duty.
  session: { modelName: 'auth_session', expiresIn: SESSION / 1000, disableSessionRefresh: true, freshAge: 0 },
  account: { modelName: 'auth_account' },
  verification: { modelName: 'auth_verification' },
  rateLimit: { enabled: false }, // guards/sign-in.ts counts before a password is looked at
  telemetry: { enabled: false },
  logger: {
    log: (level: string, message: string) =>
      isOurs(level, message) ? log.error({ level }, 'auth library') : undefined,
  },
  advanced: {
    cookiePrefix: 'ortoo',
    useSecureCookies: config.publicUrl.startsWith('https://'),
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, path: '/' },
  },
})

/** The library calls an error what a stranger sent wrongly; those are no faults of ours. */
const isOurs = (level: string, message: string): boolean =>
  level === 'error' && !/^(Failed to verify (registration|authentication)|State |state_|signup_disabled)/i.test(message)

async function openLibrary(ctx: Ctx) {
  const [{ betterAuth }, { twoFactor }, { passkey }, { generateRandomString }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
    import('@better-auth/passkey'),
    import('better-auth/crypto'),
  ])
  const { config } = ctx
  const paperCode = () => generateRandomString(PAPER.digits, '0-9')
  return betterAuth({
    ...baseOptions(ctx),
    emailAndPassword: {
      enabled: true,
      // Members come in by invitation alone.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    plugins: [
      twoFactor({
        // Letters of the address keep the square an authenticator scans coarse enough for an old camera.
        issuer: new URL(config.publicUrl).hostname,
        // Somebody who came in with a passkey has no password to be asked for.
        allowPasswordless: true,
        schema: { twoFactor: { modelName: 'auth_two_factor' } },
        backupCodeOptions: {
          customBackupCodesGenerate: () => Array.from({ length: PAPER.amount }, paperCode),
          storeBackupCodes: 'encrypted',
        },
        // Ours knows who the last signer on duty is (lock-out.ts); this one would lock them out.
        accountLockout: { enabled: false },
      }),
      passkey({
        rpID: new URL(config.publicUrl).hostname,
        rpName: config.site.nameZh,
        origin: new URL(config.publicUrl).origin,
        schema: { passkey: { modelName: 'auth_passkey' } },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          // A newcomer with an invitation has no session yet; every other route asks for one before it comes here.
          requireSession: false,
          resolveUser: ({ context }) => userOfInvitation(ctx, context ?? ''),
          afterVerification: ({ verification }) => rejectUnverified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) => rejectUnverified(verification.authenticationInfo.userVerified),
        },
      }),
    ],
  })
}

/** What the library needs to know of a request: its cookies, and what a new session is listed by. */
export type Meta = { ip: string; userAgent: string }
export const headersFor = (headers: Headers, meta?: Meta): Headers =>
  new Headers({
    cookie: headers.get('cookie') ?? '',
    ...(meta ? { 'user-agent': meta.userAgent.slice(0, 300), 'x-forwarded-for': meta.ip } : {}),
  })

/**
 * The question a browser carries, written exactly as the library wrote it. Quoted, encoded or beside another of the name it is none:
 * what is counted and what is answered must be the same question, or wrong codes would be counted against somebody else.
 */
export function challengeIn(ctx: Pick<Ctx, 'config'>, headers: Headers): { id: string; cookie: string } | null {
  const name = `${ctx.config.publicUrl.startsWith('https://') ? '__Secure-' : ''}ortoo.two_factor`
  const all = (headers.get('cookie') ?? '').split(';').map((one) => one.trim())
  const found = all.filter((one) => one.slice(0, one.indexOf('=')).trim() === name)
  const id = /^=([\w-]+)\.[\w%+/=.-]+$/.exec(found[0]?.slice(name.length) ?? '')?.[1]
  return found.length === 1 && id ? { id, cookie: found[0] as string } : null
}

/** Runs a call of the library. @returns null where it refused what was sent; what is its own fault is thrown on */
export async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (err) {
    const { statusCode } = err as { statusCode?: number }
    if (statusCode !== undefined && statusCode < 500) return null
    throw err
  }
}
