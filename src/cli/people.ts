/** In whose name a command acts: a member who proves it by password, or by a token in a file. */
import { readFile } from 'node:fs/promises'
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { sha256 } from '../lib/id.ts'
import { actorOf, signIn, signOut } from '../staff/auth.ts'
import { type Actor, SCOPES, type Scope } from '../staff/member.ts'
import { signInByCode } from '../staff/second-factor.ts'
import { type MemberRow, memberByEmail, memberById, tokenByHash } from '../staff/store.ts'
import { type Given, type Io, textOption, UsageError } from './command.ts'

/** Options of every command that acts in somebody's name. */
export const BY = { by: 'value', 'token-file': 'value' } as const

/**
 * The member named by --by, who types their password, or the one whose token lies in --token-file. Whoever runs the
 * machine is nobody in the newsroom: what is done there is done by a member and recorded as theirs.
 * @throws UsageError; Refusal `sign-in-failed`
 */
export async function actor(io: Io, ctx: Ctx, given: Given): Promise<Actor> {
  const file = textOption(given, 'token-file')
  if (file) return byToken(ctx, file)
  const email = textOption(given, 'by')
  if (!email) throw new UsageError('cli.usage.by-missing')
  const member = await memberNamed(ctx, email)
  const password = await io.secret(t(io.lang, 'cli.password', { email }))
  const meta = { ip: '127.0.0.1', userAgent: 'ortoo' }
  const { cookies, needs } = await signIn(ctx, member.email, password, meta)
  const session =
    needs === 'code'
      ? await signInByCode(ctx, headersOf(cookies), await io.secret(t(io.lang, 'cli.code', { email })), meta)
      : { cookies }
  await signOut(ctx, headersOf(session.cookies))
  return actorOf(ctx, member)
}

const headersOf = (cookies: string[]): Headers =>
  new Headers({ cookie: cookies.map((c) => c.split(';')[0]).join('; ') })

async function byToken(ctx: Ctx, file: string): Promise<Actor> {
  const text = await readFile(file, 'utf8').catch((err) => {
    throw new UsageError('cli.usage.file', { file, why: err.code ?? err.message })
  })
  const row = await tokenByHash(ctx.store.db, sha256(text.trim()))
  const member = row && (await memberById(ctx.store.db, row.member_id))
  if (!row || row.revoked_at || row.expires_at <= ctx.clock.now() || !member?.active)
    throw new UsageError('cli.usage.token-not-good', { file })
  const scopes = (JSON.parse(row.scopes) as Scope[]).filter((s) => SCOPES.includes(s))
  return { ...(await actorOf(ctx, member)), scopes }
}

/** @throws UsageError */
export async function memberNamed(ctx: Ctx, email: string): Promise<MemberRow> {
  const member = await memberByEmail(ctx.store.db, email)
  if (!member) throw new UsageError('cli.usage.no-member', { email })
  return member
}
