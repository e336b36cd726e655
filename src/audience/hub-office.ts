/** The hub as an administrator sees it: who follows which feed until when, and ending one. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { notFound } from '../lib/errors.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { endFollowing, type FollowerRow, followerById, followersBefore, putRequest } from './hub-store.ts'
import { denialOf } from './hub-verify.ts'

export const PAGE = 100

/** A page, the newest first; no secret and no whole callback, which may hold one. */
export function followers(ctx: Ctx, by: Actor, before: number | null): Promise<FollowerRow[]> {
  admitHome(by, 'outlet.read')
  return followersBefore(ctx.store.db, before, PAGE)
}

/** Ends a subscription, and the callback is told (W3C WebSub §5.2). */
export async function endFollower(ctx: Ctx, by: Actor, id: number): Promise<void> {
  admitHome(by, 'outlet.manage')
  await ctx.store.tx(async (trx) => {
    const found = await followerById(trx, id)
    if (!found) throw notFound('hub-follower')
    const { topic, host, address } = found
    const callback = address.slice(0, address.indexOf('#'))
    const topic_url = ctx.config.publicUrl + topic.split('/').map(encodeURIComponent).join('/')
    await endFollowing(trx, [id], ctx.clock.now())
    await putRequest(trx, denialOf(ctx, { callback, topic, topic_url, host }, 'ended by the hub'))
    await append(trx, ctx, { actor: by.memberId, act: 'hub.end', subject: `subscriber:${id}` })
  })
}
