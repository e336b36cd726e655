/** Who is asking: the session cookie of a person, or the bearer token of a program. */

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
  const given = c.req.header('authorization')
  if (given !== undefined) {
    c.set('actor', await tokenActor(c.var.ctx, given))
    c.set('via', 'token')
    return
  }
  if (!sessionCookieIn(c.req.header('cookie'))) return
  const actor = await sessionActor(c.var.ctx, c.req.raw.headers)
  c.set('actor', actor)
  c.set('via', actor ? 'session' : null)
}

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
