/** What the mail system hands back: a dead address is let go, a complaint is heeded, a failing one counted. */
import type { Ctx } from '../context.ts'
import { DAY, plus } from '../lib/clock.ts'
import { saysNoMailbox } from '../lib/mailbox-words.ts'
import { deliveryOfBounce } from '../lib/verp.ts'
import { failingSince, forgetSoftBounces, markBounced, noteSoftBounce } from './bounce-store.ts'
import { first, type Report, readReport } from './report.ts'
import { endStandby } from './standby-store.ts'
import { callDigest, count, recipientOf, subscriberByToken, updateSubscriber } from './store.ts'
import { mayMove, type SubscriberState } from './subscriber.ts'
import { suppressSubscriber } from './suppression.ts'

/**
 * `hard`, `complaint` and `left` ended a subscription, and so did `exhausted`: failed for the moment once too often. `soft`,
 * `policy` and `other` changed nothing; `unknown`: about no mail of ours.
 */
export const INTAKES = ['hard', 'complaint', 'left', 'exhausted', 'soft', 'policy', 'other', 'unknown'] as const
export type Intake = (typeof INTAKES)[number]

/** Mail systems give up within days; what comes later is not about a mail that was on its way. */
const STILL_ABOUT = 30 * DAY
/** So many different mails in a row, over so long, none arrived between them: the address is let go. */
const EXHAUSTED = { mails: 5, over: 3 * DAY }
/** A relay gives up after four or five days (RFC 5321 §4.5.4.1): a mail that has not come back by then has arrived. */
const ARRIVED_AFTER = 5 * DAY

type Trx = Parameters<typeof markBounced>[0]

/** @param raw the message as it arrived @param envelopeTo the address it was delivered to, where the mail system knows it */
export async function takeReport(ctx: Ctx, raw: Uint8Array, envelopeTo?: string): Promise<Intake> {
  const report = readReport(raw)
  const verdict = verdictOf(report)
  const outcome =
    verdict.outcome === 'other' ? 'other' : await ctx.store.tx((trx) => heed(ctx, trx, report, verdict, envelopeTo))
  await count(ctx.store.db, `mail-report:${outcome}`)
  return outcome
}

/**
 * Ends a subscription where its state allows it: who complained stays so, who has left is not made gone. The one door for
 * whatever ends one.
 * @returns whether it was ended now
 */
export async function endSubscription(
  ctx: Ctx,
  trx: Trx,
  subscriber: { id: number; state: string },
  to: Extract<SubscriberState, 'left' | 'gone' | 'complained'>,
): Promise<boolean> {
  const now = ctx.clock.now()
  if (to !== 'left') await suppressSubscriber(ctx, trx, subscriber.id, to === 'gone' ? 'bounced' : 'complained')
  if (!mayMove(subscriber.state, to)) return false
  await updateSubscriber(trx, subscriber.id, { state: to, left_at: now })
  await forgetSoftBounces(trx, subscriber.id)
  await endStandby(trx, subscriber.id)
  await callDigest(trx, subscriber.id, now)
  return true
}

/** `failed`: the mail will not arrive any more. */
type Verdict = { outcome: Intake; failed: boolean; to?: Parameters<typeof endSubscription>[3] }

function verdictOf(report: Report): Verdict {
  const { about } = report
  switch (about.what) {
    case 'delivery':
      if (about.action === 'failed') return { failed: true, ...failure(report, about.status) }
      return { failed: false, outcome: about.action === 'delayed' ? 'soft' : 'other' }
    case 'complaint':
      if (about.type === 'not-spam') return { failed: false, outcome: 'other' }
      return about.type === 'opt-out' || about.type === 'opt-out-list'
        ? { failed: false, outcome: 'left', to: 'left' }
        : { failed: false, outcome: 'complaint', to: 'complained' }
    case 'neither':
      return { failed: false, outcome: 'other' }
    default:
      return about satisfies never
  }
}

/** RFC 3463 §3.4 (too big), §3.6 (protocol), §3.7 (content), §3.8 (policy): said of our mail or our standing, not of the mailbox. */
const NOT_THE_MAILBOX = /^5\.(3\.4$|[567]\.)/
/** A full mailbox (RFC 3463 §3.3) may be emptied; readers of emergency news are not lost over one. */
const FULL = '5.2.2'

/**
 * What names no status is soft, and so is a bare 5.0.0 whose words are not about the mailbox: many a filter says its
 * "frequency limited" and "content denied" that way.
 */
function failure(report: Report, status: string): Omit<Verdict, 'failed'> {
  if (!status.startsWith('5.') || status === FULL) return { outcome: 'soft' }
  if (NOT_THE_MAILBOX.test(status)) return { outcome: 'policy' }
  const said = report.details.get('diagnostic-code')?.[0] ?? ''
  return status === '5.0.0' && said && !saysNoMailbox(said) ? { outcome: 'soft' } : { outcome: 'hard', to: 'gone' }
}

async function heed(
  ctx: Ctx,
  trx: Trx,
  report: Report,
  verdict: Verdict,
  envelopeTo: string | undefined,
): Promise<Intake> {
  const delivery = deliveryIn(ctx, report, envelopeTo)
  const recipient = await recentRecipient(ctx, trx, delivery)
  const token = tokenIn(report)
  const subscriber = (token && (await subscriberByToken(trx, token))) || recipient
  if (!subscriber) return 'unknown'
  if (recipient && delivery && verdict.failed) await markBounced(trx, delivery, ctx.clock.now())
  if (verdict.to) await endSubscription(ctx, trx, subscriber, verdict.to)
  if (verdict.outcome === 'soft' && recipient && delivery) return softly(ctx, trx, recipient, delivery)
  return verdict.outcome
}

async function softly(
  ctx: Ctx,
  trx: Trx,
  subscriber: { id: number; state: string },
  delivery: number,
): Promise<Intake> {
  if (subscriber.state !== 'active') return 'soft'
  const now = ctx.clock.now()
  await noteSoftBounce(trx, { subscriber_id: subscriber.id, delivery_id: delivery, at: now })
  const failing = await failingSince(trx, subscriber.id, plus(now, -ARRIVED_AFTER))
  if (failing.mails < EXHAUSTED.mails || plus(failing.first, EXHAUSTED.over) > failing.last) return 'soft'
  return (await endSubscription(ctx, trx, subscriber, 'gone')) ? 'exhausted' : 'soft'
}

async function recentRecipient(ctx: Ctx, trx: Trx, delivery: number | null) {
  const found = delivery === null ? undefined : await recipientOf(trx, delivery)
  return found && plus(found.updated_at, STILL_ABOUT) > ctx.clock.now() ? found : undefined
}

/**
 * Our signed return path, where the report was sent to or, in a complaint, where our mail said it came from. Without the
 * signature a number names nobody: anyone can count.
 */
function deliveryIn(ctx: Ctx, report: Report, envelopeTo: string | undefined): number | null {
  const domain = ctx.config.smtp?.bounceDomain
  if (!domain) return null
  for (const place of [envelopeTo ?? '', ...report.to, first(report.details, 'original-mail-from')]) {
    // A letter that left under an old key comes back under it.
    for (const key of [ctx.keys.bounce, ...ctx.keys.old.bounce]) {
      const delivery = deliveryOfBounce(key, place, domain)
      if (delivery !== null) return delivery
    }
  }
  return null
}

/** The way to leave that our mail carried: like the signature it cannot be guessed. */
const tokenIn = ({ original }: Report): string | null =>
  /\/subscriptions\/([\w-]{32})\/leave>/.exec(first(original, 'list-unsubscribe'))?.[1] ?? null
