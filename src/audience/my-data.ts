/** What is held about a subscriber, handed out and deleted at their own word (个人信息保护法 arts. 45, 47). */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { notFound } from '../lib/errors.ts'
import {
  callDigest,
  deleteSubscriber,
  deliveriesTo,
  interestsOf,
  mailDeliveriesOf,
  setInterests,
  subscriberByToken,
} from './store.ts'
import { listed, suppress } from './suppression.ts'

const NEWEST_DELIVERIES = 5000

/** Everything that is kept, as data. @throws Refusal `not-found` */
export async function exportMyData(ctx: Ctx, token: string) {
  const { db } = ctx.store
  const subscriber = await subscriberByToken(db, token)
  if (!subscriber) throw notFound('subscription')
  const [interests, deliveries, onList] = await Promise.all([
    interestsOf(db, subscriber.id),
    deliveriesTo(db, subscriber.id, NEWEST_DELIVERIES),
    listed(ctx, db, subscriber.kind, subscriber.address),
  ])
  return {
    exportedAt: ctx.clock.now(),
    subscriber: {
      number: subscriber.id,
      kind: subscriber.kind,
      address: subscriber.address,
      keys: subscriber.keys ? (JSON.parse(subscriber.keys) as object) : null,
      state: subscriber.state,
      language: subscriber.language,
      urgency: subscriber.urgency,
      frequency: subscriber.frequency,
      zone: subscriber.zone || ctx.config.site.offset,
      topicRule: subscriber.every_topic ? 'all' : 'any',
      ...interests,
      createdAt: subscriber.created_at,
      confirmedAt: subscriber.confirmed_at,
      leftAt: subscriber.left_at,
      suppressed: onList ? { reason: onList.reason, since: onList.since } : null,
    },
    deliveries: deliveries.map((d) => ({
      release: d.number,
      outlet: d.outlet,
      state: d.state,
      acceptedAt: d.accepted_at,
      updatedAt: d.updated_at,
    })),
  }
}

/**
 * Removes the subscriber and what they chose; a record of delivery keeps a bare number. An entry on the suppression list
 * stays, and who complained gets one: nothing may be sent to them again only because they are forgotten. Asking twice is no fault.
 */
export async function deleteMyData(ctx: Ctx, token: string): Promise<void> {
  const letters = await ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByToken(trx, token)
    if (!subscriber) return []
    const deliveries = subscriber.kind === 'email' ? await mailDeliveriesOf(trx, subscriber.id) : []
    await setInterests(trx, subscriber.id, [], [])
    if (subscriber.state === 'complained') await suppress(ctx, trx, subscriber.kind, subscriber.address, 'complained')
    await callDigest(trx, subscriber.id, ctx.clock.now())
    await deleteSubscriber(trx, subscriber.id)
    return deliveries
  })
  // Without a mail relay the letters lie in the outbox, addressed.
  for (const id of letters) await rm(join(ctx.config.dataDir, 'outbox', `${id}.eml`), { force: true })
}
