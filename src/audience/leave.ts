/** Ends a subscription by its token (RFC 8058 §3.2): at once, without a question, as often as it is asked. */
import type { Ctx } from '../context.ts'
import { callDigest, subscriberByToken, updateSubscriber } from './store.ts'
import { mayMove } from './subscriber.ts'

/** Whoever is unknown, gone or has left already gets nothing any more, so every answer is the same. */
export async function leave(ctx: Ctx, token: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByToken(trx, token)
    if (!subscriber || !mayMove(subscriber.state, 'left')) return
    await updateSubscriber(trx, subscriber.id, { state: 'left', left_at: ctx.clock.now() })
    await callDigest(trx, subscriber.id, ctx.clock.now())
  })
}
