/** What the mail system hands back: a dead address is let go, a complaint is heeded, everything else is counted. */
import type { Ctx } from '../context.ts'
import { DAY, plus } from '../lib/clock.ts'
import { first, type Report, readReport } from './report.ts'
import { count, recipientOf, subscriberByToken, updateSubscriber } from './store.ts'
import { mayMove, type SubscriberState } from './subscriber.ts'
import { suppressSubscriber } from './suppression.ts'

/** `hard` and `complaint` ended a subscription; `soft`, `policy` and `other` changed nothing; `unknown`: about no mail of ours. */
export type Intake = 'hard' | 'complaint' | 'left' | 'soft' | 'policy' | 'other' | 'unknown'

/** Mail systems give up within days; what comes later is not about a mail that was on its way. */
const STILL_ABOUT = 30 * DAY

/** @param raw the message as it arrived @param envelopeTo the address it was delivered to, where the mail system knows it */
export async function takeReport(ctx: Ctx, raw: Uint8Array, envelopeTo?: string): Promise<Intake> {
  const report = readReport(raw)
  const verdict = verdictOf(report)
  const outcome = verdict.to ? await end(ctx, report, envelopeTo, verdict.outcome, verdict.to) : verdict.outcome
  await count(ctx.store.db, `mail-report:${outcome}`)
  return outcome
}

type Verdict = { outcome: Intake; to?: SubscriberState }

/**
 * 5.7.x is said of the sender's standing, not of the mailbox (RFC 3463 §3.8): readers are not lost over our own trouble.
 * A part that reports anything but failure, or names no status, is soft.
 */
function verdictOf({ about }: Report): Verdict {
  switch (about.what) {
    case 'delivery':
      if (about.action !== 'failed' || !about.status.startsWith('5.')) return { outcome: 'soft' }
      return about.status.startsWith('5.7.') ? { outcome: 'policy' } : { outcome: 'hard', to: 'gone' }
    case 'complaint':
      if (about.type === 'not-spam') return { outcome: 'other' }
      return about.type === 'opt-out' || about.type === 'opt-out-list'
        ? { outcome: 'left', to: 'left' }
        : { outcome: 'complaint', to: 'complained' }
    case 'neither':
      return { outcome: 'other' }
    default:
      return about satisfies never
  }
}

async function end(
  ctx: Ctx,
  report: Report,
  envelopeTo: string | undefined,
  outcome: Intake,
  to: SubscriberState,
): Promise<Intake> {
  const bounceDomain = ctx.config.smtp?.bounceDomain
  return ctx.store.tx(async (trx) => {
    const token = tokenIn(report)
    const subscriber =
      (token && (await subscriberByToken(trx, token))) ||
      (await recentRecipient(ctx, trx, deliveryIn(report, envelopeTo, bounceDomain)))
    if (!subscriber) return 'unknown'
    if (mayMove(subscriber.state, to))
      await updateSubscriber(trx, subscriber.id, { state: to, left_at: ctx.clock.now() })
    if (to !== 'left') await suppressSubscriber(ctx, trx, subscriber.id, to === 'gone' ? 'bounced' : 'complained')
    return outcome
  })
}

async function recentRecipient(ctx: Ctx, trx: Parameters<typeof recipientOf>[0], delivery: number | null) {
  const found = delivery === null ? undefined : await recipientOf(trx, delivery)
  return found && plus(found.updated_at, STILL_ABOUT) > ctx.clock.now() ? found : undefined
}

/** `bounce+<delivery>@domain`, where the report was sent to or, in a complaint, where our mail said it came from. */
function deliveryIn(report: Report, envelopeTo: string | undefined, domain: string | undefined): number | null {
  const places = [envelopeTo ?? '', ...report.to, first(report.details, 'original-mail-from')]
  for (const place of places) {
    const found = /^<?bounce\+(\d{1,15})@([^>\s]+)>?$/i.exec(place.trim())
    if (found && (!domain || found[2]?.toLowerCase() === domain.toLowerCase())) return Number(found[1])
  }
  const id = /^<d(\d{16})\.[^>\s]+>$/.exec(first(report.original, 'message-id'))?.[1]
  return id ? Number(id) : null
}

/** The way to leave that our mail carried. Asked first, because unlike the number of a delivery it cannot be guessed. */
const tokenIn = ({ original }: Report): string | null =>
  /\/subscriptions\/([\w-]{32})\/leave>/.exec(first(original, 'list-unsubscribe'))?.[1] ?? null
