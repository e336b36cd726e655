/** Ends a subscription by its token (RFC 8058 §3.2): at once, without a question, as often as it is asked. */
import type { Ctx } from '../context.ts'
import { endSubscription } from './intake.ts'
import { subscriberByToken } from './store.ts'

/** Whoever is unknown, gone or has left already gets nothing any more, so every answer is the same. */
export async function leave(ctx: Ctx, token: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByToken(trx, token)
    if (subscriber) await endSubscription(ctx, trx, subscriber, 'left')
  })
}
