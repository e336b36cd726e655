/** Passkeys: asking a browser to make or show one, and taking what it answers. The library checks the signatures. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notAllowed, notFound, type Refusal } from '../lib/errors.ts'
import { assertActive } from './auth.ts'
import { challengeIn, headersFor, type Library, library, type Meta, orNull } from './auth-library.ts'
import { ownerOfPasskey, passkeyIdsOf, questionOf, sessionSince, settleAsking } from './factor-store.ts'
import type { Actor } from './member.ts'
import { proveBy } from './proof.ts'
import { type MemberRow, memberById } from './store.ts'

/** Whose passkey it becomes: of the session in the headers, or of who was invited by this token. */
export type Whose = { headers: Headers } | { invitation: string }
export type Asked = { options: unknown; cookies: string[] }
export type SentPasskey = { response: unknown; name: string }

/** A newcomer's browser may carry the session of somebody else: theirs is not looked at. */
const cookiesOf = (headers: Headers, invited: boolean): Headers =>
  invited
    ? new Headers({ cookie: (headers.get('cookie') ?? '').replace(/(^|;\s*)[^;=]*session_(token|data)=[^;]*/g, '') })
    : headersFor(headers)

export async function newPasskeyFor(ctx: Ctx, whose: Whose): Promise<Asked> {
  const auth = await library(ctx)
  const answer = await auth.api.generatePasskeyRegistrationOptions({
    headers: 'headers' in whose ? headersFor(whose.headers) : new Headers(),
    query: 'invitation' in whose ? { context: whose.invitation } : {},
    asResponse: true,
  })
  return asked(answer)
}

/** What to show: of the session where there is one, else any key the device keeps for this site. */
export async function anyPasskey(ctx: Ctx, headers: Headers): Promise<Asked> {
  const auth = await library(ctx)
  const answer = await auth.api.generatePasskeyAuthenticationOptions({ headers: headersFor(headers), asResponse: true })
  return asked(answer, { userVerification: 'required' })
}

async function asked(answer: Response, more: object = {}): Promise<Asked> {
  if (answer.status !== 200) throw notAllowed('passkey-failed')
  return { options: { ...((await answer.json()) as object), ...more }, cookies: answer.headers.getSetCookie() }
}

/** @returns the user id it was kept for @throws Refusal passkey-failed */
export async function keepPasskey(
  ctx: Ctx,
  whose: { headers: Headers; invitation?: string },
  sent: SentPasskey,
): Promise<string> {
  const auth = await library(ctx)
  const name = nameOf(sent.name)
  const headers = cookiesOf(whose.headers, whose.invitation !== undefined)
  const kept = await registered(
    auth.api.verifyPasskeyRegistration({ headers, body: { response: sent.response, ...(name ? { name } : {}) } }),
  )
  if (!kept) throw notAllowed('passkey-failed')
  return kept.userId
}

/** The library answers 500 to an answer that does not hold; that is no fault of ours. */
async function registered<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await orNull(call)
  } catch (err) {
    if ((err as { body?: { code?: string } }).body?.code === 'FAILED_TO_VERIFY_REGISTRATION') return null
    throw err
  }
}

const nameOf = (name: string): string => [...name.trim()].slice(0, 60).join('')

/** Adds one to one's own account; who they are was shown before (account.ts). */
export async function addPasskey(ctx: Ctx, by: Actor, headers: Headers, sent: SentPasskey): Promise<void> {
  const userId = await keepPasskey(ctx, { headers }, sent)
  await settleAsking(ctx.store.db, userId)
  await record(ctx, by, 'factor.add')
}

export type PasskeyLine = { id: string; name: string; createdAt: string; synced: boolean }

export async function ownPasskeys(ctx: Ctx, headers: Headers): Promise<PasskeyLine[]> {
  const auth = await library(ctx)
  const rows = (await orNull(auth.api.listPasskeys({ headers: headersFor(headers) }))) ?? []
  return rows
    .map((p) => ({
      id: p.id,
      name: p.name ?? '',
      createdAt: p.createdAt ? new Date(p.createdAt).toISOString() : '',
      synced: Boolean(p.backedUp),
    }))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
}

export async function renamePasskey(ctx: Ctx, headers: Headers, id: string, name: string): Promise<void> {
  const auth = await library(ctx)
  const said = nameOf(name)
  if (!said) throw invalid([issue('name', 'required')])
  if (!(await orNull(auth.api.updatePasskey({ headers: headersFor(headers), body: { id, name: said } }))))
    throw notFound('passkey')
}

export async function removePasskey(ctx: Ctx, by: Actor, headers: Headers, id: string): Promise<void> {
  const auth = await library(ctx)
  if (!(await orNull(auth.api.deletePasskey({ headers: headersFor(headers), body: { id } })))) throw notFound('passkey')
  const userId = (await memberById(ctx.store.db, by.memberId))?.user_id
  if (userId) await settleAsking(ctx.store.db, userId)
  await record(ctx, by, 'factor.remove')
}

const record = (ctx: Ctx, by: Actor, act: string) =>
  ctx.store.tx((trx) =>
    append(trx, ctx, { actor: by.memberId, act, subject: `member:${by.memberId}`, fact: { kind: 'passkey' } }),
  )

/** What the library says no with, as the refusal a person reads. Its question is used up by the first answer, right or wrong. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string }
  if (code === 'CHALLENGE_NOT_FOUND') return notAllowed('passkey-stale')
  return notAllowed(code === 'PASSKEY_NOT_FOUND' ? 'passkey-unknown' : 'passkey-failed')
}

/** Who was asked, and since when (ms): a question of before is not of this session, or of this password. */
type Question = { userId: string; since: number; named: boolean }

/**
 * Looked at before anything is checked or used up: an answer is good for the member and the sitting that were asked.
 * @throws Refusal passkey-other, passkey-unknown, passkey-stale
 */
async function assertAsked(ctx: Ctx, headers: Headers, response: unknown, asked: Question): Promise<void> {
  const { db } = ctx.store
  const { id } = response as { id?: unknown }
  const owner = await ownerOfPasskey(db, typeof id === 'string' ? id : '')
  if (owner === null) throw notAllowed('passkey-unknown')
  if (owner !== asked.userId) throw notAllowed('passkey-other')
  const question = await questionOf(db, questionIn(ctx, headers))
  if (!question || question.at < asked.since) throw notAllowed('passkey-stale')
  const { userData } = JSON.parse(question.value) as { userData?: { id?: string } }
  if (userData?.id !== (asked.named ? asked.userId : '')) throw notAllowed('passkey-stale')
}

/** The question a browser carries, where it is one and plainly written: what is looked at here the library must answer, and no other. */
function questionIn(ctx: Ctx, headers: Headers): string {
  const name = `${ctx.config.publicUrl.startsWith('https://') ? '__Secure-' : ''}ortoo.better-auth-passkey`
  const all = (headers.get('cookie') ?? '').split(';').map((one) => one.trim())
  const found = all.filter((one) => (one.split('=')[0] ?? '').trim() === name)
  return found.length === 1 ? (/^=([^".%]+)\./.exec(found[0]?.slice(name.length) ?? '')?.[1] ?? '') : ''
}

type Shown = { session: { id: string; token: string; userId: string }; cookies: string[] }

/** The library makes a session of every key that was shown rightly. @throws Refusal passkey-failed */
async function shown(auth: Library, headers: Headers, response: unknown, meta?: Meta): Promise<Shown> {
  const answer = await auth.api.verifyPasskeyAuthentication({
    headers: headersFor(headers, meta),
    body: { response: response as never },
    asResponse: true,
  })
  if (answer.status !== 200) throw await refusalOf(answer)
  const { session } = (await answer.json()) as { session: Shown['session'] }
  return { session, cookies: answer.headers.getSetCookie() }
}

/** Comes in with a passkey: the device has verified the person, so it is both factors at once. */
export async function signInByPasskey(
  ctx: Ctx,
  headers: Headers,
  response: unknown,
  meta: Meta,
): Promise<{ cookies: string[]; member: MemberRow }> {
  const { session, cookies } = await shown(await library(ctx), headers, response, meta)
  const member = await assertActive(ctx, session.userId)
  await proveBy(ctx, { memberId: member.id, session: session.id }, 'passkey')
  return { cookies, member }
}

/** Shows once more, in a session that stands, that it is still this member. @throws Refusal passkey-* */
export async function proveByPasskey(ctx: Ctx, by: Actor, headers: Headers, response: unknown): Promise<void> {
  const { db } = ctx.store
  const userId = (await memberById(db, by.memberId))?.user_id
  const since = by.session ? await sessionSince(db, by.session) : null
  if (!userId || since === null) throw notAllowed('session-only')
  await assertAsked(ctx, headers, response, { userId, since, named: true })
  const auth = await library(ctx)
  const { session } = await shown(auth, headers, response)
  const { internalAdapter } = await auth.$context
  // Only what it says is wanted; the session in the browser stays the one it was.
  await internalAdapter.deleteSession(session.token)
  const member = await assertActive(ctx, session.userId)
  if (member.id !== by.memberId) throw notAllowed('passkey-failed')
  await proveBy(ctx, by, 'passkey')
}

/** What the browser is asked for once the password was right: a passkey of whoever typed it. @throws Refusal code-question-over */
export async function passkeyAfterPassword(ctx: Ctx, headers: Headers): Promise<Asked> {
  const waits = await waitingFor(ctx, headers)
  const allowCredentials = (await passkeyIdsOf(ctx.store.db, waits.userId)).map((k) => ({
    id: k.id,
    type: 'public-key',
    ...(k.transports ? { transports: k.transports.split(',') } : {}),
  }))
  if (allowCredentials.length === 0) throw notAllowed('passkey-unknown')
  const auth = await library(ctx)
  // Asked of nobody's session: one that this browser still carries may be somebody else's.
  const answer = await auth.api.generatePasskeyAuthenticationOptions({ headers: new Headers(), asResponse: true })
  return asked(answer, { userVerification: 'required', allowCredentials })
}

/** The passkey after the password. Both questions are used up. @throws Refusal passkey-*, code-question-over */
export async function signInByPasskeyToo(
  ctx: Ctx,
  headers: Headers,
  response: unknown,
  meta: Meta,
): Promise<{ cookies: string[]; member: MemberRow }> {
  const { id, userId, since } = await waitingFor(ctx, headers)
  await assertAsked(ctx, headers, response, { userId, since, named: false })
  const auth = await library(ctx)
  const { session, cookies } = await shown(auth, cookiesOf(headers, true), response, meta)
  const { internalAdapter } = await auth.$context
  const spent = session.userId === userId ? await internalAdapter.consumeVerificationValue(id) : null
  if (spent?.value !== userId) {
    await internalAdapter.deleteSession(session.token)
    throw notAllowed('code-question-over')
  }
  const member = await assertActive(ctx, userId)
  await proveBy(ctx, { memberId: member.id, session: session.id }, 'passkey')
  return { cookies, member }
}

async function waitingFor(ctx: Ctx, headers: Headers): Promise<{ id: string; userId: string; since: number }> {
  const id = challengeIn(ctx, headers)?.id
  const question = id?.startsWith('2fa-') ? await questionOf(ctx.store.db, id) : null
  if (!id || !question) throw notAllowed('code-question-over')
  return { id, userId: question.value, since: question.at }
}
