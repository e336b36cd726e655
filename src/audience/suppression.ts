/**
 * The suppression list: addresses nothing is sent to any more, whoever asks. Only a keyed hash is kept, so that the list
 * outlives "delete my data" and yet names nobody; whoever types an address can look it up.
 */
import { createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { DAY, plus } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import type { Tables } from '../store/tables.ts'
import { dropStandbysAt } from './standby-store.ts'
import { callDigest, subscriberById, updateSubscriber } from './store.ts'
import { mayMove, type SubscriberState } from './subscriber.ts'
import {
  deleteSuppression,
  insertSuppression,
  type SuppressionRow,
  setHashes,
  subscribersAt,
  suppressionByHash,
  unhashed,
} from './suppression-store.ts'

type Db = Kysely<Tables>
export const REASONS = ['complained', 'bounced', 'asked', 'office'] as const
export type Reason = (typeof REASONS)[number]

/** A mailbox that was dead may be alive again: after so long its owner may ask for a letter, and confirming takes it off the list. */
const DEAD_FOR = 30 * DAY

/** What an address becomes on the list: keyed with the installation's secret, so that nobody can try addresses against a copy. */
export const addressHash = (ctx: Pick<Ctx, 'keys'>, kind: string, address: string): string =>
  createHmac('sha256', ctx.keys.secret).update(`suppression\n${kind}\n${address}`).digest('base64url')

export const listed = (ctx: Ctx, db: Db, kind: string, address: string): Promise<SuppressionRow | undefined> =>
  suppressionByHash(db, kind, addressHash(ctx, kind, address))

/** Whether not even a letter at its owner's own request may go to an address. */
export async function barred(ctx: Ctx, db: Db, kind: string, address: string): Promise<boolean> {
  const entry = await listed(ctx, db, kind, address)
  return entry !== undefined && !(entry.reason === 'bounced' && plus(entry.since, DEAD_FOR) <= ctx.clock.now())
}

/** The state a subscription ends in, for each reason. */
const ENDS: Record<Reason, SubscriberState> = {
  complained: 'complained',
  bounced: 'gone',
  asked: 'left',
  office: 'left',
}

/** Puts an address on the list and ends every subscription of it. @returns the entry's id, or null where it stood there already */
export async function suppress(
  ctx: Ctx,
  trx: Db,
  kind: string,
  address: string,
  reason: Reason,
  memberId: string | null = null,
): Promise<string | null> {
  const now = ctx.clock.now()
  const hash = addressHash(ctx, kind, address)
  const row = { id: newId(ctx.clock.ms()), kind, hash, reason, since: now, member_id: memberId }
  const isNew = await insertSuppression(trx, row)
  if (kind === 'email') await dropStandbysAt(trx, address)
  for (const s of await subscribersAt(trx, kind, address)) {
    const to = ENDS[reason]
    await updateSubscriber(trx, s.id, {
      address_hash: hash,
      ...(mayMove(s.state, to) ? { state: to, left_at: now } : {}),
    })
    await callDigest(trx, s.id, now)
  }
  return isNew ? row.id : null
}

/** What the mail system said of a subscriber's address. */
export async function suppressSubscriber(ctx: Ctx, trx: Db, id: number, reason: Reason): Promise<void> {
  const subscriber = await subscriberById(trx, id)
  if (subscriber) await suppress(ctx, trx, subscriber.kind, subscriber.address, reason)
}

/** Takes a dead address that proved alive off the list. */
export async function liftDead(ctx: Ctx, trx: Db, kind: string, address: string): Promise<void> {
  const entry = await listed(ctx, trx, kind, address)
  if (entry?.reason === 'bounced') await deleteSuppression(trx, entry.id)
}

/** Hashes what a range has not hashed yet, so that it can be held against the list by SQL alone. */
export async function hashRange(ctx: Ctx, trx: Db, kind: string, from: number, to: number): Promise<void> {
  const found = await unhashed(trx, kind, from, to, to - from)
  const hashes = found.map((s) => ({ id: s.id, hash: addressHash(ctx, kind, s.address) }))
  await setHashes(trx, ctx.store.dialect, hashes)
}
