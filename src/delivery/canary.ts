/** Canaries close the loop: readers of our own, an address and browsers, that get what everybody gets and say so. */
import { EVERYTHING, insertSubscriber, subscriberByAddress, updateSubscriber } from '../audience/store.ts'
import { addressHash } from '../audience/suppression.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { notFound } from '../lib/errors.ts'
import { newToken } from '../lib/id.ts'
import { loadEditionById } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import {
  awaitSighting,
  type CanaryRow,
  canaryById,
  dispatchFor,
  dropCanary,
  dropOldSightings,
  mailCanaries,
  newlyAccepted,
  noteSighting,
  putCanary,
  silentOutlets,
} from './canary-store.ts'
import type { Fault } from './canary-text.ts'

/** Older silences were alarms once, or are no longer worth one. */
const LOOK_BACK = DAY

/** Notes for whom something was taken by a far end, and raises an alarm for an outlet whose canary has not heard in time. */
export async function watchCanaries(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const since = plus(now, -LOOK_BACK)
  for (const a of await newlyAccepted(db, since)) {
    const wait = a.lane === 'flash' ? ctx.config.canaryWaitMs.flash : ctx.config.canaryWaitMs.routine
    const { dispatch_id, subscriber_id } = a
    await awaitSighting(db, {
      dispatch_id,
      subscriber_id,
      expected_by: plus(a.accepted_at, wait),
      seen_at: null,
      fault: '',
    })
  }
  for (const outlet of await silentOutlets(db, now, since))
    await raiseAlarm(db, ctx.clock, 'canary-silent', `outlet:${outlet}`)
  if (ctx.config.retention.deliveryDays) await dropOldSightings(db, plus(now, -ctx.config.retention.deliveryDays * DAY))
}

/** Notes what reached a canary. `judge` holds it against the edition. Of what it was not sent nothing is noted. */
export async function sighted(
  ctx: Ctx,
  canary: CanaryRow,
  editionId: string,
  judge: (edition: Edition) => Fault,
): Promise<Fault | null> {
  const { db } = ctx.store
  const outlet = canary.kind
  const dispatch = await dispatchFor(db, editionId, outlet)
  const edition = dispatch ? await loadEditionById(db, editionId) : null
  if (!dispatch || !edition || edition.mode !== 'live') return null
  // Purged meanwhile: there is nothing to hold it against, and it did arrive.
  const fault = edition.content ? judge(edition) : ''
  const now = ctx.clock.now()
  await noteSighting(db, {
    dispatch_id: dispatch,
    subscriber_id: canary.subscriber_id,
    expected_by: now,
    seen_at: now,
    fault,
  })
  if (fault) await raiseAlarm(db, ctx.clock, 'canary-differs', `edition:${edition.id}`)
  await clearAlarm(db, ctx.clock, 'canary-silent', `outlet:${outlet}`)
  ctx.bell.ring('progress', dispatch)
  return fault
}

/** The mailbox of the configuration is a confirmed reader of everything; one that is configured no longer is a canary no longer. */
export async function enrolMailbox(ctx: Ctx): Promise<CanaryRow | null> {
  const { canaryMail } = ctx.config
  if (!canaryMail) return null
  const address = canaryMail.address.toLowerCase()
  const found = (await mailCanaries(ctx.store.db)).find((c) => c.address === address)
  if (found) return found
  return ctx.store.tx(async (trx) => {
    const now = ctx.clock.now()
    for (const old of await mailCanaries(trx)) await dropCanary(trx, old.subscriber_id)
    const known = await subscriberByAddress(trx, 'email', address, 'live')
    const row = {
      kind: 'email',
      address,
      address_hash: addressHash(ctx, 'email', address),
      keys: null,
      token: known?.token ?? newToken(),
      state: 'active',
      mode: 'live',
      ...EVERYTHING,
      created_at: known?.created_at ?? now,
      confirmed_at: now,
      left_at: null,
    }
    if (known) await updateSubscriber(trx, known.id, row)
    const id = known?.id ?? (await insertSubscriber(trx, row))
    await putCanary(trx, { subscriber_id: id, secret_hash: null, name: '', made_by: null, made_at: now })
    await append(trx, ctx, {
      actor: 'system',
      act: 'canary.enrol',
      subject: `subscriber:${id}`,
      fact: { kind: 'email' },
    })
    return (await canaryById(trx, id)) ?? null
  })
}

/** Takes a browser out of the canaries; its subscription stays. @throws Refusal `not-found`, `forbidden` */
export async function retireCanary(ctx: Ctx, by: Actor, id: number): Promise<void> {
  admitHome(by, 'outlet.canary')
  await ctx.store.tx(async (trx) => {
    const canary = await canaryById(trx, id)
    if (!canary || !(await dropCanary(trx, id))) throw notFound('canary')
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'canary.retire',
      subject: `subscriber:${id}`,
      fact: { kind: canary.kind },
    })
  })
}
