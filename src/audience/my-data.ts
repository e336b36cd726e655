/** What is held about a subscriber, handed out and deleted at their own word (个人信息保护法 arts. 45, 47). */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { notFound } from '../lib/errors.ts'
import { forgetSoftBounces } from './bounce-store.ts'
import { forgetAnswers, recordsOf } from './my-data-store.ts'
import { endStandby, standbyOf, standbysAt } from './standby-store.ts'
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

const time = z.string().nullable().describe('UTC, ISO 8601')
/** The export, as documented under /api: names stay, fields are only added. */
export const myDataShape = z.strictObject({
  exportedAt: z.string(),
  subscriber: z.strictObject({
    number: z.number(),
    kind: z.string(),
    address: z.string(),
    keys: z.record(z.string(), z.unknown()).nullable().describe('what a browser or receiver gave to be reached with'),
    state: z.string(),
    mode: z.string(),
    language: z.string(),
    urgency: z.string(),
    frequency: z.string(),
    zone: z.string(),
    topicRule: z.enum(['any', 'all']),
    topics: z.array(z.string()).describe('empty: every topic'),
    areas: z.array(z.string()).describe('empty: every area'),
    createdAt: time,
    confirmedAt: time,
    leftAt: time,
    suppressed: z.strictObject({ reason: z.string(), since: z.string() }).nullable(),
  }),
  standby: z
    .array(z.strictObject({ address: z.string(), askedAt: time, confirmedAt: time, forThisBrowser: z.boolean() }))
    .describe('addresses that stand by for this browser, or browsers this address stands by for'),
  deliveries: z.array(
    z.strictObject({
      release: z.string().nullable(),
      outlet: z.string(),
      state: z.string(),
      acceptedAt: time,
      updatedAt: time,
    }),
  ),
  digests: z.array(z.strictObject({ period: z.string(), state: z.string(), releases: z.number(), acceptedAt: time })),
  failures: z.array(z.strictObject({ at: z.string() })).describe('mails that failed for the moment'),
  canary: z
    .strictObject({ name: z.string(), madeAt: z.string() })
    .nullable()
    .describe('a reporting device of the office'),
  sightings: z.array(z.strictObject({ expectedBy: z.string(), seenAt: time, fault: z.string() })),
})
export type MyData = z.output<typeof myDataShape>

/** Everything that is kept, as data. @throws Refusal `not-found` */
export async function exportMyData(ctx: Ctx, token: string): Promise<MyData> {
  const { db } = ctx.store
  const subscriber = await subscriberByToken(db, token)
  if (!subscriber) throw notFound('subscription')
  const [interests, deliveries, onList, records, standby] = await Promise.all([
    interestsOf(db, subscriber.id),
    deliveriesTo(db, subscriber.id, NEWEST_DELIVERIES),
    listed(ctx, db, subscriber.kind, subscriber.address),
    recordsOf(db, subscriber.id, NEWEST_DELIVERIES),
    standbysFor(db, subscriber),
  ])
  return {
    exportedAt: ctx.clock.now(),
    subscriber: {
      number: subscriber.id,
      kind: subscriber.kind,
      address: subscriber.address,
      keys: subscriber.keys ? (JSON.parse(subscriber.keys) as Record<string, unknown>) : null,
      state: subscriber.state,
      mode: subscriber.mode,
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
    standby: standby.map((s) => ({
      address: s.address,
      askedAt: s.asked_at,
      confirmedAt: s.confirmed_at,
      forThisBrowser: s.push_id === subscriber.id,
    })),
    deliveries: deliveries.map((d) => ({
      release: d.number,
      outlet: d.outlet,
      state: d.state,
      acceptedAt: d.accepted_at,
      updatedAt: d.updated_at,
    })),
    digests: records.digests.map((d) => ({
      period: d.period,
      state: d.state,
      releases: Number(d.items),
      acceptedAt: d.accepted_at,
    })),
    failures: records.failures,
    canary: records.canary ? { name: records.canary.name, madeAt: records.canary.made_at } : null,
    sightings: records.sightings.map((s) => ({ expectedBy: s.expected_by, seenAt: s.seen_at, fault: s.fault })),
  }
}

const standbysFor = async (db: Ctx['store']['db'], s: { id: number; kind: string; address: string }) =>
  s.kind === 'email' ? standbysAt(db, s.address) : [await standbyOf(db, s.id)].flatMap((row) => row ?? [])

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
    await endStandby(trx, subscriber.id)
    await forgetAnswers(trx, subscriber.id)
    await forgetSoftBounces(trx, subscriber.id)
    if (subscriber.state === 'complained') await suppress(ctx, trx, subscriber.kind, subscriber.address, 'complained')
    await callDigest(trx, subscriber.id, ctx.clock.now())
    await deleteSubscriber(trx, subscriber.id)
    return deliveries
  })
  // Without a mail relay the letters lie in the outbox, addressed.
  for (const id of letters) await rm(join(ctx.config.dataDir, 'outbox', `${id}.eml`), { force: true })
}
