/** Who is asking: the session cookie of a person, or the bearer token of a program. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { MINUTE } from '../../lib/clock.ts'
import { sha256 } from '../../lib/id.ts'
import { actorOf, sessionActor, sessionCookieIn } from '../../staff/auth.ts'
import { type Actor, SCOPES, type Scope } from '../../staff/member.ts'
import { memberById, tokenByHash, updateToken } from '../../staff/store.ts'
import type { Req } from '../env.ts'
import { NotSignedIn } from '../errors.ts'

/** Sets `actor` and `via`. A token that is not good refuses the call; a session that is not good is no session. */
export async function identify(c: Req): Promise<void> {
  const { actor, via } = await whoIs(c.var.ctx, c.req.raw.headers)
  c.set('actor', actor)
  c.set('via', via)
}

/** Asked again while an answer is still being written. @throws NotSignedIn for a token that is not good */
export async function whoIs(
  ctx: Ctx,
  headers: Headers,
): Promise<{ actor: Actor | null; via: 'session' | 'token' | 'metrics' | null }> {
  const given = headers.get('authorization')
  if (given !== null) {
    if (isMetricsToken(ctx.config.metricsToken, given)) return { actor: null, via: 'metrics' }
    return { actor: await tokenActor(ctx, given), via: 'token' }
  }
  if (!sessionCookieIn(headers.get('cookie') ?? undefined)) return { actor: null, via: null }
  const actor = await sessionActor(ctx, headers)
  return { actor, via: actor ? 'session' : null }
}

/** The token that reads figures and health, and nothing else. Compared by hash, so that time tells nothing. */
const isMetricsToken = (token: string | null, header: string): boolean => {
  const given = /^Bearer (\S+)$/i.exec(header)?.[1]
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token))
}
const digest = (text: string) => createHash('sha256').update(text).digest()

/** The member a token stands for, with no more than the scopes it was given. @throws NotSignedIn */
async function tokenActor(ctx: Ctx, header: string): Promise<Actor> {
  const token = /^Bearer (ortoo_[A-Za-z0-9_-]{32})$/i.exec(header)?.[1]
  const row = token ? await tokenByHash(ctx.store.db, sha256(token)) : undefined
  const now = ctx.clock.now()
  if (!row || row.revoked_at || row.expires_at <= now) throw new NotSignedIn('token-unknown')
  const member = await memberById(ctx.store.db, row.member_id)
  if (!member?.active) throw new NotSignedIn('token-unknown')
  const stale = !row.last_used_at || Date.parse(now) - Date.parse(row.last_used_at) > MINUTE
  if (stale) await updateToken(ctx.store.db, row.id, { last_used_at: now })
  const scopes = (JSON.parse(row.scopes) as Scope[]).filter((s) => SCOPES.includes(s))
  return { ...(await actorOf(ctx, member)), scopes }
}
