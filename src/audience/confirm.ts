/** Makes a pending subscription real. Asked for by a button, because scanners open every link in a mail. */
import type { Ctx } from '../context.ts'
import { HOUR, plus } from '../lib/clock.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { forgetSoftBounces } from './bounce-store.ts'
import { type SubscriberRow, subscriberByToken, updateSubscriber } from './store.ts'
import { barred, liftDead } from './suppression.ts'

/** As the letter says. */
const GOOD_FOR = 48 * HOUR

/** What the page behind the link says. */
export type Confirmable = { subscriber: SubscriberRow; state: 'waiting' | 'done' | 'late' | 'over' }

/** Looks, and changes nothing. @throws Refusal `not-found` */
export async function confirmable(ctx: Ctx, token: string): Promise<Confirmable> {
  const subscriber = await subscriberByToken(ctx.store.db, token)
  if (!subscriber) throw notFound('subscription')
  return { subscriber, state: await standing(ctx, ctx.store.db, subscriber) }
}

/** A second press is no fault. @throws Refusal `not-found`; `wrong-state` when the 48 hours are over or they have left since */
export async function confirm(ctx: Ctx, token: string): Promise<SubscriberRow> {
  return ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByToken(trx, token)
    if (!subscriber) throw notFound('subscription')
    const now = ctx.clock.now()
    const state = await standing(ctx, trx, subscriber)
    if (state === 'late') throw wrongState('confirmation-late')
    if (state === 'over') throw wrongState('subscription-over')
    if (state === 'waiting') {
      await updateSubscriber(trx, subscriber.id, { state: 'active', confirmed_at: now })
      // Who pressed has had our letter: what failed before says nothing any more.
      await forgetSoftBounces(trx, subscriber.id)
      await liftDead(ctx, trx, subscriber.kind, subscriber.address)
    }
    return { ...subscriber, state: 'active', confirmed_at: subscriber.confirmed_at ?? now }
  })
}

async function standing(ctx: Ctx, db: Ctx['store']['db'], subscriber: SubscriberRow): Promise<Confirmable['state']> {
  if (subscriber.state === 'active') return 'done'
  if (subscriber.state !== 'pending' || (await barred(ctx, db, subscriber.kind, subscriber.address))) return 'over'
  return plus(subscriber.created_at, GOOD_FOR) < ctx.clock.now() ? 'late' : 'waiting'
}
