/** What a subscriber chose, for themselves to see and change. The token is the key; nobody signs in. */
import type { Ctx } from '../context.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { assertOffered, type Choices, choicesInput, columnsOf, keepInterests } from './choices.ts'
import { callDigest, interestsOf, type SubscriberRow, subscriberByToken, updateSubscriber } from './store.ts'

export type Preferences = Choices & { kind: string; address: string; state: string; since: string }

/** @throws Refusal `not-found` */
export async function preferences(ctx: Ctx, token: string): Promise<Preferences> {
  const subscriber = await subscriberByToken(ctx.store.db, token)
  if (!subscriber) throw notFound('subscription')
  return { ...facts(subscriber), ...(await interestsOf(ctx.store.db, subscriber.id)) }
}

/** Replaces every choice. @throws Refusal `not-found`; `wrong-state` unless the subscription runs; `invalid` */
export async function changePreferences(ctx: Ctx, token: string, sent: unknown): Promise<Preferences> {
  const choices = readableZod(choicesInput, sent)
  const known = await subscriberByToken(ctx.store.db, token)
  if (!known) throw notFound('subscription')
  await assertOffered(ctx.store.db, choices, known.kind)
  return ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByToken(trx, token)
    if (!subscriber) throw notFound('subscription')
    if (subscriber.state === 'pending') throw wrongState('subscription-unconfirmed')
    if (subscriber.state !== 'active') throw wrongState('subscription-over')
    await updateSubscriber(trx, subscriber.id, columnsOf(choices))
    await keepInterests(trx, subscriber.id, choices)
    // What waited for a digest does not wait any longer.
    if (subscriber.frequency !== 'at-once' && choices.frequency === 'at-once')
      await callDigest(trx, subscriber.id, ctx.clock.now())
    return { ...facts(subscriber), ...choices }
  })
}

const facts = (s: SubscriberRow) => ({
  kind: s.kind,
  address: s.address,
  state: s.state,
  since: s.confirmed_at ?? s.created_at,
  language: s.language as Choices['language'],
  urgency: s.urgency as Choices['urgency'],
  frequency: s.frequency as Choices['frequency'],
  zone: s.zone,
  topicRule: s.every_topic ? ('all' as const) : ('any' as const),
})
