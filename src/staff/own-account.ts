/** One's own account: who one is once more, the password, the sessions. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { clearAlarm } from '../store/alarm.ts'
import { endSessions, setPassword } from './auth.ts'
import { headersFor, library, orNull } from './auth-library.ts'
import { dropTally, hasAny } from './factor-store.ts'
import { admitAgency } from './gate.ts'
import { loginSubject } from './lock-out.ts'
import type { Actor } from './member.ts'
import { assertPassword } from './password.ts'
import { freshProof } from './proof.ts'
import { factorsOfMember } from './second-factor.ts'
import { memberById } from './store.ts'

export async function hasPassword(ctx: Ctx, by: Actor): Promise<boolean> {
  const member = await memberById(ctx.store.db, by.memberId)
  const { internalAdapter } = await (await library(ctx)).$context
  return Boolean(member?.user_id && (await internalAdapter.findCredentialAccount(member.user_id))?.password)
}

async function isPassword(ctx: Ctx, headers: Headers, password: string): Promise<boolean> {
  const auth = await library(ctx)
  return (await orNull(auth.api.verifyPassword({ headers: headersFor(headers), body: { password } }))) !== null
}

/**
 * Before a way in is added or taken away: whoever has a second factor has shown it within five minutes; anybody else gives the
 * password, so that a desk left open is not enough. @throws Refusal factor-first; `invalid` password-wrong
 */
export async function assertSure(ctx: Ctx, by: Actor, headers: Headers, password: string): Promise<void> {
  if (hasAny(await factorsOfMember(ctx, by.memberId))) {
    if (!(await freshProof(ctx.store.db, by, ctx.clock.now()))) throw notAllowed('factor-first')
    return
  }
  if ((await hasPassword(ctx, by)) && !(await isPassword(ctx, headers, password)))
    throw invalid([issue('password', 'password-wrong')])
}

/** Whoever has no password keeps a passkey, or nobody could come in any more. @throws Refusal last-way-in */
export async function assertAnotherWay(ctx: Ctx, by: Actor): Promise<void> {
  if ((await hasPassword(ctx, by)) || (await factorsOfMember(ctx, by.memberId)).passkeys > 1) return
  throw wrongState('last-way-in')
}

/** Other sessions end with the old password. @returns the cookies of the new session @throws Refusal `invalid` password-* */
export async function changePassword(
  ctx: Ctx,
  by: Actor,
  headers: Headers,
  sent: { current: string; next: string },
): Promise<string[]> {
  const member = await memberById(ctx.store.db, by.memberId)
  if (!member?.user_id) throw notAllowed('session-only')
  await assertPassword(sent.next, member.email, 'next')
  if (!(await hasPassword(ctx, by))) {
    await assertSure(ctx, by, headers, '')
    await setPassword(ctx, member.user_id, sent.next)
    await record(ctx, by, 'password.set')
    return []
  }
  const auth = await library(ctx)
  const answer = await auth.api.changePassword({
    headers: headersFor(headers),
    body: { currentPassword: sent.current, newPassword: sent.next, revokeOtherSessions: true },
    asResponse: true,
  })
  if (answer.status !== 200) throw invalid([issue('current', 'password-wrong')])
  await record(ctx, by, 'password.change')
  return answer.headers.getSetCookie()
}

export type SessionLine = { id: string; at: string; until: string; ip: string; userAgent: string; current: boolean }

/** Sessions that stand, this one first, then the latest. */
export async function ownSessions(ctx: Ctx, by: Actor, headers: Headers): Promise<SessionLine[]> {
  const auth = await library(ctx)
  const rows = (await orNull(auth.api.listSessions({ headers: headersFor(headers) }))) ?? []
  return rows
    .map((s) => ({
      id: s.id,
      at: new Date(s.createdAt).toISOString(),
      until: new Date(s.expiresAt).toISOString(),
      ip: s.ipAddress ?? '',
      userAgent: s.userAgent ?? '',
      current: s.id === by.session,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.at.localeCompare(a.at))
}

/** One of one's own sessions. @throws Refusal `not-found` */
export async function endOwnSession(ctx: Ctx, by: Actor, headers: Headers, id: string): Promise<void> {
  const auth = await library(ctx)
  const rows = (await orNull(auth.api.listSessions({ headers: headersFor(headers) }))) ?? []
  const token = rows.find((s) => s.id === id)?.token
  if (!token) throw notFound('session')
  await orNull(auth.api.revokeSession({ headers: headersFor(headers), body: { token } }))
  await record(ctx, by, 'session.end')
}

export async function endOtherSessions(ctx: Ctx, by: Actor, headers: Headers): Promise<void> {
  const auth = await library(ctx)
  await orNull(auth.api.revokeOtherSessions({ headers: headersFor(headers) }))
  await record(ctx, by, 'session.end-others')
}

const record = (ctx: Ctx, by: Actor, act: string) =>
  ctx.store.tx((trx) => append(trx, ctx, { actor: by.memberId, act, subject: `member:${by.memberId}` }))

/** An administrator shuts every desk a member left open. */
export async function endMemberSessions(ctx: Ctx, by: Actor, memberId: string): Promise<void> {
  const userId = await ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member) throw notFound('member')
    await admitAgency(trx, by, member.agency_id, 'staff.manage')
    await append(trx, ctx, { actor: by.memberId, act: 'member.end-sessions', subject: `member:${member.id}` })
    return member.user_id
  })
  if (userId) await endSessions(ctx, userId)
}

/** An administrator opens a login that was shut after wrong passwords. */
export async function unlockMember(ctx: Ctx, by: Actor, memberId: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member) throw notFound('member')
    await admitAgency(trx, by, member.agency_id, 'staff.manage')
    await dropTally(trx, loginSubject(member.email))
    await clearAlarm(trx, ctx.clock, 'sign-in-locked', `member:${member.id}`)
    await append(trx, ctx, { actor: by.memberId, act: 'member.unlock', subject: `member:${member.id}` })
  })
}
