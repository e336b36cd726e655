/** Subscribes an e-mail address: nothing is sent but one letter until its owner confirms (double opt-in). */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { invalid, issue } from '../lib/errors.ts'
import { newToken } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { assertOffered, type Choices, choiceFields, columnsOf, keepInterests } from './choices.ts'
import { sendLetter } from './letter.ts'
import { mailAddress } from './mail-address.ts'
import { assertMayAsk, mayWrite } from './patience.ts'
import {
  insertSubscriber,
  type NewSubscriber,
  type SubscriberRow,
  subscriberByAddress,
  subscriberById,
  updateSubscriber,
} from './store.ts'
import { mayMove, pagesOf } from './subscriber.ts'
import { addressHash, barred } from './suppression.ts'

export const subscriptionInput = z.strictObject({ email: z.string().max(320), ...choiceFields })

/** Milliseconds an answer takes whatever there was to do: several times what it takes. */
const ANSWER_AFTER = 60

/**
 * The answer is the same whoever the address belongs to and whatever it is already subscribed to. `letter` settles when
 * the letter has left, or when none was due; it never rejects, and no answer to the outside waits for it.
 */
export type Asked = { asked: true; letter: Promise<void> }

/** @param ip who asks @throws Refusal `invalid` naming each field; `unavailable` too-many-tries */
export async function subscribe(ctx: Ctx, ip: string, sent: unknown): Promise<Asked> {
  const { email, ...choices } = readableZod(subscriptionInput, sent)
  const address = mailAddress(email)
  if (!address) throw invalid([issue('email', 'email-address')])
  await assertOffered(ctx.store.db, choices, 'email')
  await assertMayAsk(ctx, 'subscribe', ip, address)
  // An answer that came sooner for a subscriber than for a stranger would tell one from the other.
  const [subscriber] = await Promise.all([noteAsking(ctx, address, choices), sleep(ANSWER_AFTER)])
  return { asked: true, letter: subscriber ? writeTo(ctx, subscriber) : Promise.resolve() }
}

/** The row to write to, or null where no letter may go: too many already, or the address is on the suppression list. */
async function noteAsking(ctx: Ctx, address: string, choices: Choices): Promise<SubscriberRow | null> {
  if (!(await mayWrite(ctx, address))) return null
  return ctx.store.tx(async (trx) => {
    if (await barred(ctx, trx, 'email', address)) return null
    const known = await subscriberByAddress(trx, 'email', address, 'live')
    if (known?.state === 'active') return known
    if (known && !mayMove(known.state, 'pending')) return null
    const row = pendingRow(ctx, address, choices)
    const id = known ? known.id : await insertSubscriber(trx, row)
    if (known) await updateSubscriber(trx, id, row)
    await keepInterests(trx, id, choices)
    return (await subscriberById(trx, id)) ?? null
  })
}

/** Asking anew makes a new token: a link from an earlier letter must not confirm choices it never showed. */
const pendingRow = (ctx: Ctx, address: string, choices: Choices): NewSubscriber => ({
  kind: 'email',
  address,
  address_hash: addressHash(ctx, 'email', address),
  keys: null,
  token: newToken(),
  state: 'pending',
  mode: 'live',
  ...columnsOf(choices),
  created_at: ctx.clock.now(),
  confirmed_at: null,
  left_at: null,
})

function writeTo(ctx: Ctx, subscriber: SubscriberRow): Promise<void> {
  const pages = pagesOf(ctx.config.publicUrl, subscriber)
  return sendLetter(ctx, subscriber.language, subscriber.address, {
    ...(subscriber.state === 'active'
      ? { about: 'known', preferencesUrl: pages.preferences, leaveUrl: pages.leave }
      : { about: 'confirm', confirmUrl: pages.confirm }),
  })
}
