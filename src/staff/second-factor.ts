/** Codes of an authenticator and codes on paper: made, confirmed, asked for at sign-in and before a flash signature, turned off. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { MINUTE, plus } from '../lib/clock.ts'
import { invalid, issue, notAllowed, wrongState } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'
import { assertActive } from './auth.ts'
import { challengeIn, headersFor, library, type Meta, orNull, PAPER } from './auth-library.ts'
import {
  challengedUser,
  claimCode,
  dropPaper,
  type Factors,
  factorsOf,
  keepPaper,
  NO_FACTORS,
  settleAsking,
  usePaper,
} from './factor-store.ts'
import type { Actor } from './member.ts'
import { proveBy } from './proof.ts'
import { type MemberRow, memberById, memberByUser } from './store.ts'

/** An authenticator's code is taken for its own half minute and the ones beside it. */
const CODE_LIVES = 2 * MINUTE

export async function factorsOfMember(ctx: Ctx, memberId: string): Promise<Factors> {
  const member = await memberById(ctx.store.db, memberId)
  if (!member?.user_id) return NO_FACTORS
  return (await factorsOf(ctx.store.db, [member.user_id])).get(member.user_id) ?? NO_FACTORS
}

const userIdOf = async (ctx: Ctx, by: Actor): Promise<string> => {
  const userId = (await memberById(ctx.store.db, by.memberId))?.user_id
  if (!by.session || !userId) throw notAllowed('session-only')
  return userId
}

const TABLE = 'twoFactor'
const ofUser = (userId: string) => [{ field: 'userId', value: userId }]

/**
 * Begins with an authenticator: what it scans, and the same as letters to type. It counts once a first code is confirmed.
 * @throws Refusal totp-on; `invalid` password-wrong
 */
export async function beginTotp(
  ctx: Ctx,
  by: Actor,
  headers: Headers,
  password: string,
): Promise<{ uri: string; key: string }> {
  const userId = await userIdOf(ctx, by)
  const auth = await library(ctx)
  const { adapter } = await auth.$context
  const before = await factorsOfMember(ctx, by.memberId)
  if (before.totp) throw wrongState('totp-on')
  const row = await adapter.findOne<{ id: string; backupCodes: string }>({ model: TABLE, where: ofUser(userId) })
  const made = await orNull(
    auth.api.enableTwoFactor({
      headers: headersFor(headers),
      body: { method: 'totp', ...(password ? { password } : {}) },
    }),
  )
  if (!made || !('totpURI' in made) || !made.totpURI) throw invalid([issue('password', 'password-wrong')])
  // The library makes new codes with every secret; those that lie in an envelope stay good.
  if (row && before.paper > 0)
    await adapter.update({ model: TABLE, where: ofUser(userId), update: { backupCodes: row.backupCodes } })
  return { uri: made.totpURI, key: new URL(made.totpURI).searchParams.get('secret') ?? '' }
}

/** The first code: from now on signing in asks for one. @returns the cookies of the new session */
export async function confirmTotp(ctx: Ctx, by: Actor, headers: Headers, code: string): Promise<string[]> {
  const userId = await userIdOf(ctx, by)
  // Of one that is on, this would only say which code is right.
  if ((await factorsOfMember(ctx, by.memberId)).totp) throw wrongState('totp-on')
  const auth = await library(ctx)
  const answer = await auth.api.verifyTOTP({
    headers: headersFor(headers),
    body: { code: digits(code) },
    asResponse: true,
  })
  if (answer.status !== 200) throw invalid([issue('factor', 'factor-wrong')])
  await claimCode(ctx.store.db, markOf(userId, code), ctx.clock.now(), plus(ctx.clock.now(), -CODE_LIVES))
  await record(ctx, by, 'factor.add', 'totp')
  return answer.headers.getSetCookie()
}

/** Paper codes go with it: the library keeps both in one row. @returns the cookies of the new session */
export async function turnTotpOff(ctx: Ctx, by: Actor, headers: Headers, password: string): Promise<string[]> {
  const userId = await userIdOf(ctx, by)
  const auth = await library(ctx)
  const answer = await auth.api.disableTwoFactor({
    headers: headersFor(headers),
    body: password ? { password } : {},
    asResponse: true,
  })
  if (answer.status !== 200) throw invalid([issue('password', 'password-wrong')])
  await dropPaper(ctx.store.db, userId)
  await record(ctx, by, 'factor.remove', 'totp')
  return answer.headers.getSetCookie()
}

/** Ten codes, shown this once; those printed before are good no longer. */
export async function printPaperCodes(ctx: Ctx, by: Actor, headers: Headers, password: string): Promise<string[]> {
  const userId = await userIdOf(ctx, by)
  const auth = await library(ctx)
  const sent = { headers: headersFor(headers), body: password ? { password } : {} }
  const { totp } = await factorsOfMember(ctx, by.memberId)
  // Without an authenticator the same row is made, and its secret never told: signing in goes on asking for the password alone.
  const made = await orNull<{ backupCodes: string[] } | { method: 'otp' }>(
    totp
      ? auth.api.generateBackupCodes(sent)
      : auth.api.enableTwoFactor({ ...sent, body: { ...sent.body, method: 'totp' } }),
  )
  if (!made || !('backupCodes' in made)) throw invalid([issue('password', 'password-wrong')])
  await keepPaper(ctx.store.db, userId, ctx.clock.now(), made.backupCodes.length)
  await settleAsking(ctx.store.db, userId)
  await record(ctx, by, 'factor.add', 'paper')
  return made.backupCodes
}

const record = (ctx: Ctx, by: Actor, act: string, kind: string) =>
  ctx.store.tx((trx) => append(trx, ctx, { actor: by.memberId, act, subject: `member:${by.memberId}`, fact: { kind } }))

/** Six figures come from an authenticator, ten from paper; spaces and hyphens are how people write them. */
const digits = (code: string): string => code.normalize('NFKC').replace(/[\s\-–]/g, '')
const isPaper = (code: string): boolean => digits(code).length === PAPER.digits

/** A code in a session that stands. @throws Refusal `invalid` factor-wrong, factor-used */
export async function proveByCode(ctx: Ctx, by: Actor, headers: Headers, code: string): Promise<void> {
  const userId = await userIdOf(ctx, by)
  const auth = await library(ctx)
  const has = await factorsOfMember(ctx, by.memberId)
  const sent = { headers: headersFor(headers) }
  const body = { code: digits(code) }
  // A code given while an authenticator is still being set up would confirm it.
  if (isPaper(code) ? has.paper === 0 : !has.totp) throw invalid([issue('factor', 'factor-wrong')])
  const good = await orNull<unknown>(
    isPaper(code)
      ? auth.api.verifyBackupCode({ ...sent, body: { ...body, disableSession: true } })
      : auth.api.verifyTOTP({ ...sent, body }),
  )
  if (!good) throw invalid([issue('factor', 'factor-wrong')])
  await spend(ctx, userId, code)
  await proveBy(ctx, by, isPaper(code) ? 'paper' : 'code')
}

/** The code after the password. @throws Refusal `invalid` factor-wrong; code-question-over */
export async function signInByCode(
  ctx: Ctx,
  headers: Headers,
  code: string,
  meta: Meta,
): Promise<{ cookies: string[]; member: MemberRow }> {
  const auth = await library(ctx)
  const asked = challengeIn(ctx, headers)
  if (!asked) throw notAllowed('code-question-over')
  // The library sees this one cookie: neither another of the name, nor the session of somebody else.
  const only = headersFor(new Headers({ cookie: asked.cookie }), meta)
  const sent = { headers: only, body: { code: digits(code) }, asResponse: true } as const
  const answer = await (isPaper(code) ? auth.api.verifyBackupCode(sent) : auth.api.verifyTOTP(sent))
  const said = (await answer.json()) as { token?: string; user?: { id: string }; code?: string }
  if (answer.status !== 200 || !said.user || !said.token) {
    if (said.code === 'INVALID_CODE' || said.code === 'INVALID_BACKUP_CODE')
      throw invalid([issue('factor', 'factor-wrong')])
    throw notAllowed('code-question-over')
  }
  const member = await assertActive(ctx, said.user.id)
  const { internalAdapter } = await auth.$context
  try {
    await spend(ctx, said.user.id, code)
  } catch (err) {
    await internalAdapter.deleteSession(said.token)
    throw err
  }
  const found = await internalAdapter.findSession(said.token)
  if (found) await proveBy(ctx, { memberId: member.id, session: found.session.id }, isPaper(code) ? 'paper' : 'code')
  return { cookies: answer.headers.getSetCookie(), member }
}

/** Whose code the question in these cookies asks for: to count wrong ones by, never to let anybody in. */
export async function challengedEmail(ctx: Ctx, headers: Headers): Promise<string | null> {
  const asked = challengeIn(ctx, headers)
  const userId = asked && (await challengedUser(ctx.store.db, asked.id))
  return userId ? ((await memberByUser(ctx.store.db, userId))?.email ?? null) : null
}

/** What whoever is asked could answer with; null where no question waits. */
export async function challengedFactors(ctx: Ctx, headers: Headers): Promise<Factors | null> {
  const asked = challengeIn(ctx, headers)
  const userId = asked && (await challengedUser(ctx.store.db, asked.id))
  return userId ? ((await factorsOf(ctx.store.db, [userId])).get(userId) ?? null) : null
}

const markOf = (userId: string, code: string): string => sha256(`${userId}\n${digits(code)}`)

/** Each code once; the library itself strikes codes on paper off, and counts no authenticator's. */
async function spend(ctx: Ctx, userId: string, code: string): Promise<void> {
  const { db } = ctx.store
  if (isPaper(code)) {
    await usePaper(db, userId)
    return settleAsking(db, userId)
  }
  const now = ctx.clock.now()
  if (!(await claimCode(db, markOf(userId, code), now, plus(now, -CODE_LIVES))))
    throw invalid([issue('factor', 'factor-used')])
}
